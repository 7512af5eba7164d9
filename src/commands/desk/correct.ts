import { platformOf } from '../../chat/platform.ts'
import { type Inline, list, note, type Reply, refusal, text } from '../../chat/reply.ts'
import type { CorrectionEntry } from '../../content/read/append-correction.ts'
import type { Story } from '../../content/story.ts'
import { localDate, readableDate } from '../../dates.ts'
import { correctionLine, correctionProblem } from '../../delivery/correction-line.ts'
import { phrases } from '../../phrases/phrases.ts'
import type { Delivery } from '../../store/delivery.ts'
import type { DeskRequest } from '../context.ts'
import { formatLine } from '../line.ts'
import { refuseUnknown, TOO_LATE } from '../refusals.ts'
import { confirmation, textProblem } from './confirmation.ts'
import { correctableParts, partFile } from './correctable-parts.ts'
import { countMessages, isTooLate, logAction, tryApplyChanges } from './run.ts'

const MAX_TEXT_CHARACTERS = 400
const MAX_LINKS = 5
const MAX_PROBLEMS = 3

/** `/desk correct <story>/<part> --was … --now … --why …`: shows what would be corrected; with `--confirm`, does it. */
export async function deskCorrect(ask: DeskRequest): Promise<Reply> {
  const found = findPart(ask)
  if ('refused' in found) return found.refused
  const entry = readEntry(ask, found.part)
  if ('refused' in entry) return entry.refused
  return ask.flags.confirm === undefined
    ? previewCorrection(ask, found, entry)
    : writeCorrection(ask, found, entry)
}

/** `own` is the file where the part itself is written. */
type FoundPart = { story: Story; part: string; id: string; own: string }

function findPart({ library, call, args, flags }: DeskRequest): FoundPart | { refused: Reply } {
  const typed = args.join(' ').trim()
  if (typed === '') return { refused: refusal(phrases.correction.whichPart()) }
  const [name = '', ...rest] = typed.split('/')
  const story = library.story(name)
  const { confirm: _, ...kept } = flags
  const lineOf = (part: string) => `/desk correct ${formatLine({ args: [part], flags: kept })}`
  if (!story)
    return {
      refused: refuseUnknown(call, name, {
        known: [library.storyNames()],
        lineOf: slug => lineOf([slug, ...rest].join('/')),
        help: '/nutgraf story list',
      }),
    }
  const parts = correctableParts(story)
  const wanted = rest.join('/').toLowerCase()
  const part = parts.find(one => one.toLowerCase() === wanted)
  const own = part && partFile(part)
  if (part && own) return { story, part, id: `${story.slug}/${part}`, own }
  if (wanted === '') return { refused: askWhichPart(story, parts) }
  // The story is known, so that only what comes after it was mistyped.
  return {
    refused: refuseUnknown(call, rest.join('/'), {
      known: [parts],
      lineOf: one => lineOf(`${story.slug}/${one}`),
      help: `/nutgraf ${story.slug} help`,
    }),
  }
}

/** Of more parts than these, the others are counted. */
const MAX_PARTS = 12

function askWhichPart({ slug, title }: Story, parts: string[]): Reply {
  const shown = parts.slice(0, MAX_PARTS)
  const more = parts.length - shown.length
  return refusal(
    [phrases.correction.partsOf(title)],
    list(shown.map(part => [{ code: `${slug}/${part}` }])),
    ...(more > 0 ? [note(phrases.correction.moreParts(more))] : []),
  )
}

function readEntry(
  { flags, call, context }: DeskRequest,
  part: string,
): CorrectionEntry | { refused: Reply } {
  const words: Record<string, string> = {}
  for (const name of ['was', 'now', 'why'] as const) {
    const typed = flags[name]
    if (typeof typed !== 'string') return { refused: refusal(phrases.correction.missingFlag(name)) }
    words[name] = typed.replace(/\s+/g, ' ').trim()
    const problem = textProblem(words[name], MAX_TEXT_CHARACTERS, `--${name}`)
    if (problem) return { refused: problem }
  }
  const { was = '', now = '', why = '' } = words
  const entry: CorrectionEntry = {
    ...{ on: localDate(call.at, context.zone), part, was, now, why },
    ...(flags['no-repeat'] !== undefined && { repeat: false }),
    ...(flags.notice !== undefined && { notice: true }),
  }
  // What no message has room for need not be shown first.
  const problem = correctionProblem({ repeat: true, notice: false, ...entry })
  return problem === undefined ? entry : { refused: failedCheckReply([problem]) }
}

