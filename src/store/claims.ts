import type { Pace, Place } from '../chat/platform.ts'
import { DELIVERY_COLUMNS, type Delivery, deliveryFromRow, placeholders } from './delivery.ts'
import type { Engine, Query, Row, Value } from './engine.ts'

/**
 * A delivery that is ours until its lease is over, and when its request may go out: `wait` milliseconds after the claim,
 * which is `turn` by this process's `performance.now`.
 */
export type ClaimedDelivery = Delivery & { waitMs: number; turnAt: number }

/** A claim: by whom, for how long, how many at most, where this process can post, and how fast. */
type ClaimRequest = {
  owner: string
  leaseMs: number
  max: number
  platforms: string[]
  /** Edits may be counted apart from posts. */
  pace(place: Place, edit: boolean): Pace | undefined
}

/** A row is not claimed when its turn comes later than this: somebody else's lane may be free now. */
const AHEAD_MS = 1_500

/**
 * Where many rows come due at once on a lane that was idle, its first turn is this late: their messages are drawn
 * meanwhile. Those that go out later than their turn come too close to the ones after them.
 */
const LEAD_MS = 300
const MANY_ROWS = 8

/** A row that was tried before is looked for first, which takes so many requests. */
const FIND_COST = 5

type Candidate = {
  key: string
  place: Place
  lane: string
  first_tried_at: number | null
  message: string | null
}

const IS_FREE = `(d.state = 'due' and d.due_at <= $1 or d.state = 'sending' and d.lease_until <= $1)`
// A select that gives one row or none, where `not exists` would do: PostgreSQL would join that with all that is due
// instead of looking at a few rows, and of ten thousand each claim would see them all.
const PLACE_IS_IDLE = `(d.message is not null or (select 1 from deliveries o where o.place = d.place
  and o.state = 'sending' and o.message is null and o.lease_until > $1 and o.key <> d.key limit 1) is null)`
/**
 * A place shows its messages in the order in which they were wished for; a thread waits for what it hangs on. Edits of
 * what stands there already hold up nothing, and wait for nothing.
 */
const IS_NEXT_IN_PLACE = `d.lane not in (select lane from lanes where next_at > $2)
  and (select 1 from lanes l where l.lane = d.place and l.next_at > $2 limit 1) is null
  and ${PLACE_IS_IDLE}
  and (d.message is not null or (select 1 from deliveries o where o.place = d.place
    and o.state in ('due', 'sending') and o.message is null
    and (o.created_at < d.created_at or o.created_at = d.created_at and o.key < d.key) limit 1) is null)
  and (d.parent is null or (select 1 from deliveries p where p.key = d.parent and p.state = 'sent') = 1)`

/** Taking rows of the ledger: under a lease, in the order of each place, at the pace of each lane. */
export function claims(engine: Engine) {
  /** Takes rows whose time has come, and reserves the moments of their requests, in one transaction. */
  async function claim({ owner, leaseMs, max, platforms, pace }: ClaimRequest): Promise<ClaimedDelivery[]> {
    if (platforms.length === 0 || max < 1) return []
    return engine.transaction(async query => {
      const now = await engine.clock(query)
      // Noted now, not when the claim is over: it may have waited for those of others, and turns do not wait with it.
      const here = performance.now()
      const where = platforms.map((_, index) => `$${index + 3}`).join(', ')
      const candidates: Candidate[] = []
      for (const [state, moment] of [
        ['sending', 'lease_until'],
        ['due', 'due_at'],
      ]) {
        if (candidates.length >= max) break
        candidates.push(
          ...(await query<Candidate>(
            `select d.key, d.place, d.lane, d.first_tried_at, d.message from deliveries d
            where d.state = '${state}' and d.${moment} <= $1 and d.platform in (${where}) and ${IS_NEXT_IN_PLACE}
            order by d.${moment}, d.key limit ${max - candidates.length} ${engine.forUpdateSkipLocked}`,
            [now, now + AHEAD_MS, ...platforms],
          )),
        )
      }
      const turns = await reserve(query, candidates, now, pace)
      if (turns.size === 0) return []
      const keys = [...turns.keys()]
      // A whole number: turns on a lane may lie between two, and only SQLite would take that.
      const lease = Math.ceil(Math.max(...turns.values()) + leaseMs)
      // The condition stands here again: without it two sessions of PostgreSQL may take the same row.
      const rows = await query<Row>(
        `update deliveries as d set state = 'sending', owner = $2, lease_until = $3, attempts = attempts + 1
        where d.key in (${keys.map((_, index) => `$${index + 4}`).join(', ')}) and ${IS_FREE} and ${PLACE_IS_IDLE}
        returning ${DELIVERY_COLUMNS}`,
        [now, owner, lease, ...keys],
      )
      return rows
        .map(deliveryFromRow)
        .map(one => {
          const waitMs = turns.get(one.key)! - now
          return { ...one, waitMs, turnAt: here + waitMs }
        })
        .sort((a, b) => a.waitMs - b.waitMs)
    })
  }

  /** Books the next free moment on the lane and the place of each candidate; those that come too late are left out. */
  async function reserve(
    query: Query,
    candidates: Candidate[],
    now: number,
    pace: ClaimRequest['pace'],
  ): Promise<Map<string, number>> {
    const paced = candidates.filter(one => pace(one.place, one.message !== null) !== undefined)
    const next = await lanes(query, [...new Set(paced.flatMap(one => [one.lane, one.place]))].sort())
    const turns = new Map<string, number>()
    const lanesOf = Map.groupBy(paced, one => one.lane)
    for (const [lane, rows] of lanesOf)
      if (rows.length > MANY_ROWS && (next.get(lane) ?? 0) <= now) next.set(lane, now + LEAD_MS)
    for (const one of candidates) {
      const given = pace(one.place, one.message !== null)
      if (!given) {
        turns.set(one.key, now)
        continue
      }
      const turn = Math.max(now, next.get(one.lane) ?? 0, next.get(one.place) ?? 0)
      if (turn > now + AHEAD_MS) continue
      turns.set(one.key, turn)
      next.set(one.lane, turn + given.laneMs * (one.first_tried_at === null ? 1 : FIND_COST))
      next.set(one.place, turn + given.placeMs)
    }
    if (next.size > 0) {
      // Whole milliseconds, right on the whole: rounded up each time, a lane of 20.9 ms would be one of 21.
      const rows = [...next].map(([lane, at]): Value[] => [lane, Math.floor(at + Math.random())])
      await query(
        `insert into lanes (lane, next_at) values ${placeholders(rows)}
        on conflict (lane) do update set next_at = excluded.next_at`,
        rows.flat(),
      )
    }
    return turns
  }

  /** The lanes as they are, held until the transaction is over; in one order, so that two claims never wait for each other. */
  async function lanes(query: Query, names: string[]): Promise<Map<string, number>> {
    if (names.length === 0) return new Map()
    await query(
      `insert into lanes (lane, next_at) values ${placeholders(names.map(name => [name, 0]))}
      on conflict (lane) do nothing`,
      names.flatMap(name => [name, 0]),
    )
    const rows = await query<{ lane: string; next_at: number }>(
      `select lane, next_at from lanes where lane in (${names.map((_, index) => `$${index + 1}`).join(', ')})
      order by lane ${engine.forUpdate}`,
      names,
    )
    return new Map(rows.map(row => [row.lane, row.next_at]))
  }

  return { claim: claim }
}
