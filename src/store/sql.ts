import type { Engine, Query, Value } from './engine.ts'

/** Writes the placeholders of rows of one length: `($1, $2), ($3, $4)`. */
export function rowPlaceholders(rows: Value[][]): string {
  let count = 0
  return rows.map(row => `(${row.map(() => `$${++count}`).join(', ')})`).join(', ')
}

/** Writes the placeholders of a list of values, numbered from `first`: `$3, $4`. */
export const listPlaceholders = (values: readonly unknown[], first = 1): string =>
  values.map((_, index) => `$${index + first}`).join(', ')

/**
 * Writes a column so that no index of it is used. SQLite would rather read all rows in one state than a few by their keys.
 */
export const withoutIndex = (column: string): string => `(${column} || '')`

/** Splits items into batches of at most `size`: an engine limits how many values one statement takes. */
export function* inBatches<T>(items: T[], size: number): Generator<T[]> {
  for (let from = 0; from < items.length; from += size) yield items.slice(from, from + size)
}

/**
 * A row that is later than now by more than this was added before the clock was set back, and limits nobody: they would
 * wait for longer than the limit. By less, it may be of a transaction that began later and came first.
 */
export const LATER_MS = 60_000

/**
 * Runs a transaction after all others of its name, in any process, so that what it reads does not change before it
 * writes.
 */
export function runInTurn<T>(
  engine: Engine,
  name: string,
  work: (query: Query, now: number) => Promise<T>,
): Promise<T> {
  return engine.transaction(async query => {
    await query('insert into turns (name) values ($1) on conflict (name) do nothing', [name])
    await query(`select name from turns where name = $1 ${engine.forUpdate}`, [name])
    return work(query, await engine.clock(query))
  })
}
