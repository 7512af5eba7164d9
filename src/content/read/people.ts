import { firstDayOf, lastDayOf } from '../../dates/rough-dates.ts'
import type { Person } from '../story.ts'
import { PeopleFile } from './schemas.ts'
import { addProblem, checkSources, locate, readProse, readTable, type StoryFolder } from './story-folder.ts'

/** Reads people.yml. */
export function readPeople(folder: StoryFolder): Person[] {
  const { file, rows, lineNumberOf } = readTable(folder, 'people.yml', PeopleFile)
  return rows.map(([index, { about, ...row }]) => {
    checkSources(folder, file, lineNumberOf([index]), row.sources)
    if (row.from !== undefined && row.until !== undefined && firstDayOf(row.from) > lastDayOf(row.until))
      addProblem(folder, file, lineNumberOf([index, 'until']), 'until must not be earlier than from')
    locate(folder, `who:${row.name}`, file, lineNumberOf([index]))
    return { ...row, about: readProse(folder, file, lineNumberOf([index, 'about']), about) }
  })
}
