import type { Log, Place } from '../chat/platform.ts'
import { type Inline, type Reply, text } from '../chat/reply.ts'
import { phrases } from '../phrases/phrases.ts'
import type { Cause } from '../store/causes.ts'
import type { Delivery, NewDelivery } from '../store/delivery.ts'
import { type Failure, formatFailure } from '../store/failure-text.ts'
import type { Store } from '../store/store.ts'
import { changeOfCause } from './items/change-lines.ts'
import type { NamePlace } from './place-name.ts'
import { formatReasons, mayBeCured } from './repair-reasons.ts'

/** What notifying editors needs. Without a `place`, notices go to the log alone. */
type DeskNoticesOptions = {
  store: Store
  place?: Place
  lane(place: Place): string
  namePlace: NamePlace
  log: Log
}

/** Notifies the editors' channel: one message when a trouble starts, and one when it ends. */
export type DeskNotices = {
  reportTrouble(delivery: Delivery, why: Failure): Promise<void>
  reportMended(delivery: Delivery): Promise<void>
  /** Ends a trouble that was not fixed, because nothing more is tried. */
  closeTrouble(delivery: Delivery): Promise<void>
  /** Tells in a sentence that the day of an expected event is over; its end is not told. */
  reportOverdue(subject: string, sentence: string): Promise<void>
  closeOverdue(subject: string): Promise<void>
  /**
   * Builds the notice that all messages of a correction or withdrawal are settled; undefined if no message showed it.
   */
  doneNotice(cause: Cause): Promise<NewDelivery | undefined>
}

/** Names the trouble with the edit of a message. */
export const editSubject = (key: string): string => `edit ${key}`

/** Draws a notice to editors from its row. */
export function deskNoticeReply(delivery: Delivery): Reply {
  const stored = JSON.parse(delivery.selection ?? '{}') as { text?: string; runs?: Inline[] }
  return { blocks: [text(...(stored.runs ?? [stored.text ?? '']))], parts: [], audience: 'place' }
}

/** Creates the notices to editors. They go through the ledger like everything that is posted. */
export function deskNotices({ store, place, lane, namePlace, log }: DeskNoticesOptions): DeskNotices {
  /** Builds the row of a notice; undefined if no channel is configured. */
  async function noticeRow(subject: string, sentence: string): Promise<NewDelivery | undefined> {
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

  /** Posts a sentence with `record`, which makes it only if editors do not know of it already. */
  async function notifyOnce(
    subject: string,
    makeSentence: () => Promise<string>,
    record: (makeNotice: () => Promise<NewDelivery | undefined>) => Promise<boolean>,
    cause?: string,
  ): Promise<void> {
    let sentence = ''
    const makeNotice = async () => {
      sentence = await makeSentence()
      return noticeRow(subject, sentence)
    }
    if (!(await record(makeNotice))) return
    log.warn({ subject, ...(cause !== undefined && { cause }) }, `desk: ${sentence}`)
    await store.notify()
  }

  // A digest at a place is one subject: its trouble lasts until one of its editions arrives. Each edit is a subject of
  // its own: that it worked says nothing about the next edition.
  const subjectOf = ({ place, digest, key, message }: Delivery) => {
    if (message !== undefined) return editSubject(key)
    return digest === undefined ? key : `${place} ${digest}`
  }
  const describe = async ({ place: id, digest, message }: Delivery) => {
    const place = await namePlace(id)
    if (message !== undefined) return { kind: 'edit', place } as const
    return digest === undefined
      ? ({ kind: 'post', place } as const)
      : ({ kind: 'digest', place, digest } as const)
  }
  // Editors cannot be notified in their channel that their channel does not work.
  const isOwnNotice = ({ kind, place: at }: Delivery) =>
    (kind === 'notice' || kind === 'card') && at === place

  return {
    async reportTrouble(delivery, why) {
      if (isOwnNotice(delivery))
        return log.error({ key: delivery.key }, `desk: editors were not notified: ${why.message}`)
      const subject = subjectOf(delivery)
      await notifyOnce(
        subject,
        async () => phrases.notices.trouble(await describe(delivery), why.human),
        makeNotice => store.faults.raise(subject, formatFailure(why), makeNotice),
        why.message,
      )
    },
    async reportMended(delivery) {
      if (isOwnNotice(delivery)) return
      const subject = subjectOf(delivery)
      await notifyOnce(
        subject,
        async () => phrases.notices.recovered(await describe(delivery)),
        makeNotice => store.faults.resolve(subject, makeNotice),
      )
    },
    reportOverdue: (subject, sentence) =>
      notifyOnce(
        subject,
        async () => sentence,
        makeNotice =>
          store.faults.raise(subject, formatFailure({ message: 'not entered', human: sentence }), makeNotice),
      ),
    closeOverdue: async subject => void (await store.faults.resolve(subject)),
    closeTrouble: async delivery => void (await store.faults.resolve(subjectOf(delivery))),
    doneNotice: async cause => {
      if (cause.repaired + cause.told + cause.impossible === 0) return undefined
      const settledAt = cause.settledAt ?? (await store.clock())
      if (cause.kind !== 'item') return noticeRow(cause.cause, doneSentence(cause, settledAt))
      const change = await changeOfCause(store, cause)
      // Headlines change all the time; the desk hears of those that are wrong somewhere, and of what was taken back.
      if (change?.kind !== 'withdrawn' && cause.impossible === 0) return undefined
      const { outlet = '', kind } = change ?? {}
      return noticeRow(
        cause.cause,
        phrases.notices.itemChanged(outlet, kind === 'withdrawn', resultOf(cause, settledAt)),
      )
    },
  }
}

/** Says how many messages of a settled cause were changed, how fast, and why others were not. */
function doneSentence(cause: Cause, settledAt: number): string {
  const { kind, story, part, takenBackAt } = cause
  const result = resultOf(cause, settledAt)
  if (takenBackAt !== undefined)
    return kind === 'withdrawal'
      ? phrases.notices.restored(story, result)
      : phrases.notices.takenBack(part, result)
  return kind === 'withdrawal'
    ? phrases.notices.withdrawn(story, result)
    : phrases.notices.corrected(part, result)
}

const resultOf = (
  { cause, seenAt, takenBackAt, repaired, told, impossible, reasons }: Cause,
  settledAt: number,
) => ({
  changed: repaired,
  told,
  afterMs: Math.max(0, settledAt - (takenBackAt ?? seenAt)),
  impossible,
  why: formatReasons(reasons),
  retryLine: mayBeCured(reasons) ? `/desk retry ${cause}` : undefined,
})
