import { join } from 'node:path'
import { phoneLength } from '../chat/plain-text.ts'
import type { Log, Place } from '../chat/platform.ts'
import { PHONE_BUDGET, pictureOf, type Reply } from '../chat/reply.ts'
import { commandLinesFor } from '../commands/digest/command-lines.ts'
import { createHandler, type Handler } from '../commands/handler.ts'
import { isPageButton } from '../commands/pages.ts'
import { chartProblem } from '../commands/story/timeline-chart.ts'
import { type Digest, storiesOf } from '../content/digest.ts'
import { createLibrary, type Library } from '../content/library.ts'
import { readFolder } from '../content/read/folder.ts'
import { loadContent } from '../content/read/load.ts'
import type { ContentFile, LoadedContent } from '../content/read/story-folder.ts'
import { formatProblem, type Problem, type Story } from '../content/story.ts'
import { type AllContent, type VisibleContent, visibleAt } from '../content/visible.ts'
import { LONGEST_FOOTER, withSharer } from '../delivery/shared-by.ts'
import { discordProblems } from '../platforms/discord/manifest.ts'
import { render as renderDiscord } from '../platforms/discord/render.ts'
import { render as renderSlack } from '../platforms/slack/render.ts'
import { allLines } from './all-lines.ts'
import { sampleEditions } from './sample-editions.ts'
import { firstLocation, locationOf, nameProblems, storyProblems } from './story-rules.ts'

const PLACE: Place = 'slack:check/check'
const OTHER_PLACE: Place = 'discord:check/check'
const SILENT_LOG: Log = { debug() {}, info() {}, warn() {}, error() {} }

/**
 * A content folder as it was read: its files and all that they hold, what of it can be seen now, and every problem that
 * stands in its way.
 */
type CheckResult = {
  files: ContentFile[]
  content: Pick<AllContent, 'stories' | 'digests'>
  library: Library
  problems: Problem[]
  lineCount: number
}

/**
 * When a folder is checked, and after how many days without a check a story is called stale. With an `edit` only its story
 * is checked, as it would be with that text in the place of the file's, and the digests that have it.
 */
type CheckOptions = { now?: number; staleDays?: number; edit?: Edit }

/** A file of a story as it would be. `digests` are those that there are: they are right already. */
type Edit = { path: string; text: string; digests: Digest[] }

/**
 * Reads a content folder and checks all of it: schemas, quotations, names, every answer and every digest on every
 * platform, as they are now and as they will be once all embargoes are over and every story has gone stale.
 */
export async function check(
  folder: string,
  { now = Date.now(), staleDays, edit }: CheckOptions = {},
): Promise<CheckResult> {
  const { files, problems: unreadable } = await readFolder(folder)
  const loaded = edit ? loadEdited(files, folder, edit) : loadContent(files)
  const { stories, digests } = loaded
  const everything = { stories, digests, ...(staleDays !== undefined && { staleDays }) }
  const present = visibleAt(everything, now)
  const library = libraryOf(present)
  const checked = { files, content: { stories, digests }, library }
  const problems = [
    ...unreadable,
    ...loaded.problems,
    ...loaded.stories.flatMap(story => [...storyProblems(story, loaded), ...timelineProblems(story, loaded)]),
    ...nameProblems(loaded),
  ]
  // Broken content is not rendered: its answers would only repeat the same complaints in other words.
  if (problems.length > 0) return { ...checked, problems: sortProblems(problems), lineCount: 0 }
  const end = visibleAt(everything, Number.POSITIVE_INFINITY)
  const all = [libraryOf(end), ...(end.revision === present.revision ? [] : [library])].map(one => {
    const { found, lines } = answerProblems(one, loaded)
    return { found: [...found, ...editionProblems(one, loaded)], lines }
  })
  return {
    ...checked,
    problems: sortProblems(deduplicate(all.flatMap(one => one.found))),
    lineCount: all[0]!.lines,
  }
}

