import type * as z from 'zod'
import type { Inline } from '../../chat/reply.ts'
import type { Digest } from '../digest.ts'
import type { Problem, Source, Story } from '../story.ts'
import { readInlines } from './markdown.ts'
import { type ParsedList, parseYamlList } from './yaml.ts'

/** One file of content: its path below the content folder, its text, and its name for people. */
export type ContentFile = { path: string; text: string; origin: string }

/**
 * Stories and digests, every problem found in them, and where each part of them is written (`lawsuit/quote:sessions-1`,
 * `digest:morning`).
 */
export type LoadedContent = {
  stories: Story[]
  digests: Digest[]
  problems: Problem[]
  locations: Map<string, { file: string; line: number }>
}

/** What reading one story folder needs: its files, its numbered sources, and where to tell what was found. */
export type StoryFolder = {
  slug: string
  files: Map<string, ContentFile>
  loaded: LoadedContent
  sources: Map<number, Source>
  /** Numbers of sources whose entry is wrong: told already, so nothing that cites them is told. */
  refusedSources: Set<number>
}

/** The entries of one YAML file, with its name for people and the line of each path in it. */
type Table<T> = Omit<ParsedList<T>, 'problems'> & { file: string }

/** Tells a problem. */
export const addProblem = (desk: StoryFolder, file: string, line: number, message: string) =>
  desk.loaded.problems.push({ file, line, message })

/** Remembers where a part is written. */
export const locate = (desk: StoryFolder, part: string, file: string, line: number) =>
  desk.loaded.locations.set(`${desk.slug}/${part}`, { file, line })

/** Tells of source numbers that do not exist. */
export function checkSources(desk: StoryFolder, file: string, line: number, numbers: number[]) {
  for (const number of numbers) {
    if (!desk.sources.has(number) && !desk.refusedSources.has(number))
      addProblem(desk, file, line, `there is no source ${number}`)
  }
}

/** A value of a YAML file as runs of text. */
export function readProse(
  desk: StoryFolder,
  file: string,
  line: number,
  text: string | undefined,
): Inline[] | undefined {
  if (text === undefined) return undefined
  const { inlines, problems } = readInlines({ file, text, linesBefore: line - 1 })
  desk.loaded.problems.push(...problems)
  return inlines
}

/**
 * Reads one YAML file of a list; ids must be there once. A file that is missing is an empty list, and an entry that is
 * wrong is told and left out.
 */
export function readTable<S extends z.ZodArray<z.ZodType<object>>>(
  desk: StoryFolder,
  name: string,
  schema: S,
): Table<z.output<S>[number]> {
  const file = desk.files.get(name)
  const origin = file?.origin ?? name
  const text = file?.text.trim() ? file.text : '[]'
  const { rows, refused, lineNumberOf, problems } = parseYamlList(
    { file: origin, text, linesBefore: 0 },
    schema.element,
  )
  desk.loaded.problems.push(...problems)
  const seen = new Set<unknown>()
  for (const [index, row] of rows) {
    if (!('id' in row) || row.id === undefined) continue
    if (seen.has(row.id))
      addProblem(desk, origin, lineNumberOf([index, 'id']), `second entry with the id “${row.id}”`)
    seen.add(row.id)
  }
  return { file: origin, rows, refused, lineNumberOf }
}
