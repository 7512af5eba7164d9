import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as sleep } from 'node:timers/promises'
import { StoreError } from './engine.ts'
import { sqliteError } from './sqlite.ts'

const POLL_MS = 200
const WAIT_MS = 30_000
const SQLITE_BUSY = 5

/** Whether a bot holds a data directory right now. */
export function isDataLocked(folder: string): boolean {
  const file = join(folder, 'bot.lock')
  if (!existsSync(file)) return false
  const lock = new DatabaseSync(file)
  try {
    lock.exec('pragma busy_timeout = 0; begin exclusive')
    return false
  } catch (cause) {
    return (cause as { errcode?: number }).errcode === SQLITE_BUSY
  } finally {
    lock.close()
  }
}

/**
 * Holds a data directory for one bot, so that two never share an embedded store unknowingly. The lock is one of the
 * operating system's on an open file: nothing stale is left after a kill. Waits a while for a predecessor that is
 * still stopping, and says so through `waiting`.
 */
export async function acquireDataLock(
  folder: string,
  { waitMs = WAIT_MS, onWait }: { waitMs?: number; onWait: () => void },
): Promise<() => void> {
  const file = join(folder, 'bot.lock')
  const lock = openLockFile(folder, file)
  for (let waited = 0; ; waited += POLL_MS) {
    try {
      lock.exec('begin exclusive')
      return () => lock.close()
    } catch (cause) {
      const held = (cause as { errcode?: number }).errcode === SQLITE_BUSY
      if (!held || waited >= waitMs) {
        lock.close()
        if (!held) throw sqliteError(cause, file)
        throw new StoreError(
          `Another nutgraf runs on the data directory ${folder}. Stop it, or set DATA_DIR to another folder; for several processes set DATABASE_URL.`,
          { cause },
        )
      }
      if (waited === 0) onWait()
      await sleep(POLL_MS)
    }
  }
}

function openLockFile(folder: string, file: string): DatabaseSync {
  try {
    mkdirSync(folder, { recursive: true })
    const lock = new DatabaseSync(file)
    lock.exec('pragma busy_timeout = 0')
    return lock
  } catch (cause) {
    throw sqliteError(cause, file)
  }
}
