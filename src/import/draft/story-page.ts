import { readableDate } from '../../dates/dates.ts'
import { phrases } from '../../phrases/phrases.ts'
import type { DraftInput } from './draft.ts'
import { valueText } from './entry-text.ts'
import { extractSummary } from './extract-summary.ts'
import { markdownText } from './markdown-text.ts'

/**
 * The story.md of a draft: the headline as its title, and the sentences that say most, as the outlet's words in small
 * print, until somebody has written a summary. `draft: true` keeps it from being served wherever it lies.
 */
export function storyPage(
  { article, today }: DraftInput,
  { outlet, coversTo, number }: { outlet: string; coversTo: string; number: number },
): string {
  const { draftReport } = phrases
  const published = article.published?.date
  const title = article.title?.value.replace(/\s+/g, ' ').trim() || draftReport.titleNotKnown
  const dek = draftReport.dek(outlet, published === undefined ? undefined : readableDate(published))
  const fields = {
    draft: true,
    title,
    dek,
    state: 'developing',
    coversTo,
    published: published !== undefined && published <= today ? published : undefined,
  }
  const front = Object.entries(fields)
    .filter(([, value]) => value !== undefined)
    .map(([field, value]) => `${field}: ${valueText(value, field)}\n`)
  // What a transcript says is not the outlet's to say.
  const extract = article.labels ? [] : extractSummary(article.text, title)
  const sentences = extract.map(
    ({ text }) => `> ${markdownText(draftReport.inOutletsWords(outlet, text))} [${number}]\n`,
  )
  const rewrite = extract.length === 0 ? draftReport.writeSummary : draftReport.rewriteSummary(outlet)
  const summary = [`> ${markdownText(rewrite)} [${number}]\n`, ...sentences].join('\n')
  return `---\n${front.join('')}tags: []\n---\n\n## Summary\n\n${summary}\n## Status\n\n> ${draftReport.writeStatus}\n`
}
