import type { Engine, Query, Value } from '../engine.ts'
import { inBatches, listPlaceholders, rowPlaceholders, runInTurn } from '../sql.ts'
import type { FeedState, WebSub } from './feeds.ts'
import { type Arrivals, type Outcome, storeUpdates } from './store-updates.ts'

/** Who claims feeds: a process, those that it knows, and how long each may be asked again at the earliest after that. */
export type ClaimFeeds = {
  owner: string
  names: string[]
  max: number
  leaseMs: number
  intervalMs(state: FeedState): number
}

/** A feed that one process may ask now. `now` is the store's time. */
export type ClaimedFeed = { state: FeedState; now: number }

/** How a poll ended: what is known of the feed now, and how long nobody asks it again. */
export type PollEnd = { name: string; owner: string; state: FeedState; waitMs: number }

type FeedRow = { name: string; url: string; state: string; next_poll_at: number }

/** The name of the turn in which everything of the wire is stored. */
export const WIRE_TURN = 'wire'
const BATCH = 200

/** The feeds and how they are polled: by one process at a time, and never earlier than a feed wishes. */
export const polls = (engine: Engine) => ({
  /** Notes feeds that are new, which are due at once, and begins anew with those whose address is another one. */
  sync: async (feeds: { name: string; url: string }[]): Promise<void> => {
    for (const batch of inBatches(feeds, BATCH))
      await engine.transaction(async query => {
        const now = await engine.clock(query)
        const state = JSON.stringify(freshState)
        const rows = batch.map(({ name, url }): Value[] => [name, url, state, now])
        await query(
          `insert into feeds (name, url, state, next_poll_at) values ${rowPlaceholders(rows)}
          on conflict (name) do update set url = excluded.url, state = excluded.state,
            next_poll_at = excluded.next_poll_at where feeds.url <> excluded.url`,
          rows.flat(),
        )
      })
  },

  /** What is known of some feeds, by name. One that was never noted has no state. */
  states: async (names: string[]): Promise<Map<string, FeedState>> => {
    const states = new Map<string, FeedState>()
    for (const batch of inBatches(names, BATCH))
      for (const row of await engine.query<FeedRow>(
        `select name, url, state, next_poll_at from feeds where name in (${listPlaceholders(batch)})`,
        batch,
      ))
        states.set(row.name, stateFromRow(row))
    return states
  },

  /**
   * Takes feeds that are due. When they may be asked again is noted before they are asked: after a crash, nobody asks
   * earlier than that, however often processes start.
   */
  claim: ({ owner, names, max, leaseMs, intervalMs }: ClaimFeeds): Promise<ClaimedFeed[]> =>
    engine.transaction(async query => {
      const now = await engine.clock(query)
      const claimed: ClaimedFeed[] = []
      for (const batch of inBatches(names, BATCH)) {
        if (claimed.length >= max) break
        const rows = await query<FeedRow>(
          `select d.name, d.url, d.state, d.next_poll_at from feeds d where d.name in (${listPlaceholders(batch, 2)})
            and d.next_poll_at <= $1 and (d.lease_until is null or d.lease_until <= $1)
          order by d.next_poll_at limit ${max - claimed.length} ${engine.forUpdateSkipLocked}`,
          [now, ...batch],
        )
        for (const row of rows) {
          const nextPollAt = now + Math.ceil(intervalMs(stateFromRow(row)))
          const state: FeedState = { ...stateFromRow(row), askedAt: now, nextPollAt }
          await query(
            'update feeds set owner = $2, lease_until = $3, next_poll_at = $4, state = $5 where name = $1',
            [row.name, owner, now + leaseMs, nextPollAt, stateText(state)],
          )
          claimed.push({ state, now })
        }
      }
      return claimed
    }),

  /** Ends a poll that brought no body; false if another process has the feed meanwhile. */
  end: (poll: PollEnd): Promise<boolean> =>
    engine.transaction(async query => endPoll(engine, query, await engine.clock(query), poll)),

  /**
   * Ends a poll and stores what it brought, in one transaction. `after` gives the end once it is known what became of the
   * items. Undefined, and nothing is stored, if another process has the feed meanwhile.
   */
  endWithItems: async (
    arrivals: Arrivals,
    after: (outcomes: Outcome[]) => PollEnd,
  ): Promise<Outcome[] | undefined> => {
    try {
      return await runInTurn(engine, WIRE_TURN, async (query, now) => {
        const outcomes = await storeUpdates(query, now, arrivals)
        if (!(await endPoll(engine, query, now, after(outcomes)))) throw LEASE_IS_LOST
        return outcomes
      })
    } catch (cause) {
      if (cause === LEASE_IS_LOST) return undefined
      throw cause
    }
  },

  /**
   * Notes what the hub of a feed was asked for, or has confirmed: `change` gives that from what is known now, or undefined to
   * change nothing. Resolves with what was noted. A poll under way changes nothing of it.
   */
  changeWebSub: (
    name: string,
    change: (state: FeedState) => WebSub | undefined,
  ): Promise<WebSub | undefined> =>
    engine.transaction(async query => {
      const row = await lockedFeed(engine, query, name)
      const webSub = row && change(stateFromRow(row))
      if (!webSub) return undefined
      const state = stateText({ ...stateFromRow(row), webSub })
      await query('update feeds set state = $2 where name = $1', [name, state])
      return webSub
    }),

  /**
   * Makes a feed due now, or at a later moment, unless it is due before or gone; false if there is none of this name that may
   * be asked.
   */
  makeDue: (name: string, earliest = 0): Promise<boolean> =>
    engine.transaction(async query => {
      const now = await engine.clock(query)
      const row = await lockedFeed(engine, query, name)
      if (!row || stateFromRow(row).isGone) return false
      const at = Math.max(now, earliest)
      await query('update feeds set next_poll_at = $2 where name = $1 and next_poll_at > $2', [name, at])
      return true
    }),

  /** Makes a feed due sooner, if it is due when we think and nobody asks it now. */
  bringForward: async (name: string, { from, to }: { from: number; to: number }): Promise<void> => {
    const now = await engine.clock(engine.query)
    await engine.query(
      `update feeds set next_poll_at = $3 where name = $1 and next_poll_at = $2
        and (lease_until is null or lease_until <= $4)`,
      [name, from, to, now],
    )
  },

  /** When the next of some feeds is due; undefined if there is none. */
  nextPollAt: async (names: string[]): Promise<number | undefined> => {
    let next: number | undefined
    for (const batch of inBatches(names, BATCH)) {
      const [row] = await engine.query<{ at: number | null }>(
        `select min(next_poll_at) as at from feeds where name in (${listPlaceholders(batch)})`,
        batch,
      )
      if (row?.at != null) next = Math.min(next ?? row.at, row.at)
    }
    return next
  },
})

