import type { Query } from '../engine.ts'

/**
 * How far a sent edition has told a place the news: up to a moment, with what it still owes; of items on the wire, up to
 * an arrival (`items`); and of which outlets it said that they were not reached (`feeds`), as JSON. Without `items` or
 * `feeds`, what was told before stands.
 */
export type NewsTold = {
  place: string
  digest: string
  at: number
  owed?: string
  items?: number
  feeds?: string
}

/** Notes how far a place was told the news. Never back: an edition in doubt may be found after a later one. */
export const noteNewsTold = (query: Query, { place, digest, at, owed, items, feeds }: NewsTold) =>
  query(
    `update subscriptions set news_from = $1, owed = $4,
      items_from = coalesce(cast($5 as bigint), items_from), feeds_told = coalesce(cast($6 as text), feeds_told)
    where place = $2 and digest = $3 and coalesce(news_from, 0) <= $1`,
    [at, place, digest, owed ?? null, items ?? null, feeds ?? null],
  )
