/** A value of a column: TEXT, or BIGINT as a number (epoch milliseconds and counts). */
export type Value = string | number | null

/** One row as an engine returns it. */
export type Row = Record<string, Value>

/** Runs one statement whose placeholders are numbered (`$1`), and returns its rows. */
export type Query = <R extends Row = Row>(sql: string, values?: Value[]) => Promise<R[]>

/**
 * A database. `transaction` runs its work alone, completely or not at all. `forUpdate` is the end of a select that
 * locks its rows until the transaction ends, and waits for rows that are locked; `forUpdateSkipLocked` leaves those
 * out. `notify` wakes those who `listen`, in this process and in others.
 */
export type Engine = {
  name: string
  query: Query
  transaction<T>(work: (query: Query) => Promise<T>): Promise<T>
  forUpdateSkipLocked: string
  forUpdate: string
  /** The database's own clock (epoch milliseconds). Leases are compared by it alone. */
  clock(query: Query): Promise<number>
  /** Rejects while the database cannot be read or written, with a sentence that says why. */
  check(): Promise<void>
  notify(): Promise<void>
  listen(wake: () => void): Promise<() => Promise<void>>
  /** Ends all connections for good if the database says nothing for `ms`: what waits for it then fails. */
  cutIfSilent(ms: number): Promise<void>
  close(): Promise<void>
}

/**
 * An error of the database, as a sentence for the log and for people. `isAway` says that it passes by itself: the
 * database is starting, or cannot be reached now.
 */
export class StoreError extends Error {
  override name = 'StoreError'
  readonly isAway: boolean

  constructor(sentence: string, { cause, isAway = false }: { cause?: unknown; isAway?: boolean } = {}) {
    super(sentence, { cause })
    this.isAway = isAway
  }
}
