import { join } from 'node:path'
import { plainInlines } from '../chat/plain-text.ts'
import { allEvents, partOfEvent } from '../content/events/expected.ts'
import { eventsWithoutId, WRITE_IDS_COMMAND } from '../content/events/missing-ids.ts'
import { quotationsOf } from '../content/in-quotation-marks.ts'
import type { LoadedContent } from '../content/read/story-folder.ts'
import { type Problem, STORY_VERBS, type Story } from '../content/story.ts'
import { readableDate } from '../dates/dates.ts'
import { firstDayOf, lastDayOf } from '../dates/rough-dates.ts'
import { correctionProblem } from '../delivery/correction-line.ts'
import { slackNameProblems } from '../platforms/slack/manifest.ts'

/** The built-in verbs that are sections of story.md. A section with the name of any other would hide that verb. */
const SECTION_VERBS = ['summary', 'status', 'background']
const RESERVED_COMMANDS = [
  'nutgraf',
  'quote',
  'story',
  'find',
  'wire',
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
  if (last && firstDayOf(last.date) > story.coversTo) {
    problems.push(at(`event:${last.id}`, `this event is later than coversTo (${story.coversTo}) in story.md`))
  }
  for (const { id, date } of story.coming)
    if (lastDayOf(date) <= story.coversTo)
      problems.push(
        at(
          `expected:${id}`,
          `an expected event is later than coversTo (${story.coversTo}) in story.md: if it took place, take “expected: true” out and write what happened`,
        ),
      )
  return [...problems, ...wordsInWhy(story).map(words => at('label', whyProblem(words)))]
}

/** Words in quotation marks in `why` that no quote of the story has: readers would take them for somebody's. */
function wordsInWhy({ why, quotes }: Story): string[] {
  const text = why ? plainInlines(why.text) : ''
  return quotationsOf(text)
    .map(({ start, end }) => text.slice(start, end))
    .filter(words => !quotes.some(quote => quote.words.includes(words.replace(/[.,]$/, ''))))
}

const whyProblem = (words: string) =>
  `why: “${words}” is in no quote of quotes.yml: quote the exact words of one, or take the marks out`

/** Asks for the ids of events that could be mistaken for another one of their day. */
export function missingIdsOf(story: Story, loaded: LoadedContent): Problem[] {
  return eventsWithoutId(story).map(event => {
    const shares = allEvents(story).some(other => other !== event && other.date === event.date)
    const why = shares
      ? 'another event has the same date, so a correction could reach the wrong one'
      : 'a correction names this event, which another event of that day could be taken for'
    const cure = `add “id: ${event.id}”, or run “${WRITE_IDS_COMMAND}”, which adds all that are missing`
    return { ...locationOf(loaded, `${story.slug}/${partOfEvent(event)}`), message: `${why}: ${cure}` }
  })
}

/** What to tell editors about each expected event once its day is over and its entry is still the same. */
export const expectedOf = (story: Story, loaded: LoadedContent) =>
  story.coming.map(event => ({
    lastDay: lastDayOf(event.date),
    whenOver: {
      ...locationOf(loaded, `${story.slug}/${partOfEvent(event)}`),
      message: `warning: ${readableDate(event.date)} is over, and this event is still expected: write what happened and take “expected: true” out, or give it its new date`,
    },
  }))

/**
 * Finds names of stories that are taken, or that Slack keeps for itself: the problems, and all stories that have such a
 * name.
 */
export function clashingStories(
  stories: Story[],
  at: (slug: string) => Omit<Problem, 'message'>,
): { problems: Problem[]; slugs: Set<string> } {
  const reserved = new Set(RESERVED_COMMANDS)
  const takenBy = new Map<string, string>()
  const problems: Problem[] = []
  const slugs = new Set<string>()
  for (const { slug, command = slug } of stories) {
    for (const name of new Set([slug, command])) {
      const other = takenBy.get(name)
      if (other === undefined && !reserved.has(name)) {
        takenBy.set(name, slug)
        continue
      }
      slugs.add(slug)
      if (other !== undefined) slugs.add(other)
      const whose = other === undefined ? 'a command of nutgraf itself' : `that of the story “${other}”`
      problems.push({ ...at(slug), message: `the name “${name}” is already ${whose}` })
    }
  }
  const owners = new Map(
    stories.flatMap(({ slug, command, withdrawn }) =>
      withdrawn || command === undefined ? [] : [[`/${command}`, slug]],
    ),
  )
  const names = ['nutgraf', 'quote', 'digest'].map(name => `/${name}`)
  for (const { name, problem } of slackNameProblems([...names, ...owners.keys()])) {
    const owner = owners.get(name) ?? ''
    slugs.add(owner)
    problems.push({ ...at(owner), message: `slack: ${name}: ${problem}` })
  }
  return { problems, slugs }
}

/** The file that a problem with a story as a whole is reported in. */
export const storyFile = (folder: string, slug: string): string => join(folder, 'stories', slug, 'story.md')

/** Finds the file and line of a part, or if that is unknown, of its story. */
export function locationOf(loaded: LoadedContent, part: string): { file: string; line: number } {
  const slug = part.split('/')[0]
  return loaded.locations.get(part) ?? loaded.locations.get(`${slug}/label`) ?? firstLocation(loaded)
}

/** Gives any location in the content, for a problem that belongs to no part. */
export const firstLocation = (loaded: LoadedContent) =>
  [...loaded.locations.values()][0] ?? { file: 'content', line: 1 }
