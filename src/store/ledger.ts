import type { MessageRef } from '../chat/platform.ts'
import { isApproved } from './approvals/rows.ts'
import { settleTold } from './correcting/second-messages.ts'
import { insertDeliveries, type NewDelivery, replaceShownParts, type ShownPart } from './delivery.ts'
import type { Engine, Query, Value } from './engine.ts'
import { listPlaceholders } from './sql.ts'
import { type NewsTold, noteNewsTold } from './wire/news-told.ts'

/**
 * A claimed row: whose it is, and by which claim. `attempts` tells two claims of one process apart: if a row waits
 * longer than its lease, the same process may claim it again, and must not post it twice.
 */
export type Claim = { key: string; owner: string; attempts?: number }

/**
 * A post that begins: who posts it, how long the lease is, what it shows, and which answer it is, to find the same
 * again.
 */
export type NewClaim = { owner: string; leaseMs: number; shown: ShownPart[]; answer?: string }

/**
 * An attempt that begins. `thread` are its thread replies; `first` says that it cannot have shown anything before. With
 * `approved`, the hash of what it posts, it only begins while the desk's approval of exactly that is valid.
 */
type Attempt = {
  leaseMs: number
  selection?: string
  shown: ShownPart[]
  thread?: NewDelivery[]
  first?: boolean
  approved?: string
}

/**
 * What a sent message changes: where the next edition's news starts and what is still owed before that, the causes for which it was redrawn, and those that
 * were taken back and for which it was redrawn without them.
 */
type SentChanges = {
  newsFrom?: NewsTold
  repaired?: string[]
  takenBack?: string[]
}

/** Adds rows to the ledger, and settles them for the process that holds their lease; false if it no longer does. */
export function ledger(engine: Engine) {
  return {
    /** Adds rows to the ledger and returns the keys that are new. A row whose key exists already stays as it is. */
    add: (deliveries: NewDelivery[]): Promise<string[]> =>
      engine.transaction(async query => insertDeliveries(query, deliveries, await engine.clock(query))),

    /** Adds a row for a post that is made at once, outside the queue; false if its key exists already. */
    addClaimed: (delivery: NewDelivery, claim: NewClaim): Promise<boolean> =>
      engine.transaction(async query => insertClaimed(query, await engine.clock(query), delivery, claim)),

    /**
     * Must be called before the request: records what the message will show and when it was first tried, adds its
     * thread replies, and extends the lease to its whole length from now on.
     */
    beginAttempt: (claim: Claim, { leaseMs, selection, shown, thread = [], first, approved }: Attempt) =>
      updateClaimed(
        engine,
        claim,
        'first_tried_at = coalesce(first_tried_at, $3), lease_until = $3 + $5, selection = coalesce($6, selection)',
        [Math.ceil(leaseMs), selection ?? null],
        async (query, now) => {
          await replaceShownParts(query, claim.key, shown, first)
          await insertDeliveries(query, thread, now)
        },
        approved === undefined ? undefined : query => isApproved(engine, query, claim.key, approved),
      ),

    /** Lets an edition wait until the desk has approved it. `first` says that it was surely never posted. */
    markHeld: (claim: Claim, { first }: { first: boolean }) =>
      updateClaimed(
        engine,
        claim,
        `state = 'held', owner = null, lease_until = null,
        first_tried_at = case when $5 = 1 then null else first_tried_at end`,
        [first ? 1 : 0],
      ),

    /**
     * Records that the message is posted. If a correction arrived while it was on its way, the row becomes due at once
     * for an edit; so it does if a part was corrected meanwhile and the message shows it as it was before.
     */
    markSent: (claim: Claim, message: MessageRef, changes: SentChanges = {}) =>
      markSent(engine, claim, message, changes),

    /** Tries again later what was certainly not done. `first` says that no earlier attempt is in doubt either. */
    retryLater: (claim: Claim, { inMs, error, first }: { inMs: number; error: string; first: boolean }) =>
      updateClaimed(
        engine,
        claim,
        `state = 'due', owner = null, lease_until = null, due_at = $3 + $5, error = $6,
        first_tried_at = case when $7 = 1 then null else first_tried_at end`,
        [inMs, error, first ? 1 : 0],
      ),

    /** Gives the row up, with what waits for it. */
    markFailed: (claim: Claim, error: string) =>
      updateClaimed(
        engine,
        claim,
        `state = 'failed', error = $5, lease_until = null, settled_at = $3`,
        [error],
        endChildren('failed', claim.key, error, { failed: error }),
      ),

    /** Marks the row as in doubt, with what waits for it: it may or may not be posted. */
    markUnclear: (claim: Claim, error: string) =>
      updateClaimed(
        engine,
        claim,
        `state = 'doubt', error = $5, lease_until = null, settled_at = $3`,
        [error],
        endChildren('doubt', claim.key, error, 'doubt'),
      ),

    /** Ends a row that had nothing new to say. */
    markQuiet: (claim: Claim) =>
      updateClaimed(engine, claim, `state = 'quiet', lease_until = null, settled_at = $3`, []),

    /** Records that a message can no longer be edited, and why: it stays as it is, and its repairs are impossible. */
    markUneditable: (claim: Claim, error: string): Promise<boolean> => markUneditable(engine, claim, error),
  }
}

