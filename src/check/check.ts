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
import { latestDayOnEarth } from '../content/read/future-dates.ts'
import { loadContent } from '../content/read/load.ts'
import type { ContentFile, LoadedContent } from '../content/read/story-folder.ts'
import { formatProblem, type Problem, type Story } from '../content/story.ts'
import { type AllContent, type VisibleContent, visibleAt } from '../content/visible.ts'
import { LONGEST_FOOTER, withSharer } from '../delivery/shared-by.ts'
import { discordProblems } from '../platforms/discord/manifest.ts'
import { render as renderDiscord } from '../platforms/discord/render.ts'
import { render as renderSlack } from '../platforms/slack/render.ts'
import { allLines } from './all-lines.ts'
import { confidenceProblems } from './confidence-rules.ts'
import { sampleEditions } from './sample-editions.ts'
import { firstLocation, locationOf, missingIdsOf, nameProblems, storyProblems } from './story-rules.ts'

const SLACK_PLACE: Place = 'slack:check/check'
const DISCORD_PLACE: Place = 'discord:check/check'
const SILENT_LOG: Log = { debug() {}, info() {}, warn() {}, error() {} }

/**
 * A content folder as it was read: its files, all content in them, the content that is visible now, and every problem.
 * `missingIds` are events that need an id: editors have to add them, but a running bot need not refuse the content for
 * it. `lineCount` is how many lines were answered and rendered; 0 if there are problems before that.
 */
type CheckResult = {
  files: ContentFile[]
  content: Pick<AllContent, 'stories' | 'digests'>
  library: Library
  problems: Problem[]
  missingIds: Problem[]
  lineCount: number
}

/**
 * How a folder is checked: at which moment, and after how many days without a check a story is called stale. With an
 * `edit`, only its story is checked, as it would be after the edit, and the digests that include it. Nothing may be dated
 * later than `today`, the latest day that has begun anywhere.
 */
type CheckOptions = { now?: number; staleDays?: number; edit?: Edit; today?: string }

/** A file of a story with a new text. `digests` are the present ones, which have passed the check already. */
type Edit = { path: string; text: string; digests: Digest[] }

/**
 * Reads a content folder and checks all of it: schemas, quotations, names, every answer and every digest on every
 * platform, both as they are now and as they will be once all embargoes are over and every story has gone stale.
 */
export async function check(
  folder: string,
  {
    now = Date.now(),
    staleDays,
    edit,
    today = latestDayOnEarth(Math.max(now, Date.now())),
  }: CheckOptions = {},
): Promise<CheckResult> {
  const { files, problems: unreadable } = await readFolder(folder)
  const loaded = edit ? loadEdited(files, folder, edit, today) : loadContent(files, today)
  const { stories, digests } = loaded
  const everything = { stories, digests, staleDays }
  const visible = visibleAt(everything, now)
  const library = libraryOf(visible)
  const missingIds = sortProblems(stories.flatMap(story => missingIdsOf(story, loaded)))
  const checked = { files, content: { stories, digests }, library, missingIds }
  const problems = [
    ...unreadable,
    ...loaded.problems,
    ...loaded.stories.flatMap(story => [
      ...storyProblems(story, loaded),
      ...confidenceProblems(story, loaded),
      ...timelineProblems(story, loaded),
    ]),
    ...nameProblems(loaded),
  ]
  // Broken content is not rendered: its answers would only repeat the same problems in other words.
  if (problems.length > 0) return { ...checked, problems: sortProblems(problems), lineCount: 0 }
  const end = visibleAt(everything, Number.POSITIVE_INFINITY)
  const later = renderingProblems(libraryOf(end), loaded)
  const present = end.revision === visible.revision ? [] : renderingProblems(library, loaded).problems
  return {
    ...checked,
    problems: sortProblems(deduplicate([...later.problems, ...present])),
    lineCount: later.lineCount,
  }
}

/**
 * Loads only the story of a file that is to be changed: with thousands of others there is no time to check them all.
 */
function loadEdited(
  files: ContentFile[],
  folder: string,
  { path, text, digests }: Edit,
  today: string,
): LoadedContent {
  const own = path.slice(0, path.lastIndexOf('/') + 1)
  const others = files.filter(file => file.path.startsWith(own) && file.path !== path)
  const loaded = loadContent([...others, { path, text, origin: join(folder, path) }], today)
  return { ...loaded, digests: digests.filter(digest => storiesOf(loaded.stories, digest).length > 0) }
}

