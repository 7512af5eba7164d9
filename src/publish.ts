import { type Call, DeliveryError, type Log, type Platform, type Publish, platformOf } from './platform.ts'
import { refusal } from './reply.ts'
import type { Delivery, NewDelivery, Shown } from './store/delivery.ts'
import { StoreError } from './store/engine.ts'
import type { Store } from './store/store.ts'

/** What publishing needs. Without a store nothing is written down (tests of a platform alone). */
export type Publishing = {
  platforms(): Platform[]
  log: Log
  ledger?: {
    store: Pick<Store, 'open' | 'sent' | 'fail'>
    owner: string
    /** The newest revisions of the parts that a reply shows. */
    shown(parts: string[]): Promise<Shown[]>
  }
}

/** The call of a published answer, from its row, so that it can be answered again. */
export function callOf({ place, selection }: Delivery): Call {
  const { command, text, at } = JSON.parse(selection ?? '{}') as Pick<Call, 'command' | 'text' | 'at'>
  return { command, text, at, place, caller: { id: 'ledger', rights: [] }, audience: 'place' }
}

/** A post must be done, or have failed, before the platform gives up on the command that asked for it. */
const DEADLINE_MS = 2_400
const LEASE_MS = 2 * DEADLINE_MS

/**
 * The one path of every post: written down first, posted under its key, settled after. So a correction finds it, and
 * a crash in the middle leaves a row that is looked for, not a message that nobody knows of.
 */
export function publishing({ platforms, log, ledger }: Publishing): Publish {
  return async (call, reply, { key, under }) => {
    const row: NewDelivery = {
      key: `answer ${call.place} ${key}`,
      kind: 'answer',
      place: call.place,
      lane: call.place,
      number: 1,
      state: 'due',
      dueAt: call.at,
      selection: JSON.stringify({
        command: call.command,
        text: call.text,
        at: call.at,
        ...(under !== undefined && { under }),
      }),
    }
    const platform = platforms().find(one => one.name === platformOf(call.place))
    const held = ledger && { key: row.key, owner: ledger.owner, attempts: 1 }
    try {
      if (!platform) throw new DeliveryError(`publish: no platform for ${call.place}`, { outcome: 'unsent' })
      const signal = AbortSignal.timeout(DEADLINE_MS)
      if (ledger && !(await open(ledger, row, platform, reply.parts))) {
        log.info({ key: row.key }, 'publish: it was asked for before')
        return { problem: refusal(['That was posted already.']) }
      }
      const message = await platform.post(call.place, reply, {
        key: row.key,
        signal,
        ...(under !== undefined && { under }),
      })
      if (held) await ledger!.store.sent(held, message).catch(unsettled)
      return { message }
    } catch (cause) {
      log.warn({ err: cause, place: call.place, key }, 'publish: the answer could not be posted')
      // What may stand there is left to be looked for, once its lease is over.
      const unsent = cause instanceof DeliveryError && cause.outcome === 'unsent'
      if (held && unsent) await ledger!.store.fail(held, cause.message).catch(unsettled)
      const unclear = cause instanceof DeliveryError && cause.outcome === 'unknown'
      return { problem: refusal([sentenceFor(cause)]), ...(unclear && { unclear: row.key }) }
    }
  }

  function unsettled(cause: unknown) {
    log.error({ err: cause }, 'publish: what became of a post could not be written down')
  }
}

function open(
  { store, owner, shown }: NonNullable<Publishing['ledger']>,
  row: NewDelivery,
  platform: Platform,
  parts: string[],
): Promise<boolean> {
  const lane = platform.pace?.(row.place).lane ?? row.lane
  return shown(parts).then(known => store.open({ ...row, lane }, { owner, leaseMs: LEASE_MS, shown: known }))
}

function sentenceFor(cause: unknown): string {
  if (cause instanceof StoreError)
    return 'I can’t write down what I post right now, so I don’t post. It has been logged; please try again.'
  if (!(cause instanceof DeliveryError))
    return 'I could not post that here. It has been logged; please try again.'
  if (cause.human !== undefined) return cause.human
  if (cause.outcome === 'unknown')
    return 'I can’t tell whether that was posted. Look in the channel before you try again.'
  if (cause.retryInMs !== undefined)
    return `Not posted: try again in ${Math.max(1, Math.ceil(cause.retryInMs / 1000))} s.`
  return 'I can’t post here. Invite me to this channel, then send this again.'
}
