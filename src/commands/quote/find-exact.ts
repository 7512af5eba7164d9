import { isInQuotationMarks } from '../../content/in-quotation-marks.ts'
import type { Quote } from '../../content/story.ts'
import { isInsideWord } from '../../content/word-edges.ts'
import type { Ending } from '../../phrases/en/quote-check.ts'
import { leavesOut, type Match, type Place } from './match.ts'
import { type ReadableText, readableText } from './readable-text.ts'
import { piecesBetweenEllipses, splitEnding, withoutOuterEllipses } from './typed-words.ts'

/** The ending of the typed words, and what ours have in the same place: an ending, or more words. */
export type EndingDifference = { ours: Ending | 'goesOn'; yours: Ending }

/**
 * Where typed words are in ours, word for word: their places (several if they were typed with ellipses), ours as they
 * are shown, what is left out between the places, and how the endings differ. `apart` says that they
 * are not in one quotation, or not in the typed order.
 */
export type ExactMatch = {
  ours: Match
  places: Place[]
  shown: string
  leftOut: string[]
  end?: EndingDifference
  apart?: 'quotations' | 'order'
}

const ENDINGS: Record<string, Ending> = {
  '.': 'stop',
  ',': 'comma',
  '。': 'stop',
  '，': 'comma',
  '、': 'comma',
  '?': 'question',
  '？': 'question',
  '!': 'exclamation',
  '！': 'exclamation',
  ';': 'semicolon',
  '；': 'semicolon',
  ':': 'colon',
  '：': 'colon',
  '…': 'ellipsis',
  '...': 'ellipsis',
}
/** Enough text around a quotation to see what its ends may cut. */
const AROUND = 40
/** How often the first of several pieces is looked for. */
const MAX_STARTS = 50

/** The words of a match as they are read, with what is around them in the source. */
type OurText = { match: Match; readable: ReadableText; from: number; to: number }

/** Finds typed words in ours, all of them in a row. Both ends must be whole words and numbers. */
export function findInRow(ours: Match, typed: string): ExactMatch | undefined {
  const text = ourTextOf(ours)
  const words = readableText(typed).text.trim()
  const inner = withoutOuterEllipses(words)
  const goesOn = !words.endsWith(inner)
  const forms = [{ core: words, ending: undefined }, { core: inner, ending: undefined }, splitEnding(inner)]
  for (const { core, ending } of forms) {
    const place = wholePlaces(text, core).next().value
    if (!place) continue
    const { shown, end } = showEnd(text, place, ending)
    // An ellipsis at the end says that the source goes on, or may.
    return { ours, places: [inWords(text, place)], leftOut: [], shown, ...(end && !goesOn && { end }) }
  }
  return undefined
}

/**
 * Finds the pieces of words that were typed with ellipses: each whole, in this order, with other words between them. Of
 * several ways, the one with the shortest way from the first to the last piece.
 */
export function findInPieces(ours: Match, typed: string): ExactMatch | undefined {
  const pieces = piecesBetweenEllipses(readableText(typed).text)
  if (pieces.length < 2) return undefined
  const text = ourTextOf(ours)
  const last = splitEnding(pieces.at(-1)!)
  const found = shortestWay(text, pieces) ?? shortestWay(text, [...pieces.slice(0, -1), last.core])
  if (!found) return undefined
  const { written } = text.readable
  const end = showEnd(
    text,
    found.at(-1)!,
    written.slice(...rangeOf(found.at(-1)!)) === pieces.at(-1) ? undefined : last.ending,
  )
  const leftOut = found
    .slice(1)
    .map((place, index) => leftOutBetween(ours, text, found[index]!.end, place.start))
  if (leftOut.some(words => words === '')) return undefined
  const firstPieces = found.slice(0, -1).map(place => written.slice(...rangeOf(place)))
  return {
    ours,
    places: found.map(place => inWords(text, place)),
    leftOut,
    ...end,
    shown: [...firstPieces, end.shown].join(' […] '),
    ...(!isOneQuotation(ours, text, found) && { apart: 'quotations' as const }),
  }
}

/** Finds the pieces of words that were typed with ellipses where each is whole, but not all in the typed order. */
export function findInOtherOrder(ours: Match, typed: string): ExactMatch | undefined {
  const text = ourTextOf(ours)
  const pieces = piecesBetweenEllipses(readableText(typed).text).map(piece => splitEnding(piece).core)
  const places = pieces.flatMap(piece => wholePlaces(text, piece).next().value ?? [])
  const isInOrder = places.every((place, index) => index === 0 || places[index - 1]!.end <= place.start)
  if (places.length < pieces.length || isInOrder) return undefined
  const shown = places.map(place => text.readable.written.slice(...rangeOf(place))).join(' […] ')
  return { ours, places: places.map(place => inWords(text, place)), shown, leftOut: [], apart: 'order' }
}

/** A place in the words of the match themselves. */
const inWords = ({ from }: OurText, { start, end }: Place): Place => ({
  start: start - from,
  end: end - from,
})

const rangeOf = ({ start, end }: Place): [number, number] => [start, end]

