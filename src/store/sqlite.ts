import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync, type StatementSync } from 'node:sqlite'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Engine, type Query, type Row, StoreError } from './engine.ts'

/** How long a statement waits for another process that writes (a command-line verb beside a running bot). */
const BUSY_MS = 5_000
const BUSY_RETRY_MS = 15
/** How often this process checks whether another one has written. */
const POLL_MS = 1_000

/**
 * Creates the embedded engine: one file, with a write-ahead log that is on disk before a transaction is reported done.
 */
export function createSqliteEngine(
  file: string,
  { clock = Date.now, pollMs = POLL_MS, busyMs = BUSY_MS } = {},
): Engine {
  const database = openDatabase(file)
  const prepared = new Map<string, StatementSync>()
  const listeners = new Set<() => void>()
  let lastInQueue: Promise<unknown> = Promise.resolve()

  const run: Query = async <R extends Row>(sql: string, values: (string | number | null)[] = []) => {
    try {
      let statement = prepared.get(sql)
      if (!statement) {
        statement = database.prepare(sql.replace(/\$(\d+)/g, '?$1'))
        prepared.set(sql, statement)
      }
      return statement.all(...values) as R[]
    } catch (cause) {
      throw sqliteError(cause, file)
    }
  }

  /** Runs one piece of work after another: nothing may write into a transaction while that awaits something. */
  const runAlone = <T>(work: () => Promise<T>): Promise<T> => {
    const result = lastInQueue.then(work)
    lastInQueue = result.catch(() => {})
    return result
  }

  /** Retries while another process holds the file. SQLite's own way of waiting would block this process. */
  const retryWhileBusy = async <T>(work: () => Promise<T>): Promise<T> => {
    for (const end = Date.now() + busyMs; ; await sleep(BUSY_RETRY_MS)) {
      try {
        return await work()
      } catch (cause) {
        if (!isSqliteBusy((cause as StoreError).cause) || Date.now() > end) throw cause
      }
    }
  }

  return {
    name: 'sqlite',
    query: (sql, values) => runAlone(() => retryWhileBusy(() => run(sql, values))),
    transaction: work =>
      runAlone(async () => {
        await retryWhileBusy(() => run('begin immediate'))
        try {
          const result = await work(run)
          await run('commit')
          return result
        } catch (cause) {
          // On a full disk, SQLite has already rolled back by itself.
          if (database.isTransaction) await run('rollback')
          throw cause
        }
      }),
    forUpdateSkipLocked: '',
    forUpdate: '',
    clock: async () => clock(),
    notify: async () => {
      for (const wake of listeners) wake()
    },
    listen: async wake => {
      listeners.add(wake)
      // This number changes when another process has written, and not when we have.
      const readVersion = () => Number(database.prepare('pragma data_version').get()!.data_version)
      let last = readVersion()
      const timer = setInterval(() => {
        const current = readVersion()
        if (current !== last) wake()
        last = current
      }, pollMs)
      timer.unref()
      return async () => {
        clearInterval(timer)
        listeners.delete(wake)
      }
    },
    close: () =>
      runAlone(async () => {
        prepared.clear()
        database.close()
      }),
  }
}

function openDatabase(file: string): DatabaseSync {
  try {
    mkdirSync(dirname(file), { recursive: true })
    const database = new DatabaseSync(file)
    // Two processes that start at once wait for each other here, where there is nothing yet to block.
    database.exec(`pragma busy_timeout = ${BUSY_MS}; pragma journal_mode = wal; pragma synchronous = full`)
    database.exec('pragma busy_timeout = 0')
    return database
  } catch (cause) {
    throw sqliteError(cause, file)
  }
}

/** Primary result codes of SQLite that people can do something about. */
const ERROR_SENTENCES: Record<number, string> = {
  5: 'is locked by another program',
  8: 'cannot be written: the file or its disk is read-only',
  10: 'cannot be read or written: the disk reports an error',
  11: 'is damaged. Replace it with a backup, or move it away and nutgraf will create a new one',
  13: 'cannot grow: the disk is full',
  14: 'cannot be opened. Check that its folder exists and that nutgraf may write to it',
  26: 'is not a nutgraf database. Move it away, or set DATA_DIR to another folder',
}

/** Whether an error of `node:sqlite` says that another connection holds the file. */
export const isSqliteBusy = (cause: unknown): boolean =>
  (cause as { errcode?: number } | undefined)?.errcode === 5

/** Describes an error of a database file in a sentence that says what to do about it. */
export function sqliteError(cause: unknown, file: string): StoreError {
  const { errcode, code, message } = cause as { errcode?: number; code?: string; message?: string }
  const diskCode = { EACCES: 14, EEXIST: 14, ENOTDIR: 14, EROFS: 8, ENOSPC: 13 }[code ?? '']
  const sentence = ERROR_SENTENCES[diskCode ?? (errcode ?? 0) & 0xff]
  return new StoreError(`store: ${file} ${sentence ?? `failed: ${message}`}`, { cause })
}