const libraryOf = ({ stories, revision, digests, withdrawn }: VisibleContent) =>
  createLibrary(stories, revision, digests, withdrawn)

/** Drops the second of two equal problems: what is wrong both now and later is reported once. */
const deduplicate = (problems: Problem[]) => [
  ...new Map(problems.map(problem => [formatProblem(problem), problem])).values(),
]

/** Reports a timeline that is too long to be drawn, at its first turning point. */
function timelineProblems(story: Story, loaded: LoadedContent): Problem[] {
  const first = story.timeline.find(event => event.major)
  const message = chartProblem(story)
  if (!first || message === undefined) return []
  return [{ ...locationOf(loaded, `${story.slug}/event:${first.id}`), message }]
}

type RenderingProblems = { problems: Problem[]; lineCount: number }

/** Renders every answer and every edition for every platform. */
function renderingProblems(library: Library, loaded: LoadedContent): RenderingProblems {
  const { problems, lineCount } = answerProblems(library, loaded)
  return { problems: [...problems, ...editionProblems(library, loaded)], lineCount }
}

/** Asks every line that the stories can answer, and renders each answer for every platform. */
function answerProblems(library: Library, loaded: LoadedContent): RenderingProblems {
  const handle = createHandler({ library: () => library, version: 'check', zone: 'UTC' }, SILENT_LOG)
  const problems: Problem[] = discordProblems(handle.commands()).map(message => ({
    ...firstLocation(loaded),
    message: `discord: ${message}`,
  }))
  const queue = allLines(library)
  const asked = new Set<string>()
  for (let typed = queue.pop(); typed !== undefined; typed = queue.pop()) {
    if (asked.has(typed)) continue
    asked.add(typed)
    const reply = ask(handle, typed)
    // A shared answer names who shared it, and must fit with that too.
    const withFooter =
      reply.label && !reply.guide && !reply.refusal ? withSharer(reply, LONGEST_FOOTER) : reply
    // The words of a picture are read in the picture.
    const max = pictureOf(reply) ? Number.POSITIVE_INFINITY : PHONE_BUDGET
    const location = () => locationOf(loaded, reply.parts[0] ?? '')
    for (const message of new Set(renderProblems(reply, max, withFooter))) {
      problems.push({ ...location(), message: `${typed}: ${message}` })
    }
    if (/ summary$/.test(typed) && reply.buttons?.some(isPageButton)) {
      problems.push({
        ...location(),
        message: `${typed}: does not fit on one page of ${PHONE_BUDGET} characters: shorten it, its note or its sources`,
      })
    }
    // A posted answer is the same as the one its caller sees.
    queue.push(...(reply.buttons ?? []).map(button => button.line).filter(line => !line.endsWith('--public')))
  }
  return { problems, lineCount: asked.size }
}

/** Renders every kind of edition of every digest for every platform. */
function editionProblems(library: Library, loaded: LoadedContent): Problem[] {
  const editions = [SLACK_PLACE, DISCORD_PLACE].flatMap(place =>
    sampleEditions(library, commandLinesFor(place)),
  )
  return editions.flatMap(({ digest, variant, reply, maxCharacters }) =>
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
    place: SLACK_PLACE,
    caller: { id: 'check', rights: [] },
    audience: 'caller',
    at: 0,
  })
  if (reply instanceof Promise) throw new Error(`check: ${typed} is not answered from memory`)
  return reply
}

/** Says what is wrong with a reply: too long for a phone, or, `withFooter`, for a platform. */
function renderProblems(reply: Reply, max = PHONE_BUDGET, withFooter = reply): string[] {
  const problems: string[] = []
  const length = phoneLength(reply)
  if (length > max) problems.push(`${length} characters in one piece, at most ${max}: split or shorten it`)
  for (const render of [renderSlack, renderDiscord]) {
    try {
      render(withFooter)
    } catch (cause) {
      problems.push(cause instanceof Error ? cause.message : String(cause))
    }
  }
  return problems
}

const sortProblems = (problems: Problem[]) =>
  problems.sort((a, b) => (a.file === b.file ? a.line - b.line : a.file < b.file ? -1 : 1))
