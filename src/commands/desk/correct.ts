import { hash } from 'node:crypto'
import { platformOf } from '../../chat/platform.ts'
import { type Inline, list, note, type Reply, refusal, text } from '../../chat/reply.ts'
import { type CorrectionEntry, isAmong, isSameText } from '../../content/same-correction.ts'
import type { Story } from '../../content/story.ts'
import { localDate, readableDate } from '../../dates/dates.ts'
import { correctionLine, correctionProblem } from '../../delivery/correction-line.ts'
import { phrases } from '../../phrases/phrases.ts'
import type { Delivery } from '../../store/delivery.ts'
import type { DeskRequest } from '../context.ts'
import { formatLine } from '../line.ts'
import { refuseUnknown, TOO_LATE } from '../refusals.ts'
import { addToStory } from './add-to-story.ts'
import { confirmation, textProblem } from './confirmation.ts'
import { correctablePartIds, partFile } from './correctable-parts.ts'
import { isLanded } from './landed.ts'
import { lookUpPlaceNames } from './place-names.ts'
import { countMessages } from './run.ts'
import { refuseWordsNeverHad } from './words-we-had.ts'

const MAX_TEXT_CHARACTERS = 400
const MAX_LINKS = 5
const MAX_PROBLEMS = 3

/** `/desk correct <story>/<part> --was … --now … --why …`: previews a correction; with `--confirm`, makes it. */
export async function deskCorrect(request: DeskRequest): Promise<Reply> {
  const target = findPart(request)
  if ('refused' in target) return target.refused
  const entry = readEntry(request, target.part)
  if ('refused' in entry) return entry.refused
  // Corrections in memory name an event as messages know it, whatever its entry is called.
  const shown = { ...entry, part: target.shownAs.slice(target.story.slug.length + 1) }
  const known = isAmong(shown, target.story.corrections)
    ? alreadyWritten(target.story)
    : await refuseWordsNeverHad(request, target.story, shown)
  if (known) return known
  return request.flags.confirm === undefined
    ? previewCorrection(request, target, entry)
    : writeCorrection(request, target, entry, shown)
}

/**
 * The part to correct, as the files call it: `id` includes the story, `shownAs` is the name by which messages know it,
 * and `file` is where the words of the part itself are written.
 */
type FoundPart = { story: Story; part: string; id: string; shownAs: string; file: string }

function findPart({ library, call, args, flags }: DeskRequest): FoundPart | { refused: Reply } {
  const typed = args.join(' ').trim()
  if (typed === '') return { refused: refusal(phrases.correction.whichPart()) }
  const [name = '', ...rest] = typed.split('/')
  const story = library.story(name)
  const { confirm: _, ...otherFlags } = flags
  const lineOf = (part: string) => `/desk correct ${formatLine({ args: [part], flags: otherFlags })}`
  if (!story)
    return {
      refused: refuseUnknown(call, name, {
        known: [library.storyNames()],
        lineOf: slug => lineOf([slug, ...rest].join('/')),
        help: '/nutgraf story list',
      }),
    }
  const partIds = correctablePartIds(story)
  const parts = [...partIds.keys()]
  const wanted = rest.join('/').toLowerCase()
  const part = parts.find(known => known.toLowerCase() === wanted)
  const file = part && partFile(part)
  if (part && file) return { story, part, id: `${story.slug}/${part}`, shownAs: partIds.get(part)!, file }
  if (wanted === '') return { refused: askWhichPart(story, parts) }
  // The story is known, so only the part after it was mistyped.
  return {
    refused: refuseUnknown(call, rest.join('/'), {
      known: [parts],
      lineOf: known => lineOf(`${story.slug}/${known}`),
      help: `/nutgraf ${story.slug} help`,
    }),
  }
}

/** How many parts are listed at most, to fit on a phone; the others are only counted. */
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
  if (isSameText(was, now)) return { refused: refusal([phrases.correction.sameWords]) }
  const entry: CorrectionEntry = {
    on: localDate(call.at, context.zone),
    part,
    was,
    now,
    why,
    ...(flags['no-repeat'] !== undefined && { repeat: false }),
    ...(flags.notice !== undefined && { notice: true }),
  }
  // An entry that fits into no message is refused before the preview.
  const problem = correctionProblem({ repeat: true, notice: false, ...entry })
  return problem === undefined ? entry : { refused: failedCheckReply([problem]) }
}

const correctionOf = ({ slug }: Story, entry: CorrectionEntry) => ({
  path: `stories/${slug}/corrections.desk.yml`,
  entry,
})

