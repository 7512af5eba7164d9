import type { DeliveryError, MessageRef } from '../chat/platform.ts'
import type { Selection } from '../digests/selection.ts'
import { phrases } from '../phrases/phrases.ts'
import { formatFailure } from '../store/failure-text.ts'
import type { NewsTold } from '../store/wire/news-told.ts'
import type { Attempt, Composed, DeliveryOutcome, DeliveryTimes } from './attempt.ts'
import { isTooLate } from './late-answer.ts'

/** After this many failures editors are notified: until then a short outage has usually passed. */
const TROUBLE_AFTER = 5

/** Settles a row whose message was posted, edited or found. */
export async function settleSent(
  { row, work, claim }: Attempt,
  message: MessageRef,
  {
    selection = row.selection,
    repaired,
    takenBack,
  }: Partial<Pick<Composed, 'selection' | 'repaired' | 'takenBack'>> = {},
): Promise<DeliveryOutcome> {
  // An edit tells no news: it must not take the next edition back to what was told long ago.
  const isNews = row.kind === 'edition' && row.number === 1 && row.message === undefined
  const told = isNews ? toldNews(selection) : undefined
  const isOurs = await work.store.ledger.markSent(claim, message, {
    newsFrom: told && { place: row.place, digest: row.digest!, ...told },
    repaired,
    takenBack,
  })
  if (isOurs) await work.reportMended(row)
  return isOurs ? 'sent' : 'lost'
}

/**
 * Settles a row whose request failed: it is retried, given up, or left as it is while nobody knows whether it worked.
 */
export async function settleFailure(attempt: Attempt, cause: DeliveryError): Promise<DeliveryOutcome> {
  const { row, work, claim } = attempt
  work.log[cause.outcome === 'unknown' ? 'warn' : 'info'](
    { err: cause, key: row.key, attempts: row.attempts },
    'deliver: not sent',
  )
  const isEdit = row.message !== undefined
  // Nothing is changed: the request may still be under way. Once the lease has expired, the next claim looks for the
  // message. An edit may be repeated: it says the same twice.
  if (cause.outcome === 'unknown' && !isEdit) return 'unknown'
  // An existing message is wrong until it is edited: that is tried for as long as the platform allows.
  const now = await work.store.clock()
  const isTooOld = !isEdit && (now - row.createdAt > work.times.giveUpAfterMs || isTooLate(row, now))
  if (cause.outcome === 'unsent' && (cause.retryInMs === undefined || isTooOld))
    return settleFailed(attempt, cause)
  if (attempt.failures >= TROUBLE_AFTER) await work.reportTrouble(row, cause)
  const isOurs = await work.store.ledger.retryLater(claim, {
    inMs: retryDelay(attempt, cause),
    error: formatFailure(cause),
    // An edit of which nobody knows whether it worked is remembered too: a correction may be taken back meanwhile.
    first: row.firstTriedAt === undefined && cause.outcome !== 'unknown',
  })
  return isOurs ? 'again' : 'lost'
}

/** Gives a row up: a post fails, and pauses its digest if its place is dead; an edit is marked as impossible. */
export async function settleFailed(
  { row, work, claim }: Attempt,
  cause: DeliveryError,
): Promise<DeliveryOutcome> {
  const { ledger } = work.store
  if (row.message) {
    if (!(await ledger.markUneditable(claim, uneditableReason(cause)))) return 'lost'
    await work.closeTrouble(row)
    return 'failed'
  }
  if (!(await ledger.markFailed(claim, formatFailure(cause)))) return 'lost'
  if (row.kind !== 'answer') {
    // Everything else is about this message alone: the next edition may arrive.
    if (cause.deadPlace) await work.pauseDigest(row, cause.human)
    await work.reportTrouble(row, cause)
  }
  return 'failed'
}

/** Settles a row whose earlier post could not be looked for: we look again later, or leave it in doubt for good. */
export async function settleUnclear(attempt: Attempt, cause: DeliveryError): Promise<DeliveryOutcome> {
  const { row, work, claim } = attempt
  const { ledger } = work.store
  if (cause.retryInMs !== undefined) {
    const isOurs = await ledger.retryLater(claim, {
      inMs: retryDelay(attempt, cause),
      error: formatFailure(cause),
      first: false,
    })
    return isOurs ? 'again' : 'lost'
  }
  work.log.warn({ err: cause, key: row.key }, 'deliver: in doubt')
  // Report first: a crash in between would leave a doubt that nobody hears of. Editors are notified only once anyway.
  await work.reportTrouble(row, { message: cause.message, human: phrases.notices.inDoubt(cause.human) })
  return (await ledger.markUnclear(claim, formatFailure(cause))) ? 'doubt' : 'lost'
}

/**
 * Why a message cannot be edited, for people, and what they can do about it. Where they can do nothing, the rest would be
 * advice about posting. The log has all.
 */
const uneditableReason = ({
  human = phrases.everyPlatform.messageNotEditable,
  curable,
}: DeliveryError): string => (curable ? human : human.replace(/(?<=\.) .*$/s, ''))

/** How long to wait before the next attempt: our back-off, or longer if the platform asks for it. */
const retryDelay = ({ failures, work }: Attempt, { retryInMs = 0 }: DeliveryError): number =>
  Math.max(retryInMs, backOffDelay(failures, work.times))

/** Doubles with each failure up to a limit; a little less at random, so that rows are not retried in step. */
function backOffDelay(failures: number, { backOffMs, maxBackOffMs }: DeliveryTimes): number {
  const longestMs = Math.min(maxBackOffMs, backOffMs * 2 ** Math.min(failures - 1, 20))
  return Math.round(longestMs * (0.75 + Math.random() / 4))
}

/** How far an edition tells the news, from its selection. */
function toldNews(selection = '{}'): Omit<NewsTold, 'place' | 'digest'> | undefined {
  const { newsTo, owed, itemsTo, feeds } = JSON.parse(selection) as Partial<Selection>
  if (newsTo === undefined) return undefined
  return {
    at: newsTo,
    owed: owed && JSON.stringify(owed),
    items: itemsTo,
    feeds: feeds && JSON.stringify(feeds.unreached),
  }
}
