import { statSync } from 'node:fs'
import { StoreError } from '../engine.ts'

/** The files of a database in use: the data, the newest of it, and the index of that. */
const SUFFIXES = ['', '-wal', '-shm']

/**
 * Returns a check of an open database: an error once one of its files was deleted, moved, replaced or emptied. The
 * system lets us write on into a file that has lost its name, and all of that would be gone with the process.
 */
export function watchHeldFiles(file: string): () => StoreError | undefined {
  const held = new Map<string, string>()
  const findLoss = () => {
    for (const suffix of SUFFIXES) {
      const path = `${file}${suffix}`
      const stat = statSync(path, { bigint: true, throwIfNoEntry: false })
      const known = held.get(path)
      const found = stat && `${stat.dev}/${stat.ino}`
      // The files beside the data are made with the first statement.
      if (known === undefined && found !== undefined) held.set(path, found)
      else if (known !== found) return lost(path, 'deleted, moved or replaced', 'Put it back, or stop')
      if (suffix === '' && stat?.size === 0n) return lost(path, 'emptied', 'Stop')
    }
    return undefined
  }
  // From now on we know which file it is.
  findLoss()
  return findLoss
}

const lost = (path: string, what: string, cure: string) =>
  new StoreError(
    `store: ${path} was ${what} while nutgraf uses it, so nothing more is written. ${cure} nutgraf, put a backup in its place, and start again`,
  )
