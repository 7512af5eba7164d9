import { randomUUID } from 'node:crypto'
import { readFile, realpath, rename, rm, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import type { Correction } from '../story.ts'
import { appendEntry, isEmptyList } from './yaml.ts'

/** An entry of corrections.yml as it is written; what is as usual is left out. */
export type CorrectionEntry = Pick<Correction, 'on' | 'part' | 'was' | 'now' | 'why'> & {
  repeat?: false
  notice?: true
}

/**
 * What became of an entry. `readonly` gives the line to be pasted, which stands in the place of the list where that is
 * empty; `moved` says that somebody else wrote the file meanwhile, `late` that whoever asked was no longer sure.
 */
type AppendResult =
  | { outcome: 'written' | 'moved' | 'late' }
  | { outcome: 'broken'; problems: string[] }
  | { outcome: 'readonly'; line: string; empty: boolean }

/** What has to hold: no problem with the new text, and `sure`, which is asked when nothing else is left to be done. */
type AppendOptions = {
  problemsWith(file: { path: string; text: string }): Promise<string[]>
  confirm(): Promise<boolean>
  /** Hears that it was not written after all, though it was sure. */
  onWriteFailed(): Promise<unknown>
}

// A file that is mounted by itself cannot be replaced either.
const READ_ONLY_CODES = new Set(['EACCES', 'EPERM', 'EROFS', 'EBUSY'])
let queue: Promise<unknown> = Promise.resolve()

/** Puts an entry at the end of a story's corrections.yml; all of it is there or none. One after the other. */
export function appendCorrection(
  folder: string,
  slug: string,
  entry: CorrectionEntry,
  appending: AppendOptions,
): Promise<AppendResult> {
  const mine = queue.then(() => appendToFile(folder, slug, entry, appending))
  queue = mine.catch(() => {})
  return mine
}

async function appendToFile(
  folder: string,
  slug: string,
  entry: CorrectionEntry,
  { problemsWith, confirm, onWriteFailed }: AppendOptions,
): Promise<AppendResult> {
  const path = `stories/${slug}/corrections.yml`
  const file = join(folder, path)
  // What a link leads to is written, not the link.
  const target = await realpath(file).catch(() => file)
  const old = await readIfExists(file)
  // To a file that cannot be read nothing can be put: its own problems are told.
  const text = orUndefined(() => appendEntry(old, entry)) ?? old
  const problems = await problemsWith({ path, text })
  if (problems.length > 0) return { outcome: 'broken', problems }
  if (text === old) throw new Error(`content: ${path}: an entry cannot be put at its end`)
  // Hidden, so that nobody takes it for content, and beside the other, so that a rename puts all of it there at once.
  const fresh = join(dirname(target), `.${basename(target)}.${randomUUID()}`)
  try {
    await writeFile(fresh, text, { flush: true })
    if ((await readIfExists(file)) !== old) return { outcome: 'moved' }
    if (!(await confirm())) return { outcome: 'late' }
    await rename(fresh, target).catch(async cause => {
      await onWriteFailed()
      throw cause
    })
    return { outcome: 'written' }
  } catch (cause) {
    if (!READ_ONLY_CODES.has((cause as NodeJS.ErrnoException).code ?? '')) throw cause
    return { outcome: 'readonly', line: `- ${JSON.stringify(entry)}`, empty: isEmptyList(old) }
  } finally {
    await rm(fresh, { force: true }).catch(() => {})
  }
}

const orUndefined = (make: () => string): string | undefined => {
  try {
    return make()
  } catch {
    return undefined
  }
}

/** The text of a file; none is empty, like one that was never written. */
const readIfExists = (file: string): Promise<string> =>
  readFile(file, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === 'ENOENT') return ''
    throw cause
  })
