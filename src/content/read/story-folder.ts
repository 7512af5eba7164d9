import type * as z from 'zod'
import type { Inline } from '../../chat/reply.ts'
import type { Digest } from '../digest.ts'
import type { Feed } from '../feed.ts'
import type { Problem, Source, Story } from '../story.ts'
import type { ParsedList } from './excerpt.ts'
import { type DatedField, noteDates } from './future-dates.ts'
import { readInlines } from './markdown.ts'
import { parseYamlList } from './yaml.ts'

/**
 * One content file. `path` is below the content folder, `origin` is the path to show to people. `unreadable`: it is no
 * text, which is reported already.
 */
export type ContentFile = { path: string; text: string; origin: string; unreadable?: true }

/**
 * The stories, digests and feeds that were read, every problem found in them, and the file and line of each part
 * (`lawsuit/quote:sessions-1`, `digest:morning`, `feed:wqad`).
 */
export type LoadedContent = {
  stories: Story[]
  digests: Digest[]
  feeds: Feed[]
  problems: Problem[]
  locations: Map<string, { file: string; line: number }>
}

/** A story folder while it is read: its files, its numbered sources, and `loaded`, which collects the results. */
export type StoryFolder = {
  slug: string
  files: Map<string, ContentFile>
  loaded: LoadedContent
  sources: Map<number, Source>
  /** Numbers of sources whose entry is wrong. That is reported once, and not again for every entry that cites them. */
  refusedSources: Set<number>
  /** Names of files that could not be read. What other files say about their content is not wrong itself. */
  brokenFiles: Set<string>
  /** Kinds of parts of which some could not be read. */
  unsureParts: Set<string>
  dates: DatedField[]
  /** The embargoes of entries, each with the sources that the entry cites. */
  embargoes: { embargo: string; sources: number[] }[]
}

/** Begins to read a story folder. */
export const newStoryFolder = (
  slug: string,
  files: Map<string, ContentFile>,
  loaded: LoadedContent,
): StoryFolder => ({
  slug,
  files,
  loaded,
  sources: new Map(),
  refusedSources: new Set(),
  brokenFiles: new Set(),
  unsureParts: new Set(),
  dates: [],
  embargoes: [],
})

/** The line in the front matter of a story.md that keeps the whole folder from being served. */
const DRAFT_LINE = /^\ufeff?---[ \t]*\r?\n(?:(?!---).*\r?\n)*?(draft:[ \t]*true[ \t]*(?:[ \t]#.*)?)\r?$/m

/** Where `draft: true` stands in a story.md; undefined if the story is no draft. */
export function draftLineIn(text: string): { start: number; end: number } | undefined {
  const match = DRAFT_LINE.exec(text)
  if (match?.index !== 0) return undefined
  return { start: match[0].lastIndexOf('\n') + 1, end: match[0].replace(/\r$/, '').length }
}

/** Whether the files of a folder in `stories/` are a draft: nothing serves it, and nothing waits for it. */
export const isDraft = (files: readonly ContentFile[]): boolean =>
  files.some(({ path, text }) => path.endsWith('/story.md') && draftLineIn(text) !== undefined)

const PART_OF_FILE: Record<string, string> = {
  'quotes.yml': 'quote',
  'timeline.yml': 'event',
  'facts.yml': 'fact',
}

/** Whether a story has a part, or may have it: some of that kind could not be read, which is reported already. */
export const mayHavePart = ({ slug, loaded, unsureParts }: StoryFolder, part: string): boolean =>
  loaded.locations.has(`${slug}/${part}`) || unsureParts.has(part.split(':')[0]!)

/** The entries of one YAML file, with the path to show to people and the line of each entry and field. */
type Table<T> = Omit<ParsedList<T>, 'problems' | 'isBroken'> & { file: string }

/** Reports a problem. */
export const addProblem = (folder: StoryFolder, file: string, line: number, message: string) =>
  folder.loaded.problems.push({ file, line, message })

/** Remembers the file and line of a part. */
export const locate = (folder: StoryFolder, part: string, file: string, line: number) =>
  folder.loaded.locations.set(`${folder.slug}/${part}`, { file, line })

/** Reports source numbers that do not exist, each once. */
export function checkSources(folder: StoryFolder, file: string, line: number, numbers: number[]) {
  for (const number of numbers) {
    if (mayHaveSource(folder, number)) continue
    addProblem(folder, file, line, `there is no source ${number}`)
    folder.refusedSources.add(number)
  }
}

/** Whether a story has a source, or may have it: its entry is wrong, or that of some source. */
export const mayHaveSource = (folder: StoryFolder, number: number): boolean =>
  folder.sources.has(number) || folder.refusedSources.has(number) || folder.unsureParts.has('source')

/** Reads a value of a YAML file as one paragraph of Markdown. */
export function readProse(
  folder: StoryFolder,
  file: string,
  line: number,
  text: string | undefined,
): Inline[] | undefined {
  if (text === undefined) return undefined
  const { inlines, problems } = readInlines({ file, text, linesBefore: line - 1 })
  folder.loaded.problems.push(...problems)
  return inlines
}

/**
 * Reads one YAML file that holds a list. Wrong entries and repeated ids are reported; wrong entries are left out. A
 * missing file is an empty list.
 */
export function readTable<S extends z.ZodArray<z.ZodType<object>>>(
  folder: StoryFolder,
  name: string,
  schema: S,
): Table<z.output<S>[number]> {
  const source = folder.files.get(name)
  const file = source?.origin ?? name
  const text = source?.text.trim() ? source.text : '[]'
  const { rows, refused, lineNumberOf, problems, isBroken } = parseYamlList(
    { file, text, linesBefore: 0 },
    schema.element,
  )
  folder.loaded.problems.push(...problems)
  if (isBroken || source?.unreadable) folder.brokenFiles.add(name)
  const kind = PART_OF_FILE[name]
  if (kind && (folder.brokenFiles.has(name) || refused.length > 0)) folder.unsureParts.add(kind)
  for (const [index, row] of rows)
    noteDates(folder, { name, file }, row, field => lineNumberOf([index, field]))
  const seen = new Set<unknown>()
  for (const [index, row] of rows) {
    if (!('id' in row) || row.id === undefined) continue
    if (seen.has(row.id))
      addProblem(folder, file, lineNumberOf([index, 'id']), `second entry with the id “${row.id}”`)
    seen.add(row.id)
  }
  return { file, rows, refused, lineNumberOf }
}
