import { DeliveryError, type Place } from '../../chat/platform.ts'
import type { Library } from '../../content/library.ts'
import type { CommandLines } from '../../digests/command-lines.ts'
import { drawItemPost, hasItems, readItemPost } from '../../digests/items/post.ts'
import type { Delivery } from '../../store/delivery.ts'
import type { Store } from '../../store/store.ts'
import type { Composed } from '../attempt.ts'
import { shownRevisions } from '../shown-revisions.ts'

/** What drawing posts of items needs. */
type ComposePostOptions = {
  store: Pick<Store, 'revisions' | 'wire'>
  commandLines(place: Place): CommandLines
}

/** Draws the row of a post of items; undefined if all of them were withdrawn before it was posted. */
export async function composePost(
  row: Delivery,
  library: Library,
  { store, commandLines }: ComposePostOptions,
): Promise<Composed | undefined> {
  const post = readItemPost(row.selection ?? '{}')
  if (!post)
    throw new DeliveryError('compose: a post of a version newer than this nutgraf', {
      outcome: 'unsent',
      retryInMs: 60_000,
    })
  const items = await store.wire.items.byId(post.items)
  const context = {
    item: (id: string) => items.get(id),
    story: library.story,
    commandLines: commandLines(row.place),
  }
  if (row.message === undefined && !hasItems(post, context)) return undefined
  const reply = drawItemPost(post, context)
  return { reply, selection: row.selection!, shown: await shownRevisions(store, reply.parts, library, items) }
}