/** The story of a file that is to be changed, alone: with thousands of others there would be no time to check them all. */
function loadEdited(files: ContentFile[], folder: string, { path, text, digests }: Edit): LoadedContent {
  const own = path.slice(0, path.lastIndexOf('/') + 1)
  const others = files.filter(file => file.path.startsWith(own) && file.path !== path)
  const loaded = loadContent([...others, { path, text, origin: join(folder, path) }])
  const known = digests.filter(digest => storiesOf(loaded.stories, digest).length > 0)
  return { ...loaded, digests: known }
}

const libraryOf = ({ stories, revision, digests, withdrawn }: VisibleContent) =>
  createLibrary(stories, revision, digests, withdrawn)

/** What is wrong both now and later is told once. */
const deduplicate = (problems: Problem[]) => [
  ...new Map(problems.map(problem => [formatProblem(problem), problem])).values(),
]

/** A timeline that is too long to be drawn, found at its first turning point. */
function timelineProblems(story: Story, loaded: LoadedContent): Problem[] {
  const first = story.timeline.find(event => event.major)
  const message = chartProblem(story)
  if (!first || message === undefined) return []
  return [{ ...locationOf(loaded, `${story.slug}/event:${first.id}`), message }]
}

/** Asks every line that the stories can answer, and draws each answer for every platform. */
function answerProblems(books: Library, loaded: LoadedContent): { found: Problem[]; lines: number } {
  const handle = createHandler({ library: () => books, version: 'check', zone: 'UTC' }, SILENT_LOG)
  const found: Problem[] = discordProblems(handle.commands()).map(message => ({
    ...firstLocation(loaded),
    message: `discord: ${message}`,
  }))
  const queue = allLines(books)
  const asked = new Set<string>()
  for (let typed = queue.pop(); typed !== undefined; typed = queue.pop()) {
    if (asked.has(typed)) continue
    asked.add(typed)
    const reply = ask(handle, typed)
    // Shared, it says by whom, and must fit with that too.
    const whole = reply.label && !reply.guide && !reply.refusal ? withSharer(reply, LONGEST_FOOTER) : reply
    // What a picture says is read in the picture.
    const most = pictureOf(reply) ? Number.POSITIVE_INFINITY : PHONE_BUDGET
    for (const message of new Set(renderProblems(reply, most, whole))) {
      found.push({ ...locationOf(loaded, reply.parts[0] ?? ''), message: `${typed}: ${message}` })
    }
    if (/ summary$/.test(typed) && reply.buttons?.some(isPageButton)) {
      found.push({
        ...locationOf(loaded, reply.parts[0] ?? ''),
        message: `${typed}: does not fit on one page of ${PHONE_BUDGET} characters: shorten it, its note or its sources`,
      })
    }
    // Posted for all, an answer is the same.
    queue.push(...(reply.buttons ?? []).map(action => action.line).filter(line => !line.endsWith('--public')))
  }
  return { found, lines: asked.size }
}

/** Draws every kind of edition of every digest for every platform. */
function editionProblems(books: Library, loaded: LoadedContent): Problem[] {
  const all = [PLACE, OTHER_PLACE].flatMap(place => sampleEditions(books, commandLinesFor(place)))
  return all.flatMap(({ digest, variant, reply, maxCharacters }) =>
    renderProblems(reply, maxCharacters).map(message => ({
      ...locationOf(loaded, `digest:${digest}`),
      message: `${digest}, ${variant}: ${message}`,
    })),
  )
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

function renderProblems(reply: Reply, most = PHONE_BUDGET, whole = reply): string[] {
  const problems: string[] = []
  const length = phoneLength(reply)
  if (length > most) problems.push(`${length} characters in one piece, at most ${most}: split or shorten it`)
  for (const render of [renderSlack, renderDiscord]) {
    try {
      render(whole)
    } catch (cause) {
      problems.push(cause instanceof Error ? cause.message : String(cause))
    }
  }
  return problems
}

const sortProblems = (problems: Problem[]) =>
  problems.sort((a, b) => (a.file === b.file ? a.line - b.line : a.file < b.file ? -1 : 1))
