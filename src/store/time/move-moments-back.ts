import type { Query } from '../engine.ts'

/**
 * What waits for a moment, and what is held until one. The order in which waiting posts were added moves too, or they
 * would wait for all that are added meanwhile; so does the moment of a first attempt, from which its age is counted.
 *
 * What is settled stays as it was, and so do the slots of digests: a slot that was taken up is never taken up again.
 */
const MOVES = [
  'update lanes set next_at = next_at - $1 where next_at > $2',
  'update leases set until = until - $1 where until > $2',
  `update deliveries set lease_until = lease_until - $1 where state = 'sending' and lease_until > $2`,
  `update deliveries set due_at = due_at - $1 where state = 'due' and due_at > $2`,
  'update feeds set next_poll_at = next_poll_at - $1 where next_poll_at > $2',
  'update feeds set lease_until = lease_until - $1 where lease_until > $2',
]
const AGES = [
  // An answer is posted outside the queue, and drawn anew from the content of the moment at which it was added.
  `update deliveries set created_at = created_at - $1
    where state in ('due', 'sending') and message is null and kind <> 'answer'`,
  `update deliveries set first_tried_at = first_tried_at - $1
    where state in ('due', 'sending') and first_tried_at is not null`,
]

/** Moves all that waits back by some milliseconds, so that it waits as long as before a clock was set back to `now`. */
export async function moveMomentsBack(query: Query, now: number, byMs: number): Promise<void> {
  for (const statement of MOVES) await query(statement, [byMs, now])
  for (const statement of AGES) await query(statement, [byMs])
}
