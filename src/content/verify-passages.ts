import { beginningOf, endOf, shorten } from '../chat/shorten.ts'
import { isInQuotationMarks, quotationAround } from './in-quotation-marks.ts'
import { lineNumberAt } from './line-number.ts'
import { explainUnseen } from './read/explain-unseen.ts'
import { findWrappedWords } from './read/wrapped-words.ts'
import type { Span } from './story.ts'
import { isInsideWord } from './word-edges.ts'

/** Enough of a passage to recognise it, on one line of a terminal. */
const MAX_SHOWN_CHARACTERS = 40
/** Fewer characters in common are chance, and do not help to find the place. */
const MIN_SAME_CHARACTERS = 12

/** The places of quoted words in a text, or why they are not found. */
type Verification = { spans: Span[] } | { missing: string; line?: number }

/**
 * Finds quoted passages in a stored text, byte for byte and in their order; a space may be a line end of the text. Both
 * ends of a passage must be whole words and numbers, and with `inMarks` all of it must be in one quotation. If one is
 * missing, says why, and on which line.
 */
export function verifyPassages(
  passages: string[],
  text: string,
  { inMarks = false }: { inMarks?: boolean } = {},
): Verification {
  const spans: Span[] = []
  let from = 0
  for (const passage of passages) {
    const places = findPlaces(passage, text, from)
    const place = places.find(candidate => placeProblem(text, candidate, inMarks) === undefined)
    if (!place) {
      const [first] = places
      if (!first) return explainMissing(passage, text)
      return { missing: placeProblem(text, first, inMarks)!, line: lineNumberAt(text, first.start) }
    }
    spans.push({ ...place, line: lineNumberAt(text, place.start) })
    from = place.end
  }
  return { spans }
}

type Place = { start: number; end: number }

/** Looks for more places than this only cost time: words that occur so often are no quotation. */
const MAX_PLACES = 1_000

function findPlaces(passage: string, text: string, from: number): Place[] {
  const places: Place[] = []
  for (let start = text.indexOf(passage, from); start >= 0; start = text.indexOf(passage, start + 1)) {
    places.push({ start, end: start + passage.length })
    if (places.length === MAX_PLACES) break
  }
  if (places.length > 0 || !passage.includes(' ')) return places
  for (const place of findWrappedWords(passage, text, from)) if (places.push(place) === MAX_PLACES) break
  return places
}

/** Says why words at a place are no quotation: an end cuts a word, or not all of them are in one pair of marks. */
function placeProblem(text: string, place: Place, inMarks: boolean): string | undefined {
  for (const [end, position] of [
    ['begin', place.start],
    ['end', place.end],
  ] as const)
    if (isInsideWord(text, position))
      return `the words ${end} inside “${wordAround(text, position)}” in the stored text: take the whole word or number`
  if (!inMarks || isInQuotationMarks(text, place)) return undefined
  const begins = quotationAround(text, place.start)
  const ends = quotationAround(text, place.end)
  if (!begins && !ends) return 'in the source these words are not in quotation marks: is it “kind: reported”?'
  if (begins && place.end > begins.end)
    return `the words go on after the quotation ends with “${lastWords(text, begins)}”: end there, or give two passages`
  return `the words begin before the quotation, which begins with “${firstWords(text, ends!.start)}”`
}

/** The word or number that a position cuts, with what is around it up to the next space. */
function wordAround(text: string, position: number): string {
  const before = /\S{0,20}$/.exec(endOf(text.slice(0, position), 20))![0]
  const after = /^\S{0,20}/.exec(beginningOf(text.slice(position), 20))![0]
  return (before + after).replace(/^[“”„"«»‘‚'(]+|[“”"«»’'),;:]+$/gu, '')
}

const lastWords = (text: string, { start, end }: Place) => endOf(text.slice(start, end), MAX_SHOWN_CHARACTERS)
const firstWords = (text: string, start: number) => beginningOf(text.slice(start), MAX_SHOWN_CHARACTERS)

function explainMissing(passage: string, text: string): { missing: string; line?: number } {
  const unseen = explainUnseen(passage, text)
  if (unseen !== undefined) return { missing: unseen }
  const shown = shorten(passage, MAX_SHOWN_CHARACTERS)
  const elsewhere = text.indexOf(passage)
  if (elsewhere >= 0) {
    return {
      missing: `in the stored text, “${shown}” is before the passage listed above it`,
      line: lineNumberAt(text, elsewhere),
    }
  }
  const same = commonLength(passage, text)
  if (same < Math.min(MIN_SAME_CHARACTERS, passage.length))
    return { missing: `“${shown}” is not in the stored text` }
  const known = beginningOf(passage, same)
  const line = lineNumberAt(text, text.indexOf(known) + known.length)
  return {
    missing: `the words differ from line ${line} of the stored text after “${endOf(known, MAX_SHOWN_CHARACTERS)}”`,
    line,
  }
}

/** The length of the longest beginning of a passage that is in a text, found by halving. */
function commonLength(passage: string, text: string): number {
  let same = 0
  for (let most = passage.length; same < most; ) {
    const half = Math.ceil((same + most) / 2)
    if (text.includes(passage.slice(0, half))) same = half
    else most = half - 1
  }
  return same
}
