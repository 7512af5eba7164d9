import type { Log, Place } from '../platform.ts'
import { type Reply, text } from '../reply.ts'
import type { Delivery } from '../store/delivery.ts'
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
  async function tell(subject: string, sentence: string): Promise<void> {
    log.warn({ subject }, `desk: ${sentence}`)
    if (place === undefined) return
    const at = await store.clock()
    await store.add([
      {
        key: `notice ${subject} ${at}`,
        kind: 'notice',
        place,
        lane: lane(place),
        number: 1,
        state: 'due',
        dueAt: at,
        selection: JSON.stringify({ text: sentence }),
      },
    ])
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
      if (await store.fault(subject, message))
        await tell(subject, `Trouble with ${named(delivery)}: ${message}`)
    },
    async healed(delivery) {
      if (delivery.kind === 'notice') return
      const subject = subjectOf(delivery)
      if (await store.healed(subject)) await tell(subject, `Mended: ${named(delivery)} arrived again.`)
    },
  }
}