/** Adds a row for a post that is made at once; false if its key exists already. */
export async function insertClaimed(
  query: Query,
  now: number,
  delivery: NewDelivery,
  { owner, leaseMs, shown, answer }: NewClaim,
): Promise<boolean> {
  const newKeys = await insertDeliveries(query, [delivery], now)
  if (newKeys.length === 0) return false
  await query(
    `update deliveries set state = 'sending', owner = $1, lease_until = $2, attempts = 1, first_tried_at = $3,
    settled_at = null, answer = $4 where key = $5`,
    [owner, now + leaseMs, now, answer ?? null, delivery.key],
  )
  await replaceShownParts(query, delivery.key, shown)
  return true
}

/**
 * Updates a claimed row, and does what belongs to the change in the same transaction; false if the lease is not ours.
 */
function updateClaimed(
  engine: Engine,
  { key, owner, attempts }: Claim,
  set: string,
  values: Value[],
  andThen?: (query: Query, now: number) => Promise<unknown>,
  mayBegin?: (query: Query) => Promise<boolean>,
): Promise<boolean> {
  return engine.transaction(async query => {
    if (mayBegin && !(await mayBegin(query))) return false
    const now = await engine.clock(query)
    const rows = await query(
      `update deliveries set ${set} where key = $1 and owner = $2 and state = 'sending' and lease_until > $3
      and attempts = coalesce(cast($4 as bigint), attempts) returning key`,
      [key, owner, now, attempts ?? null, ...values],
    )
    if (rows.length === 0) return false
    await andThen?.(query, now)
    return true
  })
}

/** What waits for a message that will not be posted ends with it, and so does what it should have told. */
const endChildren =
  (state: 'failed' | 'doubt', key: string, error: string, untold: { failed: string } | 'doubt') =>
  async (query: Query, now: number) => {
    await query(
      `update deliveries set state = $1, error = $2, settled_at = $3 where parent = $4 and state in ('due', 'sending')`,
      [state, error, now, key],
    )
    await settleTold(query, key, untold, now)
  }

/**
 * Whether the message of a repair `r` shows the part as it was before the correction. A message whose story was taken
 * down shows nothing of it any more: what it showed is only kept for an audit.
 */
const SHOWS_OLD_REVISION = `r.back = 0 and exists (select 1 from causes c join shown s on s.part = c.part
  and s.key = r.key where c.cause = r.cause and s.revision < c.revision and not exists (select 1 from repairs w
    join causes d on d.cause = w.cause where w.key = r.key and w.back = 0 and d.kind = 'withdrawal'
    and d.story = c.story))`

/** Whether a cause is one of a list whose values begin at a placeholder. */
const isOneOf = (causes: string[], first: number) =>
  causes.length > 0 ? `r.cause in (${listPlaceholders(causes, first)})` : 'false'

function markSent(
  engine: Engine,
  claim: Claim,
  message: MessageRef,
  { newsFrom, repaired = [], takenBack = [] }: SentChanges,
): Promise<boolean> {
  const redrawnFor = [...repaired, ...takenBack]
  // A cause may have been taken back, or put back, while its message was on the way: then it was not redrawn for that.
  const isDone = (first: number) =>
    `(r.back = 0 and ${isOneOf(repaired, first)} or r.back = 1 and ${isOneOf(takenBack, first + repaired.length)})`
  const stillWrong = redrawnFor.length > 0 ? `and (not ${isDone(7)} or ${SHOWS_OLD_REVISION})` : ''
  return updateClaimed(
    engine,
    claim,
    `state = case when exists (select 1 from repairs r where r.key = deliveries.key and r.state = 'pending'
      ${stillWrong}) then 'due' else 'sent' end,
    due_at = $3, message = $5, message_id = $6, error = null, first_tried_at = null, lease_until = null, settled_at = $3`,
    [JSON.stringify(message), message.id, ...redrawnFor],
    async (query, now) => {
      await settleTold(query, claim.key, 'told', now)
      if (newsFrom) await noteNewsTold(query, newsFrom)
      if (redrawnFor.length > 0)
        await query(
          `update repairs as r set state = 'repaired', error = null, settled_at = $1 where r.key = $2
          and r.state = 'pending' and ${isDone(3)} and not (${SHOWS_OLD_REVISION})`,
          [now, claim.key, ...redrawnFor],
        )
    },
  )
}

function markUneditable(engine: Engine, { key, owner, attempts }: Claim, error: string): Promise<boolean> {
  return engine.transaction(async query => {
    const now = await engine.clock(query)
    const rows = await query(
      `update deliveries set state = 'sent', error = $4, lease_until = null, settled_at = $5
      where key = $1 and owner = $2 and state = 'sending' and attempts = coalesce(cast($3 as bigint), attempts)
      returning key`,
      [key, owner, attempts ?? null, error, now],
    )
    if (rows.length === 0) return false
    await query(
      `update repairs set state = 'impossible', error = $2, settled_at = $3 where key = $1 and state = 'pending'`,
      [key, error, now],
    )
    return true
  })
}
