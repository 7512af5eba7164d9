import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Draft } from '../import/draft/draft.ts'

/**
 * Writes a draft as a new folder of the content, all of it or nothing, and never over anything: throws with what to do
 * where a folder of its name is there already.
 */
export async function writeDraft(
  contentDir: string,
  { name, files }: Pick<Draft, 'name' | 'files'>,
): Promise<void> {
  const folder = `drafts/${name}`
  const target = join(contentDir, folder)
  const taken = new Error(
    `Nothing was written: ${target} is there already. Name another one with --as, or remove it.`,
  )
  if (existsSync(target)) throw taken
  // Hidden, so that nothing reads it before it is whole.
  const fresh = join(contentDir, 'drafts', `.${name}.${randomUUID()}`)
  try {
    for (const { path, text } of files) {
      const below = path.startsWith(`${folder}/`) ? path.slice(folder.length + 1) : ''
      if (below === '' || below.split('/').includes('..')) throw new Error(`${path} is not in ${folder}`)
      await mkdir(dirname(join(fresh, below)), { recursive: true })
      await writeFile(join(fresh, below), text, { flag: 'wx', flush: true })
    }
    // A folder that somebody made in the meantime is not replaced, unless it is empty.
    await rename(fresh, target).catch(cause => {
      throw existsSync(target) ? taken : cause
    })
  } finally {
    await rm(fresh, { recursive: true, force: true })
  }
}