function ourTextOf(match: Match): OurText {
  const { before, after } = match.storyQuote ? textAround(match.storyQuote.quote) : { before: '', after: '' }
  const readable = readableText(before + match.words + after)
  return { match, readable, from: before.length, to: before.length + match.words.length }
}

function textAround({ spans, source: { text = '' } }: Quote): { before: string; after: string } {
  const first = spans[0]?.start ?? 0
  const last = spans.at(-1)?.end ?? text.length
  const plain = (around: string) => around.replace(/\s+/g, ' ')
  return {
    before: plain(text.slice(Math.max(0, first - AROUND), first)),
    after: plain(text.slice(last, last + AROUND)),
  }
}

/** A place of words, and where the readable text goes on behind it. */
type FoundPlace = Place & { next: number }

/**
 * Yields the places of words in ours where neither end is inside a word or number, from a position of the readable text
 * on.
 */
function* wholePlaces(ours: OurText, words: string, from = 0): Generator<FoundPlace, undefined> {
  const { text, at } = ours.readable
  if (words === '') return
  for (let start = text.indexOf(words, from); start >= 0; start = text.indexOf(words, start + 1)) {
    const end = start + words.length
    const place = { start: at(start), end: at(end - 1) + lengthOfLast(ours.readable, end), next: end }
    if (place.start < ours.from || place.end > ours.to) continue
    if (!isInsideWord(text, start) && !isInsideWord(text, end)) yield place
  }
}

/** How many written units the last character of a readable range takes, without unseen signs and spaces behind it. */
function lengthOfLast({ written, text, at }: ReadableText, end: number): number {
  const start = at(end - 1)
  const next = at(end)
  const last = written.slice(start, next)
  return text[end - 1] === ' ' ? last.length : last.trimEnd().length
}

function shortestWay(text: OurText, pieces: string[]): Place[] | undefined {
  let best: Place[] | undefined
  let starts = 0
  for (const first of wholePlaces(text, pieces[0]!)) {
    if (starts++ === MAX_STARTS) break
    const places = [first]
    for (const piece of pieces.slice(1)) {
      const next = wholePlaces(text, piece, places.at(-1)!.next).next().value
      if (!next) return best
      places.push(next)
    }
    const length = places.at(-1)!.end - first.start
    if (!best || length < best.at(-1)!.end - best[0]!.start) best = places
  }
  return best
}

/** Our words at a place with the punctuation behind them, and how that differs from the typed ending. */
function showEnd(
  text: OurText,
  { start, end }: Place,
  typedEnding?: string,
): { shown: string; end?: EndingDifference } {
  const { written } = text.readable
  const words = written.slice(start, end)
  if (typedEnding === undefined && /[\p{P}\p{S}]$/u.test(words)) return { shown: words }
  const [, mark = ''] = /^[”"’»“]?(\.{3}|[.,。，、?？!！;；:：…])/u.exec(written.slice(end)) ?? []
  const isBehindMark = mark !== '' && !written.startsWith(mark, end)
  const shown =
    mark !== '' && !isBehindMark && end < text.to && /^[.,。，、]$/.test(mark) ? words + mark : words
  const yours = ENDINGS[typedEnding ?? ''] ?? 'none'
  const goesOn = mark === '' && /[\p{L}\p{N}]/u.test(written.slice(end, text.to))
  const ours = ENDINGS[mark] ?? (goesOn ? 'goesOn' : 'none')
  if (ours === yours || (ours === 'goesOn' && yours === 'none')) return { shown }
  return { shown, end: { ours, yours } }
}

/** The words between two places, without punctuation at their ends. Where we left words out, they are those of the source. */
function leftOutBetween(ours: Match, text: OurText, from: number, to: number): string {
  const place = { start: from - text.from, end: to - text.from }
  const quote = ours.storyQuote?.quote
  const words =
    quote && leavesOut(quote, place)
      ? (ours.source.text ?? '').slice(placeInSource(quote, place.start), placeInSource(quote, place.end))
      : text.readable.written.slice(from, to)
  return words.replace(/\s+/g, ' ').replace(/^[\s\p{P}]+|(?<![\s\p{P}])[\s\p{P}]+$/gu, '')
}

/** The place in the source of a place in the printed words of a quotation. */
function placeInSource({ starts, spans }: Quote, at: number): number {
  const index = Math.max(
    0,
    starts.findLastIndex(start => start <= at),
  )
  const span = spans[index]!
  return Math.min(span.end, span.start + at - (starts[index] ?? 0))
}

/** Whether all places are somebody's words in one quotation, or all are outside quotations. */
function isOneQuotation(ours: Match, text: OurText, places: Place[]): boolean {
  if (ours.storyQuote) return true
  const source = ours.source.text ?? ''
  const inSource = places.map(({ start, end }) => ({
    start: start - text.from + ours.start,
    end: end - text.from + ours.start,
  }))
  if (isInQuotationMarks(source, { start: inSource[0]!.start, end: inSource.at(-1)!.end })) return true
  return inSource.every(place => !isInQuotationMarks(source, place))
}
