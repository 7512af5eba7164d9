import { setTimeout as sleep } from 'node:timers/promises'
import { DeliveryError, type Log, type MessageRef, type Platform, platformOf } from '../chat/platform.ts'
import type { Reply } from '../chat/reply.ts'
import { phrases } from '../phrases/phrases.ts'
import type { ClaimedDelivery } from '../store/claims.ts'
import type { Delivery, NewDelivery, ShownPart } from '../store/delivery.ts'
import { type Failure, formatFailure } from '../store/failure.ts'
import type { Store } from '../store/store.ts'

/**
 * What a row will show: the reply, what was selected for it, and the row of the thread reply where there is one.
 * `repaired` are the causes that a message which stands already is redrawn for.
 */
export type Composed = {
  reply: Reply
  selection: string
  shown: ShownPart[]
  thread?: NewDelivery[]
  newsFrom?: number
  repaired?: string[]
}

/** Draws the message of a row; undefined where there is nothing to say. What was selected once is not selected again. */
export type Compose = (delivery: Delivery) => Promise<Composed | undefined>

/** How deliveries are made. A lease is at least twice the time that a request may take. */
export type DeliveryTimes = {
  leaseMs: number
  requestTimeoutMs: number
  backOffMs: number
  maxBackOffMs: number
  giveUpAfterMs: number
}

/** The times of a real bot. */
export const DELIVERY_TIMES: DeliveryTimes = {
  leaseMs: 30_000,
  requestTimeoutMs: 12_000,
  backOffMs: 2_000,
  maxBackOffMs: 5 * 60_000,
  giveUpAfterMs: 6 * 3_600_000,
}

/** After so many attempts in vain the desk hears of it. */
const TROUBLE_AFTER = 5

/** What became of a row, for whoever counts. */
export type DeliveryOutcome = 'sent' | 'quiet' | 'again' | 'unknown' | 'failed' | 'doubt' | 'lost'

/**
 * What delivering needs. `trouble` and `healed` tell the desk, once of each; `ended` that a trouble is
 * over without being mended.
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

/**
 * Brings one claimed row to its end: post or edit it, settle it. A row that was tried before without a known end is
 * looked for on its platform first; where the platform will not let us look, it stops in doubt. Never rejects for
 * what a platform did; it does when the store fails, and then the lease runs out and the row is taken up again.
 * `turn` (by `performance.now`) is the moment before which no request may go out.
 */