/** What the check of the content says of an entry. */
const failedCheckReply = (problems: string[]): Reply =>
  refusal(
    [phrases.correction.checkFails],
    list(problems.slice(0, MAX_PROBLEMS).map(problem => [problem])),
    ...(problems.length > MAX_PROBLEMS
      ? [note(phrases.correction.moreProblems(problems.length - MAX_PROBLEMS))]
      : []),
  )

async function previewCorrection(
  ask: DeskRequest,
  { id, part, own }: FoundPart,
  entry: CorrectionEntry,
): Promise<Reply> {
  const { desk, call, context, flags } = ask
  const messages = await desk.store.ledger.messagesShowing(id)
  const links = messageLinks(ask, messages)
  const said = correctionLine({ repeat: true, notice: false, ...entry }, call.at, context.zone)
  const { confirm: _, ...kept } = flags
  const sure = confirmation({ args: ['correct', id], flags: kept })
  const first = messages.length > links.length && links.length > 0 ? links.length : undefined
  return {
    blocks: [
      text(...phrases.correction.correctionPreview(id)),
      text(phrases.correction.affectedMessages(countMessages(messages), first)),
      ...(links.length > 0 ? [list(links)] : []),
      text(phrases.correction.lineAboveText),
      text(...said),
      note(
        phrases.correction.correctionConsequences({ notice: false, repeat: true, ...entry, part, file: own }),
      ),
      ...sure.blocks,
    ],
    buttons: sure.actions,
    parts: [],
    audience: 'caller',
    guide: true,
  }
}

function messageLinks({ desk }: DeskRequest, messages: Delivery[]): Inline[][] {
  const links: Inline[][] = []
  for (const { message, place, digest, date } of messages) {
    if (links.length === MAX_LINKS) break
    const url = message && desk.platform(platformOf(place))?.link?.(message)
    const name = [place, digest, date && readableDate(date)].filter(Boolean).join(' · ')
    if (message) links.push([url === undefined ? name : { link: url, text: name }])
  }
  return links
}

async function writeCorrection(
  ask: DeskRequest,
  { story, id, part, own }: FoundPart,
  entry: CorrectionEntry,
): Promise<Reply> {
  const { desk } = ask
  const { was, ...rest } = entry
  // What may be shown nowhere again is not kept here either.
  const details = { id, ...rest, ...(entry.repeat !== false && { was }) }
  // What writes YAML is needed by nobody else in a bot that runs.
  const { appendCorrection } = await import('../../content/read/append-correction.ts')
  const made = await appendCorrection(desk.contentDir, story.slug, entry, {
    problemsWith: desk.problemsWith,
    confirm: async () => {
      if (isTooLate(ask)) return false
      await logAction(ask, 'correct', details)
      return true
    },
    onWriteFailed: () => logAction(ask, 'correct failed', { id }),
  })
  const file = `stories/${story.slug}/corrections.yml`
  switch (made.outcome) {
    case 'late':
      return TOO_LATE
    case 'moved':
      return refusal([phrases.correction.fileChangedMeanwhile(file)])
    case 'broken':
      return failedCheckReply(made.problems)
    case 'readonly':
      return refusal(
        [phrases.correction.fileNotWritable(file, made.empty)],
        text({ code: made.line }),
        note(phrases.correction.deployBothFiles(part, own)),
      )
    case 'written': {
      await tryApplyChanges(ask)
      return {
        blocks: [
          text(...phrases.correction.writtenToFile(file)),
          text(phrases.correction.commitBothFiles(part, own)),
          note(...phrases.correction.howToSeeProgress()),
        ],
        parts: [],
        audience: 'caller',
        guide: true,
      }
    }
  }
}
