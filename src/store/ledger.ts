import type { MessageRef } from '../chat/platform.ts'
import { insertDeliveries, type NewDelivery, replaceShownParts, type ShownPart } from './delivery.ts'
import type { Engine, Query, Value } from './engine.ts'

/**
 * A row in our hands: by whom, and by which claim. `attempts` tells two claims of one process apart: a row that waited
 * longer than its lease may be claimed by the same process again, and must not be posted twice.
 */
export type Claim = { key: string; owner: string; attempts?: number }

/** How a post is begun: by whom, for how long, what it shows, and which answer it is, so that the same is known again. */
export type NewClaim = { owner: string; leaseMs: number; shown: ShownPart[]; answer?: string }

/** Writes a post down that is made right now; false when that key was there already. */
export async function insertClaimed(
  query: Query,
  now: number,
  delivery: NewDelivery,
  { owner, leaseMs, shown, answer }: NewClaim,
): Promise<boolean> {
  const fresh = await insertDeliveries(query, [delivery], now)
  if (fresh.length === 0) return false
  await query(
    `update deliveries set state = 'sending', owner = $1, lease_until = $2, attempts = 1, first_tried_at = $3,
    settled_at = null, answer = $4 where key = $5`,
    [owner, now + leaseMs, now, answer ?? null, delivery.key],
  )
  await replaceShownParts(query, delivery.key, shown)
  return true
}

/**
 * Whether the message of a repair `r` shows the part as it was before it was put right. Of a story that was taken down it
 * shows nothing any more: what it showed is only kept for an audit.
 */
const SHOWS_OLD_REVISION = `exists (select 1 from causes c join shown s on s.part = c.part and s.key = r.key
  where c.cause = r.cause and s.revision < c.revision and not exists (select 1 from repairs w
    join causes d on d.cause = w.cause where w.key = r.key and d.kind = 'withdrawal' and d.story = c.story))`

