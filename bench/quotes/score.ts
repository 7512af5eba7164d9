import { readFileSync } from 'node:fs'
import type { FoundQuotation } from '../../src/import/quotations/quotation.ts'

/** A quotation as people labelled it. */
export type LabelledQuote = {
  start: number
  end: number
  text: string
  kind: 'person' | 'other'
  speaker: string | null
  source?: string | null
  how: string
  alt?: string[]
}

/** An article with its labels; what stands in `ignore` counts neither way. */
export type LabelledArticle = {
  id: string
  text: string
  quotes: LabelledQuote[]
  ignore?: [number, number][]
}

/** One quotation of an article after comparison: labelled, found, or both. */
export type Compared = {
  article: LabelledArticle
  label?: LabelledQuote
  found?: FoundQuotation
  isRight: boolean
}

/** Reads a file of labelled articles, one a line. */
export const readLabelled = (path: string): LabelledArticle[] =>
  readFileSync(path, 'utf8')
    .split('\n')
    .filter(line => line.trim() !== '')
    .map(line => JSON.parse(line) as LabelledArticle)

/** Compares what was found in an article with its labels, by exact spans; what touches an ignored span is left out. */
export function compareQuotes(article: LabelledArticle, all: FoundQuotation[]): Compared[] {
  const isIgnored = ({ start, end }: FoundQuotation) =>
    (article.ignore ?? []).some(([from, to]) => start < to && from < end) &&
    !article.quotes.some(quote => quote.start === start && quote.end === end)
  const found = all.filter(quotation => !isIgnored(quotation))
  const matched = article.quotes.map((label): Compared => {
    const same = found.find(({ start, end }) => start === label.start && end === label.end)
    return {
      article,
      label,
      ...(same && { found: same }),
      isRight: same !== undefined && isSpeakerRight(label, same),
    }
  })
  const spare = found.filter(
    ({ start, end }) => !article.quotes.some(quote => quote.start === start && quote.end === end),
  )
  return [...matched, ...spare.map((found): Compared => ({ article, found, isRight: false }))]
}

const fold = (name: string) =>
  name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replaceAll('’', "'")
    .toLowerCase()
    .replace(/^(?:the|a|an|mr|mrs|ms|dr)\.? /, '')
    .replace(/[.,]/g, '')
    .trim()

/**
 * Whether the speaker found is the one labelled: for a person the name or another one that counts; for anything else the
 * kind, and where a name is labelled a word of it.
 */
export function isSpeakerRight(label: LabelledQuote, found: FoundQuotation): boolean {
  const names = [label.speaker, ...(label.alt ?? [])].filter(name => typeof name === 'string').map(fold)
  const said = [found.speaker, found.named].filter(name => name !== undefined).map(fold)
  if (label.kind === 'person') return found.speaker !== undefined && names.includes(fold(found.speaker))
  if (found.speakerKind !== 'other') return false
  const labelled = [...names, ...(label.source ? [fold(label.source)] : [])]
  if (label.speaker === null || labelled.length === 0) return true
  return said.some(name =>
    labelled.some(other => name === other || name.includes(other) || other.includes(name)),
  )
}
