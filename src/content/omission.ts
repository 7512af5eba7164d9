import { quotationsOf } from './in-quotation-marks.ts'

/** Joins passages between which we left words out. */
const OMISSION = ' […] '
/** The same where the outlet left words out with the same sign, so that readers can tell whose omission is whose. */
const OMISSION_BESIDE_OUTLETS = ' [… left out here …] '

/** Whether an outlet left words out of what it printed: it wrote `[...]` or `[…]`. */
export const hasOutletOmission = (text: string): boolean => /[[(](?:…|\.\.\.|\. \. \.)[\])]/.test(text)

/** Whether the outlet left words out of the words of a quotation; what we left out between its passages is ours. */
export const quotesOutletOmission = ({ words, starts }: { words: string; starts: number[] }): boolean =>
  starts.some((start, index) => {
    const piece = words.slice(start, starts[index + 1])
    const joint = [OMISSION, OMISSION_BESIDE_OUTLETS].find(omission => piece.endsWith(omission))
    return hasOutletOmission(joint === undefined ? piece : piece.slice(0, -joint.length))
  })

/** The words of a quotation, and where each passage begins in them. */
type JoinedPassages = { words: string; starts: number[] }

/**
 * Joins the passages of a quotation. Where the source has other words between two of them, `[…]` says so. Where it has
 * only a paragraph break, with the opening mark repeated, the passages are one quotation and nothing was left out.
 */
export function joinPassages(
  passages: string[],
  spans: { start: number; end: number }[],
  text: string,
): JoinedPassages {
  const omission = passages.some(hasOutletOmission) ? OMISSION_BESIDE_OUTLETS : OMISSION
  const starts: number[] = []
  let words = ''
  for (const [index, passage] of passages.entries()) {
    const before = spans[index - 1]
    if (before) words += isOnlyBreak(text, before.end, spans[index]!.start) ? ' ' : omission
    starts.push(words.length)
    words += passage
  }
  return { words, starts }
}

/** Whether nothing but spaces, line ends and repeated opening marks of one quotation is between two positions. */
function isOnlyBreak(text: string, from: number, to: number): boolean {
  const between = text.slice(from, to)
  if (between.trim() === '') return true
  return quotationsOf(text).some(({ start, end, repeats }) => {
    if (start > from || end < to) return false
    const marks = repeats.filter(repeat => repeat.start >= from && repeat.end <= to)
    return marks.length > 0 && marks.reduce((sum, repeat) => sum + repeat.end - repeat.start, 0) === to - from
  })
}
