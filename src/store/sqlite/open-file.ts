import { randomUUID } from 'node:crypto'
import { existsSync, linkSync, rmSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { makeFolder } from '../data-folder.ts'
import { StoreError } from '../engine.ts'
import { sqliteError } from './errors.ts'

/**
 * Opens a database file, or begins one. An empty file is refused: it had data, since a new one gets its name only when
 * it is no longer empty.
 */
export function openFile(file: string, busyMs: number): DatabaseSync {
  try {
    makeFolder(dirname(file))
    if (file !== ':memory:' && !existsSync(file)) beginFile(file)
    refuseEmpty(file)
    const database = new DatabaseSync(file)
    // Two processes that start at once wait for each other here, where there is nothing yet to block.
    database.exec(`pragma busy_timeout = ${busyMs}; pragma journal_mode = wal; pragma synchronous = full`)
    database.exec('pragma busy_timeout = 0')
    return database
  } catch (cause) {
    throw cause instanceof StoreError ? cause : sqliteError(cause, file)
  }
}

/** Throws if a file exists and is empty. */
export function refuseEmpty(file: string): void {
  if (statSync(file, { throwIfNoEntry: false })?.size === 0)
    throw new StoreError(
      `store: ${file} is empty, so its data is lost. Put a backup in its place, or delete it and nutgraf will create a new one`,
    )
}

/** Makes a database that is not empty under another name, and gives it its name if nobody else was faster. */
function beginFile(file: string): void {
  const draft = `${file}-${randomUUID()}`
  try {
    const database = new DatabaseSync(draft)
    database.exec('pragma journal_mode = wal')
    database.close()
    linkSync(draft, file)
  } catch (cause) {
    // A disk without links: the file is made under its own name, and empty for a moment.
    if (!existsSync(file) && !NO_LINKS.has((cause as NodeJS.ErrnoException).code ?? '')) throw cause
  } finally {
    for (const suffix of ['', '-wal', '-shm']) rmSync(`${draft}${suffix}`, { force: true })
  }
}

const NO_LINKS = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK', 'EINVAL'])
