import { addressProblem } from '../../content/read/explain/address-problem.ts'
import { readableDate } from '../../dates/dates.ts'
import { phrases } from '../../phrases/phrases.ts'
import type { DraftInput, ReportLine } from './draft.ts'

const MAX_NAME_CHARACTERS = 100

/** A document as an entry of sources.yml, and what is not known about it. */
export type ProposedSource = {
  outlet: string
  entry: Record<string, unknown>
  file: string
  report: ReportLine[]
}

/** The page or text as a numbered source. What its own words do not give is said to be not known. */
export function sourceEntry({ article, into, rights, today }: DraftInput): ProposedSource {
  const number = 1 + Math.max(0, ...(into?.sources.map(source => source.number) ?? []))
  const { published, url, labels } = article
  const outlet = outletOf(article)
  const title = article.title?.value.replace(/\s+/g, ' ').trim() || undefined
  const report: ReportLine[] = []
  const note = (kind: ReportLine['kind'], severity: ReportLine['severity'], text: string) =>
    report.push({ kind, severity, text })
  const { draftReport } = phrases
  if (outlet === undefined) note('outlet', 'look', draftReport.noOutlet)
  if (title === undefined) note('outlet', 'look', draftReport.noTitle)
  if (published === undefined) note('published', 'look', draftReport.noPublished)
  else if (!published.sure)
    note('published', 'look', draftReport.unsurePublished(readableDate(published.date)))
  if (labels) note('outlet', 'note', draftReport.transcript)
  const name = outlet ?? draftReport.theOutlet
  if (rights === undefined) note('rights', 'look', draftReport.noRights(name))
  const isAddress = url !== undefined && /^https?:\/\//i.test(url) && addressProblem(url) === undefined
  return {
    outlet: name,
    file: `${number}.txt`,
    report,
    entry: {
      number,
      outlet: outlet ?? draftReport.outletNotKnown,
      title: title ?? draftReport.titleNotKnown,
      kind: labels ? 'primary' : 'news',
      date: published?.date,
      dateNote: published && draftReport.dateNote[published.from],
      url: isAddress ? url : undefined,
      seen: isAddress ? today : undefined,
      text: `${number}.txt`,
      rights: rights ?? draftReport.rightsNotKnown(name),
    },
  }
}

/** The name of the outlet as its page gives it, else that of its site. */
function outletOf({ outlet, url }: DraftInput['article']): string | undefined {
  const name = outlet?.value.replace(/\s+/g, ' ').trim()
  if (name && name.length <= MAX_NAME_CHARACTERS) return name
  const host = url !== undefined && URL.canParse(url) ? new URL(url).hostname.replace(/^www\./, '') : ''
  return host === '' || host.length > MAX_NAME_CHARACTERS ? undefined : host
}
