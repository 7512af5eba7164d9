import { hash } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import {
  type Call,
  DeliveryError,
  type Log,
  type Platform,
  type Publish,
  platformOf,
} from '../chat/platform.ts'
import { type Reply, refusal } from '../chat/reply.ts'
import { harmlessName } from '../chat/safe-text.ts'
import { phrases } from '../phrases/phrases.ts'
import type { Delivery, NewDelivery, ShownPart } from '../store/delivery.ts'
import { StoreError } from '../store/engine.ts'
import { formatFailure } from '../store/failure-text.ts'
import type { Claim } from '../store/ledger.ts'
import type { ShareResult } from '../store/shares.ts'
import type { Store } from '../store/store.ts'
import { lateAnswer } from './late-answer.ts'
import { type SharedBy, withSharer } from './shared-by.ts'

/** What publishing needs. Without a `ledger` nothing is recorded, for tests of a platform alone. */
export type PublishOptions = {
  platforms(): Platform[]
  log: Log
  ledger?: {
    store: Pick<Store, 'ledger' | 'shares' | 'notify'>
    owner: string
    /** Looks up the newest revisions of the parts that a reply shows. */
    shownRevisions(parts: string[]): Promise<ShownPart[]>
  }
}

/** Rebuilds the call of a posted answer from its row, so that it can be answered again. */
export function publishedCall({ place, selection }: Delivery): Call {
  const { command, text, at } = JSON.parse(selection ?? '{}') as Pick<Call, 'command' | 'text' | 'at'>
  return { command, text, at, place, caller: { id: 'ledger', rights: [] }, audience: 'place' }
}

/**
 * A post must be done, or have failed, before the platform gives up on its command: Slack and Discord wait 3 seconds.
 */
const DEADLINE_MS = 2_400
/** The deadline if no platform waits: a picture may take longer. */
const PATIENT_DEADLINE_MS = 8_000
/** How long a platform may take to look up a caller's name: the post still has to meet its deadline. */
const NAME_TIMEOUT_MS = 500

/**
 * Creates the one path of every answer that is posted: recorded first, posted under its key, settled after. So a
 * correction finds it, and a crash in the middle leaves a row that is looked for, not a message that nobody knows of.
 *
 * An answer to a call that only its caller sees is shared: it names who shared it, the same answer is not posted twice
 * within minutes, and each person may share one a minute. An answer to a public call has none of these limits.
 */
export function createPublish({ platforms, log, ledger }: PublishOptions): Publish {
  return async (call, reply, { key, under, withoutDeadline, mayBeLate, pictureWithinMs = 0 }) => {
    const deadlineMs = pictureWithinMs + (withoutDeadline ? PATIENT_DEADLINE_MS : DEADLINE_MS)
    const signal = AbortSignal.timeout(deadlineMs)
    const platform = platforms().find(({ name }) => name === platformOf(call.place))
    const shares = call.audience === 'caller'
    // A refusal is for the caller alone.
    if (shares && reply.refusal) return { problem: reply }
    if (shares && call.caller.mayPost === false)
      return { problem: refusal([phrases.publish.callerMayNotPost]) }
    // Begin before anything is awaited: the content may change meanwhile, and the reply was made from this one.
    const shown = ledger?.shownRevisions(reply.parts)
    shown?.catch(() => {})
    const shared = shares ? await findSharer(call, reply, platform) : undefined
    const row: NewDelivery = {
      key: `answer ${call.place} ${key}`,
      kind: 'answer',
      place: call.place,
      lane: platform?.pace?.(call.place).lane ?? call.place,
      number: 1,
      state: 'due',
      dueAt: call.at,
      selection: JSON.stringify({
        command: call.command,
        text: call.text,
        at: call.at,
        ...(under !== undefined && { under }),
        ...(shared && { shared }),
        ...(mayBeLate && lateAnswer(reply)),
      }),
    }
    const claim = ledger && { key: row.key, owner: ledger.owner, attempts: 1 }
    try {
      if (!platform) throw new DeliveryError(`publish: no platform for ${call.place}`, { outcome: 'unsent' })
      const result = ledger
        ? await insertAnswer(ledger, row, reply, {
            asker: shares ? call.caller.id : undefined,
            under,
            shown: await shown!,
            leaseMs: 2 * deadlineMs,
          })
        : 'open'
      if (result !== 'open') {
        log.info(
          { key: row.key },
          'publish: not posted, because it was posted before or its caller shares too often',
        )
        return { problem: notPostedReply(result, platform) }
      }
      const message = await platform.post(call.place, shared ? withSharer(reply, shared) : reply, {
        key: row.key,
        signal,
        under,
        withoutDeadline,
        ...(pictureWithinMs > 0 && { pictureWithinMs }),
      })
      if (claim) await ledger!.store.ledger.markSent(claim, message).catch(logUnsettled)
      return { message }
    } catch (cause) {
      const waits = claim !== undefined && mayBeLate && isPassing(cause)
      log[waits ? 'info' : 'warn'](
        { err: cause, place: call.place, key },
        waits ? 'publish: an answer waits for its turn' : 'publish: the answer could not be posted',
      )
      // A message that may have arrived is looked for once its lease has expired.
      const outcome = cause instanceof DeliveryError ? cause.outcome : undefined
      if (claim && cause instanceof DeliveryError && outcome === 'unsent')
        await settleUnsent(ledger!, claim, cause, mayBeLate).catch(logUnsettled)
      const isOpen = waits || (claim !== undefined && mayBeLate && outcome === 'unknown')
      return {
        problem: refusal([failureSentence(cause)]),
        unclear: outcome === 'unknown' ? row.key : undefined,
        ...(isOpen && { waits: true }),
      }
    }
  }

  function logUnsettled(cause: unknown) {
    log.error({ err: cause }, 'publish: the outcome of a post could not be recorded')
  }
}

