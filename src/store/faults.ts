import { insertDeliveries, type NewDelivery } from './delivery.ts'
import type { Engine } from './engine.ts'

/** Makes the row of a notice, once it is known that it is needed; undefined where there is none. */
type MakeNotice = () => Promise<NewDelivery | undefined>

/** Problems that last. Editors are notified of each once when it starts and once when it ends. */
export function faults(engine: Engine) {
  return {
    /**
     * Records a problem and its notice in one transaction. Returns false, and adds no notice, if it is known already: then
     * none is made either.
     */
    raise: async (subject: string, message: string, makeNotice?: MakeNotice): Promise<boolean> => {
      const known = await engine.query('select since from faults where subject = $1', [subject])
      if (known.length > 0) return false
      const notice = await makeNotice?.()
      return engine.transaction(async query => {
        const now = await engine.clock(query)
        const raised = await query(
          `insert into faults (subject, message, since) values ($1, $2, $3) on conflict (subject) do nothing
          returning subject`,
          [subject, message, now],
        )
        if (raised.length > 0 && notice) await insertDeliveries(query, [notice], now)
        return raised.length > 0
      })
    },

    /** Ends a problem and adds the notice of its end in one transaction. Returns false if there was none. */
    resolve: async (subject: string, makeNotice?: MakeNotice): Promise<boolean> => {
      // There is nearly always none, and a look costs less than a transaction.
      const known = await engine.query('select since from faults where subject = $1', [subject])
      if (known.length === 0) return false
      const notice = await makeNotice?.()
      return engine.transaction(async query => {
        const ended = await query('delete from faults where subject = $1 returning subject', [subject])
        if (ended.length > 0 && notice) await insertDeliveries(query, [notice], await engine.clock(query))
        return ended.length > 0
      })
    },

    /** Lists the problems that last, the oldest first. */
    list: (): Promise<{ subject: string; message: string; since: number }[]> =>
      engine.query<{ subject: string; message: string; since: number }>(
        'select subject, message, since from faults order by since, subject',
      ),
  }
}
