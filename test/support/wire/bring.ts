import { createHash } from 'node:crypto'
import type { Store } from '../../../src/store/store.ts'
import type { ItemUpdate } from '../../../src/store/wire/items.ts'

let calls = 0

/** Stores what a feed or sender says of an item, as a poll or a call does: a new one, or what it changed of a known one. */
export async function bring(
  store: Pick<Store, 'wire'>,
  id: string,
  title: string,
  more: Partial<ItemUpdate> = {},
): Promise<void> {
  const via = more.via ?? 'feed:wqad'
  const update: ItemUpdate = {
    ...{ item: id, kind: 'new', via, outlet: 'WQAD', keys: [`guid:${id}`], title, text: '', state: 'stands' },
    ...{ url: `https://wqad.example/${id}`, hash: createHash('sha1').update(title).digest('hex') },
    ...more,
  }
  await store.wire.accept({ id: `test-${++calls}`, via, keys: update.keys, decide: () => [update] })
}
