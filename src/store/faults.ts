import { insertDeliveries, type NewDelivery } from './delivery.ts'
import type { Engine } from './engine.ts'

/** Troubles that last, each told to the desk once when it begins and once when it ends. */
export function faults(engine: Engine) {
  return {
    /**
     * Notes a trouble, together with the notice that tells of it; true when it was not known yet, so that the desk
     * hears of it once.
     */
    raise: (subject: string, message: string, notice?: NewDelivery): Promise<boolean> =>
      engine.transaction(async query => {
        const now = await engine.clock(query)
        const fresh = await query(
          `insert into faults (subject, message, since) values ($1, $2, $3) on conflict (subject) do nothing
          returning subject`,
          [subject, message, now],
        )
        if (fresh.length > 0 && notice) await insertDeliveries(query, [notice], now)
        return fresh.length > 0
      }),

    /** Ends a trouble, together with the notice that tells of it; true when there was one. */
    resolve: async (subject: string, notice?: NewDelivery): Promise<boolean> => {
      // Nearly always there was none, and a look costs less than a transaction.
      const known = await engine.query('select since from faults where subject = $1', [subject])
      if (known.length === 0) return false
      return engine.transaction(async query => {
        const ended = await query('delete from faults where subject = $1 returning subject', [subject])
        if (ended.length > 0 && notice) await insertDeliveries(query, [notice], await engine.clock(query))
        return ended.length > 0
      })
    },

    /** The troubles that last. */
    list: (): Promise<{ subject: string; message: string; since: number }[]> =>
      engine.query<{ subject: string; message: string; since: number }>(
        'select subject, message, since from faults order by since, subject',
      ),
  }
}
