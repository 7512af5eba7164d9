import { phrases } from '../../phrases/phrases.ts'
import type { DraftInput, ProposedEntry, ReportKind, ReportLine, Severity } from './draft.ts'

const SEVERITIES: Severity[] = ['error', 'look', 'note']
/** Of one severity, what would mislead readers most comes first. */
const KINDS: ReportKind[] = [
  'known-source',
  'office',
  'differs',
  'contradicts',
  'words',
  'speaker',
  'published',
  'rights',
  'outlet',
  'date',
  'role',
  'marks-left-out',
  'notices',
  'rewrite',
]

/** A report in the order in which an editor should read it. */
export const worstFirst = (report: ReportLine[]): ReportLine[] =>
  report.toSorted(
    (a, b) =>
      SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) ||
      KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind),
  )

/** What is to be said of any draft: roles that are missing, notices that were dropped, words that are not ours. */
export function basicReport(
  { article, into }: DraftInput,
  { entries, outlet }: { entries: ProposedEntry[]; outlet: string },
): ReportLine[] {
  const { draftReport } = phrases
  const report: ReportLine[] = []
  const told = new Set<unknown>()
  for (const { file, id, values } of entries) {
    if (values.speaker === draftReport.speakerNotKnown) continue
    if (file !== 'quotes.yml' || values.role !== draftReport.roleNotGiven || told.has(values.speaker))
      continue
    told.add(values.speaker)
    report.push({
      kind: 'role',
      severity: 'note',
      text: draftReport.noRole(String(values.speaker)),
      entry: id,
    })
  }
  if (article.dropped.length > 0)
    report.push({ kind: 'notices', severity: 'note', text: draftReport.notices(article.dropped.length) })
  if (!into || entries.some(({ file }) => file === 'timeline.yml'))
    report.push({ kind: 'rewrite', severity: 'note', text: draftReport.rewrite(outlet) })
  return report
}
