import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach } from 'vitest'
import type { ContentFile } from '../../src/content/desk.ts'

const folders: string[] = []
afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true })
})

/** A content folder with these files; it is gone after the test. */
export async function folderOf(...files: ContentFile[][]): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'nutgraf-content-'))
  folders.push(folder)
  for (const { path, text } of files.flat()) {
    await mkdir(dirname(join(folder, path)), { recursive: true })
    await writeFile(join(folder, path), text)
  }
  return folder
}