export async function deliver(
  row: ClaimedDelivery,
  work: DeliverOptions,
  turn = 0,
): Promise<DeliveryOutcome> {
  const { store, owner, times, log } = work
  const held = { key: row.key, owner, attempts: row.attempts }
  // Attempts that ended with a process are no reason to wait: only those count that failed.
  const failures = row.error === undefined ? 1 : row.attempts
  const platform = work.platform(platformOf(row.place))
  if (!platform)
    return settle(
      new DeliveryError(`deliver: no platform for ${row.place}`, { outcome: 'unsent', retryInMs: 60_000 }),
    )

  const parent = row.parent === undefined ? undefined : await store.ledger.find(row.parent)
  // What hangs on a message in a thread belongs in that thread.
  const thread = parent?.message?.under ?? parent?.message?.id ?? answerThread(row)
  const under = thread === undefined ? {} : { under: thread }

  if (row.firstTriedAt !== undefined && row.message === undefined) {
    const now = await store.clock()
    // The platform itself makes a repeat with the same key one message, but only for so long.
    const safe = row.kind !== 'answer' && now - row.firstTriedAt < (platform.deduplicatesForMs ?? 0)
    if (!safe) {
      await itsTurn()
      const found = await findMessage(platform, row, { since: row.firstTriedAt, ...under })
      if (found instanceof DeliveryError) return unclear(found)
      if (found) return sent(found)
      // Whoever asked was told that it is not sure; they may have asked again since.
      if (row.kind === 'answer')
        return failed(new DeliveryError('deliver: it was never posted', { outcome: 'unsent' }))
    }
  }

  const composed = await work.compose(row).catch((cause: unknown) => {
    if (cause instanceof DeliveryError) return cause
    throw cause
  })
  if (composed instanceof DeliveryError) return settle(composed)
  if (!composed) {
    await store.ledger.markQuiet(held)
    return 'quiet'
  }
  const began = await store.ledger.beginAttempt(held, {
    leaseMs: times.leaseMs + Math.max(0, turn - performance.now()),
    selection: composed.selection,
    shown: composed.shown,
    first: row.attempts === 1 && row.message === undefined,
    ...(composed.thread && { thread: composed.thread }),
  })
  if (!began) return 'lost'
  await itsTurn()
  try {
    return await sent(await show(platform, composed.reply), composed)
  } catch (cause) {
    if (!(cause instanceof DeliveryError)) throw cause
    return settle(cause)
  }

  async function itsTurn() {
    const wait = turn - performance.now()
    if (wait > 0) await sleep(wait)
  }

  async function show(on: Platform, reply: Reply): Promise<MessageRef> {
    const signal = AbortSignal.timeout(times.requestTimeoutMs)
    if (row.message) {
      await on.edit(row.message, reply, { key: row.key })
      return row.message
    }
    return on.post(row.place, reply, { key: row.key, signal, ...under })
  }

  async function sent(
    message: MessageRef,
    { newsFrom, repaired = [] }: Pick<Composed, 'newsFrom' | 'repaired'> = {},
  ): Promise<DeliveryOutcome> {
    // An edit tells no news: it must not take the next edition back to what was told long ago.
    const edition = row.digest !== undefined && row.number === 1 && row.message === undefined
    const at = newsFrom ?? (edition ? storedNewsTo(row) : undefined)
    const moved = edition && at !== undefined && { newsFrom: { place: row.place, digest: row.digest!, at } }
    const done = await store.ledger.markSent(held, message, { ...moved, repaired })
    if (done) await work.reportMended(row)
    return done ? 'sent' : 'lost'
  }

  /** A failure after which we know, or do not know, whether it stands there. */
  async function settle(cause: DeliveryError): Promise<DeliveryOutcome> {
    log[cause.outcome === 'unknown' ? 'warn' : 'info'](
      { err: cause, key: row.key, attempts: row.attempts },
      'deliver: not sent',
    )
    // Edits may be repeated: they say the same twice.
    const unknown = cause.outcome === 'unknown' && row.message === undefined
    // Nothing is changed: the request may still be under way. Once the lease is over we look for it.
    if (unknown) return 'unknown'
    // A message that stands is wrong until it is mended: that is tried for as long as the platform lets us.
    const old = row.message === undefined && (await store.clock()) - row.createdAt > times.giveUpAfterMs
    if (cause.outcome === 'unsent' && (cause.retryInMs === undefined || old)) return failed(cause)
    if (failures >= TROUBLE_AFTER) await work.reportTrouble(row, cause)
    const inMs = Math.max(cause.retryInMs ?? 0, backOffDelay(failures, times))
    const done = await store.ledger.retryLater(held, {
      inMs,
      error: formatFailure(cause),
      first: row.firstTriedAt === undefined,
    })
    return done ? 'again' : 'lost'
  }

  async function failed(cause: DeliveryError): Promise<DeliveryOutcome> {
    if (row.message) {
      if (!(await store.ledger.markUneditable(held, uneditableReason(cause)))) return 'lost'
      await work.closeTrouble(row)
      return 'failed'
    }
    if (!(await store.ledger.markFailed(held, formatFailure(cause)))) return 'lost'
    if (row.kind !== 'answer') {
      await work.pauseDigest(row, cause.human)
      await work.reportTrouble(row, cause)
    }
    return 'failed'
  }

  /** We may not look, or could not: for ever, or for now. */
  async function unclear(cause: DeliveryError): Promise<DeliveryOutcome> {
    if (cause.retryInMs !== undefined) {
      const inMs = Math.max(cause.retryInMs, backOffDelay(failures, times))
      const done = await store.ledger.retryLater(held, { inMs, error: formatFailure(cause), first: false })
      return done ? 'again' : 'lost'
    }
    log.warn({ err: cause, key: row.key }, 'deliver: in doubt')
    // Told first: a crash in between would leave a doubt of which nobody hears. It is told once all the same.
    await work.reportTrouble(row, { message: cause.message, human: phrases.notices.inDoubt(cause.human) })
    if (!(await store.ledger.markUnclear(held, formatFailure(cause)))) return 'lost'
    return 'doubt'
  }
}

async function findMessage(
  platform: Platform,
  row: ClaimedDelivery,
  range: { since: number; under?: string },
): Promise<MessageRef | DeliveryError | undefined> {
  try {
    return await platform.findPost(row.place, row.key, range)
  } catch (cause) {
    if (cause instanceof DeliveryError) return cause
    throw cause
  }
}

/** Why a message cannot be changed, for people: what to do about it would be about posting. The cause is in the log. */
const uneditableReason = ({ human = phrases.everyPlatform.messageNotEditable }: DeliveryError): string =>
  human.replace(/(?<=\.) .*$/s, '')

/** Twice as long after each attempt, up to a limit; a little less by chance, so that rows do not march in step. */
function backOffDelay(attempts: number, { backOffMs, maxBackOffMs }: DeliveryTimes): number {
  const most = Math.min(maxBackOffMs, backOffMs * 2 ** Math.min(attempts - 1, 20))
  return Math.round(most * (0.75 + Math.random() / 4))
}

/** The thread that an answer was given in. */
function answerThread(row: Delivery): string | undefined {
  if (row.kind !== 'answer' || row.selection === undefined) return undefined
  return (JSON.parse(row.selection) as { under?: string }).under
}

/** Up to when the news of a stored edition reaches. */
function storedNewsTo(row: Delivery): number | undefined {
  const { newsTo } = JSON.parse(row.selection ?? '{}') as { newsTo?: number }
  return newsTo
}
