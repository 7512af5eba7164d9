import { type Handler, handler } from './commands/answer.ts'
import { exampleWord } from './commands/help.ts'
import { headOfStory } from './commands/label.ts'
import { line } from './commands/line.ts'
import { linesAt } from './commands/linesat.ts'
import { speakerKey } from './commands/quoted.ts'
import { verbsOf } from './commands/story.ts'
import type { Loaded } from './content/desk.ts'
import { readFolder } from './content/folder.ts'
import { type Library, library, revisionOf } from './content/library.ts'
import { load } from './content/load.ts'
import { type Problem, STORY_VERBS, type Story } from './content/story.ts'
import { specimens } from './digests/specimens.ts'
import { discordProblems } from './discord/manifest.ts'
import { render as renderDiscord } from './discord/render.ts'
import { plain } from './plain.ts'
import type { Log, Place } from './platform.ts'
import { PHONE_BUDGET, type Reply } from './reply.ts'
import { slackNameProblems } from './slack/manifest.ts'
import { render as renderSlack } from './slack/render.ts'

/** Verbs that are sections of story.md; every other built-in verb must not be hidden by a section. */
const SECTION_VERBS = ['summary', 'status', 'background']
const HEADS = [
  'nutgraf',
  'quote',
  'story',
  'find',
  'changes',
  'digest',
  'desk',
  'help',
  'about',
  'list',
  'check',
]
const VERB = /^[a-z0-9][a-z0-9-]{0,31}$/
const MOST_SUMMARY_WORDS = 120
const PLACE: Place = 'slack:check/check'
const OTHER_PLACE: Place = 'discord:check/check'
const QUIET: Log = { debug() {}, info() {}, warn() {}, error() {} }

/** A content folder as it was read: the stories in memory, and every problem that stands in their way. */
export type Checked = { library: Library; problems: Problem[]; lines: number }

/** Reads a content folder and checks all of it: schemas, quotations, names, every answer and every digest on every platform. */
export async function check(folder: string): Promise<Checked> {
  const { files, problems: unreadable } = await readFolder(folder)
  const loaded = load(files)
  const books = library(loaded.stories, revisionOf(files), loaded.digests)
  const problems = [
    ...unreadable,
    ...loaded.problems,
    ...loaded.stories.flatMap(story => storyProblems(story, loaded)),
    ...nameProblems(loaded),
  ]
  // Broken content is not rendered: its answers would only repeat the same complaints in other words.
  if (problems.length > 0) return { library: books, problems: sorted(problems), lines: 0 }
  const { found, lines } = answerProblems(books, loaded)
  return { library: books, problems: sorted([...found, ...editionProblems(books, loaded)]), lines }
}

