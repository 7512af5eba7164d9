/** A value of a column: TEXT, or BIGINT as a number (epoch milliseconds and counts). */
export type Value = string | number | null

/** One row as an engine gives it. */
export type Row = Record<string, Value>

/** Runs one statement with `$1` placeholders given by number, and returns its rows. */
export type Query = <R extends Row = Row>(sql: string, values?: Value[]) => Promise<R[]>

/**
 * A database. `transaction` runs its work alone or not at all. `locked` is what stands behind a select whose rows
 * nobody else may take meanwhile, `waiting` the same where one waits for them instead of passing over them.
 * `notify` wakes those who `listen`, in this process and in others.
 */
export type Engine = {
  name: string
  query: Query
  transaction<T>(work: (query: Query) => Promise<T>): Promise<T>
  forUpdateSkipLocked: string
  forUpdate: string
  /** The database's own clock (epoch milliseconds): leases are compared by it alone. */
  clock(query: Query): Promise<number>
  notify(): Promise<void>
  listen(wake: () => void): Promise<() => Promise<void>>
  close(): Promise<void>
}

/** What went wrong with the database, in a sentence for the log and for people. */
export class StoreError extends Error {
  override name = 'StoreError'
}
