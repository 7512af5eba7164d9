import { createHash } from 'node:crypto'
import { byStory, type Document, lookWith, makeStory } from '../content/read/documents/document.ts'
import { listFolder } from '../content/read/folder.ts'
import { isInDrafts, type Listing, type Skipped } from '../content/read/list-files.ts'

/**
 * A whole content folder to be looked at: which stories there are, and how their files look, together with what the desk
 * added to them.
 */
export type ScanJob = { kind: 'scan'; folder: string; documents?: readonly Document[] }

/**
 * The stories of a folder by how their files look, and how what is beside them looks. `areListed` is false where the
 * folder of the stories itself cannot be read: then nothing is known about them.
 */
export type Scan = { stories: Map<string, string>; beside: string; areListed: boolean }

const IN_STORY = /^stories\/([^/]+)(?:\/|$)/
/** A file in the place of a story is no story. */
export const LOOSE_FILE = /^stories\/[^/]+$/

/** Whether something that was skipped is, or may be, a whole story. */
export const isInPlaceOfStory = ({ path, isFolder }: Skipped): boolean =>
  isFolder === true && LOOSE_FILE.test(path)

/** Looks at a content folder: names and times alone. */
export function runScanJob({ folder, documents = [] }: ScanJob): Scan {
  const stories = new Map<string, Listing>()
  const beside: Listing = { files: [], skipped: [] }
  const listingOf = (path: string, isFolder: boolean): Listing => {
    const slug = IN_STORY.exec(path)?.[1]
    if (slug === undefined || (!isFolder && LOOSE_FILE.test(path))) return beside
    const known = stories.get(slug) ?? { files: [], skipped: [] }
    stories.set(slug, known)
    return known
  }
  const listing = listFolder(folder, path => !isInDrafts(path))
  for (const file of listing.files) listingOf(file.path, false).files.push(file)
  for (const entry of listing.skipped) listingOf(entry.path, entry.isFolder === true).skipped.push(entry)
  const added = byStory(documents)
  for (const [slug, own] of added)
    if (!stories.has(slug) && makeStory(own)) stories.set(slug, { files: [], skipped: [] })
  return {
    stories: new Map([...stories].map(([slug, own]) => [slug, lookWith(lookOf(own), added.get(slug) ?? [])])),
    beside: lookOf(beside),
    areListed: !beside.skipped.some(({ path }) => path === 'stories'),
  }
}

/** By what files are known to be unchanged without reading them: their names, sizes, times and places. */
export function lookOf({ files, skipped }: Listing): string {
  const hash = createHash('sha256')
  for (const { path, realPath, look } of files) hash.update(`${path}\0${realPath}\0${look}\0`)
  for (const { path, message } of skipped) hash.update(`${path}\0${message}\0`)
  return hash.digest('base64')
}
