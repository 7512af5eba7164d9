import type { Place } from '../../chat/platform.ts'
import { insertDeliveries, type NewDelivery } from '../delivery.ts'
import type { Engine, Value } from '../engine.ts'
import { makeDueForEdit } from '../looks/pending-repairs.ts'
import { inBatches, rowPlaceholders } from '../sql.ts'
import type { NewCard } from './cards.ts'

/** Posts of cards: up to which arrival these tell the desk, and up to which it was told before. */
type CardsTold = { from: number; to: number; deliveries: NewDelivery[]; cards: NewCard[] }

/** Notes up to which arrival the desk was told of items. */
const MARK = 'cards'
const BATCH = 200
/** What was decided longer ago, and did not reach its message, is told by the answers of the desk alone. */
const LOOK_BACK_MS = 7 * 86_400_000

/** Which items the desk was told of, and which of its messages do not show yet what was decided. */
export const cardsTold = (engine: Engine) => ({
  /** Up to which arrival the desk was told; undefined before the first time. */
  toldTo: async (): Promise<number | undefined> =>
    (await engine.query<{ at: number }>('select at from marks where name = $1', [MARK]))[0]?.at,

  /** Begins to tell the desk of items, from an arrival on: what came before is no news to it. */
  beginAt: async (arrival: number): Promise<void> =>
    void (await engine.query('insert into marks (name, at) values ($1, $2) on conflict (name) do nothing', [
      MARK,
      arrival,
    ])),

  /** Adds posts with their cards, unless another process has done so meanwhile; then it returns false and adds nothing. */
  tell: ({ from, to, deliveries, cards }: CardsTold): Promise<boolean> =>
    engine.transaction(async query => {
      const moved = await query('update marks set at = $1 where name = $2 and at = $3 returning name', [
        to,
        MARK,
        from,
      ])
      if (moved.length === 0) return false
      const now = await engine.clock(query)
      // One by one: those that are added together have the same moment, and their place shows them in any order.
      for (const delivery of deliveries) await insertDeliveries(query, [delivery], now)
      for (const batch of inBatches(cards, BATCH)) {
        const rows = batch.map((card): Value[] => [
          ...[card.item, JSON.stringify(card.matches), card.key],
          ...[0, card.arrived, now],
        ])
        await query(
          `insert into cards (item, matches, key, revision, arrived, changed) values ${rowPlaceholders(rows)}
          on conflict (item) do nothing`,
          rows.flat(),
        )
      }
      return true
    }),

  /** Counts the posts of cards in a place that were added since a moment. */
  countPosts: async (place: Place, since: number): Promise<number> => {
    const [row] = await engine.query<{ count: number }>(
      `select count(*) as count from deliveries where place = $1 and kind = 'card' and created_at > $2`,
      [place, since],
    )
    return Number(row?.count ?? 0)
  },

  /** Makes posted messages due for an edit that do not show yet what was decided; returns how many. */
  showChanges: (lane: (place: Place) => string): Promise<number> =>
    engine.transaction(async query => {
      const now = await engine.clock(query)
      const rows = await query<{ key: string; place: Place }>(
        `select distinct d.key, d.place from cards c
        join shown s on s.part = 'wire/card:' || c.item and s.key = c.key and s.revision < c.revision
        join deliveries d on d.key = c.key
        where c.changed > $1 and d.state = 'sent' and d.message is not null`,
        [now - LOOK_BACK_MS],
      )
      for (const batch of inBatches(rows, BATCH)) await makeDueForEdit(query, batch, now, lane)
      return rows.length
    }),
})
