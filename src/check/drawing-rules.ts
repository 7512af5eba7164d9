import { phoneLength } from '../chat/plain-text.ts'
import type { Log, Place } from '../chat/platform.ts'
import { PHONE_BUDGET, pictureOf, type Reply } from '../chat/reply.ts'
import { commandLinesFor } from '../commands/digest/command-lines.ts'
import { createHandler, type Handler } from '../commands/handler.ts'
import { storyPrefix } from '../commands/label.ts'
import { isPageButton } from '../commands/pages.ts'
import type { Library } from '../content/library.ts'
import type { LoadedContent } from '../content/read/story-folder.ts'
import type { Problem } from '../content/story.ts'
import { LONGEST_FOOTER, withSharer } from '../delivery/shared-by.ts'
import { discordProblems } from '../platforms/discord/manifest.ts'
import { render as renderDiscord } from '../platforms/discord/render.ts'
import { render as renderSlack } from '../platforms/slack/render.ts'
import { allLines, shortLines } from './all-lines.ts'
import { LONGEST_DIGEST, sampleEditions } from './sample-editions.ts'
import { firstLocation, locationOf } from './story-rules.ts'

const SLACK_PLACE: Place = 'slack:check/check'

/** Digests are posted in lines as they are typed on each platform; other answers have the same lines on both. */
const PLATFORMS: { place: Place; render(reply: Reply): unknown }[] = [
  { place: SLACK_PLACE, render: renderSlack },
  { place: 'discord:check/check', render: renderDiscord },
]
const SILENT_LOG: Log = { debug() {}, info() {}, warn() {}, error() {} }

/** The longest footer, as the very same blocks below every answer, so that they are drawn once. */
const FOOTER = withSharer({ blocks: [], parts: [], audience: 'place' }, LONGEST_FOOTER).blocks

/** What is wrong with drawn replies, and how many lines were answered. */
type DrawingProblems = { problems: Problem[]; lineCount: number }

/** Draws every answer that may be too long and every edition for every platform, and says what is wrong with them. */
export function drawingProblems(library: Library, loaded: LoadedContent): DrawingProblems {
  const { problems, lineCount } = answerProblems(library, loaded)
  return { problems: [...problems, ...editionProblems(library, loaded)], lineCount }
}

/** Asks every line that the stories can answer, and renders each answer that may be too long for every platform. */
function answerProblems(library: Library, loaded: LoadedContent): DrawingProblems {
  // Each line is asked once, so no reply is kept.
  const handle = createHandler(
    { library: () => library, version: 'check', zone: 'UTC' },
    SILENT_LOG,
    (_, answer) => answer(),
  )
  const problems: Problem[] = discordProblems(handle.commands()).map(message => ({
    ...firstLocation(loaded),
    message: `discord: ${message}`,
  }))
  const short = shortLines(library)
  // What a search finds is cut to fit.
  const lines = allLines(library).filter(line => !short.has(line) && !line.startsWith('/nutgraf find '))
  const queue = [
    ...lines.map(typed => ({ typed, at: 0 })),
    ...linesOnComing(library).map(typed => ({ typed, at: AFTER_ALL })),
  ]
  const asked = new Set<string>()
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    const { typed, at } = next
    if (asked.has(`${at} ${typed}`)) continue
    asked.add(`${at} ${typed}`)
    const reply = ask(handle, typed, at)
    // A shared answer names who shared it, and must fit with that too.
    const withFooter =
      reply.label && !reply.guide && !reply.refusal
        ? { ...reply, blocks: [...reply.blocks, ...FOOTER] }
        : reply
    // The words of a picture are read in the picture.
    const max = pictureOf(reply) ? Number.POSITIVE_INFINITY : PHONE_BUDGET
    const location = () => locationOf(loaded, reply.parts[0] ?? '')
    for (const message of new Set(renderProblems(reply, { max, withFooter }))) {
      problems.push({ ...location(), message: `${typed}: ${message}` })
    }
    if (/ summary$/.test(typed) && reply.buttons?.some(isPageButton)) {
      problems.push({
        ...location(),
        message: `${typed}: does not fit on one page of ${PHONE_BUDGET} characters: shorten it, its note or its sources`,
      })
    }
    // Pages follow each other, and back to the first, which is the line itself. All else that buttons lead to is listed: the
    // same in other colours, posted, or spelled otherwise.
    const pages = (reply.buttons ?? []).filter(isPageButton).map(({ line }) => line)
    queue.push(...pages.filter(line => !/ --page 1$/.test(line)).map(line => ({ typed: line, at })))
  }
  return { problems, lineCount: asked.size + short.size }
}

/** Draws every kind of edition that the stories may be in, for every platform. */
function editionProblems(library: Library, loaded: LoadedContent): Problem[] {
  const linesOf = ({ place }: (typeof PLATFORMS)[number]) =>
    JSON.stringify(library.stories.map(story => storyPrefix(story, { place })))
  // Where the lines in them are the same, so are the editions.
  return [...Map.groupBy(PLATFORMS, linesOf).values()].flatMap(platforms =>
    sampleEditions(library, commandLinesFor(platforms[0]!.place), [LONGEST_DIGEST]).flatMap(
      ({ variant, reply, maxCharacters }) =>
        renderProblems(reply, {
          max: maxCharacters,
          renders: platforms.map(({ render }) => render),
        }).map(message => ({
          ...locationOf(loaded, reply.parts[0] ?? ''),
          message: `in a digest, ${variant}: ${message}`,
        })),
    ),
  )
}

/** A moment at which whatever was expected is over. */
const AFTER_ALL = Date.parse('9999-12-30T12:00:00Z')

/** Lines whose answers say more once the day of an expected event is over. */
const linesOnComing = ({ stories }: Library): string[] =>
  stories
    .filter(({ coming }) => coming.length > 0)
    .flatMap(story => ['next', 'status'].map(verb => `${storyPrefix(story)} ${verb}`))

function ask(handle: Handler, typed: string, at: number): Reply {
  const [, command = '', text = ''] = /^\/(\S+)\s*(.*)$/s.exec(typed) ?? []
  const reply = handle.answer({
    command,
    text,
    place: SLACK_PLACE,
    caller: { id: 'check', rights: [] },
    audience: 'caller',
    at,
    // These lines are ours, like those of buttons: they need not be read as plain words.
    fromButton: true,
  })
  if (reply instanceof Promise) throw new Error(`check: ${typed} is not answered from memory`)
  return reply
}

/** Says what is wrong with a reply: too long for a phone, or, `withFooter`, for a platform. */
function renderProblems(
  reply: Reply,
  { max = PHONE_BUDGET, withFooter = reply, renders = PLATFORMS.map(({ render }) => render) },
): string[] {
  const problems: string[] = []
  const length = phoneLength(reply)
  if (length > max) problems.push(`${length} characters in one piece, at most ${max}: split or shorten it`)
  for (const render of renders) {
    try {
      render(withFooter)
    } catch (cause) {
      problems.push(cause instanceof Error ? cause.message : String(cause))
    }
  }
  return problems
}
