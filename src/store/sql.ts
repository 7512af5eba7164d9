import type { Value } from './engine.ts'

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
