import type { Log, Platform } from '../chat/platform.ts'
import type { Reply } from '../chat/reply.ts'
import type { ClaimedDelivery } from '../store/claims.ts'
import type { Delivery, NewDelivery, ShownPart } from '../store/delivery.ts'
import type { Failure } from '../store/failure-text.ts'
import type { Claim } from '../store/ledger.ts'
import type { Store } from '../store/store.ts'

/**
 * What a row will show: the reply, the selection it is drawn from, the revisions of its parts, and the row of its
 * thread reply, if it has one. `approved` is the hash of what the desk has approved, `repaired` names the causes that an existing message is redrawn for,
 * `takenBack` those that it is redrawn without.
 */
export type Composed = {
  reply: Reply
  selection: string
  shown: ShownPart[]
  thread?: NewDelivery[]
  approved?: string
  repaired?: string[]
  takenBack?: string[]
}

/**
 * Draws the message of a row; undefined if there is nothing to say, and `held` if it must wait for the desk's approval. A
 * stored selection is never selected anew.
 */
export type Compose = (delivery: Delivery) => Promise<Composed | 'held' | undefined>

/** Times of a delivery. A lease lasts at least twice as long as a request may take. */
export type DeliveryTimes = {
  leaseMs: number
  requestTimeoutMs: number
  backOffMs: number
  maxBackOffMs: number
  giveUpAfterMs: number
}

/** The times of a real bot; tests use shorter ones. */
export const DELIVERY_TIMES: DeliveryTimes = {
  leaseMs: 30_000,
  requestTimeoutMs: 12_000,
  backOffMs: 2_000,
  maxBackOffMs: 5 * 60_000,
  giveUpAfterMs: 6 * 3_600_000,
}

/**
 * How an attempt to deliver a row ended, for metrics. `told` means that a second message says what cannot be edited, `lost`
 * that the row was no longer ours to settle, `held` that it waits for the desk's approval.
 */
export type DeliveryOutcome =
  | 'sent'
  | 'told'
  | 'quiet'
  | 'again'
  | 'unknown'
  | 'failed'
  | 'doubt'
  | 'lost'
  | 'held'

/**
 * What delivering needs. `reportTrouble` and `reportMended` notify editors, once of each; `closeTrouble` ends a trouble
 * that was not fixed, because nothing more is tried.
 */
export type DeliverOptions = {
  store: Store
  owner: string
  platform(name: string): Platform | undefined
  compose: Compose
  reportTrouble(delivery: Delivery, why: Failure): Promise<void>
  reportMended(delivery: Delivery): Promise<void>
  closeTrouble(delivery: Delivery): Promise<void>
  pauseDigest(delivery: Delivery, reason: string | undefined): Promise<void>
  times: DeliveryTimes
  log: Log
}

/** One attempt to deliver a claimed row. `failures` counts this attempt and those before it that failed. */
export type Attempt = { row: ClaimedDelivery; work: DeliverOptions; claim: Claim; failures: number }
