import { phoneLength } from '../../chat/plain-text.ts'
import type { Call } from '../../chat/platform.ts'
import {
  type Button,
  type Inline,
  list,
  note,
  PHONE_BUDGET,
  type Reply,
  refusal,
  text,
} from '../../chat/reply.ts'
import { safeText } from '../../chat/safe-text.ts'
import { tokens } from '../../content/fold.ts'
import type { Library } from '../../content/library.ts'
import type { StoryQuote } from '../../content/speakers.ts'
import { phrases } from '../../phrases/phrases.ts'
import { storyPrefix } from '../label.ts'
import { formatLine } from '../line.ts'
import { speakerKey } from './attribution.ts'
import { type Comparison, compare, type Difference } from './compare.ts'
import {
  attributionOf,
  labelOfMatch,
  type Match,
  matchLocation,
  matchParts,
  matchWarning,
  recordLine,
} from './match.ts'
import { matchIgnoringEnding } from './match-ignoring-ending.ts'

/** How many of the typed words must stand in a text for it to be shown as the one that was meant. */
const MIN_SHARED_WORDS = 0.6
const MIN_WORDS = 3
const MAX_CHECKED_CHARACTERS = 500
const MAX_SAME = 20
/** Room that is left for the list of differences. */
const DIFFERENCES_ROOM = 60

/**
 * `/quote check "<text>"`: exact match with our copy, or differs here (marked), or not found in our sources.
 * It never says that something is true, nor that it was not said.
 */
export function checkWords(library: Library, typed: string, call: Call): Reply {
  if (tokens(typed).length < MIN_WORDS) return refusal(phrases.quoteCheck.tooFew())
  const long = lengthProblem(typed)
  if (long) return long
  const same = [...findSameWords(library, typed)]
  const exact = findExact(same, typed)
  if (exact) return exactReply(library, exact, typed, call)
  const close = same[0] ?? findClosest(library, typed)
  return close ? differsReply(library, close, typed, call) : notFound(library)
}

/** Why words are too many to be checked; undefined where they are not. */
export const lengthProblem = (words: string): Reply | undefined =>
  words.length <= MAX_CHECKED_CHARACTERS
    ? undefined
    : refusal(phrases.quoteCheck.tooLong(words.length, MAX_CHECKED_CHARACTERS))

type ExactMatch = { ours: Match; end: NonNullable<ReturnType<typeof matchIgnoringEnding>> }

/** Those that have the words sign for sign, else those that differ in nothing but the sign at the end. */
function findExact(same: Match[], typed: string): ExactMatch | undefined {
  const found = same.flatMap((ours): ExactMatch[] => {
    const end = matchIgnoringEnding(ours.words, typed)
    return end ? [{ ours, end }] : []
  })
  return found.find(({ ours }) => ours.words.includes(typed)) ?? found[0]
}

/** Quotations and lines that have all the typed words in a row, whatever the signs between them. */
function* findSameWords(library: Library, typed: string): Iterable<Match> {
  const saying = library.quotesContaining(typed)
  for (let index = 0; index < Math.min(saying.count, MAX_SAME); index++)
    yield quotationMatch(saying.nth(index)!)
  let lines = 0
  for (const { story, source, text: words, line: number, start } of library.sourceLinesContaining(typed)) {
    if (lines++ === MAX_SAME) return
    yield { story, source, words, lines: [number], start }
  }
}

function findClosest(library: Library, typed: string): Match | undefined {
  const wanted = [...new Set(tokens(typed))]
  const near = [
    ...library.closestQuotes(typed).map(quotationMatch),
    ...library.closestSourceLines(typed).map(({ story, source, text: words, line: number, start }) => ({
      story,
      source,
      words,
      lines: [number],
      start,
    })),
  ]
  return near.find(({ words }) => {
    const own = new Set(tokens(words))
    return wanted.filter(word => own.has(word)).length / wanted.length >= MIN_SHARED_WORDS
  })
}

const quotationMatch = (said: StoryQuote): Match & { said: StoryQuote } => ({
  story: said.story,
  source: said.quote.source,
  words: said.quote.words,
  lines: [...new Set(said.quote.spans.map(span => span.line))],
  said,
})

function exactReply(library: Library, { ours, end }: ExactMatch, typed: string, call: Call): Reply {
  const included = ours.words.includes(typed)
  const shown = included ? typed : end.words
  const { exactMatch, exactWords, endDiffers, notWhetherTrue } = phrases.quoteCheck
  const at = matchLocation(ours)
  return withWarning(library, ours, shown, call, {
    label: labelOfMatch(ours),
    blocks: [
      text(...(included || !end.differs ? exactMatch(at) : exactWords(at))),
      text('“', safeText(shown), '”'),
      text(attributionOf(ours, shown)),
      note(...(end.differs ? [endDiffers(end.differs), ' '] : []), notWhetherTrue),
    ],
    parts: matchParts(ours),
    buttons: [...quoteAction(library, ours), ...sourceAction(ours, call)],
    audience: 'caller',
    guide: true,
  })
}

