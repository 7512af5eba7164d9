import type { Reply } from '../chat/reply.ts'
import type { Delivery } from '../store/delivery.ts'

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

const read = ({ kind, selection }: Delivery): LateAnswer =>
  kind === 'answer' ? (JSON.parse(selection ?? '{}') as LateAnswer) : {}
