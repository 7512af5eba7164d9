import { setTimeout as sleep } from 'node:timers/promises'
import { DeliveryError, type MessageRef, type Platform, platformOf } from '../chat/platform.ts'
import type { Reply } from '../chat/reply.ts'
import type { ClaimedDelivery } from '../store/claims.ts'
import type { Delivery } from '../store/delivery.ts'
import type { Store } from '../store/store.ts'
import type { Attempt, DeliverOptions, DeliveryOutcome } from './attempt.ts'
import { isTooLate, mayBeLate } from './late-answer.ts'
import { tellInSecondMessage } from './second-message.ts'
import { settleFailed, settleFailure, settleSent, settleUnclear } from './settle-attempt.ts'

/** Where the requests of an attempt go: the platform, the thread, and the earliest moment by `performance.now`. */
type Target = { platform: Platform; under: string | undefined; turnAt: number }

/**
 * Posts or edits one claimed row and settles it. If an earlier attempt ended without a known outcome, its message is
 * looked for first; if the platform does not let us look, the row stops in doubt. Never rejects because of a platform.
 * It rejects if the store fails: then the lease expires and the row is claimed again. No request goes out before
 * `turnAt` (by `performance.now`).
 */
export async function deliver(
  row: ClaimedDelivery,
  work: DeliverOptions,
  turnAt = 0,
): Promise<DeliveryOutcome> {
  const { store, owner, times } = work
  const claim = { key: row.key, owner, attempts: row.attempts }
  // Attempts that ended with their process are no reason to wait: only those that failed count.
  const failures = row.error === undefined ? 1 : row.attempts
  const attempt: Attempt = { row, work, claim, failures }
  const platform = work.platform(platformOf(row.place))
  if (!platform)
    return settleFailure(
      attempt,
      new DeliveryError(`deliver: no platform for ${row.place}`, { outcome: 'unsent', retryInMs: 60_000 }),
    )
  const target: Target = { platform, under: await threadOf(row, store), turnAt }
  const earlier = await settleEarlierPost(attempt, target)
  if (earlier !== undefined && earlier !== 'absent') return earlier

  const composed = await returnDeliveryError(() => work.compose(row))
  if (composed instanceof DeliveryError) return settleFailure(attempt, composed)
  if (composed === 'held') return hold(attempt, earlier)
  if (!composed) {
    await store.ledger.markQuiet(claim)
    return 'quiet'
  }
  if (row.message !== undefined && platform.repairs?.(row.place) === 'second message')
    return tellInSecondMessage(attempt, composed, platform.pace?.(row.place).lane ?? row.place)
  const begun = await store.ledger.beginAttempt(claim, {
    leaseMs: times.leaseMs + Math.max(0, turnAt - performance.now()),
    selection: composed.selection,
    shown: composed.shown,
    thread: composed.thread,
    first: row.attempts === 1 && row.message === undefined,
    approved: composed.approved,
  })
  // An editor may have stopped it in this moment.
  if (!begun) return composed.approved === undefined ? 'lost' : hold(attempt, earlier)
  await waitForTurn(turnAt)
  const message = await returnDeliveryError(() => postOrEdit(attempt, target, composed.reply))
  return message instanceof DeliveryError
    ? settleFailure(attempt, message)
    : settleSent(attempt, message, composed)
}

/**
 * Looks for the message of an earlier attempt whose outcome is unknown, and settles the row if that decides it.
 * `absent` if it was looked for and is not there, and undefined if it may safely be posted without that.
 */
async function settleEarlierPost(
  attempt: Attempt,
  { platform, under, turnAt }: Target,
): Promise<DeliveryOutcome | 'absent' | undefined> {
  const { row, work } = attempt
  if (row.firstTriedAt === undefined || row.message !== undefined) return undefined
  const since = row.firstTriedAt
  // For a limited time the platform itself makes a repeat with the same key the same message.
  const ageMs = (await work.store.clock()) - since
  // It began in the future: the clock was set back since, and nobody knows how long ago that was.
  const deduplicates = ageMs >= 0 && ageMs < (platform.deduplicatesForMs ?? 0)
  const maySendAgain = row.kind !== 'answer' || mayBeLate(row)
  if (maySendAgain && deduplicates) return undefined
  await waitForTurn(turnAt)
  const message = await returnDeliveryError(() => platform.findPost(row.place, row.key, { since, under }))
  if (message instanceof DeliveryError) return settleUnclear(attempt, message)
  if (message) return settleSent(attempt, message)
  // Such an answer is not posted late: its caller was told that it is unclear, and may have asked again.
  if (!maySendAgain || isTooLate(row, await work.store.clock()))
    return settleFailed(attempt, new DeliveryError('deliver: it was never posted', { outcome: 'unsent' }))
  return 'absent'
}

/** Lets a row wait for the desk. One that may be posted already stays known as that, unless it was just looked for. */
async function hold({ work, claim }: Attempt, earlier: 'absent' | undefined): Promise<DeliveryOutcome> {
  const isHeld = await work.store.ledger.markHeld(claim, { first: earlier === 'absent' })
  return isHeld ? 'held' : 'lost'
}

async function postOrEdit(
  { row, work }: Attempt,
  { platform, under }: Target,
  reply: Reply,
): Promise<MessageRef> {
  const { place, key, message } = row
  const signal = AbortSignal.timeout(work.times.requestTimeoutMs)
  if (!message) return platform.post(place, reply, { key, signal, under, triedAgain: true })
  await platform.edit(message, reply, { key, triedAgain: true })
  return message
}

/** The thread that a row belongs in: that of its parent, or under its parent, or the one an answer was asked in. */
async function threadOf(row: Delivery, store: Store): Promise<string | undefined> {
  const parent = row.parent === undefined ? undefined : await store.ledger.find(row.parent)
  // A reply to a message that is itself in a thread belongs in that same thread.
  return parent?.message?.under ?? parent?.message?.id ?? answerThread(row)
}

function answerThread(row: Delivery): string | undefined {
  if (row.kind !== 'answer' || row.selection === undefined) return undefined
  return (JSON.parse(row.selection) as { under?: string }).under
}

async function waitForTurn(turnAt: number): Promise<void> {
  const waitMs = turnAt - performance.now()
  if (waitMs > 0) await sleep(waitMs)
}

/** Returns a `DeliveryError` instead of throwing it; every other failure is thrown. */
async function returnDeliveryError<Result>(work: () => Promise<Result>): Promise<Result | DeliveryError> {
  try {
    return await work()
  } catch (cause) {
    if (cause instanceof DeliveryError) return cause
    throw cause
  }
}
