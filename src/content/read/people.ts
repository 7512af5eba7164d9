import type { Person } from '../story.ts'
import { PeopleFile } from './schemas.ts'
import { checkSources, locate, readProse, readTable, type StoryFolder } from './story-folder.ts'

/** Reads people.yml. */
export function readPeople(folder: StoryFolder): Person[] {
  const { file, rows, lineNumberOf } = readTable(folder, 'people.yml', PeopleFile)
  return rows.map(([index, { about, ...row }]) => {
    checkSources(folder, file, lineNumberOf([index]), row.sources)
    locate(folder, `who:${row.name}`, file, lineNumberOf([index]))
    return { ...row, about: readProse(folder, file, lineNumberOf([index, 'about']), about) }
  })
}
