import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as sleep } from 'node:timers/promises'
import { makeFolder } from './data-folder.ts'
import { StoreError } from './engine.ts'
import { isSqliteBusy, sqliteError } from './sqlite/errors.ts'

const POLL_MS = 200
const WAIT_MS = 30_000

/** The path of the file that a bot locks. It stays when the bot ends. */
const lockFile = (folder: string) => join(folder, 'bot.lock')

/** Whether a bot has ever worked in a data directory. */
export const wasDataUsed = (folder: string): boolean => existsSync(lockFile(folder))

/** Whether a bot holds a data directory right now. */
export function isDataLocked(folder: string): boolean {
  const file = lockFile(folder)
  if (!existsSync(file)) return false
  const lock = new DatabaseSync(file)
  try {
    lock.exec('pragma busy_timeout = 0; begin exclusive')
    return false
  } catch (cause) {
    return isSqliteBusy(cause)
  } finally {
    lock.close()
  }
}

/**
 * Locks a data directory for one bot, so that two never share an embedded store unknowingly; returns what unlocks it.
 * The operating system holds the lock on an open file, so a killed process leaves none behind. Waits a while for a
 * predecessor that is still stopping, and calls `onWait` when it begins to wait.
 */
export async function acquireDataLock(
  folder: string,
  { waitMs = WAIT_MS, onWait }: { waitMs?: number; onWait: () => void },
): Promise<() => void> {
  const file = lockFile(folder)
  const lock = openLockFile(folder, file)
  for (let waited = 0; ; waited += POLL_MS) {
    try {
      lock.exec('begin exclusive')
      return () => lock.close()
    } catch (cause) {
      const isHeld = isSqliteBusy(cause)
      if (!isHeld || waited >= waitMs) {
        lock.close()
        if (!isHeld) throw sqliteError(cause, file)
        throw new StoreError(
          `Another nutgraf is using the data directory ${folder}. Stop it, or set DATA_DIR to another folder. To run several processes, set DATABASE_URL.`,
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
    makeFolder(folder)
    const lock = new DatabaseSync(file)
    lock.exec('pragma busy_timeout = 0')
    return lock
  } catch (cause) {
    throw sqliteError(cause, file)
  }
}