/** Settling rows of the ledger: tried, and brought to an end, by whoever holds the lease. */
export function ledger(engine: Engine) {
  /** Changes a row that is ours, together with what belongs to the change; false when the lease is no longer ours. */
  const mine = (
    { key, owner, attempts }: Claim,
    set: string,
    values: Value[],
    also?: (query: Query, now: number) => Promise<unknown>,
  ): Promise<boolean> =>
    engine.transaction(async query => {
      const now = await engine.clock(query)
      const rows = await query(
        `update deliveries set ${set} where key = $1 and owner = $2 and state = 'sending' and lease_until > $3
        and attempts = coalesce(cast($4 as bigint), attempts) returning key`,
        [key, owner, now, attempts ?? null, ...values],
      )
      if (rows.length === 0) return false
      await also?.(query, now)
      return true
    })

  /** What waits for a message that will not come ends with it. */
  const withChildren =
    (state: 'failed' | 'doubt', key: string, error: string) => (query: Query, now: number) =>
      query(
        `update deliveries set state = $1, error = $2, settled_at = $3 where parent = $4 and state in ('due', 'sending')`,
        [state, error, now, key],
      )

  return {
    /** Puts rows into the ledger; a key that is there already stays as it is. Returns the keys that are new. */
    add: (all: NewDelivery[]): Promise<string[]> =>
      engine.transaction(async query => insertDeliveries(query, all, await engine.clock(query))),

    /**
     * Stands before the request: what it will show, when it was first tried, and a whole lease from now on. `first`
     * says that it cannot have shown anything before.
     */
    beginAttempt: (
      held: Claim,
      {
        leaseMs,
        selection,
        shown,
        thread,
        first,
      }: { leaseMs: number; selection?: string; shown: ShownPart[]; thread?: NewDelivery[]; first?: boolean },
    ) =>
      mine(
        held,
        'first_tried_at = coalesce(first_tried_at, $3), lease_until = $3 + $5, selection = coalesce($6, selection)',
        [Math.ceil(leaseMs), selection ?? null],
        async (query, now) => {
          await replaceShownParts(query, held.key, shown, first)
          await insertDeliveries(query, thread ?? [], now)
        },
      ),

    /**
     * It stands on the platform. `newsFrom` moves the start of the next edition's news; `repaired` are the causes that it
     * was redrawn for. What became wrong while it was on its way makes it due at once for an edit; so does a part that
     * was put right meanwhile, and is shown as it was before.
     */
    markSent: (
      held: Claim,
      message: MessageRef,
      {
        newsFrom,
        repaired = [],
      }: { newsFrom?: { place: string; digest: string; at: number }; repaired?: string[] } = {},
    ) =>
      mine(
        held,
        `state = case when exists (select 1 from repairs r where r.key = deliveries.key and r.state = 'pending'
          ${repaired.length > 0 ? `and (r.cause not in (${repaired.map((_, index) => `$${index + 6}`).join(', ')}) or ${SHOWS_OLD_REVISION})` : ''})
          then 'due' else 'sent' end,
        due_at = $3, message = $5, error = null, first_tried_at = null, lease_until = null, settled_at = $3`,
        [JSON.stringify(message), ...repaired],
        async (query, now) => {
          if (newsFrom)
            await query('update subscriptions set news_from = $1 where place = $2 and digest = $3', [
              newsFrom.at,
              newsFrom.place,
              newsFrom.digest,
            ])
          if (repaired.length > 0)
            await query(
              `update repairs as r set state = 'repaired', error = null, settled_at = $1 where r.key = $2
              and r.state = 'pending' and r.cause in (${repaired.map((_, index) => `$${index + 3}`).join(', ')})
              and not ${SHOWS_OLD_REVISION}`,
              [now, held.key, ...repaired],
            )
        },
      ),

    /** It was certainly not done, and is tried again. `first` says that no earlier attempt is in doubt either. */
    retryLater: (held: Claim, { inMs, error, first }: { inMs: number; error: string; first: boolean }) =>
      mine(
        held,
        `state = 'due', owner = null, lease_until = null, due_at = $3 + $5, error = $6,
        first_tried_at = case when $7 = 1 then null else first_tried_at end`,
        [inMs, error, first ? 1 : 0],
      ),

    /** It will not be tried again. */
    markFailed: (held: Claim, error: string) =>
      mine(
        held,
        `state = 'failed', error = $5, lease_until = null, settled_at = $3`,
        [error],
        withChildren('failed', held.key, error),
      ),

    /** Nobody can say whether it stands there. */
    markUnclear: (held: Claim, error: string) =>
      mine(
        held,
        `state = 'doubt', error = $5, lease_until = null, settled_at = $3`,
        [error],
        withChildren('doubt', held.key, error),
      ),

    /** There was nothing to say. */
    markQuiet: (held: Claim) => mine(held, `state = 'quiet', lease_until = null, settled_at = $3`, []),

    /** Writes down a post that is made right now, outside the queue; false when that key was there already. */
    addClaimed: (delivery: NewDelivery, opening: NewClaim): Promise<boolean> =>
      engine.transaction(async query => insertClaimed(query, await engine.clock(query), delivery, opening)),

    /** A message that cannot be changed any more: it stays as it is, and why is remembered. */
    markUneditable: (held: Claim, error: string): Promise<boolean> =>
      engine.transaction(async query => {
        const now = await engine.clock(query)
        const rows = await query(
          `update deliveries set state = 'sent', error = $4, lease_until = null, settled_at = $5
          where key = $1 and owner = $2 and state = 'sending' and attempts = coalesce(cast($3 as bigint), attempts)
          returning key`,
          [held.key, held.owner, held.attempts ?? null, error, now],
        )
        if (rows.length === 0) return false
        await query(
          `update repairs set state = 'impossible', error = $2, settled_at = $3 where key = $1 and state = 'pending'`,
          [held.key, error, now],
        )
        return true
      }),
  }
}
