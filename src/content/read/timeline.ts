import { plainInlines } from '../../chat/plain-text.ts'
import type { Correction, Event, Person } from '../story.ts'
import { CorrectionsFile, MOST_SHORT, PeopleFile, TimelineFile } from './schemas.ts'
import { cite, type Desk, place, prose, table, tell } from './story-folder.ts'

/** More turning points than this are no short timeline, and find no room in a picture. */
const MOST_MAJOR = 12

/** Reads timeline.yml. An event without an id is named after its day and its place in it. */
export function readTimeline(desk: Desk): Event[] {
  const { file, rows, lineOf } = table(desk, 'timeline.yml', TimelineFile)
  const perDay = new Map<string, number>()
  const surplus = rows.filter(([, { major }]) => major)[MOST_MAJOR]
  if (surplus)
    tell(desk, file, lineOf([surplus[0], 'major']), `at most ${MOST_MAJOR} events may be major in a story`)
  return rows.map(([index, { text, note, ...row }], at) => {
    const line = lineOf([index])
    const ordinal = (perDay.get(row.date) ?? 0) + 1
    perDay.set(row.date, ordinal)
    if (at > 0 && rows[at - 1]![1].date > row.date)
      tell(desk, file, lineOf([index, 'date']), 'events must stand in the order of their dates')
    cite(desk, file, line, row.sources)
    const id = row.id ?? `${row.date}-${ordinal}`
    place(desk, `event:${id}`, file, line)
    const written = prose(desk, file, lineOf([index, 'note']), note)
    const told = prose(desk, file, lineOf([index, 'text']), text) ?? []
    const { length } = row.short ?? plainInlines(told)
    if (row.major && length > MOST_SHORT)
      tell(
        desk,
        file,
        lineOf([index, 'text']),
        `a major event of more than ${MOST_SHORT} letters needs a “short” for the drawn timeline; this one has ${length}`,
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
export function readPeople(desk: Desk): Person[] {
  const { file, rows, lineOf } = table(desk, 'people.yml', PeopleFile)
  return rows.map(([index, { about, ...row }]) => {
    cite(desk, file, lineOf([index]), row.sources)
    place(desk, `who:${row.name}`, file, lineOf([index]))
    const written = prose(desk, file, lineOf([index, 'about']), about)
    return { ...row, ...(written && { about: written }) }
  })
}

/** Reads corrections.yml; what is corrected must be a part of the story, so it comes last. */
export function readCorrections(desk: Desk): Correction[] {
  const { file, rows, lineOf } = table(desk, 'corrections.yml', CorrectionsFile)
  for (const [index, row] of rows) {
    if (!desk.loaded.where.has(`${desk.slug}/${row.part}`))
      tell(desk, file, lineOf([index, 'part']), `there is no ${row.part} in this story`)
  }
  // By their place among all of them: what an entry is named after may be wrong.
  return rows.map(([index, row], at) => {
    place(desk, `corrections:${at}`, file, lineOf([index]))
    return row
  })
}
