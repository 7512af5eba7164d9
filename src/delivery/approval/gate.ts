import { approvalRule } from '../../content/digest.ts'
import type { Library } from '../../content/library.ts'
import { readSelection, threadSelection } from '../../digests/selection.ts'
import { LATE_MS } from '../../digests/slots.ts'
import type { Delivery } from '../../store/delivery.ts'
import type { Store } from '../../store/store.ts'
import type { Composed } from '../attempt.ts'
import { threadRow } from '../compose-edition.ts'
import type { ContentSnapshots } from '../content-snapshot.ts'
import type { EditionTexts } from '../editions/edition-texts.ts'
import { basisOf, hashOfReply } from './hashes.ts'

/**
 * Decides whether the message of an edition may be posted: as the text that the desk has approved, not now (`held`), or
 * without the desk (undefined).
 */
export type ApprovalGate = (row: Delivery, content: Library) => Promise<Composed | 'held' | undefined>

/** What the gate needs. */
type GateOptions = {
  store: Pick<Store, 'approvals' | 'clock' | 'subscriptions'>
  snapshots: ContentSnapshots
  texts: Pick<EditionTexts, 'draw'>
}

/**
 * Creates the last look before a post: the stored text is drawn again from the current content, and posted only if that
 * gives what was approved. Where it does not, the row waits, and the next look of the desk's approvals finds out why.
 */
export function createApprovalGate({ store, snapshots, texts }: GateOptions): ApprovalGate {
  return async (row, content) => {
    const digest = row.digest === undefined ? undefined : content.digest(row.digest)
    if (digest && !approvalRule(digest)) return undefined
    const rendering = await store.approvals.rendering(row.key)
    if (!rendering) {
      // A reply whose first message needed no approval goes with that.
      const needsApproval = digest !== undefined && row.number === 1
      return needsApproval ? 'held' : undefined
    }
    if (!digest || (rendering.state !== 'approved' && rendering.state !== 'done')) return 'held'
    const { library } = await snapshots.takeCurrent()
    if (row.number === 1) {
      const subscription = await store.subscriptions.find(row.place, digest.name)
      if (basisOf(digest, subscription) !== rendering.basis) return 'held'
    }
    const stored = readSelection(rendering.selection)
    if (!stored) return 'held'
    const drawing = { library, place: row.place }
    const drawn = await texts.draw(stored, drawing)
    if (hashOfReply(drawn.reply) !== rendering.hash) return 'held'
    const now = await store.clock()
    const isLate = row.number === 1 && now - stored.slot > LATE_MS
    // How late it is could not be approved before: that it says so is the only difference.
    const selected = isLate ? { ...stored, late: now } : stored
    const { reply, shown } = isLate ? await texts.draw(selected, drawing) : drawn
    const thread = row.number === 1 ? threadSelection(selected) : undefined
    return {
      ...{ reply, shown, approved: rendering.hash },
      selection: JSON.stringify(selected),
      thread: thread && [threadRow(row, thread)],
    }
  }
}
