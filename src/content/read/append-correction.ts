import { randomUUID } from 'node:crypto'
import { readFile, realpath, rename, rm, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { isAmong } from '../same-correction.ts'
import type { Correction } from '../story.ts'
import { withFileLock } from './file-lock.ts'
import { appendEntry, isEmptyList, plainEntries } from './yaml.ts'

/** An entry of corrections.yml as it is written. Fields with their default value are left out. */
export type CorrectionEntry = Pick<Correction, 'on' | 'part' | 'was' | 'now' | 'why'> & {
  repeat?: false
  notice?: true
}

/**
 * The outcome of appending an entry. `known`: the file has it already. `moved`: somebody else changed the file meanwhile. `late`: the caller did not
 * confirm. `broken`: the new text would have problems. `readonly`: the file cannot be written; `line` is to be pasted
 * into it, and replaces the whole list if that is `empty`.
 */
type AppendResult =
  | { outcome: 'written' | 'known' | 'moved' | 'late' }
  | { outcome: 'broken'; problems: string[] }
  | { outcome: 'readonly'; line: string; empty: boolean }

/**
 * The caller's checks: `problemsWith` the new text, and `confirm`, which is called last, just before the file changes.
 */
type AppendOptions = {
  problemsWith(file: { path: string; text: string }): Promise<string[]>
  confirm(): Promise<boolean>
  /** Called when the write fails after it was confirmed. */
  onWriteFailed(): Promise<unknown>
}

// EBUSY: a file that is mounted by itself (as in a container) cannot be replaced either.
const READ_ONLY_CODES = new Set(['EACCES', 'EPERM', 'EROFS', 'EBUSY'])
let queue: Promise<unknown> = Promise.resolve()

/**
 * Appends an entry to a story's corrections.yml, completely or not at all, and once. Concurrent calls run one after the
 * other, also in other processes on the same folder.
 */
export function appendCorrection(
  folder: string,
  slug: string,
  entry: CorrectionEntry,
  options: AppendOptions,
): Promise<AppendResult> {
  const result = queue.then(() => appendToFile(folder, slug, entry, options))
  queue = result.catch(() => {})
  return result
}

async function appendToFile(
  folder: string,
  slug: string,
  entry: CorrectionEntry,
  { problemsWith, confirm, onWriteFailed }: AppendOptions,
): Promise<AppendResult> {
  const path = `stories/${slug}/corrections.yml`
  const file = join(folder, path)
  // Through a symbolic link, the file behind it is replaced, not the link.
  const target = await realpath(file).catch(() => file)
  const old = await readIfExists(file)
  if (isAmong(entry, entriesIn(old))) return { outcome: 'known' }
  // Nothing can be appended to a file that cannot be parsed; its own problems are returned.
  const text = appendOrUndefined(old, entry) ?? old
  const problems = await problemsWith({ path, text })
  if (problems.length > 0) return { outcome: 'broken', problems }
  if (text === old) throw new Error(`content: ${path}: cannot append an entry`)
  // Hidden, so that it is not read as content; in the same folder, so that the rename replaces the file in one step.
  const fresh = join(dirname(target), `.${basename(target)}.${randomUUID()}`)
  try {
    await writeFile(fresh, text, { flush: true })
    const result = await withFileLock(target, async (): Promise<AppendResult> => {
      const current = await readIfExists(file)
      if (current !== old) return { outcome: isAmong(entry, entriesIn(current)) ? 'known' : 'moved' }
      if (!(await confirm())) return { outcome: 'late' }
      await rename(fresh, target).catch(async cause => {
        await onWriteFailed()
        throw cause
      })
      return { outcome: 'written' }
    })
    return result ?? { outcome: 'moved' }
  } catch (cause) {
    if (!READ_ONLY_CODES.has((cause as NodeJS.ErrnoException).code ?? '')) throw cause
    return { outcome: 'readonly', line: `- ${JSON.stringify(entry)}`, empty: isEmptyList(old) }
  } finally {
    await rm(fresh, { force: true }).catch(() => {})
  }
}

/** The entries of a file as they are written; none if it cannot be parsed. */
const entriesIn = (text: string): CorrectionEntry[] =>
  tryReadEntries(text).filter(
    (row): row is CorrectionEntry =>
      typeof row === 'object' &&
      row !== null &&
      ['on', 'part', 'was', 'now'].every(
        field => typeof (row as Record<string, unknown>)[field] === 'string',
      ),
  )

const tryReadEntries = (text: string): object[] => {
  try {
    return plainEntries(text) ?? []
  } catch {
    return []
  }
}

const appendOrUndefined = (text: string, entry: CorrectionEntry): string | undefined => {
  try {
    return appendEntry(text, entry)
  } catch {
    return undefined
  }
}

/** The text of a file; empty if there is none. */
const readIfExists = (file: string): Promise<string> =>
  readFile(file, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === 'ENOENT') return ''
    throw cause
  })
