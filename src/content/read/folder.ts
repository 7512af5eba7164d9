import { readdir, readFile } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import type { Problem } from '../story.ts'
import type { ContentFile } from './story-folder.ts'

// What looks like ours but has another ending is read too, so that `load` can say that it belongs to no story.
const CONTENT_FILE = /\.(?:md|markdown|ya?ml|txt|json)$/i
const HIDDEN = /(?:^|[\\/])\./

/** Reads every file of a content folder, in the order of their paths. What is not UTF-8 is a problem, not mended. */
export async function readFolder(folder: string): Promise<{ files: ContentFile[]; problems: Problem[] }> {
  let entries: Awaited<ReturnType<typeof listFiles>>
  try {
    entries = await listFiles(folder)
  } catch (cause) {
    throw new Error(`content: the folder ${folder} cannot be read (set CONTENT_DIR)`, { cause })
  }
  const problems: Problem[] = []
  const files: ContentFile[] = []
  for (const path of entries) {
    const origin = join(folder, path)
    const bytes = await readFile(origin)
    try {
      files.push({ path: path.split(sep).join('/'), origin, text: decodeUtf8(bytes) })
    } catch {
      problems.push({ file: origin, line: 1, message: 'is not UTF-8 text' })
    }
  }
  return { files, problems }
}

async function listFiles(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  return entries
    .filter(entry => !entry.isDirectory() && CONTENT_FILE.test(entry.name))
    .map(entry => relative(folder, join(entry.parentPath, entry.name)))
    .filter(path => !HIDDEN.test(path))
    .sort()
}

const decodeUtf8 = (bytes: Buffer) => new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
