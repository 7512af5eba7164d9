import { DELIVERY_COLUMNS, type Delivery, deliveryFromRow } from './delivery.ts'
import type { Engine, Row } from './engine.ts'

/** What stopped: rows that failed or are in doubt, and the way back for them. */
export function ledgerRetry(engine: Engine) {
  return {
    /**
     * The rows that failed or are in doubt, or only those of some states, the newest first. What hangs on a row that
     * stopped itself comes and goes with it.
     */
    failedOrUnclear: async (
      most: number,
      states: ('doubt' | 'failed')[] = ['doubt', 'failed'],
    ): Promise<{ rows: Delivery[]; more: number }> => {
      const open = `state in (${states.map(one => `'${one}'`).join(', ')}) and not exists (select 1 from deliveries p
        where p.key = deliveries.parent and p.state in ('doubt', 'failed'))`
      const rows = await engine.query<Row>(
        `select ${DELIVERY_COLUMNS} from deliveries where ${open} order by settled_at desc, key limit $1`,
        [most],
      )
      const [all] = await engine.query<{ count: number }>(
        `select count(*) as count from deliveries where ${open}`,
      )
      return { rows: rows.map(deliveryFromRow), more: Number(all?.count ?? 0) - rows.length }
    },

    /**
     * Makes a row that failed or is in doubt due again, with what hangs on it, as if it had never been tried; false
     * where it is neither. A row in doubt is posted once more, so somebody must have looked.
     */
    retry: (key: string): Promise<boolean> =>
      engine.transaction(async query => {
        const now = await engine.clock(query)
        // Also the time of its wish: an old one would be given up at the first trouble.
        const again = (condition: string, at: number) =>
          query<{ key: string }>(
            `update deliveries set state = 'due', due_at = $2, created_at = $3, attempts = 0, owner = null,
              lease_until = null, first_tried_at = null, settled_at = null, error = null
            where ${condition} and state in ('doubt', 'failed') returning key`,
            [key, now, at],
          )
        const rows = await again('key = $1', now)
        if (rows.length === 0) return false
        const children = await again('parent = $1', now + 1)
        for (const row of [...rows, ...children])
          await query(
            `delete from shown where key = $1 and exists
              (select 1 from deliveries d where d.key = shown.key and d.message is null)`,
            [row.key],
          )
        return true
      }),
  }
}
