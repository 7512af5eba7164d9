import type { Engine, Query } from '../../../src/store/engine.ts'

/**
 * One process's view of a database. `onAwait` is called before and after each piece of work, with whether a transaction is
 * under way; if it throws, so does the work, and an open transaction is taken back.
 */
export function mortalEngine(
  engine: Engine,
  onAwait: (inTransaction: boolean) => void | Promise<void>,
): Engine {
  const originals = new Map<Query, Query>()
  const watch =
    (query: Query, inTransaction: boolean): Query =>
    async (...given) => {
      await onAwait(inTransaction)
      const rows = await query(...given)
      await onAwait(inTransaction)
      return rows as never
    }
  return {
    ...engine,
    query: watch(engine.query, false),
    clock: query => engine.clock(originals.get(query) ?? engine.query),
    transaction: async work => {
      await onAwait(false)
      const result = await engine.transaction(async query => {
        const watched = watch(query, true)
        originals.set(watched, query)
        return work(watched)
      })
      await onAwait(false)
      return result
    },
    // The database outlives a process.
    close: async () => {},
  }
}
