import { plainInlines } from '../../chat/plain-text.ts'
import type { Story } from '../story.ts'
import { readCitedInlines } from './markdown.ts'
import { MAX_WHY_LENGTH } from './schemas.ts'
import { addProblem, checkSources, type StoryFolder } from './story-folder.ts'

/** Reads `why` at the top of story.md: one sentence with the numbers of its sources, like the prose below it. */
export function readWhy(folder: StoryFolder, file: string, line: number, written: string): Story['why'] {
  const {
    inlines: text,
    cited: sources,
    problems,
  } = readCitedInlines({ file, text: written, linesBefore: line - 1 })
  folder.loaded.problems.push(...problems)
  checkSources(folder, file, line, sources)
  const { length } = plainInlines(text)
  if (length > MAX_WHY_LENGTH)
    addProblem(
      folder,
      file,
      line,
      `why: has ${length} characters, at most ${MAX_WHY_LENGTH}: one sentence is enough`,
    )
  if (sources.length === 0 && problems.length === 0)
    addProblem(folder, file, line, 'why: cites no source, such as [1]')
  return { text, sources }
}
