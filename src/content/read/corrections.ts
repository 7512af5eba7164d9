import { isSameText } from '../same-correction.ts'
import type { Correction } from '../story.ts'
import { CorrectionsFile } from './schemas.ts'
import { addProblem, locate, mayHavePart, readTable, type StoryFolder } from './story-folder.ts'

/** What was expected when it was corrected has happened since: its entry has another part then, and the same id. */
const asHappened = (part: string): string => part.replace(/^expected:/, 'event:')

/** Reads corrections.yml, after all other files: a correction must name a part of the story. */
export function readCorrections(folder: StoryFolder): Correction[] {
  const { file, rows, lineNumberOf } = readTable(folder, 'corrections.yml', CorrectionsFile)
  for (const [index, row] of rows) {
    if (!mayHavePart(folder, row.part) && !mayHavePart(folder, asHappened(row.part)))
      addProblem(folder, file, lineNumberOf([index, 'part']), `there is no ${row.part} in this story`)
  }
  // Located by position, not by part: the part that an entry names may be wrong.
  for (const [index, { was, now }] of rows) {
    if (isSameText(was, now))
      addProblem(
        folder,
        file,
        lineNumberOf([index, 'now']),
        'was and now are the same words: nothing is corrected. Write what we had into was, and what is right into now',
      )
  }
  return rows.map(([index, row], position) => {
    locate(folder, `corrections:${position}`, file, lineNumberOf([index]))
    return row
  })
}
