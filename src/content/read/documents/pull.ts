import { chmod, mkdir, readFile, realpath, rename, rm, stat, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { withFileLock } from '../file-lock.ts'
import { isBelow } from '../list-files.ts'
import { withCoversTo } from './covers-to.ts'
import { type Document, fileOf, isEntryAmong, isFileThere, makeStory, slugOf } from './document.ts'
import { addFields, hasFields } from './front-matter.ts'
import { insertEntries, plainList } from './insert-entries.ts'
import { entriesToAdd, textOf } from './lay-over.ts'
import { withoutTakenOver } from './taken-over.ts'

/**
 * What became of the documents of one file. `written`: the file has them now; `there`: it had them already, or somebody took
 * them back meanwhile; `readonly`: the file cannot be written; `differs`: another file of that name stands there; `unfit`:
 * the list is written in a way that cannot be added to, or is no story of this folder; `busy`: somebody else changes it.
 */
export type Pulled<T extends Document = Document> = {
  path: string
  documents: T[]
  outcome: 'written' | 'there' | 'readonly' | 'differs' | 'unfit' | 'busy'
}

/**
 * `reserve` is called just before a file changes and gives those documents that still are to be written: from then on
 * nobody can take them back. `release` undoes that where the file cannot be written after all. With `dryRun`, nothing
 * changes, and `written` is what would be.
 */
type PullOptions<T> = {
  reserve(documents: T[]): Promise<T[]>
  release?(documents: T[]): Promise<unknown>
  dryRun?: boolean
}

// EBUSY: a file that is mounted by itself (as in a container) cannot be replaced either.
const READ_ONLY_CODES = new Set(['EACCES', 'EPERM', 'EROFS', 'EBUSY'])
/** Somebody who saves a file again and again is not fought with. */
const MAX_TRIES = 5

/**
 * Writes documents into the files of a content folder, each file in one step. What a file has already is not written
 * again, so that a pull that was cut off is simply done once more.
 */
export async function pullInto<T extends Document>(
  folder: string,
  documents: readonly T[],
  options: PullOptions<T>,
): Promise<Pulled<T>[]> {
  const results: Pulled<T>[] = []
  const isWhole = ({ entry }: T) => entry === undefined
  // Whole files first: a new story is begun before something is added to it.
  for (const kind of [documents.filter(isWhole), documents.filter(document => !isWhole(document))])
    for (const [path, group] of Map.groupBy(kind, fileOf))
      results.push({
        ...{ path, documents: group },
        outcome: (await hasStory(folder, path, documents))
          ? ((await moveCoversTo(folder, path, group, options)) ??
            (await pullFile(folder, path, group, options)))
          : 'unfit',
      })
  return results
}

/** Whether the story of a file is in the folder, or comes into it: of a story that is gone, no half one is made. */
async function hasStory(folder: string, path: string, documents: readonly Document[]): Promise<boolean> {
  const slug = slugOf({ path })
  if (makeStory(documents.filter(document => slugOf(document) === slug))) return true
  return (await stat(join(folder, 'stories', slug, 'story.md')).catch(() => undefined)) !== undefined
}

/**
 * Writes into story.md that the story goes as far as the events of its timeline, before these are written: if that is cut
 * off in between, the content still passes its check. Gives why it could not be written.
 */
async function moveCoversTo<T extends Document>(
  folder: string,
  path: string,
  documents: readonly T[],
  { dryRun }: PullOptions<T>,
): Promise<Pulled['outcome'] | undefined> {
  if (dryRun || !path.endsWith('/timeline.yml')) return undefined
  const file = join(folder, dirname(path), 'story.md')
  for (let tries = 0; tries < MAX_TRIES; tries++) {
    const old = await readIfExists(file)
    const text = old === undefined ? undefined : withCoversTo(old, documents)
    if (text === undefined || text === old) return undefined
    try {
      const target = await placeOf(folder, join(dirname(path), 'story.md'), [])
      if (target === undefined) return 'unfit'
      const isDone = await withFileLock(target, async () => {
        if ((await readIfExists(target)) !== old) return false
        await replaceFile(target, text)
        return true
      })
      if (isDone) return undefined
    } catch (cause) {
      if (!READ_ONLY_CODES.has((cause as NodeJS.ErrnoException).code ?? '')) throw cause
      return 'readonly'
    }
  }
  return 'busy'
}

async function pullFile<T extends Document>(
  folder: string,
  path: string,
  documents: T[],
  { reserve, release = async () => {}, dryRun }: PullOptions<T>,
): Promise<Pulled['outcome']> {
  let wanted = documents
  for (let tries = 0; tries < MAX_TRIES; tries++) {
    const old = await readIfExists(join(folder, path))
    const made = newText(path, old, wanted)
    if (made === 'there' || made === 'differs' || made === 'unfit' || dryRun)
      return typeof made === 'string' ? made : 'written'
    try {
      const target = await placeOf(folder, path, wanted)
      if (target === undefined) return 'unfit'
      const isDone = await withFileLock(target, async () => {
        const still = await reserve(wanted)
        const isAll = still.length === wanted.length
        wanted = still
        if (!isAll || (await readIfExists(target)) !== old) return false
        await replaceFile(target, made.text).catch(async cause => {
          await release(wanted)
          throw cause
        })
        return true
      })
      if (isDone) return 'written'
      if (isDone === undefined) return 'busy'
      if (wanted.length === 0) return 'there'
    } catch (cause) {
      if (!READ_ONLY_CODES.has((cause as NodeJS.ErrnoException).code ?? '')) throw cause
      return 'readonly'
    }
  }
  return 'busy'
}

/** The text that a file would have, or why it does not change. */
function newText(
  path: string,
  old: string | undefined,
  documents: readonly Document[],
): { text: string } | 'there' | 'differs' | 'unfit' {
  const [whole] = documents.filter(({ text }) => text !== undefined)
  if (whole?.text !== undefined) {
    if (old === undefined) return { text: whole.text }
    return isFileThere(whole, { text: old }) ? 'there' : 'differs'
  }
  if (path.endsWith('/story.md')) {
    const fields = Object.assign({}, ...documents.map(({ entry }) => entry)) as object
    if (old !== undefined && hasFields(old, fields)) return 'there'
    const text = addFields(old ?? '', fields)
    return text === undefined ? 'unfit' : { text }
  }
  const entries = entriesToAdd({ text: old ?? '' }, documents)
  if (!entries) return 'unfit'
  if (entries.length === 0) return 'there'
  const pieces = insertEntries(old ?? '', entries, { byDate: path.endsWith('/timeline.yml') })
  return pieces ? { text: textOf(pieces) } : 'unfit'
}

/** Where a file really is, or is to be; undefined outside of the folder, and where an entry has no story. */
async function placeOf(
  folder: string,
  path: string,
  documents: readonly Document[],
): Promise<string | undefined> {
  const file = join(folder, path)
  if (documents.some(({ text }) => text !== undefined)) await mkdir(dirname(file), { recursive: true })
  const around = await realpath(dirname(file)).catch(() => undefined)
  if (around === undefined) return undefined
  // Through a symbolic link, the file behind it is replaced, not the link.
  const target = await realpath(file).catch(() => join(around, basename(file)))
  return isBelow(target, await realpath(folder)) ? target : undefined
}

/** Replaces a file in one step, so that nobody reads half of it. What a killed process left is overwritten. */
async function replaceFile(target: string, text: string): Promise<void> {
  // Hidden, so that it is not read as content; in the same folder, so that the rename is one step.
  const fresh = join(dirname(target), `.${basename(target)}.pulled`)
  try {
    await writeFile(fresh, text, { flush: true })
    const mode = (await stat(target).catch(() => undefined))?.mode
    if (mode !== undefined) await chmod(fresh, mode)
    await rename(fresh, target)
  } finally {
    await rm(fresh, { force: true }).catch(() => {})
  }
}

/** The text of a file; undefined if there is none. */
const readIfExists = (file: string): Promise<string | undefined> =>
  readFile(file, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === 'ENOENT' || cause.code === 'ENOTDIR') return undefined
    throw cause
  })

/** The documents that the files of a folder have, and that may be let go of. */
export async function landedIn<T extends Document>(folder: string, documents: readonly T[]): Promise<T[]> {
  const landed: T[] = []
  for (const [path, group] of Map.groupBy(documents, fileOf)) {
    const text = await readIfExists(join(folder, path)).catch(() => undefined)
    if (text === undefined) continue
    const isList = !path.endsWith('/story.md') && group.some(({ entry }) => entry)
    const entries = isList ? (plainList(text) ?? []) : []
    const standing = withoutTakenOver(group)
    const story = path.endsWith('/timeline.yml')
      ? ((await readIfExists(join(folder, dirname(path), 'story.md')).catch(() => undefined)) ?? '')
      : ''
    const isThere = (document: T) => {
      if (!document.entry) return isFileThere(document, { text })
      if (!isList) return hasFields(text, document.entry) === true
      // What another one has taken over is there once that one is.
      const looked = standing.includes(document) ? document : { ...document, pulledAt: 0 }
      return isEntryAmong(looked, entries) && withCoversTo(story, [document]) === story
    }
    landed.push(...group.filter(isThere))
  }
  return landed
}
