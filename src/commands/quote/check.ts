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
import type { Library, SourceLine } from '../../content/library.ts'
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

/** The share of the typed words that a text must contain to be shown as the one that was meant. */
const MIN_SHARED_WORDS = 0.6
const MIN_WORDS = 3
const MAX_CHECKED_CHARACTERS = 500
/** How many quotations, and how many source lines, with the same words are compared at most. */
const MAX_SAME = 20
/** Room that is kept for the list of differences. */
const DIFFERENCES_ROOM = 60

/**
 * `/quote check "<text>"`: an exact match with our copy, differences (marked), or not found in our sources.
 * It never says that something is true, nor that it was not said.
 */
export function checkWords(library: Library, typed: string, call: Call): Reply {
  if (tokens(typed).length < MIN_WORDS) return refusal(phrases.quoteCheck.tooFew())
  const problem = lengthProblem(typed)
  if (problem) return problem
  const matches = [...findSameWords(library, typed)]
  const exact = findExact(matches, typed)
  if (exact) return exactReply(library, exact, typed, call)
  const closest = matches[0] ?? findClosest(library, typed)
  return closest ? differsReply(library, closest, typed, call) : notFound(library)
}

/** Refuses words that are too many to check; undefined where they are not. */
export const lengthProblem = (words: string): Reply | undefined =>
  words.length <= MAX_CHECKED_CHARACTERS
    ? undefined
    : refusal(phrases.quoteCheck.tooLong(words.length, MAX_CHECKED_CHARACTERS))

type ExactMatch = { ours: Match; end: NonNullable<ReturnType<typeof matchIgnoringEnding>> }

/** The match with exactly the typed characters, otherwise one that differs only in the punctuation at the end. */
function findExact(matches: Match[], typed: string): ExactMatch | undefined {
  const exactMatches = matches.flatMap((ours): ExactMatch[] => {
    const end = matchIgnoringEnding(ours.words, typed)
    return end ? [{ ours, end }] : []
  })
  return exactMatches.find(({ ours }) => ours.words.includes(typed)) ?? exactMatches[0]
}

/** Yields the quotations and source lines with all typed words in a row, whatever the punctuation between them. */
function* findSameWords(library: Library, typed: string): Iterable<Match> {
  const quotes = library.quotesContaining(typed)
  for (let index = 0; index < Math.min(quotes.count, MAX_SAME); index++)
    yield quotationMatch(quotes.nth(index)!)
  let lines = 0
  for (const line of library.sourceLinesContaining(typed)) {
    if (lines++ === MAX_SAME) return
    yield lineMatch(line)
  }
}

function findClosest(library: Library, typed: string): Match | undefined {
  const typedWords = [...new Set(tokens(typed))]
  const candidates: Match[] = [
    ...library.closestQuotes(typed).map(quotationMatch),
    ...library.closestSourceLines(typed).map(lineMatch),
  ]
  return candidates.find(({ words }) => {
    const ourWords = new Set(tokens(words))
    return typedWords.filter(word => ourWords.has(word)).length / typedWords.length >= MIN_SHARED_WORDS
  })
}

const quotationMatch = (storyQuote: StoryQuote): Match => ({
  story: storyQuote.story,
  source: storyQuote.quote.source,
  words: storyQuote.quote.words,
  lines: [...new Set(storyQuote.quote.spans.map(span => span.line))],
  storyQuote,
})

const lineMatch = ({ story, source, text: words, line, start }: SourceLine): Match => ({
  story,
  source,
  words,
  lines: [line],
  start,
})

