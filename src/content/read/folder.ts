import { readdir, readFile } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import type { Problem } from '../story.ts'
import type { ContentFile } from './story-folder.ts'

// Files with similar endings are read too, so that loadContent can report that they are not part of a story.
const CONTENT_FILE = /\.(?:md|markdown|ya?ml|txt|json)$/i
const HIDDEN = /(?:^|[\\/])\./

/**
 * Reads every file of a content folder, in the order of their paths. A file that is not UTF-8 is reported, not
 * repaired.
 */
export async function readFolder(folder: string): Promise<{ files: ContentFile[]; problems: Problem[] }> {
  const paths = await listFiles(folder).catch((cause: unknown) => {
    throw new Error(`content: the folder ${folder} cannot be read (set CONTENT_DIR)`, { cause })
  })
  const problems: Problem[] = []
  const files: ContentFile[] = []
  for (const path of paths) {
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
