import type { Engine, Query } from './engine.ts'

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
