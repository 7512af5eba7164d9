import type { Log, Place } from '../platform.ts'
import { type Inline, type Reply, text } from '../reply.ts'
import { type Cause, reasonsText } from '../store/causes.ts'
import type { Delivery, NewDelivery } from '../store/delivery.ts'
import type { Store } from '../store/store.ts'

/** What telling the desk needs; without a `place` the log is all there is. */
export type DeskOptions = { store: Store; place?: Place; lane(place: Place): string; log: Log }

/** The editors’ channel: it hears once of each trouble, and once of its end. */
export type Desk = {
  trouble(delivery: Delivery, message: string): Promise<void>
  healed(delivery: Delivery): Promise<void>
  /** A trouble that is over without being mended: nothing more is tried. */
  ended(delivery: Delivery): Promise<void>
  /** The notice that all messages of a correction or withdrawal are settled; none where no message showed it. */
  done(cause: Cause): Promise<NewDelivery | undefined>
}

/** What a notice of the desk shows, from its row. */
export function noticeOf(delivery: Delivery): Reply {
  const said = JSON.parse(delivery.selection ?? '{}') as { text?: string; runs?: Inline[] }
  return { blocks: [text(...(said.runs ?? [said.text ?? '']))], parts: [], audience: 'place' }
}

/** Makes the desk's ear. Its notices go through the ledger like everything that is posted. */
export function desk({ store, place, lane, log }: DeskOptions): Desk {
  /** The row of a notice; none where no channel is named. */
  async function noticed(subject: string, sentence: string): Promise<NewDelivery | undefined> {
    if (place === undefined) return undefined
    const at = await store.clock()
    return {
      key: `notice ${subject} ${at}`,
      kind: 'notice',
      place,
      lane: lane(place),
      number: 1,
      state: 'due',
      dueAt: at,
      selection: JSON.stringify({ text: sentence }),
    }
  }

  async function tell(
    subject: string,
    sentence: string,
    write: (notice?: NewDelivery) => Promise<boolean>,
  ): Promise<void> {
    if (!(await write(await noticed(subject, sentence)))) return
    log.warn({ subject }, `desk: ${sentence}`)
    await store.notify()
  }

  // A digest at a place is one subject: its editions come and go, the trouble stays until one arrives.
  // An edit is one by itself: that it went through says nothing of the next edition.
  const subjectOf = ({ place, digest, key, message }: Delivery) => {
    if (message !== undefined) return `edit ${key}`
    return digest === undefined ? key : `${place} ${digest}`
  }
  const named = ({ place, digest, message }: Delivery) => {
    if (message !== undefined) return `a change of a message in ${place}`
    return digest === undefined ? `a post in ${place}` : `the digest “${digest}” in ${place}`
  }
  // The desk cannot be told in its own channel that its channel does not work.
  const ownNotice = ({ kind, place: where }: Delivery) => kind === 'notice' && where === place

  return {
    async trouble(delivery, message) {
      if (ownNotice(delivery)) return log.error({ key: delivery.key }, `desk: not told: ${message}`)
      const subject = subjectOf(delivery)
      await tell(subject, `Trouble with ${named(delivery)}: ${message}`, notice =>
        store.fault(subject, message, notice),
      )
    },
    async healed(delivery) {
      if (ownNotice(delivery)) return
      const subject = subjectOf(delivery)
      const mended = delivery.message === undefined ? 'arrived again' : 'went through'
      await tell(subject, `Mended: ${named(delivery)} ${mended}.`, notice => store.healed(subject, notice))
    },
    ended: async delivery => void (await store.healed(subjectOf(delivery))),
    done: async cause => {
      if (cause.repaired + cause.impossible === 0) return undefined
      return noticed(cause.cause, doneSentence(cause, cause.settledAt ?? (await store.clock())))
    },
  }
}

/** `Withdrawn: lawsuit. 12 messages changed in 4.2 s; 1 cannot be changed: …` */
export function doneSentence(
  { kind, story, part, seenAt, repaired, impossible, reasons }: Cause,
  now: number,
): string {
  const what = kind === 'withdrawal' ? `Withdrawn: ${story}` : `Corrected: ${part}`
  const changed = repaired === 1 ? '1 message was changed' : `${repaired} messages were changed`
  const took = repaired > 0 ? `, the last ${spanOf(now - seenAt)} after it was known` : ''
  const why = reasonsText(reasons)
  const left = impossible > 0 ? ` ${impossible} can’t be changed: ${why}` : ''
  return `${what}. ${changed}${took}.${left}`
}

function spanOf(ms: number): string {
  if (ms < 60_000) return `${(ms / 1000).toFixed(1)} s`
  const minutes = Math.round(ms / 60_000)
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`
}
