import { hash } from 'node:crypto'
import type { Withdrawal } from '../../story.ts'
import type { ContentFile } from '../story-folder.ts'

/**
 * Something that the desk added to a story and that is laid over its files: one entry of a list (`path` ends in
 * `.desk.yml`), or a whole file. `pulledAt`: somebody wrote it into a folder for git. `key` is the act that added it.
 */
export type Document = { path: string; pulledAt?: number; key?: string } & (
  | { entry: object; text?: undefined }
  | { text: string; entry?: undefined }
)

/** The file that a document belongs into: `stories/bridge/timeline.yml` for `stories/bridge/timeline.desk.yml`. */
export const fileOf = ({ path }: Pick<Document, 'path'>): string =>
  path.replace(/\/story\.desk\.yml$/, '/story.md').replace(/\.desk\.yml$/, '.yml')

/** A story that was taken down, as what its main file would say; it is in use without that. */
export const withdrawalDocument = ({ slug, on, reason }: Withdrawal): Document & { entry: object } => ({
  path: `stories/${slug}/story.desk.yml`,
  entry: { withdrawn: { on, reason } },
})

/** The story that a document belongs to. */
export const slugOf = ({ path }: Pick<Document, 'path'>): string =>
  /^stories\/([^/]+)\//.exec(path)?.[1] ?? ''

/** Groups documents by their stories. */
export const byStory = <T extends Document>(documents: readonly T[]): Map<string, T[]> =>
  Map.groupBy(documents, slugOf)

/** Whether documents make a story of their own: without its main file there is nothing to add to. */
export const makeStory = (documents: readonly Document[]): boolean =>
  documents.some(({ path }) => path.endsWith('/story.md'))

/** How a story's files look together with what is laid over them. */
export function lookWith(look: string, documents: readonly Document[]): string {
  if (documents.length === 0) return look
  const all = documents.map(({ path, entry, text, pulledAt }) => [path, entry, text, pulledAt !== undefined])
  return `${look} ${hash('sha256', JSON.stringify(all), 'base64')}`
}

/** By which fields of a list an editor who changed an entry after it was pulled still means the same one. */
const NAMED_BY: Record<string, string[]> = {
  'timeline.yml': ['id'],
  'quotes.yml': ['id'],
  'facts.yml': ['id'],
  'people.yml': ['name'],
  'sources.yml': ['number'],
  'corrections.yml': ['part', 'was', 'now'],
}

/**
 * Whether the entry of a document is among those of the file: compared as a whole and not by its place. One that was
 * pulled may have been improved since.
 */
export function isEntryAmong(document: Document, entries: readonly object[]): boolean {
  const { entry = {}, pulledAt } = document
  const wanted = essenceOf(entry)
  if (entries.some(known => essenceOf(known) === wanted)) return true
  if (pulledAt === undefined) return false
  const fields = NAMED_BY[fileOf(document).split('/').at(-1)!] ?? []
  const name = nameIn(entry, fields)
  return name !== undefined && entries.some(known => nameIn(known, fields) === name)
}

/** Whether the file of a document stands in the folder, or one that was made of it. */
export const isFileThere = ({ text, pulledAt }: Document, file: Pick<ContentFile, 'text'> | undefined) =>
  file !== undefined && (file.text === text || pulledAt !== undefined)

/** What an entry says: the order of its fields and the breaking of its lines say nothing. */
export const essenceOf = (entry: object): string => JSON.stringify(sorted(entry))

function sorted(value: unknown): unknown {
  if (typeof value === 'string') return value.replace(/\s+/g, ' ').trim()
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(sorted)
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, inner]) => inner !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, inner]) => [name, sorted(inner)]),
  )
}

function nameIn(entry: object, fields: string[]): string | undefined {
  const values = fields.map(field => (entry as Record<string, unknown>)[field])
  return values.length === 0 || values.includes(undefined) ? undefined : JSON.stringify(sorted(values))
}
