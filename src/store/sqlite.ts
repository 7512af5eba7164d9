import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync, type StatementSync } from 'node:sqlite'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Engine, type Query, type Row, StoreError } from './engine.ts'

/** How long a statement waits for another process that writes (a command-line verb beside a running bot). */
const BUSY_MS = 5_000
const BUSY_RETRY_MS = 15
/** How often this process looks whether another one wrote. */
const POLL_MS = 1_000

/** The embedded engine: one file, with a write-ahead log that is on the disk before a transaction counts as done. */
export function createSqliteEngine(
  file: string,
  { clock = Date.now, look = POLL_MS, busy = BUSY_MS } = {},
): Engine {
  const database = openDatabase(file)
  const prepared = new Map<string, StatementSync>()
  const wakes = new Set<() => void>()
  let turn: Promise<unknown> = Promise.resolve()

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

  /** One after the other: what is awaited inside a transaction must not let others write into it. */
  const alone = <T>(work: () => Promise<T>): Promise<T> => {
    const mine = turn.then(work)
    turn = mine.catch(() => {})
    return mine
  }

  /** Waits for another process without holding up this one, as SQLite's own way of waiting would. */
  const patient = async <T>(work: () => Promise<T>): Promise<T> => {
    for (const end = Date.now() + busy; ; await sleep(BUSY_RETRY_MS)) {
      try {
        return await work()
      } catch (cause) {
        if (!isBusy(cause) || Date.now() > end) throw cause
      }
    }
  }

  return {
    name: 'sqlite',
    query: (sql, values) => alone(() => patient(() => run(sql, values))),
    transaction: work =>
      alone(async () => {
        await patient(() => run('begin immediate'))
        try {
          const result = await work(run)
          await run('commit')
          return result
        } catch (cause) {
          // A full disk has already rolled back by itself.
          if (database.isTransaction) await run('rollback')
          throw cause
        }
      }),
    forUpdateSkipLocked: '',
    forUpdate: '',
    clock: async () => clock(),
    notify: async () => {
      for (const wake of wakes) wake()
    },
    listen: async wake => {
      wakes.add(wake)
      // Another process that wrote changes this number; our own writes do not.
      const version = () => Number(database.prepare('pragma data_version').get()!.data_version)
      let last = version()
      const timer = setInterval(() => {
        const now = version()
        if (now !== last) wake()
        last = now
      }, look)
      timer.unref()
      return async () => {
        clearInterval(timer)
        wakes.delete(wake)
      }
    },
    close: () =>
      alone(async () => {
        prepared.clear()
        database.close()
      }),
  }
}

function openDatabase(file: string): DatabaseSync {
  try {
    mkdirSync(dirname(file), { recursive: true })
    const database = new DatabaseSync(file)
    // Two processes that begin at once wait for each other here; there is nothing yet that could be held up.
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
  11: 'is damaged. Put a backup in its place, or move it away: nutgraf then begins a new one',
  13: 'cannot grow: the disk is full',
  14: 'cannot be opened: is its folder there, and may nutgraf write in it?',
  26: 'is no database of nutgraf. Move it away, or set DATA_DIR to another folder',
}

const isBusy = (cause: unknown) => ((cause as StoreError).cause as { errcode?: number })?.errcode === 5

/** What is wrong with a file, in a sentence that says what to do about it. */
export function sqliteError(cause: unknown, file: string): StoreError {
  const { errcode, code, message } = cause as { errcode?: number; code?: string; message?: string }
  const disk = { EACCES: 14, EEXIST: 14, ENOTDIR: 14, EROFS: 8, ENOSPC: 13 }[code ?? '']
  const sentence = ERROR_SENTENCES[disk ?? (errcode ?? 0) & 0xff]
  return new StoreError(`store: ${file} ${sentence ?? `failed: ${message}`}`, { cause })
}
