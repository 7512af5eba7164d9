import { insertDeliveries, type NewDelivery } from '../delivery.ts'
import type { Engine } from '../engine.ts'

/** Posts of items for a place: up to which arrival these tell it, and up to which it was told before. */
type ItemsTold = {
  place: string
  digest: string
  from: number | undefined
  to: number
  deliveries: NewDelivery[]
}

/** Which items a place was told of as they came. */
export const itemsTold = (engine: Engine) => ({
  /**
   * Adds posts of items and notes up to which arrival they tell the place, unless another process has done so meanwhile;
   * then it returns false and adds nothing.
   */
  tellItems: ({ place, digest, from, to, deliveries }: ItemsTold): Promise<boolean> =>
    engine.transaction(async query => {
      const moved = await query(
        `update subscriptions set items_from = $1 where place = $2 and digest = $3 and state = 'on'
        and coalesce(items_from, -1) = $4 returning digest`,
        [to, place, digest, from ?? -1],
      )
      if (moved.length === 0) return false
      await insertDeliveries(query, deliveries, await engine.clock(query))
      return true
    }),

  /** Counts the posts of items in a place that were added since a moment. */
  countItemPosts: async (place: string, digest: string, since: number): Promise<number> => {
    const [row] = await engine.query<{ count: number }>(
      `select count(*) as count from deliveries where place = $1 and digest = $2 and kind = 'item' and created_at > $3`,
      [place, digest, since],
    )
    return Number(row?.count ?? 0)
  },
})
