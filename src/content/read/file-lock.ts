import { open, rename, rm, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

/** A lock older than this was left by a process that was killed: a change takes milliseconds. */
const STALE_MS = 10_000
/** How long to wait for another process: an editor waits for the answer. */
const WAIT_MS = 1_500
const RETRY_MS = 15

/**
 * Does work while no other process that asks for the same lock does; undefined if another one holds it for too long. The
 * lock is a hidden file beside the file that the work replaces.
 */
export async function withFileLock<T>(file: string, work: () => Promise<T>): Promise<T | undefined> {
  const lock = join(dirname(file), `.${basename(file)}.lock`)
  for (const end = performance.now() + WAIT_MS; !(await tryCreate(lock)); await sleep(RETRY_MS)) {
    if (performance.now() > end) return undefined
    await removeIfStale(lock)
  }
  try {
    return await work()
  } finally {
    await rm(lock, { force: true }).catch(() => {})
  }
}

async function tryCreate(lock: string): Promise<boolean> {
  try {
    await (await open(lock, 'wx')).close()
    return true
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw cause
  }
}

async function removeIfStale(lock: string): Promise<void> {
  const found = await stat(lock).catch(() => undefined)
  // A lock from the future is stale too: the clock was set back since.
  if (!found || Math.abs(Date.now() - found.mtimeMs) < STALE_MS) return
  // A rename succeeds for one process only.
  const left = `${lock}.${process.pid}`
  await rename(lock, left).then(
    () => rm(left, { force: true }),
    () => {},
  )
}
