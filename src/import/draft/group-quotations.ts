import { joinPassages } from '../../content/omission.ts'
import type { FoundQuotation } from '../quotations/quotation.ts'
import { sentencesOf } from './sentences.ts'

/** Longer words do not fit a phone in one piece, together with who said them and where. */
const MAX_CHARACTERS = 600

/**
 * Quotations that are one: said in one go, and interrupted by nothing but who said it. What goes on in the next paragraph
 * is one with it only if no mark was closed in between.
 */
export function groupsOf(text: string, quotations: FoundQuotation[], inMarks: boolean): FoundQuotation[][] {
  const groups: FoundQuotation[][] = []
  for (const quotation of quotations.toSorted((a, b) => a.start - b.start)) {
    const last = groups.at(-1)
    const before = last?.at(-1)
    const isNext = before && before.turn === quotation.turn && before.speaker === quotation.speaker
    if (!isNext || !goesOn(text, before, quotation, inMarks)) groups.push([quotation])
    else last!.push(quotation)
  }
  return groups
}

function goesOn(text: string, before: FoundQuotation, next: FoundQuotation, inMarks: boolean): boolean {
  // Pieces of the outlet's own sentence are each by themselves.
  if (before.kind !== 'direct' || next.kind !== 'direct') return false
  // In a transcript each paragraph is by itself: an editor takes those that matter.
  if (!inMarks) return false
  if (!text.slice(before.end, next.start).includes('\n')) return true
  const spans = [before, next].map(({ start, end }) => ({ start, end }))
  return joinPassages([before.text, next.text], spans, text).words === `${before.text} ${next.text}`
}

/** A quotation that is too long for one answer as several ones, each of whole sentences. */
export function inPieces(group: FoundQuotation[]): FoundQuotation[][] {
  const length = group.reduce((sum, { text }) => sum + text.length, 0)
  if (length <= MAX_CHARACTERS) return [group]
  return group.flatMap(quotation => {
    const pieces: { start: number; end: number }[] = []
    for (const { start, end } of sentencesOf(quotation.text)) {
      const last = pieces.at(-1)
      if (last && end - last.start <= MAX_CHARACTERS) last.end = end
      else pieces.push({ start, end })
    }
    return pieces.map(({ start, end }) => [
      {
        ...quotation,
        start: quotation.start + start,
        end: quotation.start + end,
        text: quotation.text.slice(start, end),
      },
    ])
  })
}
