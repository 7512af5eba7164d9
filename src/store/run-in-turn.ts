import type { Engine, Query } from './engine.ts'

/**
 * A transaction that goes after all others of its name, in whatever process: what it looks at cannot change before it
 * writes.
 */
export function serialized<T>(
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
