import { DELIVERY_COLUMNS, type Delivery, deliveryFromRow, type NewDelivery } from './delivery.ts'
import type { Engine, Row } from './engine.ts'
import { insertClaimed, type NewClaim } from './ledger.ts'
import { LATER_MS, runInTurn } from './sql.ts'

/** Who shares an answer, which answer it is, and the thread it belongs in. */
type ShareRequest = NewClaim & { asker: string; answer: string; under?: string }

/**
 * The outcome of a share: `open` (a row was added), `known` (its key exists already), `same` (the same answer was
 * posted there lately, or is being posted), or how long its asker must wait after their last share.
 */
export type ShareResult = 'open' | 'known' | { same: Delivery } | { waitMs: number }

/** How often one person may share an answer, in all places together. */
const MIN_INTERVAL_MS = 60_000
/** How long an answer is not posted again in a place. */
const REPEAT_WINDOW_MS = 10 * 60_000

/** Answers that people share. A share is checked and added in one turn, also across processes. */
export function shares(engine: Engine) {
  return {
    /** Adds the row of a shared answer, unless the answer was posted lately or its asker must wait. */
    tryAdd: (delivery: NewDelivery, share: ShareRequest): Promise<ShareResult> =>
      runInTurn(engine, 'shares', async (query, now) => {
        const { asker, answer, under } = share
        const [known] = await query('select key from deliveries where key = $1', [delivery.key])
        if (known) return 'known'
        const rows = await query<Row>(
          `select ${DELIVERY_COLUMNS} from deliveries where place = $1 and answer = $2 and created_at > $3 and created_at <= $4
          and state in ('sending', 'sent', 'due') order by created_at`,
          [delivery.place, answer, now - REPEAT_WINDOW_MS, now + LATER_MS],
        )
        const same = rows.map(deliveryFromRow).find(row => threadOfRow(row) === under)
        if (same) return { same }
        const [last] = await query<{ at: number | null }>(
          `select max(created_at) as at from deliveries where asker = $1 and kind = 'answer' and created_at > $2
          and created_at <= $3 and state <> 'failed'`,
          [asker, now - MIN_INTERVAL_MS, now + LATER_MS],
        )
        if (last?.at != null) return { waitMs: Math.min(MIN_INTERVAL_MS, last.at + MIN_INTERVAL_MS - now) }
        await insertClaimed(query, now, delivery, share)
        await query('update deliveries set asker = $1 where key = $2', [asker, delivery.key])
        return 'open'
      }),
  }
}

const threadOfRow = ({ selection }: Delivery) => (JSON.parse(selection ?? '{}') as { under?: string }).under
