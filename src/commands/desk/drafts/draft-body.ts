import { hash } from 'node:crypto'
import { setImmediate as letOthersGo } from 'node:timers/promises'
import type { Article } from '../../../import/article.ts'
import type { DraftFile, DraftInput, ReportLine } from '../../../import/draft/draft.ts'

/**
 * What a draft in chat keeps of an import: the page, the files that were composed of it, and its report, worst first.
 * `named` says how the page itself names whoever is quoted.
 */
export type DraftBody = {
  title?: string
  outlet?: string
  date?: string
  words: number
  named: { words: string; named: string }[]
  files: DraftFile[]
  report: ReportLine[]
}

/** The longest text that is kept: a book has so many characters, and no article. */
export const MAX_TEXT_CHARACTERS = 400_000

/** Composes what is kept of a page. Nothing of it is in any story. */
export async function composeBody(
  article: Article,
  input: Omit<DraftInput, 'article' | 'quotations'>,
): Promise<{ body: string; hash: string }> {
  // Loaded late: most bots import nothing. Others are answered between the steps, which take long the first time.
  const { findQuotations } = await import('../../../import/quotations/find-quotations.ts')
  await letOthersGo()
  const { composeDraft } = await import('../../../import/draft/compose-draft.ts')
  await letOthersGo()
  const quotations = findQuotations(article.text, { labels: article.labels })
  await letOthersGo()
  const { files, report } = composeDraft({ ...input, article, quotations })
  const { title, outlet, published, words } = article
  const body: DraftBody = {
    title: title?.value,
    outlet: outlet?.value,
    date: published?.date,
    words,
    named: quotations.flatMap(({ text: quoted, named }) =>
      named === undefined ? [] : [{ words: quoted, named }],
    ),
    files,
    report,
  }
  return { body: JSON.stringify(body), hash: hashOf(article) }
}

/** The hash of what a page says: another one means that the page has changed. */
export const hashOf = ({ title, text }: Article): string =>
  hash('sha256', JSON.stringify([title?.value ?? '', text]), 'base64url')

/** Reads what is kept. */
export const readBody = (body: string): DraftBody => JSON.parse(body) as DraftBody

/** The text of the page as it would be stored with a story. */
export const storedText = ({ files }: Pick<DraftBody, 'files'>): string =>
  files.find(({ path }) => /\/sources\/[^/]+$/.test(path))?.text ?? ''

/** How many paragraphs one version of a page has that the other has not. */
export function changedParagraphs(before: string, after: string): { added: number; gone: number } {
  const [old, now] = [before.split('\n'), after.split('\n')]
  const [known, kept] = [new Set(old), new Set(now)]
  return {
    added: now.filter(line => line.trim() !== '' && !known.has(line)).length,
    gone: old.filter(line => line.trim() !== '' && !kept.has(line)).length,
  }
}
