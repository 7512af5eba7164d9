import type { FoundQuotation } from '../../src/import/quotations/quotation.ts'
import type { Compared, LabelledArticle } from './score.ts'

/** The figures of a comparison; shares are between 0 and 1. */
export type Figures = {
  labelled: number
  found: number
  precision: number
  recall: number
  exact: number
  overlap: number
  speakers: number
  sureShare: number
  sureRight: number
}

const f1 = (precision: number, recall: number) =>
  precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall)
const share = (part: number, whole: number) => (whole === 0 ? 1 : part / whole)

/**
 * Counts a comparison. Speakers are right of all that are labelled, those of quotations not found among the wrong ones;
 * `sureShare` is of all that are labelled, `sureRight` of all that were found and sure, found wrongly included.
 */
export function figuresOf(compared: Compared[], overlap: number): Figures {
  const labelled = compared.filter(({ label }) => label).length
  const found = compared.filter(({ found }) => found).length
  const both = compared.filter(({ label, found }) => label && found).length
  const sure = compared.filter(({ found }) => found?.sure)
  return {
    labelled,
    found,
    precision: share(both, found),
    recall: share(both, labelled),
    exact: f1(share(both, found), share(both, labelled)),
    overlap,
    speakers: share(compared.filter(({ isRight }) => isRight).length, labelled),
    sureShare: share(sure.filter(({ label }) => label).length, labelled),
    sureRight: share(sure.filter(({ isRight }) => isRight).length, sure.length),
  }
}

/** How far found and labelled spans cover the same characters, as F1 over all articles. */
export function overlapOf(articles: { article: LabelledArticle; found: FoundQuotation[] }[]): number {
  let [same, said, labelled] = [0, 0, 0]
  for (const { article, found } of articles) {
    const ignored = article.ignore ?? []
    const kept = found.filter(({ start, end }) => !ignored.some(([from, to]) => start < to && from < end))
    for (const { start, end } of kept) {
      said += end - start
      for (const quote of article.quotes)
        same += Math.max(0, Math.min(end, quote.end) - Math.max(start, quote.start))
    }
    for (const { start, end } of article.quotes) labelled += end - start
  }
  return f1(share(same, said), share(same, labelled))
}
