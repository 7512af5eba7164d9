import type { Quote } from '../story.ts'
import { QuotesFile } from './schemas.ts'
import { findWordsInSource } from './sources.ts'
import { speakerLabelProblem } from './speaker-labels.ts'
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
    const problem = row.kind === 'reported' ? undefined : speakerLabelProblem(row, verified)
    if (problem !== undefined) addProblem(folder, file, line, `quote “${row.id}”: ${problem}`)
    return [{ ...rest, ...verified, note: inlines }]
  })
}
