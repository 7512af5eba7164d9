import { chmodSync, readdirSync } from 'node:fs'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { ContentFile } from '../../../src/content/read/story-folder.ts'
import { afterEachTest } from '../after-each.ts'

const folders: string[] = []
afterEachTest(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true })
})

/** A content folder with these files; it is gone after the test. */
export async function createContentFolder(...files: ContentFile[][]): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'nutgraf-content-'))
  folders.push(folder)
  for (const { path, text } of files.flat()) {
    await mkdir(dirname(join(folder, path)), { recursive: true })
    await writeFile(join(folder, path), text)
  }
  return folder
}

const NOBODY = 65534

/** Does something as one who may read a content folder and write nothing in it. */
export async function withReadOnlyFolder<T>(folder: string, work: () => Promise<T>): Promise<T> {
  const folders = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isDirectory())
    .map(entry => join(entry.parentPath, entry.name))
  for (const one of [folder, ...folders]) chmodSync(one, 0o555)
  // Root may write everywhere, so it is not root for a while.
  const root = process.geteuid?.() === 0
  if (root) process.seteuid!(NOBODY)
  try {
    return await work()
  } finally {
    if (root) process.seteuid!(0)
    for (const one of [folder, ...folders]) chmodSync(one, 0o755)
  }
}
