import type { Quote } from '../story.ts'
import { isInQuotationMarks } from '../verify-passages.ts'
import { QuotesFile } from './schemas.ts'
import { findWordsInSource } from './sources.ts'
import { addProblem, locate, readProse, readTable, type StoryFolder } from './story-folder.ts'

/** Reads quotes.yml. A quotation that is not in its source byte for byte is reported with the line where it differs. */
export function readQuotes(folder: StoryFolder): Quote[] {
  const { file, rows, lineNumberOf } = readTable(folder, 'quotes.yml', QuotesFile)
  return rows.flatMap(([index, { note, ...row }]): Quote[] => {
    const line = lineNumberOf([index, 'words'])
    locate(folder, `quote:${row.id}`, file, lineNumberOf([index]))
    const { words: _, ...rest } = row
    const inlines = readProse(folder, file, lineNumberOf([index, 'note']), note)
    const verified = findWordsInSource(folder, file, line, `quote “${row.id}”`, row)
    if (!verified) return []
    const { kind, text = '' } = verified.source
    const isUnmarked = kind === 'news' && verified.spans.some(span => !isInQuotationMarks(text, span))
    if (row.kind !== 'reported' && isUnmarked)
      addProblem(
        folder,
        file,
        line,
        `quote “${row.id}”: in the source these words are not in quotation marks: is it “kind: reported”?`,
      )
    return [{ ...rest, ...verified, note: inlines }]
  })
}
