import type { Engine } from '../engine.ts'
import { listPlaceholders } from '../sql.ts'

/** Why messages that wait for their edit could not be edited yet: the error of the last try, and how many have it. */
export type WaitingReason = { cause: string; error: string; count: number }

/** What the messages of causes wait for, beyond their turn. */
export const waitingReasons = (engine: Engine) => ({
  /** Counts the pending messages of some causes by the error of their last try; those that were not tried are left out. */
  waitingReasons: async (causes: string[]): Promise<WaitingReason[]> => {
    if (causes.length === 0) return []
    const rows = await engine.query<WaitingReason>(
      `select r.cause, d.error, count(*) as count from repairs r join deliveries d on d.key = r.key
      where r.cause in (${listPlaceholders(causes)}) and r.state = 'pending' and d.error is not null
      group by r.cause, d.error order by count(*) desc, d.error`,
      causes,
    )
    return rows.map(row => ({ ...row, count: Number(row.count) }))
  },
})
