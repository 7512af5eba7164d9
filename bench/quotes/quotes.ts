import { findQuotations } from '../../src/import/quotations/find-quotations.ts'
import type { Row, Table } from '../table.ts'
import { type Figures, figuresOf, overlapOf } from './figures.ts'
import { type Compared, compareQuotes, readLabelled } from './score.ts'

const percent = (value: number) => `${(100 * value).toFixed(1)} %`
const AROUND = 60

/** Measures the quotations found in the labelled articles of a file; with `wrong` every error is a note. */
export async function benchQuotes(path: string, wrong = false): Promise<Table> {
  const articles = readLabelled(path)
  // Once before, so that the compiler has seen what is measured.
  for (const { text } of articles) findQuotations(text)
  const from = performance.now()
  const all = articles.map(article => ({ article, found: findQuotations(article.text) }))
  const each = (performance.now() - from) / Math.max(1, articles.length)
  const compared = all.flatMap(({ article, found }) => compareQuotes(article, found))
  const figures = figuresOf(compared, overlapOf(all))
  return {
    title: `Quotations in ${articles.length} articles`,
    columns: ['result'],
    rows: [...goalRows(figures, each), ...howRows(compared)],
    notes: [
      `Labelled ${figures.labelled}, found ${figures.found}: precision ${percent(figures.precision)}, recall ${percent(figures.recall)}.`,
      'Overlap counts characters. Speakers count of all labelled quotations, those not found as wrong; sure ones found wrongly count as wrong.',
      ...(wrong ? compared.filter(({ isRight }) => !isRight).map(errorLine) : []),
    ],
  }
}

const goalRows = (figures: Figures, each: number): Row[] => [
  { what: 'exact F1', cells: [percent(figures.exact)], goal: '≥ 97.5 %', met: figures.exact >= 0.975 },
  { what: 'overlap F1', cells: [percent(figures.overlap)] },
  {
    what: 'speakers right',
    cells: [percent(figures.speakers)],
    goal: '≥ 90 %',
    met: figures.speakers >= 0.9,
  },
  { what: 'sure: share', cells: [percent(figures.sureShare)], goal: '≥ 80 %', met: figures.sureShare >= 0.8 },
  {
    what: 'sure: right',
    cells: [percent(figures.sureRight)],
    goal: '≥ 97 %',
    met: figures.sureRight >= 0.97,
  },
  { what: 'time an article', cells: [`${each.toFixed(1)} ms`], goal: '< 50 ms', met: each < 50 },
]

/** For each way to name a speaker: found, and the speaker right, of all that are labelled so. */
function howRows(compared: Compared[]): Row[] {
  const groups = Map.groupBy(
    compared.filter(({ label }) => label),
    ({ label }) => label!.how,
  )
  return [...groups]
    .sort((a, b) => b[1].length - a[1].length)
    .slice(0, 20)
    .map(([how, list]) => ({
      what: `  ${how}`,
      cells: [
        `${list.filter(({ found }) => found).length} found, ${list.filter(({ isRight }) => isRight).length} right of ${list.length}`,
      ],
    }))
}

function errorLine({ article, label, found }: Compared): string {
  const { start, end } = (label ?? found)!
  const piece = article.text
    .slice(Math.max(0, start - AROUND), Math.min(article.text.length, end + AROUND))
    .replace(/\s+/g, ' ')
  const what = !found ? 'NOT FOUND' : !label ? 'NO QUOTATION' : 'SPEAKER'
  const is = found
    ? ` found ${found.speaker ?? '–'} (${found.named ?? '–'}${found.sure ? ', sure' : ''})`
    : ''
  return `${what} ${article.id}: labelled ${label?.speaker ?? label?.source ?? '–'}${is}: …${piece}…`
}
