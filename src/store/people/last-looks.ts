import type { Engine } from '../engine.ts'
import { listPlaceholders } from '../sql.ts'

/** When people last looked at what changed: only a time, under a key that names nobody. */
export const lastLooks = (engine: Engine) => ({
  /**
   * The time now, and when somebody looked last, if any of these keys is known. A time that is still to come, from before
   * the clock was set back, does not count: it would hide what was entered until then.
   */
  find: async (keys: string[]): Promise<{ now: number; at?: number }> => {
    const now = await engine.clock(engine.query)
    const [row] = await engine.query<{ at: number | null }>(
      `select max(at) as at from looks where key in (${listPlaceholders(keys, 2)}) and at <= $1`,
      [now, ...keys],
    )
    return { now, ...(row?.at != null && { at: Number(row.at) }) }
  },

  /** Notes that somebody looked. */
  save: async (key: string, at: number): Promise<void> => {
    await engine.query(
      'insert into looks (key, at) values ($1, $2) on conflict (key) do update set at = excluded.at',
      [key, at],
    )
  },

  /** Forgets some looks from before a moment. Returns how many; none are left if they are fewer than `max`. */
  forget: async (before: number, max: number): Promise<number> => {
    const rows = await engine.query(
      `delete from looks where key in (select key from looks where at < $1 order by at limit ${Math.floor(max)})
      returning key`,
      [before],
    )
    return rows.length
  },
})
