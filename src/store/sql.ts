import type { Engine, Query, Value } from './engine.ts'

/** Writes the placeholders of rows of one length: `($1, $2), ($3, $4)`. */
export function rowPlaceholders(rows: Value[][]): string {
  let count = 0
  return rows.map(row => `(${row.map(() => `$${++count}`).join(', ')})`).join(', ')
}

/** Writes the placeholders of a list of values, numbered from `first`: `$3, $4`. */
export const listPlaceholders = (values: readonly unknown[], first = 1): string =>
  values.map((_, index) => `$${index + first}`).join(', ')

/** Splits items into batches of at most `size`: an engine limits how many values one statement takes. */
export function* inBatches<T>(items: T[], size: number): Generator<T[]> {
  for (let from = 0; from < items.length; from += size) yield items.slice(from, from + size)
}

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
