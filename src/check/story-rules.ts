import { eventsWithoutId, WRITE_IDS_COMMAND } from '../content/missing-ids.ts'
import type { LoadedContent } from '../content/read/story-folder.ts'
import { type Problem, STORY_VERBS, type Story } from '../content/story.ts'
import { correctionProblem } from '../delivery/correction-line.ts'
import { slackNameProblems } from '../platforms/slack/manifest.ts'

/** The built-in verbs that are sections of story.md. A section with the name of any other would hide that verb. */
const SECTION_VERBS = ['summary', 'status', 'background']
const RESERVED_COMMANDS = [
  'nutgraf',
  'quote',
  'story',
  'find',
  'changes',
  'digest',
  'desk',
  'help',
  'about',
  'report',
  'list',
  'check',
]
const VERB = /^[a-z0-9][a-z0-9-]{0,31}$/
const MAX_SUMMARY_WORDS = 120

/** Says what is wrong with a story as a whole: its summary, its verbs, its corrections, its dates. */
export function storyProblems(story: Story, loaded: LoadedContent): Problem[] {
  const at = (part: string, message: string): Problem => ({
    ...locationOf(loaded, `${story.slug}/${part}`),
    message,
  })
  const problems: Problem[] = []
  const summary = story.sections.find(section => section.name === 'summary')
  if (!summary) problems.push(at('label', 'there is no “## Summary”'))
  if (summary && summary.words > MAX_SUMMARY_WORDS) {
    problems.push(
      at('section:summary', `the summary has ${summary.words} words, at most ${MAX_SUMMARY_WORDS}`),
    )
  }
  if (summary && summary.sources.length === 0)
    problems.push(at('section:summary', 'the summary cites no source, such as [1]'))
  for (const section of story.sections) {
    if (!VERB.test(section.name))
      problems.push(
        at(
          `section:${section.name}`,
          `“${section.title}” gives no word to type: 1 to 32 plain letters, digits and hyphens`,
        ),
      )
    const hides =
      (STORY_VERBS as readonly string[]).includes(section.name) && !SECTION_VERBS.includes(section.name)
    if (hides)
      problems.push(at(`section:${section.name}`, `“${section.title}” would hide the verb ${section.name}`))
  }
  for (const [index, correction] of story.corrections.entries()) {
    const problem = correctionProblem(correction)
    if (problem) problems.push(at(`corrections:${index}`, problem))
  }
  // An event under embargo must not show in story.md before its time, so it does not count.
  const last = story.timeline.findLast(event => event.embargo === undefined)
  if (last && last.date > story.coversTo) {
    problems.push(at(`event:${last.id}`, `this event is later than coversTo (${story.coversTo}) in story.md`))
  }
  return problems
}

/** Asks for the ids of events that could be mistaken for another one of their day. */
export function missingIdsOf(story: Story, loaded: LoadedContent): Problem[] {
  return eventsWithoutId(story).map(event => {
    const shares = story.timeline.some(other => other !== event && other.date === event.date)
    const why = shares
      ? 'another event has the same date, so a correction could reach the wrong one'
      : 'a correction names this event, which another event of that day could be taken for'
    const cure = `add “id: ${event.id}”, or run “${WRITE_IDS_COMMAND}”, which adds all that are missing`
    return { ...locationOf(loaded, `${story.slug}/event:${event.id}`), message: `${why}: ${cure}` }
  })
}

/** Reports names of stories that are taken, or that Slack keeps for itself. */
export function nameProblems(loaded: LoadedContent): Problem[] {
  const taken = new Map<string, string>(RESERVED_COMMANDS.map(name => [name, 'a command of nutgraf itself']))
  const problems: Problem[] = []
  for (const story of loaded.stories) {
    for (const name of new Set([story.slug, story.command ?? story.slug])) {
      const other = taken.get(name)
      if (other)
        problems.push({
          ...locationOf(loaded, `${story.slug}/label`),
          message: `the name “${name}” is already ${other}`,
        })
      else taken.set(name, `that of the story “${story.slug}”`)
    }
  }
  const commands = loaded.stories.flatMap(story => (story.withdrawn ? [] : (story.command ?? [])))
  for (const { name, problem } of slackNameProblems(
    ['nutgraf', 'quote', 'digest', ...commands].map(name => `/${name}`),
  )) {
    const owner = loaded.stories.find(story => `/${story.command}` === name || story.command === name)
    problems.push({ ...locationOf(loaded, `${owner?.slug}/label`), message: `slack: ${name}: ${problem}` })
  }
  return problems
}

/** Finds the file and line of a part, or if that is unknown, of its story. */
export function locationOf(loaded: LoadedContent, part: string): { file: string; line: number } {
  const slug = part.split('/')[0]
  return loaded.locations.get(part) ?? loaded.locations.get(`${slug}/label`) ?? firstLocation(loaded)
}

/** Gives any location in the content, for a problem that belongs to no part. */
export const firstLocation = (loaded: LoadedContent) =>
  [...loaded.locations.values()][0] ?? { file: 'content', line: 1 }
