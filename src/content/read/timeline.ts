import { plainInlines } from '../../chat/plain-text.ts'
import { sortKeyOf } from '../../dates/rough-dates.ts'
import type { Event } from '../story.ts'
import { MAX_SHORT_TEXT_LENGTH, TimelineFile } from './schemas.ts'
import { addProblem, checkSources, locate, readProse, readTable, type StoryFolder } from './story-folder.ts'

/** More turning points than this are no short timeline any more, and do not fit into a picture. */
const MAX_MAJOR_EVENTS = 12
/** A list of what is expected that is longer than this is a calendar. `next` shows all of them, on a few pages. */
const MAX_COMING_EVENTS = 20

/**
 * Reads timeline.yml: what has happened, and what is expected. An event without an id is called by its date and its
 * place among the events of that date, as far as no other entry has that for its id.
 */
export function readTimeline(folder: StoryFolder): { timeline: Event[]; coming: Event[] } {
  const { file, rows, lineNumberOf } = readTable(folder, 'timeline.yml', TimelineFile)
  const countByDate = new Map<string, number>()
  const givenIds = new Set(rows.map(([, { id }]) => id))
  const limit = (surplus: (typeof rows)[number] | undefined, field: string, message: string) =>
    surplus && addProblem(folder, file, lineNumberOf([surplus[0], field]), message)
  limit(
    rows.filter(([, { major, expected }]) => major && !expected)[MAX_MAJOR_EVENTS],
    'major',
    `at most ${MAX_MAJOR_EVENTS} events may be major in a story`,
  )
  limit(
    rows.filter(([, { expected }]) => expected)[MAX_COMING_EVENTS],
    'expected',
    `at most ${MAX_COMING_EVENTS} events may be expected in a story: leave out the last ones until they come nearer`,
  )
  const timeline: Event[] = []
  const coming: Event[] = []
  for (const [index, { text, note, expected: isExpected, ...row }] of rows) {
    const line = lineNumberOf([index])
    let ordinal = (countByDate.get(row.date) ?? 0) + 1
    while (row.id === undefined && givenIds.has(`${row.date}-${ordinal}`)) ordinal++
    countByDate.set(row.date, ordinal)
    checkSources(folder, file, line, row.sources)
    const id = row.id ?? `${row.date}-${ordinal}`
    locate(folder, `${isExpected ? 'expected' : 'event'}:${id}`, file, line)
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
    if (isExpected && row.added !== undefined)
      addProblem(
        folder,
        file,
        lineNumberOf([index, 'added']),
        'added is for an older event that is entered late, and this one is still expected: take one of the two out',
      )
    if (isExpected && row.sources.length === 0)
      addProblem(folder, file, line, 'an expected event needs a source: who says that it will be then?')
    const event: Event = {
      ...row,
      id,
      ...(row.id === undefined && { unnamed: true }),
      ...(isExpected && { expected: true }),
      text: textInlines,
      note: noteInlines,
    }
    const group = isExpected ? coming : timeline
    const last = group.at(-1)
    if (last && sortKeyOf(last) > sortKeyOf(event))
      addProblem(folder, file, lineNumberOf([index, 'date']), orderProblem(event, last))
    if (!isExpected && coming.length > 0)
      addProblem(
        folder,
        file,
        line,
        'this event stands below what is expected: move it up, or mark it “expected: true”',
      )
    group.push(event)
  }
  return { timeline, coming }
}

/** Says in which order events stand. Where a date is a month or a year, the rule is not obvious. */
function orderProblem({ date, expected }: Event, { date: before }: Event): string {
  if (before.length === date.length) return 'events must be in the order of their dates'
  const rule = expected
    ? 'what is expected in a month or a year stands after its days'
    : 'a month or a year stands before its days'
  return `events must be in the order of their dates: ${rule}`
}
