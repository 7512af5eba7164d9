import type { Log, Place } from '../platform.ts'
import { type Reply, text } from '../reply.ts'
import type { Delivery, NewDelivery } from '../store/delivery.ts'
import type { Store } from '../store/store.ts'

/** What telling the desk needs; without a `place` the log is all there is. */
export type DeskOptions = { store: Store; place?: Place; lane(place: Place): string; log: Log }

/** The editors’ channel: it hears once of each trouble, and once of its end. */
export type Desk = {
  trouble(delivery: Delivery, message: string): Promise<void>
  healed(delivery: Delivery): Promise<void>
}

/** What a notice of the desk shows, from its row. */
export const noticeOf = (delivery: Delivery): Reply => ({
  blocks: [text((JSON.parse(delivery.selection ?? '{}') as { text?: string }).text ?? '')],
  parts: [],
  audience: 'place',
})

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
  const subjectOf = ({ place, digest, key }: Delivery) => (digest === undefined ? key : `${place} ${digest}`)
  const named = ({ place, digest }: Delivery) =>
    digest === undefined ? `a post in ${place}` : `the digest “${digest}” in ${place}`

  return {
    async trouble(delivery, message) {
      // The desk cannot be told in its own channel that its channel does not work.
      if (delivery.kind === 'notice') return log.error({ key: delivery.key }, `desk: not told: ${message}`)
      const subject = subjectOf(delivery)
      await tell(subject, `Trouble with ${named(delivery)}: ${message}`, notice =>
        store.fault(subject, message, notice),
      )
    },
    async healed(delivery) {
      if (delivery.kind === 'notice') return
      const subject = subjectOf(delivery)
      await tell(subject, `Mended: ${named(delivery)} arrived again.`, notice =>
        store.healed(subject, notice),
      )
    },
  }
}
