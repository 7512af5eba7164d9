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
import { formatFailure } from '../store/failure.ts'
import type { ShareResult } from '../store/shares.ts'
import type { Store } from '../store/store.ts'
import { type SharedBy, withSharer } from './shared-by.ts'

/** What publishing needs. Without a store nothing is written down (tests of a platform alone). */
export type PublishOptions = {
  platforms(): Platform[]
  log: Log
  ledger?: {
    store: Pick<Store, 'ledger' | 'shares'>
    owner: string
    /** The newest revisions of the parts that a reply shows. */
    shownRevisions(parts: string[]): Promise<ShownPart[]>
  }
}

/** The call of a published answer, from its row, so that it can be answered again. */
export function publishedCall({ place, selection }: Delivery): Call {
  const { command, text, at } = JSON.parse(selection ?? '{}') as Pick<Call, 'command' | 'text' | 'at'>
  return { command, text, at, place, caller: { id: 'ledger', rights: [] }, audience: 'place' }
}

/** A post must be done, or have failed, before the platform gives up on the command that asked for it. */
const DEADLINE_MS = 2_400
/** The same where no platform gives up: a picture may take its time. */
const PATIENT_DEADLINE_MS = 8_000
/** So long a platform may think about what somebody is called. */
const NAME_TIMEOUT_MS = 500

/**
 * The one path of every post: written down first, posted under its key, settled after. So a correction finds it, and
 * a crash in the middle leaves a row that is looked for, not a message that nobody knows of.
 * What was asked for its caller alone and is posted all the same is shared: it names who did so, it is not posted twice
 * within minutes, and nobody shares all the time. What was asked in the open is answered there.
 */
export function createPublish({ platforms, log, ledger }: PublishOptions): Publish {
  return async (call, reply, { key, under, withoutDeadline }) => {
    const deadlineMs = withoutDeadline ? PATIENT_DEADLINE_MS : DEADLINE_MS
    const signal = AbortSignal.timeout(deadlineMs)
    const platform = platforms().find(one => one.name === platformOf(call.place))
    const shares = call.audience === 'caller'
    // What says why there is no answer is for whoever asked.
    if (shares && reply.refusal) return { problem: reply }
    if (shares && call.caller.mayPost === false)
      return { problem: refusal([phrases.publish.callerMayNotPost]) }
    // Begun before anything is waited for: the content may change meanwhile, and the reply was made from this one.
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
      }),
    }
    const held = ledger && { key: row.key, owner: ledger.owner, attempts: 1 }
    try {
      if (!platform) throw new DeliveryError(`publish: no platform for ${call.place}`, { outcome: 'unsent' })
      const began = ledger
        ? await insertAnswer(ledger, row, reply, {
            ...{ shares, call, under, shown: await shown! },
            leaseMs: 2 * deadlineMs,
          })
        : 'open'
      if (began !== 'open') {
        log.info({ key: row.key }, 'publish: not posted, since it was asked for before or too often')
        return { problem: notPostedReply(began, platform) }
      }
      const message = await platform.post(call.place, shared ? withSharer(reply, shared) : reply, {
        key: row.key,
        signal,
        ...(under !== undefined && { under }),
        ...(withoutDeadline && { withoutDeadline }),
      })
      if (held) await ledger!.store.ledger.markSent(held, message).catch(unsettled)
      return { message }
    } catch (cause) {
      log.warn({ err: cause, place: call.place, key }, 'publish: the answer could not be posted')
      // What may stand there is left to be looked for, once its lease is over.
      const unsent = cause instanceof DeliveryError && cause.outcome === 'unsent'
      if (held && unsent) await ledger!.store.ledger.markFailed(held, formatFailure(cause)).catch(unsettled)
      const unclear = cause instanceof DeliveryError && cause.outcome === 'unknown'
      return { problem: refusal([failureSentence(cause)]), ...(unclear && { unclear: row.key }) }
    }
  }

  function unsettled(cause: unknown) {
    log.error({ err: cause }, 'publish: what became of a post could not be written down')
  }
}

/** Who shares, by the name that people know, and the line they typed where all its words are ours. */
async function findSharer(
  { caller }: Call,
  { canonicalLine }: Reply,
  platform: Platform | undefined,
): Promise<SharedBy> {
  const told = platform?.lookUpCaller?.(caller)
  const about = told && (await Promise.race([told, sleep(NAME_TIMEOUT_MS, undefined, { ref: false })]))
  const by = harmlessName(about?.name) ?? harmlessName(caller.name)
  return { ...(by !== undefined && { by }), ...(canonicalLine !== undefined && { line: canonicalLine }) }
}

async function insertAnswer(
  { store, owner }: NonNullable<PublishOptions['ledger']>,
  row: NewDelivery,
  reply: Reply,
  how: { shares: boolean; call: Call; under: string | undefined; shown: ShownPart[]; leaseMs: number },
): Promise<ShareResult> {
  const { shares, call, under, shown, leaseMs } = how
  const opening = { owner, leaseMs, shown, answer: answerHash(reply) }
  if (!shares) return (await store.ledger.addClaimed(row, opening)) ? 'open' : 'known'
  return store.shares.tryAdd(row, {
    ...opening,
    asker: call.caller.id,
    ...(under !== undefined && { under }),
  })
}

/** What an answer says, in short: by whatever words it was asked for, the same is the same. */
const answerHash = ({ label, title, blocks }: Reply): string =>
  hash('sha256', JSON.stringify([label?.line, title, blocks]), 'base64url').slice(0, 22)

/** Why something is not posted now: it stands there, it is on its way, or somebody shares all the time. */
function notPostedReply(began: Exclude<ShareResult, 'open'>, platform: Platform): Reply {
  if (began === 'known') return refusal([phrases.publish.alreadyPosted])
  if ('waitMs' in began)
    return refusal([phrases.publish.rateLimited(Math.max(1, Math.ceil(began.waitMs / 1000)))])
  const { message } = began.same
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
