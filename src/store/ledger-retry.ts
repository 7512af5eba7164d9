import { DELIVERY_COLUMNS, type Delivery, deliveryFromRow } from './delivery.ts'
import type { Engine, Query, Row } from './engine.ts'

const IS_ON_ITS_OWN = `(parent is null or not exists (select 1 from deliveries p
  where p.key = deliveries.parent and p.state in ('doubt', 'failed')))`

/** Rows that failed or are in doubt, and the way to try them again. */
export function ledgerRetry(engine: Engine) {
  return {
    /**
     * Lists the rows that failed or are in doubt, or only those in some states, the newest first; `more` counts the
     * others. A row whose parent is among them is left out: it is retried together with its parent.
     */
    failedOrUnclear: async (
      max: number,
      states: ('doubt' | 'failed')[] = ['doubt', 'failed'],
    ): Promise<{ rows: Delivery[]; more: number }> => {
      let total = 0
      const rows: Delivery[] = []
      // One state after the other: an index has the rows of each in order.
      for (const state of states) {
        const newest = await engine.query<Row>(
          `select ${DELIVERY_COLUMNS} from deliveries where state = $1 and ${IS_ON_ITS_OWN}
          order by settled_at desc, key desc limit $2`,
          [state, max],
        )
        rows.push(...newest.map(deliveryFromRow))
        const [all] = await engine.query<{ count: number; replies: number }>(
          `select (select count(*) from deliveries where state = $1) as count,
          (select count(*) from deliveries where state = $1 and parent is not null and not ${IS_ON_ITS_OWN}) as replies`,
          [state],
        )
        total += Number(all!.count) - Number(all!.replies)
      }
      const latest = (row: Delivery) => row.settledAt ?? 0
      rows.sort((a, b) => latest(b) - latest(a) || (a.key < b.key ? -1 : 1))
      const listed = rows.slice(0, max)
      return { rows: listed, more: total - listed.length }
    },

    /**
     * Makes a row that failed or is in doubt due again, with its thread replies, as if it had never been tried; false
     * if it is neither. A row in doubt is posted once more, so somebody must have looked in the channel.
     */
    retry: (key: string): Promise<boolean> =>
      engine.transaction(async query => {
        const now = await engine.clock(query)
        const rows = await makeDueAgain(query, 'key = $1', key, { now, createdAt: now })
        if (rows.length === 0) return false
        const children = await makeDueAgain(query, 'parent = $1', key, { now, createdAt: now + 1 })
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

/** Resets rows to untried. Their creation time is reset too: an old row would be given up at the first failure. */
const makeDueAgain = (
  query: Query,
  condition: string,
  key: string,
  { now, createdAt }: { now: number; createdAt: number },
) =>
  query<{ key: string }>(
    `update deliveries set state = 'due', due_at = $2, created_at = $3, attempts = 0, owner = null,
      lease_until = null, first_tried_at = null, settled_at = null, error = null
    where ${condition} and state in ('doubt', 'failed') returning key`,
    [key, now, createdAt],
  )