const correctionsFile = ({ slug }: Story) => `stories/${slug}/corrections.yml`

const alreadyWritten = (story: Story): Reply =>
  refusal([phrases.correction.alreadyWritten(correctionsFile(story))])

/** Lists why the content would fail its check with an entry. */
const failedCheckReply = (problems: string[]): Reply =>
  refusal(
    [phrases.correction.checkFails],
    list(problems.slice(0, MAX_PROBLEMS).map(problem => [problem])),
    ...(problems.length > MAX_PROBLEMS
      ? [note(phrases.correction.moreProblems(problems.length - MAX_PROBLEMS))]
      : []),
  )

async function previewCorrection(
  request: DeskRequest,
  { story, id, shownAs, part, file }: FoundPart,
  entry: CorrectionEntry,
): Promise<Reply> {
  const { desk, call, context, flags } = request
  desk.warm(story.slug, [correctionOf(story, entry)])
  const messages = await desk.store.ledger.messagesShowing(shownAs)
  const links = await messageLinks(request, messages)
  const line = correctionLine({ repeat: true, notice: false, ...entry }, call.at, context.zone)
  const { confirm: _, ...otherFlags } = flags
  const { blocks: howToConfirm, buttons } = confirmation({ args: ['correct', id], flags: otherFlags })
  const listed = messages.length > links.length && links.length > 0 ? links.length : undefined
  return {
    blocks: [
      text(...phrases.correction.correctionPreview(id)),
      text(phrases.correction.affectedMessages(countMessages(messages), listed)),
      ...(links.length > 0 ? [list(links)] : []),
      text(phrases.correction.lineAboveText),
      text(...line),
      note(phrases.correction.correctionConsequences({ notice: false, repeat: true, ...entry, part, file })),
      ...howToConfirm,
    ],
    buttons,
    parts: [],
    audience: 'caller',
    guide: true,
  }
}

async function messageLinks(request: DeskRequest, messages: Delivery[]): Promise<Inline[][]> {
  const linked = messages.filter(({ message }) => message !== undefined).slice(0, MAX_LINKS)
  const nameOf = await lookUpPlaceNames(
    request,
    linked.map(({ place }) => place),
  )
  return linked.map(({ message, place, digest, date }): Inline[] => {
    const url = request.desk.platform(platformOf(place))?.link?.(message!)
    const name = [nameOf(place), digest, date && readableDate(date)].filter(Boolean).join(' · ')
    return [url === undefined ? name : { link: url, text: name }]
  })
}

async function writeCorrection(
  request: DeskRequest,
  { story, id, part, file: partFile }: FoundPart,
  entry: CorrectionEntry,
  shown: CorrectionEntry,
): Promise<Reply> {
  const { was, ...rest } = entry
  // Words that may be repeated nowhere are not kept in the editors' log either.
  const details = { id, ...rest, ...(entry.repeat !== false && { was }) }
  const add = (key: string) =>
    addToStory(request, { key, what: 'correct', details, entries: [correctionOf(story, entry)] })
  // Confirmed twice at once, it is one act.
  let key = `correct ${story.slug} ${hash('sha256', JSON.stringify(entry), 'base64url')}`
  let result = await add(key)
  if (result.outcome === 'known' && !(await isThere(request, story, key, shown))) {
    // The same was corrected before, and taken out of the file since.
    key = `${key} ${request.call.at}`
    result = await add(key)
  }
  const file = correctionsFile(story)
  switch (result.outcome) {
    case 'late':
      return TOO_LATE
    case 'known':
    case 'taken':
    case 'refused':
      return alreadyWritten(story)
    case 'broken':
      return failedCheckReply(result.problems)
    case 'added': {
      const isInFile = await isLanded(request, key)
      return {
        blocks: [
          text(...(isInFile ? phrases.correction.writtenToFile(file) : phrases.correction.addedToFile(file))),
          text(phrases.correction.commitBothFiles(part, partFile)),
          ...(isInFile ? [] : [note(...phrases.correction.howToPull())]),
          note(...phrases.correction.howToSeeProgress()),
        ],
        parts: [],
        audience: 'caller',
        guide: true,
      }
    }
  }
}

/** Whether a correction that was made before still is in use, or waits to be. */
async function isThere(
  { desk, context }: DeskRequest,
  { slug }: Story,
  key: string,
  shown: CorrectionEntry,
): Promise<boolean> {
  const now = context.library().story(slug)
  if (now && isAmong(shown, now.corrections)) return true
  return (await desk.store.documents.all()).some(document => document.key === key)
}