function exactReply(library: Library, { ours, end }: ExactMatch, typed: string, call: Call): Reply {
  const isIncluded = ours.words.includes(typed)
  const shown = isIncluded ? typed : end.words
  const { exactMatch, exactWords, endDiffers, notWhetherTrue } = phrases.quoteCheck
  const at = matchLocation(ours)
  return withWarning(library, ours, shown, call, {
    label: labelOfMatch(ours),
    blocks: [
      text(...(isIncluded || !end.differs ? exactMatch(at) : exactWords(at))),
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
      ...(ours.storyQuote ? [text(attributionOf(ours, ''))] : []),
    ],
    parts: matchParts(ours),
    buttons: [...quoteAction(library, ours), ...sourceAction(ours, call)],
    audience: 'caller',
    guide: true,
  })
  return { ...reply, blocks: [...reply.blocks, ...differenceBlocks(reply, differences, call)] }
}

/** Adds the warning about the words to a reply or, where a phone has no room for it, the line that shows it. */
function withWarning(library: Library, ours: Match, shown: string, call: Call, reply: Reply): Reply {
  const warning = matchWarning(ours, shown)
  if (!warning) return reply
  const full = { ...reply, blocks: [...reply.blocks, note(...warning)] }
  if (phoneLength(full) + DIFFERENCES_ROOM <= PHONE_BUDGET) return full
  const [quote] = ours.storyQuote?.quote.note ? quoteAction(library, ours) : []
  const { noteGoesWith, recordAt } = phrases.quoteCheck
  const where = quote ? noteGoesWith(quote.line) : recordAt(recordLine(ours.story, call))
  return { ...reply, blocks: [...reply.blocks, note(...where)] }
}

/** Our words with the differences in bold, and `…` where our copy goes on. */
function markDifferences({ pieces, before, after }: Comparison): Inline[] {
  const runs = pieces.flatMap(({ text: words, differs }, index): Inline[] => [
    ...(index > 0 ? [' '] : []),
    differs ? { bold: safeText(words) } : safeText(words),
  ])
  return [before ? '“… ' : '“', ...runs, after ? ' …”' : '”']
}

/** Lists the differences, as many as fit on a phone. Only the caller is shown what was typed, others our side alone. */
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

function differenceText({ ours, theirs, after }: Difference, showsTheirs: boolean): string {
  const words = phrases.quoteCheck.difference
  const place = after === '' ? undefined : shortPassage(after)
  if (ours === '') return showsTheirs ? words.added(place, shortPassage(theirs)) : words.addedUnseen(place)
  if (!showsTheirs) return words.ours(place, shortPassage(ours))
  return theirs === ''
    ? words.leftOut(place, shortPassage(ours))
    : words.changed(place, shortPassage(ours), shortPassage(theirs))
}

/** Shortens a long passage to its beginning and end, with the number of its words. */
function shortPassage(passage: string): { shown: string; of?: number } {
  const words = safeText(passage)
  const shown = shortenMiddle(words)
  return shown === words ? { shown } : { shown, of: words.split(' ').length }
}

const notFound = (library: Library): Reply =>
  refusal(phrases.quoteCheck.notFound(library.storedSourceCount()))

const sourceAction = ({ story, source }: Match, call: Call): Button[] => [
  { label: phrases.quote.source, line: `${storyPrefix(story, call)} sources #${source.number}` },
]

function quoteAction(library: Library, { storyQuote }: Match): Button[] {
  if (!storyQuote) return []
  const { quote } = storyQuote
  const quotes = library.speakers(quote.speaker)[0]?.quotes ?? []
  const number = quotes.findIndex(candidate => candidate.quote === quote) + 1
  if (number === 0) return []
  const args = [speakerKey(quote.speaker), `#${number}`]
  return [{ label: phrases.quoteCheck.theQuote, line: `/quote ${formatLine({ args, flags: {} })}` }]
}

/** How many characters of a passage fit into a line of an answer on a phone. */
const MAX_SHOWN = 80

/** Shortens a long passage to its beginning and end: `first words … last words`. */
export function shortenMiddle(words: string): string {
  // By code points, so that no emoji is cut in half.
  const characters = [...words]
  if (characters.length <= MAX_SHOWN) return words
  const ends = [characters.slice(0, MAX_SHOWN / 2), characters.slice(-MAX_SHOWN / 2)]
  return ends.map(end => end.join('').trim()).join(' … ')
}