/** Whether a post certainly did not work, and waiting helps. */
const isPassing = (cause: unknown): boolean =>
  cause instanceof DeliveryError && cause.outcome === 'unsent' && cause.retryInMs !== undefined

/** Ends the row of an answer that was not posted; one that may be late becomes due again where waiting helps. */
async function settleUnsent(
  { store }: NonNullable<PublishOptions['ledger']>,
  claim: Claim,
  cause: DeliveryError,
  mayBeLate: true | undefined,
): Promise<void> {
  const error = formatFailure(cause)
  if (!mayBeLate || !isPassing(cause)) return void (await store.ledger.markFailed(claim, error))
  await store.ledger.retryLater(claim, { inMs: cause.retryInMs!, error, first: true })
  await store.notify()
}

/** Finds the name of who shares, as people know it, and the line they typed, if all its words are ours. */
async function findSharer(
  { caller }: Call,
  { canonicalLine }: Reply,
  platform: Platform | undefined,
): Promise<SharedBy> {
  const lookUp = platform?.lookUpCaller?.(caller)
  const info = lookUp && (await Promise.race([lookUp, sleep(NAME_TIMEOUT_MS, undefined, { ref: false })]))
  const by = harmlessName(info?.name) ?? harmlessName(caller.name)
  return { ...(by !== undefined && { by }), ...(canonicalLine !== undefined && { line: canonicalLine }) }
}

/** Records an answer before it is posted. With an `asker` it is a share, and must keep to the limits of sharing. */
async function insertAnswer(
  { store, owner }: NonNullable<PublishOptions['ledger']>,
  row: NewDelivery,
  reply: Reply,
  share: { asker: string | undefined; under: string | undefined; shown: ShownPart[]; leaseMs: number },
): Promise<ShareResult> {
  const { asker, under, shown, leaseMs } = share
  const newClaim = { owner, leaseMs, shown, answer: answerHash(reply) }
  if (asker === undefined) return (await store.ledger.addClaimed(row, newClaim)) ? 'open' : 'known'
  return store.shares.tryAdd(row, { ...newClaim, asker, under })
}

/** A hash of an answer's content, so that the same answer is recognised whatever line asked for it. */
const answerHash = ({ label, title, blocks }: Reply): string =>
  hash('sha256', JSON.stringify([label?.line, title, blocks]), 'base64url').slice(0, 22)

/** Says why an answer is not posted: it was posted already, it is being posted, or its caller shares too often. */
function notPostedReply(result: Exclude<ShareResult, 'open'>, platform: Platform): Reply {
  if (result === 'known') return refusal([phrases.publish.alreadyPosted])
  if ('waitMs' in result)
    return refusal([phrases.publish.rateLimited(Math.max(1, Math.ceil(result.waitMs / 1000)))])
  const { message } = result.same
  if (!message) return refusal([phrases.publish.beingPosted])
  const link = platform.link?.(message)
  return refusal(
    link === undefined ? [phrases.publish.recentlyShared] : phrases.publish.recentlySharedAt(link),
  )
}

function failureSentence(cause: unknown): string {
  if (cause instanceof StoreError) return phrases.publish.storeUnavailable
  if (!(cause instanceof DeliveryError)) return phrases.publish.failed
  if (cause.human !== undefined) return cause.human
  if (cause.outcome === 'unknown') return phrases.publish.unclear
  if (cause.retryInMs === undefined) return phrases.publish.notInvited
  return phrases.publish.retryLater(Math.max(1, Math.ceil(cause.retryInMs / 1000)))
}
