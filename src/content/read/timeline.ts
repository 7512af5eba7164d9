import { plainInlines } from '../../chat/plain-text.ts'
import type { Correction, Event, Person } from '../story.ts'
import { CorrectionsFile, MAX_SHORT_TEXT_LENGTH, PeopleFile, TimelineFile } from './schemas.ts'
import { addProblem, checkSources, locate, readProse, readTable, type StoryFolder } from './story-folder.ts'

/** More turning points than this are no short timeline, and find no room in a picture. */
const MAX_MAJOR_EVENTS = 12

/** Reads timeline.yml. An event without an id is named after its day and its place in it. */
export function readTimeline(desk: StoryFolder): Event[] {
  const { file, rows, lineNumberOf } = readTable(desk, 'timeline.yml', TimelineFile)
  const perDay = new Map<string, number>()
  const surplus = rows.filter(([, { major }]) => major)[MAX_MAJOR_EVENTS]
  if (surplus)
    addProblem(
      desk,
      file,
      lineNumberOf([surplus[0], 'major']),
      `at most ${MAX_MAJOR_EVENTS} events may be major in a story`,
    )
  return rows.map(([index, { text, note, ...row }], at) => {
    const line = lineNumberOf([index])
    const ordinal = (perDay.get(row.date) ?? 0) + 1
    perDay.set(row.date, ordinal)
    if (at > 0 && rows[at - 1]![1].date > row.date)
      addProblem(desk, file, lineNumberOf([index, 'date']), 'events must stand in the order of their dates')
    checkSources(desk, file, line, row.sources)
    const id = row.id ?? `${row.date}-${ordinal}`
    locate(desk, `event:${id}`, file, line)
    const written = readProse(desk, file, lineNumberOf([index, 'note']), note)
    const told = readProse(desk, file, lineNumberOf([index, 'text']), text) ?? []
    const { length } = row.short ?? plainInlines(told)
    if (row.major && length > MAX_SHORT_TEXT_LENGTH)
      addProblem(
        desk,
        file,
        lineNumberOf([index, 'text']),
        `a major event of more than ${MAX_SHORT_TEXT_LENGTH} letters needs a “short” for the drawn timeline; this one has ${length}`,
      )
    return {
      ...row,
      id,
      text: told,
      ...(written && { note: written }),
    }
  })
}

/** Reads people.yml. */
export function readPeople(desk: StoryFolder): Person[] {
  const { file, rows, lineNumberOf } = readTable(desk, 'people.yml', PeopleFile)
  return rows.map(([index, { about, ...row }]) => {
    checkSources(desk, file, lineNumberOf([index]), row.sources)
    locate(desk, `who:${row.name}`, file, lineNumberOf([index]))
    const written = readProse(desk, file, lineNumberOf([index, 'about']), about)
    return { ...row, ...(written && { about: written }) }
  })
}

/** Reads corrections.yml; what is corrected must be a part of the story, so it comes last. */
export function readCorrections(desk: StoryFolder): Correction[] {
  const { file, rows, lineNumberOf } = readTable(desk, 'corrections.yml', CorrectionsFile)
  for (const [index, row] of rows) {
    if (!desk.loaded.locations.has(`${desk.slug}/${row.part}`))
      addProblem(desk, file, lineNumberOf([index, 'part']), `there is no ${row.part} in this story`)
  }
  // By their place among all of them: what an entry is named after may be wrong.
  return rows.map(([index, row], at) => {
    locate(desk, `corrections:${at}`, file, lineNumberOf([index]))
    return row
  })
}