const LEASE_IS_LOST = new Error('store: another process polls the feed')

const freshState = { keyKind: 'guid', failures: 0, isGone: false } satisfies Partial<FeedState>

const stateFromRow = ({ name, url, state, next_poll_at }: FeedRow): FeedState => ({
  ...(JSON.parse(state) as FeedState),
  name,
  url,
  nextPollAt: next_poll_at,
})

/** What has no column of its own. */
const stateText = ({ name: _name, url: _url, nextPollAt: _at, ...state }: FeedState): string =>
  JSON.stringify(state)

async function lockedFeed(engine: Engine, query: Query, name: string): Promise<FeedRow | undefined> {
  const sql = `select name, url, state, next_poll_at from feeds where name = $1 ${engine.forUpdate}`
  const [row] = await query<FeedRow>(sql, [name])
  return row
}

/** Stores the end of a poll, with what its hub said meanwhile: that it wakes us, or that there is something new. */
async function endPoll(
  engine: Engine,
  query: Query,
  now: number,
  { name, owner, state, waitMs }: PollEnd,
): Promise<boolean> {
  const row = await lockedFeed(engine, query, name)
  if (!row) return false
  const stored = stateText({ ...state, webSub: stateFromRow(row).webSub })
  // What it is woken for may have come after the answer that this poll got.
  const isWoken = row.next_poll_at < state.nextPollAt && state.failures === 0
  const nextAt = now + Math.ceil(waitMs)
  const rows = await query(
    `update feeds set state = $4, next_poll_at = $5, lease_until = null, owner = null
    where name = $1 and owner = $2 and url = $3 returning name`,
    [name, owner, state.url, stored, isWoken ? Math.min(row.next_poll_at, nextAt) : nextAt],
  )
  return rows.length > 0
}
