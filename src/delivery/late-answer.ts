import type { CallOutcome } from '../chat/platform.ts'
import type { Reply } from '../chat/reply.ts'
import type { Delivery } from '../store/delivery.ts'
import type { DeliveryOutcome } from './attempt.ts'

/** What the row of an answer keeps that may be posted late. A reply that shows no part is kept as it was given. */
type LateAnswer = { late?: true; reply?: Reply }

/** After this long nobody waits for an answer to a mention any more, and a channel has moved on. */
const TOO_LATE_MS = 15 * 60_000

/**
 * Makes what the row of an answer keeps for which nobody waits. One that shows parts of stories is answered anew when it
 * is its turn; another one, such as a refusal, can only be what it was.
 */
export const lateAnswer = (reply: Reply): LateAnswer => ({
  late: true,
  ...(reply.parts.length === 0 && { reply }),
})

/** Whether a row is an answer that may be posted late: an answer to a mention. */
export const mayBeLate = (row: Delivery): boolean => read(row).late === true

/** Reads the reply that a row keeps as it was given; undefined where it is answered anew. */
export const lateReplyOf = (row: Delivery): Reply | undefined => read(row).reply

/** Whether an answer to a mention comes too late to be posted. */
export const isTooLate = (row: Delivery, now: number): boolean =>
  mayBeLate(row) && now - row.createdAt > TOO_LATE_MS

/**
 * How the call of an answer that may be late has ended, once an attempt to deliver its row has; undefined while it waits on,
 * and for every other row.
 */
export function lateOutcome(row: Delivery, outcome: DeliveryOutcome): CallOutcome | undefined {
  // A message that is only edited was counted when it was posted.
  if (row.message !== undefined || !mayBeLate(row)) return undefined
  if (outcome === 'sent') return 'posted'
  return outcome === 'failed' || outcome === 'doubt' ? 'unposted' : undefined
}

const read = ({ kind, selection }: Delivery): LateAnswer =>
  kind === 'answer' ? (JSON.parse(selection ?? '{}') as LateAnswer) : {}
