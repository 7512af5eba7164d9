import type { DraftInput, ReportLine } from './draft.ts'
import { entryText, valueText } from './entry-text.ts'

/** The draft.yml of a draft: what it was made from and when, the story that it adds to, and the report. */
export function draftPage({ article, into, today }: DraftInput, report: ReportLine[]): string {
  const fields = { into: into?.slug, imported: today, from: article.url }
  const head = Object.entries(fields)
    .filter(([, value]) => value !== undefined)
    .map(([field, value]) => `${field}: ${valueText(value, field)}\n`)
    .join('')
  const lines = report.map(line => entryText(line).replace(/^(?=.)/gm, '  ')).join('')
  return `# Nothing in this folder is shown to anyone. Delete the folder to throw the draft away.\n${head}report:${
    lines === '' ? ' []\n' : `\n${lines}`
  }`
}
