import type { Call } from '../../chat/platform.ts'
import { list, note, type Reply, refusal, text } from '../../chat/reply.ts'
import { safeText } from '../../chat/safe-text.ts'
import { tokens } from '../../content/fold.ts'
import { isInQuotationMarks } from '../../content/in-quotation-marks.ts'
import type { Library } from '../../content/library.ts'
import { phrases } from '../../phrases/phrases.ts'
import { closestMatches, matchesInRow, matchesOfPieces } from './candidates.ts'
import { shortPassage } from './differences.ts'
import { differsReply } from './differs-reply.ts'
import { type ExactMatch, findInOtherOrder, findInPieces, findInRow } from './find-exact.ts'
import { attributionOf, matchLocation, type Place } from './match.ts'
import { readableText } from './readable-text.ts'
import { replyAbout, unseenNote, withWarning } from './reply-about.ts'
import { piecesBetweenEllipses, withoutMarksAround } from './typed-words.ts'

const MIN_WORDS = 3
const MAX_CHECKED_CHARACTERS = 500
/** Words of several lines are shown as one. */
const LINE_ENDS = /(?:(?<![^\S\u00a0\u202f])[^\S\u00a0\u202f]+)?\n\s*/g

/**
 * `/quote check "<text>"`: an exact match with our copy, differences (marked), or not found in our sources.
 * It never says that something is true, nor that it was not said.
 */
export function checkWords(library: Library, typedLine: string, call: Call): Reply {
  const typed = withoutMarksAround(typedLine)
  if (tokens(typed).length < MIN_WORDS) return refusal(phrases.quoteCheck.tooFew())
  const problem = lengthProblem(typed)
  if (problem) return problem
  const inRow = matchesInRow(library, typed)
  const exact = bestOf(inRow.map(ours => findInRow(ours, typed))) ?? exactPieces(library, typed)
  if (exact) return exactReply(library, exact, typed, call)
  const closest = closestMatches(library, typed, inRow)
  const exactOverLines = bestOf(closest.map(ours => findInRow(ours, typed)))
  if (exactOverLines) return exactReply(library, exactOverLines, typed, call)
  return differsReply(library, closest, typed, call) ?? notFound(library)
}

/** Refuses words that are too many to check; undefined where they are not. */
export const lengthProblem = (words: string): Reply | undefined =>
  words.length <= MAX_CHECKED_CHARACTERS
    ? undefined
    : refusal(phrases.quoteCheck.tooLong(words.length, MAX_CHECKED_CHARACTERS))

/** The first exact match in one piece with the typed ending, otherwise the first one in one piece, or the first one. */
function bestOf(found: (ExactMatch | undefined)[]): ExactMatch | undefined {
  const exact = found.filter(match => match !== undefined)
  return exact.find(({ end, apart }) => !end && !apart) ?? exact.find(({ apart }) => !apart) ?? exact[0]
}

function exactPieces(library: Library, typed: string): ExactMatch | undefined {
  const pieces = piecesBetweenEllipses(readableText(typed).text)
  if (pieces.length < 2) return undefined
  const matches = matchesOfPieces(library, pieces)
  return (
    bestOf(matches.map(ours => findInPieces(ours, typed))) ??
    bestOf(matches.map(ours => findInOtherOrder(ours, typed)))
  )
}

function exactReply(library: Library, exact: ExactMatch, typed: string, call: Call): Reply {
  const { ours, places, shown, leftOut, end, apart } = exact
  const { exactMatch, exactWords, exactWithLeftOut, endDiffers, notWhetherTrue } = phrases.quoteCheck
  if (apart) return apartReply(library, exact, call)
  const at = matchLocation(ours, places)
  const unseen = unseenNote(shown, typed)
  const isLiteral = unseen.length === 0 && end?.yours !== 'stop' && end?.yours !== 'comma'
  const verdict = leftOut.length > 0 ? exactWithLeftOut : isLiteral ? exactMatch : exactWords
  const notes = [
    ...(leftOut.length > 0 ? [phrases.quoteCheck.leftOut(leftOut.map(shortPassage))] : []),
    ...(end ? [endDiffers(end)] : []),
    ...unseen,
    notWhetherTrue,
  ]
  return withWarning(library, ours, places, call, {
    ...replyAbout(library, ours, call),
    blocks: [
      text(...verdict(at)),
      text('“', safeText(shown.replace(LINE_ENDS, ' ')), '”'),
      text(attributionOf(ours, places)),
      note(notes.join(' ')),
    ],
  })
}

/** Says that pieces are exact but not one quotation, or in another order, and where each is. */
function apartReply(library: Library, { ours, places, apart }: ExactMatch, call: Call): Reply {
  const { notOneQuotation, otherOrder, piece } = phrases.quoteCheck
  const isQuoted = ({ start, end }: Place) =>
    ours.storyQuote
      ? ours.storyQuote.quote.kind !== 'reported'
      : isInQuotationMarks(ours.source.text ?? '', { start: start + ours.start, end: end + ours.start })
  const verdict = apart === 'order' ? otherOrder : notOneQuotation
  const items = places.map(place => {
    const words = shortPassage(readableText(ours.words.slice(place.start, place.end)).text)
    const [line = 0] = matchLocation(ours, [place]).lines
    return [piece(words, line, isQuoted(place))]
  })
  return withWarning(library, ours, places, call, {
    ...replyAbout(library, ours, call),
    blocks: [text(...verdict(matchLocation(ours, places))), list(items)],
  })
}

const notFound = (library: Library): Reply =>
  refusal(phrases.quoteCheck.notFound(library.storedSourceCount()))
