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

/** Creates a content folder with these files, and removes it after the test. */
export async function createContentFolder(...files: ContentFile[][]): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'nutgraf-content-'))
  folders.push(folder)
  for (const { path, text } of files.flat()) {
    await mkdir(dirname(join(folder, path)), { recursive: true })
    await writeFile(join(folder, path), text)
  }
  return folder
}

/** The user id of “nobody” on Linux. */
const NOBODY = 65534

/** Runs work as a user who may read a content folder but not write in it. */
export async function withReadOnlyFolder<T>(folder: string, work: () => Promise<T>): Promise<T> {
  const folders = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isDirectory())
    .map(entry => join(entry.parentPath, entry.name))
  for (const path of [folder, ...folders]) chmodSync(path, 0o555)
  // Root may write everywhere, so the process is another user for a while.
  const isRoot = process.geteuid?.() === 0
  if (isRoot) process.seteuid!(NOBODY)
  try {
    return await work()
  } finally {
    if (isRoot) process.seteuid!(0)
    for (const path of [folder, ...folders]) chmodSync(path, 0o755)
  }
}