function storyProblems(story: Story, loaded: Loaded): Problem[] {
  const at = (part: string, message: string): Problem => ({
    ...whereIs(loaded, `${story.slug}/${part}`),
    message,
  })
  const problems: Problem[] = []
  const summary = story.sections.find(section => section.name === 'summary')
  if (!summary) problems.push(at('label', 'there is no “## Summary”'))
  if (summary && summary.words > MOST_SUMMARY_WORDS) {
    problems.push(
      at('section:summary', `the summary has ${summary.words} words, at most ${MOST_SUMMARY_WORDS}`),
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
  const last = story.timeline.at(-1)
  if (last && last.date > story.coversTo) {
    problems.push(at(`event:${last.id}`, `this event is later than coversTo (${story.coversTo}) in story.md`))
  }
  return problems
}

function nameProblems(loaded: Loaded): Problem[] {
  const taken = new Map<string, string>(HEADS.map(head => [head, 'a command of nutgraf itself']))
  const problems: Problem[] = []
  for (const story of loaded.stories) {
    for (const name of new Set([story.slug, story.command ?? story.slug])) {
      const other = taken.get(name)
      if (other)
        problems.push({
          ...whereIs(loaded, `${story.slug}/label`),
          message: `the name “${name}” is already ${other}`,
        })
      else taken.set(name, `that of the story “${story.slug}”`)
    }
  }
  const commands = loaded.stories.flatMap(story => story.command ?? [])
  for (const { name, problem } of slackNameProblems(
    ['nutgraf', 'quote', 'digest', ...commands].map(one => `/${one}`),
  )) {
    const owner = loaded.stories.find(story => `/${story.command}` === name || story.command === name)
    problems.push({ ...whereIs(loaded, `${owner?.slug}/label`), message: `slack: ${name}: ${problem}` })
  }
  return problems
}

/** Asks every line that the stories can answer, and draws each answer for every platform. */
function answerProblems(books: Library, loaded: Loaded): { found: Problem[]; lines: number } {
  const handle = handler({ library: () => books, version: 'check', zone: 'UTC' }, QUIET)
  const found: Problem[] = discordProblems(handle.commands()).map(message => ({
    ...firstPlace(loaded),
    message: `discord: ${message}`,
  }))
  const queue = everyLine(books)
  const asked = new Set<string>()
  for (let typed = queue.pop(); typed !== undefined; typed = queue.pop()) {
    if (asked.has(typed)) continue
    asked.add(typed)
    const reply = ask(handle, typed)
    for (const message of new Set(drawProblems(reply))) {
      found.push({ ...whereIs(loaded, reply.parts[0] ?? ''), message: `${typed}: ${message}` })
    }
    if (/ summary$/.test(typed) && reply.actions?.some(action => action.label === 'Next page')) {
      found.push({
        ...whereIs(loaded, reply.parts[0] ?? ''),
        message: `${typed}: does not fit on one page of ${PHONE_BUDGET} characters: shorten it, its note or its sources`,
      })
    }
    // Posted for all, an answer is the same.
    queue.push(...(reply.actions ?? []).map(action => action.line).filter(line => !line.endsWith('--public')))
  }
  return { found, lines: asked.size }
}

/** Draws every kind of edition of every digest for every platform. */
function editionProblems(books: Library, loaded: Loaded): Problem[] {
  const all = [PLACE, OTHER_PLACE].flatMap(place => specimens(books, linesAt(place)))
  return all.flatMap(({ digest, what, reply, most }) =>
    drawProblems(reply, most).map(message => ({
      ...whereIs(loaded, `digest:${digest}`),
      message: `${digest}, ${what}: ${message}`,
    })),
  )
}

function everyLine(books: Library): string[] {
  const stories = books.stories.flatMap(story => {
    const head = headOfStory(story)
    return [
      ...verbsOf(story).map(verb => `${head} ${verb.name}`),
      ...story.sources.map(source => `${head} sources #${source.number}`),
      ...story.people.map(person => `${head} ${line({ args: ['who', person.name], flags: {} })}`),
    ]
  })
  const quotes = books
    .allSpeakers()
    .flatMap(speaker =>
      speaker.said.map(
        (_, index) => `/quote ${line({ args: [speakerKey(speaker.name), `#${index + 1}`], flags: {} })}`,
      ),
    )
  return [
    ...stories,
    ...quotes,
    '/nutgraf help',
    '/nutgraf help quote',
    '/nutgraf about',
    '/nutgraf story list',
    '/quote',
    '/nutgraf changes',
    // Also makes the index, so that nobody waits for it later.
    `/nutgraf find ${exampleWord(books)}`,
  ]
}

function ask(handle: Handler, typed: string): Reply {
  const [, command = '', text = ''] = /^\/(\S+)\s*(.*)$/s.exec(typed) ?? []
  const reply = handle.answer({
    command,
    text,
    place: PLACE,
    caller: { id: 'check', rights: [] },
    audience: 'caller',
    at: 0,
  })
  if (reply instanceof Promise) throw new Error(`check: ${typed} is not answered from memory`)
  return reply
}

function drawProblems(reply: Reply, most = PHONE_BUDGET): string[] {
  const problems: string[] = []
  const length = plain(reply).length
  if (length > most) problems.push(`${length} characters in one piece, at most ${most}: split or shorten it`)
  for (const render of [renderSlack, renderDiscord]) {
    try {
      render(reply)
    } catch (cause) {
      problems.push(cause instanceof Error ? cause.message : String(cause))
    }
  }
  return problems
}

function whereIs(loaded: Loaded, part: string): { file: string; line: number } {
  const slug = part.split('/')[0]
  return loaded.where.get(part) ?? loaded.where.get(`${slug}/label`) ?? firstPlace(loaded)
}

const firstPlace = (loaded: Loaded) => [...loaded.where.values()][0] ?? { file: 'content', line: 1 }

const sorted = (problems: Problem[]) =>
  problems.sort((a, b) => (a.file === b.file ? a.line - b.line : a.file < b.file ? -1 : 1))
