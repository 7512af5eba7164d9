import type { StatementSync } from 'node:sqlite'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Engine, Query, Row, StoreError } from './engine.ts'
import { isSqliteBusy, sqliteError, sqliteTrouble } from './sqlite/errors.ts'
import { watchHeldFiles } from './sqlite/held-files.ts'
import { openFile } from './sqlite/open-file.ts'

/** How long a statement waits for another process that writes (a command-line verb beside a running bot). */
const BUSY_MS = 5_000
const BUSY_RETRY_MS = 15
/** How often this process checks whether another one has written. */
const POLL_MS = 1_000

/**
 * Creates the embedded engine: one file, with a write-ahead log that is on disk before a transaction is reported done.
 * Nothing is written once a file of it was taken away; what was read before stays readable.
 */
export function createSqliteEngine(
  file: string,
  { clock = Date.now, pollMs = POLL_MS, busyMs = BUSY_MS } = {},
): Engine {
  const database = openFile(file, BUSY_MS)
  const findLoss = file === ':memory:' ? () => undefined : watchHeldFiles(file)
  const prepared = new Map<string, { statement: StatementSync; onlyReads: boolean }>()
  const listeners = new Set<() => void>()
  let lastInQueue: Promise<unknown> = Promise.resolve()
  /** The last error of the disk, and how many rows had been changed until then. */
  let failure: { error: StoreError; stays: boolean; changes: number } | undefined

  const prepare = (sql: string) => {
    const known = prepared.get(sql)
    if (known) return known
    const statement = database.prepare(sql.replace(/\$(\d+)/g, '?$1'))
    const made = { statement, onlyReads: /^\s*(?:select|pragma|rollback)\b/i.test(sql) }
    prepared.set(sql, made)
    return made
  }

  const run: Query = async <R extends Row>(sql: string, values: (string | number | null)[] = []) => {
    let loss: StoreError | undefined
    try {
      const { statement, onlyReads } = prepare(sql)
      // A transaction writes when it ends.
      const writesNow = !onlyReads && (sql === 'commit' || !database.isTransaction)
      loss = writesNow ? findLoss() : undefined
      if (loss === undefined) return statement.all(...values) as R[]
    } catch (cause) {
      throw noteFailure(cause)
    }
    throw loss
  }

  const countChanges = () => Number(database.prepare('select total_changes() as n').get()!.n)

  function noteFailure(cause: unknown): StoreError {
    const error = sqliteError(cause, file)
    const trouble = sqliteTrouble(cause)
    if (trouble !== undefined && !failure?.stays) failure = { error, stays: trouble === 'stays', changes: 0 }
    return error
  }

  /** The disk works again once something was written. What a transaction took back does not count. */
  function noteEnd(isDone: boolean): void {
    if (failure === undefined || failure.stays || !database.isOpen || database.isTransaction) return
    const changes = countChanges()
    if (!isDone) failure.changes = changes
    else if (changes > failure.changes) failure = undefined
  }

  /** Runs one piece of work after another: nothing may write into a transaction while that awaits something. */
  const runAlone = <T>(work: () => Promise<T>): Promise<T> => {
    const result = lastInQueue.then(work).then(
      value => {
        noteEnd(true)
        return value
      },
      cause => {
        noteEnd(false)
        throw cause
      },
    )
    lastInQueue = result.catch(() => {})
    return result
  }

  /** Retries while another process holds the file. SQLite's own way of waiting would block this process. */
  const retryWhileBusy = async <T>(work: () => Promise<T>): Promise<T> => {
    for (const end = performance.now() + busyMs; ; await sleep(BUSY_RETRY_MS)) {
      try {
        return await work()
      } catch (cause) {
        if (!isSqliteBusy((cause as StoreError).cause) || performance.now() > end) throw cause
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
    check: async () => {
      const trouble = findLoss() ?? failure?.error
      if (trouble) throw trouble
    },
    notify: async () => {
      for (const wake of listeners) wake()
    },
    listen: async wake => {
      listeners.add(wake)
      let last: unknown
      // This number changes when another process has written, and not when we have.
      const look = () => {
        try {
          const current = database.prepare('pragma data_version').get()!.data_version
          if (last !== undefined && current !== last) wake()
          last = current
        } catch (cause) {
          noteFailure(cause)
        }
      }
      look()
      const timer = setInterval(look, pollMs)
      timer.unref()
      return async () => {
        clearInterval(timer)
        listeners.delete(wake)
      }
    },
    // A file is read at once or fails.
    cutIfSilent: async () => {},
    close: () =>
      runAlone(async () => {
        prepared.clear()
        database.close()
      }),
  }
}
