import type { Log, Place } from '../../chat/platform.ts'
import type { Store } from '../../store/store.ts'
import { causeOfChange, partOfItem } from '../../store/wire/items.ts'

/** What making messages follow their items needs: `lane` names the rate limit for edits in a place. */
type ApplyChangesOptions = { store: Store; lane(place: Place): string; log: Log }

/** The story that causes about items belong to: there is no story of this name, since no folder may have it. */
export const WIRE_STORY = 'wire'

/**
 * Makes posted messages follow what outlets change: whatever shows an item in an older revision becomes due for an edit.
 * For the one process that holds the content lease; doing it twice changes nothing. Returns how many messages are edited.
 */
export async function applyItemChanges({ store, lane, log }: ApplyChangesOptions): Promise<number> {
  let edited = 0
  for (const change of await store.wire.items.changesShown()) {
    const cause = causeOfChange(change)
    const messages = await store.corrections.applyCause(
      {
        ...{ cause, kind: 'item', story: WIRE_STORY, part: partOfItem(change.item) },
        ...{ revision: change.revision, waits: false },
      },
      { lane, areDueLater: true },
    )
    edited += messages
    if (messages > 0)
      log.info({ cause, kind: change.kind, messages }, 'wire: messages that show an item are edited')
  }
  if (edited === 0) return 0
  // When all are marked: an edit that was sent in between would show the change of the next item without being its repair.
  await store.corrections.requeuePending(lane)
  await store.notify()
  return edited
}
