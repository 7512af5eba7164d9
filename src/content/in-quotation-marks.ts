import { type Quotation, readQuotations } from './quotation-marks.ts'

/** Texts whose quotations are kept: entries of a file that quote the same source follow each other. */
const MAX_KEPT_TEXTS = 32
const kept = new Map<string, Quotation[]>()

/** Reads the quotations of a text, and keeps those of the texts that were read last. */
export function quotationsOf(text: string): Quotation[] {
  const known = kept.get(text)
  if (known) return known
  const quotations = readQuotations(text)
  const [oldest] = kept.keys()
  if (kept.size >= MAX_KEPT_TEXTS && oldest !== undefined) kept.delete(oldest)
  kept.set(text, quotations)
  return quotations
}

/** Whether all of a span is inside one quotation, so that the words are somebody's and not the outlet's. */
export const isInQuotationMarks = (text: string, span: { start: number; end: number }): boolean =>
  quotationsOf(text).some(({ start, end }) => start <= span.start && span.end <= end)

/** The outermost quotation that a position lies in, its ends included. */
export const quotationAround = (text: string, position: number): Quotation | undefined =>
  quotationsOf(text).find(({ start, end }) => start <= position && position <= end)
