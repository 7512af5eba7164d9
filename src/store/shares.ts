import { COLUMNS, type Delivery, deliveryOf, type NewDelivery } from './delivery.ts'
import type { Engine, Row } from './engine.ts'
import { inTurn } from './in-turn.ts'
import { type Opening, openRow } from './ledger.ts'

/** Who has an answer posted for all to see, which answer it is, and the thread it belongs in. */
type Share = Opening & { asker: string; answer: string; under?: string }

/**
 * What became of a share: it is written down, its key was there already, the same answer stands or is being posted there,
 * or its asker shared something so lately that they have to wait.
 */
export type Sharing = 'open' | 'known' | { same: Delivery } | { waitMs: number }

/** One share in this time by each person, wherever. */
const REST_MS = 60_000
/** For so long an answer counts as there. */
const SAME_MS = 10 * 60_000

/** Answers that somebody shares, across processes: looked at and written down in one turn. */
export function shares(engine: Engine) {
  return {
    share: (delivery: NewDelivery, share: Share): Promise<Sharing> =>
      inTurn(engine, 'shares', async (query, now) => {
        const { asker, answer, under } = share
        const [known] = await query('select key from deliveries where key = $1', [delivery.key])
        if (known) return 'known'
        const rows = await query<Row>(
          `select ${COLUMNS} from deliveries where place = $1 and answer = $2 and created_at > $3
          and state in ('sending', 'sent', 'due') order by created_at`,
          [delivery.place, answer, now - SAME_MS],
        )
        const same = rows.map(deliveryOf).find(row => underOf(row) === under)
        if (same) return { same }
        const [last] = await query<{ at: number | null }>(
          `select max(created_at) as at from deliveries where asker = $1 and kind = 'answer' and created_at > $2
          and state <> 'failed'`,
          [asker, now - REST_MS],
        )
        if (last?.at != null) return { waitMs: last.at + REST_MS - now }
        await openRow(query, now, delivery, share)
        await query('update deliveries set asker = $1 where key = $2', [asker, delivery.key])
        return 'open'
      }),
  }
}

const underOf = ({ selection }: Delivery) => (JSON.parse(selection ?? '{}') as { under?: string }).under
