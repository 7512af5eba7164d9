import { closeSync, constants, fstatSync, openSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Problem } from '../story.ts'
import {
  type ListedFile,
  type Listing,
  listFiles,
  type Skipped,
  unreadableMessage,
  type Wanted,
} from './list-files.ts'
import type { ContentFile } from './story-folder.ts'

/** The longest court file that was stored is a twentieth of this. What is larger is no text that somebody copied. */
const MAX_FILE_MB = 10

/** Files with their texts, and what could not be read. */
export type ReadFiles = { files: ContentFile[]; problems: Problem[] }

/**
 * Reads every file of a content folder, in the order of their paths. A file that is not UTF-8 is reported, not
 * repaired, and listed without its text. So is whatever cannot be read, and it keeps nothing else from being read.
 */
export async function readFolder(folder: string): Promise<ReadFiles> {
  return readListed(folder, listFolder(folder))
}

/** Lists what is wanted of a content folder; fails with what to do if there is no such folder. */
export function listFolder(folder: string, isWanted?: Wanted): Listing {
  try {
    return listFiles(folder, isWanted)
  } catch (cause) {
    throw new Error(`content: the folder ${folder} cannot be read (set CONTENT_DIR)`, { cause })
  }
}

/** Reads the files that were listed. Holds its thread: of a large folder, pass a story at a time. */
export function readListed(folder: string, listed: Listing): ReadFiles {
  const problems: Problem[] = []
  const files: ContentFile[] = []
  const skip = ({ path, message, isFolder }: Skipped) => {
    const origin = join(folder, path)
    problems.push({ file: origin, line: 1, message })
    // In place of a story that is skipped stands its first file, so that nothing else is said to be missing.
    const isStory = isFolder && /^stories\/[^/]+$/.test(path)
    if (isStory || !isFolder || /\.\w+$/.test(path))
      files.push({ path: isStory ? `${path}/story.md` : path, origin, text: '', unreadable: true })
  }
  for (const skipped of listed.skipped) skip(skipped)
  for (const file of listed.files) {
    const { path } = file
    const origin = join(folder, path)
    const bytes = readBytes(file)
    if (bytes === undefined) continue
    if (typeof bytes === 'string') {
      skip({ path, message: bytes })
      continue
    }
    try {
      files.push({ path, origin, text: decodeUtf8(bytes) })
    } catch {
      const isWide = bytes.includes(0) || /^(?:\xff\xfe|\xfe\xff)/.test(bytes.toString('latin1', 0, 2))
      const message = `${isWide ? 'is saved as UTF-16' : 'is not UTF-8 text'}: save it as UTF-8`
      problems.push({ file: origin, line: 1, message })
      files.push({ path, origin, text: '', unreadable: true })
    }
  }
  return { files: files.sort((a, b) => (a.path < b.path ? -1 : 1)), problems }
}

/** Links are resolved already: one that has taken the place of a file since is not followed, and no pipe is waited for. */
const READ_FILE = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0)

/** The bytes of a file, or what is wrong with it; undefined if it was removed since it was listed. */
function readBytes({ realPath }: ListedFile): Buffer | string | undefined {
  try {
    const file = openSync(realPath, READ_FILE)
    try {
      if (fstatSync(file).size > MAX_FILE_MB * 1e6)
        return `is larger than ${MAX_FILE_MB} MB: store the text alone, without pictures, or in parts`
      return readFileSync(file)
    } finally {
      closeSync(file)
    }
  } catch (cause) {
    const error = cause as NodeJS.ErrnoException
    return error.code === 'ENOENT' || error.code === 'ELOOP' ? undefined : unreadableMessage(error)
  }
}

const decodeUtf8 = (bytes: Buffer) => new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
