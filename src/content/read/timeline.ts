import { plainInlines } from '../../chat/plain-text.ts'
import type { Event } from '../story.ts'
import { MAX_SHORT_TEXT_LENGTH, TimelineFile } from './schemas.ts'
import { addProblem, checkSources, locate, readProse, readTable, type StoryFolder } from './story-folder.ts'

/** More turning points than this are no short timeline any more, and do not fit into a picture. */
const MAX_MAJOR_EVENTS = 12

/**
 * Reads timeline.yml. An event without an id is called by its date and its place among the events of that date, as far
 * as no other entry has that for its id.
 */
export function readTimeline(folder: StoryFolder): Event[] {
  const { file, rows, lineNumberOf } = readTable(folder, 'timeline.yml', TimelineFile)
  const countByDate = new Map<string, number>()
  const givenIds = new Set(rows.map(([, { id }]) => id))
  const surplus = rows.filter(([, { major }]) => major)[MAX_MAJOR_EVENTS]
  if (surplus)
    addProblem(
      folder,
      file,
      lineNumberOf([surplus[0], 'major']),
      `at most ${MAX_MAJOR_EVENTS} events may be major in a story`,
    )
  return rows.map(([index, { text, note, ...row }], position) => {
    const line = lineNumberOf([index])
    let ordinal = (countByDate.get(row.date) ?? 0) + 1
    while (row.id === undefined && givenIds.has(`${row.date}-${ordinal}`)) ordinal++
    countByDate.set(row.date, ordinal)
    if (position > 0 && rows[position - 1]![1].date > row.date)
      addProblem(folder, file, lineNumberOf([index, 'date']), 'events must be in the order of their dates')
    checkSources(folder, file, line, row.sources)
    const id = row.id ?? `${row.date}-${ordinal}`
    locate(folder, `event:${id}`, file, line)
    const noteInlines = readProse(folder, file, lineNumberOf([index, 'note']), note)
    const textInlines = readProse(folder, file, lineNumberOf([index, 'text']), text) ?? []
    const { length } = row.short ?? plainInlines(textInlines)
    if (row.major && length > MAX_SHORT_TEXT_LENGTH)
      addProblem(
        folder,
        file,
        lineNumberOf([index, 'text']),
        `a major event of more than ${MAX_SHORT_TEXT_LENGTH} characters needs a “short” for the drawn timeline; this one has ${length}`,
      )
    return {
      ...row,
      id,
      ...(row.id === undefined && { unnamed: true }),
      text: textInlines,
      note: noteInlines,
    }
  })
}