function differsReply(library: Library, ours: Match, typed: string, call: Call): Reply {
  const comparison = compare(ours.words, typed)
  const { pieces, differences, sameWords } = comparison
  const { punctuationDiffers, differs } = phrases.quoteCheck
  const at = matchLocation(ours)
  const shown = pieces.map(piece => piece.text).join(' ')
  const reply = withWarning(library, ours, shown, call, {
    label: labelOfMatch(ours),
    blocks: [
      text(...(sameWords ? punctuationDiffers(at) : differs(at))),
      text(...markDifferences(comparison)),
      ...(ours.said ? [text(attributionOf(ours, ''))] : []),
    ],
    parts: matchParts(ours),
    buttons: [...quoteAction(library, ours), ...sourceAction(ours, call)],
    audience: 'caller',
    guide: true,
  })
  return { ...reply, blocks: [...reply.blocks, ...differenceBlocks(reply, differences, call)] }
}

/** A reply with what must be known of the words; where a phone has no room for it, with the line that tells it. */
function withWarning(library: Library, ours: Match, shown: string, call: Call, reply: Reply): Reply {
  const warning = matchWarning(ours, shown)
  if (!warning) return reply
  const full = { ...reply, blocks: [...reply.blocks, note(...warning)] }
  if (phoneLength(full) + DIFFERENCES_ROOM <= PHONE_BUDGET) return full
  const [quote] = ours.said?.quote.note ? quoteAction(library, ours) : []
  const { noteGoesWith, recordAt } = phrases.quoteCheck
  const where = quote ? noteGoesWith(quote.line) : recordAt(recordLine(ours.story, call))
  return { ...reply, blocks: [...reply.blocks, note(...where)] }
}

/** Our words, what differs in bold, and `…` where ours goes on. */
function markDifferences({ pieces, before, after }: Comparison): Inline[] {
  const runs = pieces.flatMap(({ text: words, differs }, index): Inline[] => [
    ...(index > 0 ? [' '] : []),
    differs ? { bold: safeText(words) } : safeText(words),
  ])
  return [before ? '“… ' : '“', ...runs, after ? ' …”' : '”']
}

/** The differences in words, as many as a phone shows; the others read only our side. */
function differenceBlocks(reply: Reply, differences: Difference[], call: Call) {
  const items: Inline[][] = []
  let room = PHONE_BUDGET - phoneLength(reply) - DIFFERENCES_ROOM
  for (const difference of differences) {
    const item = differenceText(difference, call.audience === 'caller')
    room -= item.length + 3
    if (room < 0) break
    items.push([item])
  }
  const rest = differences.length - items.length
  const more = rest > 0 ? [note(phrases.quoteCheck.moreDifferences(rest))] : []
  return [...(items.length > 0 ? [list(items)] : []), ...more]
}

function differenceText({ ours, theirs, after }: Difference, own: boolean): string {
  const say = phrases.quoteCheck.difference
  const place = after === '' ? undefined : shortPassage(after)
  if (ours === '') return own ? say.added(place, shortPassage(theirs)) : say.addedUnseen(place)
  if (!own) return say.ours(place, shortPassage(ours))
  return theirs === ''
    ? say.leftOut(place, shortPassage(ours))
    : say.changed(place, shortPassage(ours), shortPassage(theirs))
}

/** Words as they are shown; a long passage by its ends, with how many words it has. */
function shortPassage(given: string): { shown: string; of?: number } {
  const words = safeText(given)
  const shown = shortenMiddle(words)
  return shown === words ? { shown } : { shown, of: words.split(' ').length }
}

const notFound = (library: Library): Reply =>
  refusal(phrases.quoteCheck.notFound(library.storedSourceCount()))

const sourceAction = ({ story, source }: Match, call: Call): Button[] => [
  { label: phrases.quote.source, line: `${storyPrefix(story, call)} sources #${source.number}` },
]

function quoteAction(library: Library, { said }: Match): Button[] {
  const all = said ? (library.speakers(said.quote.speaker)[0]?.quotes ?? []) : []
  const number = all.findIndex(one => one.quote === said?.quote) + 1
  const args = [speakerKey(said?.quote.speaker ?? ''), `#${number}`]
  return number > 0
    ? [{ label: phrases.quoteCheck.theQuote, line: `/quote ${formatLine({ args, flags: {} })}` }]
    : []
}

/** As many letters as a phone shows of a passage. */
const MAX_SHOWN = 80
/** A passage as it stands; a long one by its ends. */
export function shortenMiddle(words: string): string {
  // Letter by letter: half an emoji is none.
  const letters = [...words]
  if (letters.length <= MAX_SHOWN) return words
  const ends = [letters.slice(0, MAX_SHOWN / 2), letters.slice(-MAX_SHOWN / 2)]
  return ends.map(end => end.join('').trim()).join(' … ')
}
