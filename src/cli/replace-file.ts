import { randomUUID } from 'node:crypto'
import { chmod, realpath, rename, rm, stat, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'

/** Replaces a file in one step, so that a running bot never reads half of it. */
export async function replaceFile(file: string, text: string): Promise<void> {
  // Through a symbolic link, the file behind it is replaced, not the link.
  const target = await realpath(file)
  const fresh = join(dirname(target), `.${basename(target)}.${randomUUID()}`)
  try {
    await writeFile(fresh, text, { flush: true })
    await chmod(fresh, (await stat(target)).mode)
    await rename(fresh, target)
  } finally {
    await rm(fresh, { force: true })
  }
}
