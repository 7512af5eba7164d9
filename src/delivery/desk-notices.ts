import type { Log, Place } from '../chat/platform.ts'
import { type Inline, type Reply, text } from '../chat/reply.ts'
import { phrases } from '../phrases/phrases.ts'
import type { Cause } from '../store/causes.ts'
import type { Delivery, NewDelivery } from '../store/delivery.ts'
import { type Failure, formatFailure } from '../store/failure.ts'
import type { Store } from '../store/store.ts'
import { formatReasons } from './repair-reasons.ts'

/** What telling the desk needs; without a `place` the log is all there is. */
type DeskNoticesOptions = { store: Store; place?: Place; lane(place: Place): string; log: Log }

/** The editors’ channel: it hears once of each trouble, and once of its end. */
export type DeskNotices = {
  reportTrouble(delivery: Delivery, why: Failure): Promise<void>
  reportMended(delivery: Delivery): Promise<void>
  /** A trouble that is over without being mended: nothing more is tried. */
  closeTrouble(delivery: Delivery): Promise<void>
  /** The notice that all messages of a correction or withdrawal are settled; none where no message showed it. */
  doneNotice(cause: Cause): Promise<NewDelivery | undefined>
}

/** What a notice of the desk shows, from its row. */
export function deskNoticeReply(delivery: Delivery): Reply {
  const said = JSON.parse(delivery.selection ?? '{}') as { text?: string; runs?: Inline[] }
  return { blocks: [text(...(said.runs ?? [said.text ?? '']))], parts: [], audience: 'place' }
}

/** Makes the desk's ear. Its notices go through the ledger like everything that is posted. */
export function deskNotices({ store, place, lane, log }: DeskNoticesOptions): DeskNotices {
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
    cause?: string,
  ): Promise<void> {
    if (!(await write(await noticed(subject, sentence)))) return
    log.warn({ subject, ...(cause !== undefined && { cause }) }, `desk: ${sentence}`)
    await store.notify()
  }

  // A digest at a place is one subject: its editions come and go, the trouble stays until one arrives.
  // An edit is one by itself: that it went through says nothing of the next edition.
  const subjectOf = ({ place, digest, key, message }: Delivery) => {
    if (message !== undefined) return `edit ${key}`
    return digest === undefined ? key : `${place} ${digest}`
  }
  const named = ({ place, digest, message }: Delivery) => {
    if (message !== undefined) return { kind: 'edit', place } as const
    return digest === undefined
      ? ({ kind: 'post', place } as const)
      : ({ kind: 'digest', place, digest } as const)
  }
  // The desk cannot be told in its own channel that its channel does not work.
  const ownNotice = ({ kind, place: where }: Delivery) => kind === 'notice' && where === place

  return {
    async reportTrouble(delivery, why) {
      if (ownNotice(delivery)) return log.error({ key: delivery.key }, `desk: not told: ${why.message}`)
      const subject = subjectOf(delivery)
      const sentence = phrases.notices.trouble(named(delivery), why.human)
      const write = (notice?: NewDelivery) => store.faults.raise(subject, formatFailure(why), notice)
      await tell(subject, sentence, write, why.message)
    },
    async reportMended(delivery) {
      if (ownNotice(delivery)) return
      const subject = subjectOf(delivery)
      await tell(subject, phrases.notices.recovered(named(delivery)), notice =>
        store.faults.resolve(subject, notice),
      )
    },
    closeTrouble: async delivery => void (await store.faults.resolve(subjectOf(delivery))),
    doneNotice: async cause => {
      if (cause.repaired + cause.impossible === 0) return undefined
      return noticed(cause.cause, doneSentence(cause, cause.settledAt ?? (await store.clock())))
    },
  }
}

/** What became of all messages that showed something wrong, once the last of them was settled. */
function doneSentence(
  { kind, story, part, seenAt, repaired, impossible, reasons }: Cause,
  settledAt: number,
): string {
  const became = { changed: repaired, afterMs: settledAt - seenAt, impossible, why: formatReasons(reasons) }
  return kind === 'withdrawal'
    ? phrases.notices.withdrawn(story, became)
    : phrases.notices.corrected(part, became)
}
