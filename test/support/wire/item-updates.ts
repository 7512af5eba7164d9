import type { Store } from '../../../src/store/store.ts'
import type { Decide, ItemUpdate, Via } from '../../../src/store/wire/items.ts'

/** An update as a feed brings it, with a key of its own and one that other feeds share, both made of `id`. */
export const updateOf = (item: string, more: Partial<ItemUpdate> = {}): ItemUpdate => {
  const title = more.title ?? `Headline of ${item}`
  return {
    item,
    kind: 'new',
    via: 'feed:wqad',
    outlet: 'WQAD',
    keys: [`guid:${item}`, `shared:link:${item}`],
    title,
    url: `https://wqad.example/${item}`,
    text: 'What else was said',
    published: 1_000,
    hash: title,
    state: 'stands',
    ...more,
  }
}

/** A decision that does not look at what is known. */
export const always =
  (...updates: ItemUpdate[]): Decide =>
  () =>
    updates

let calls = 0

/** Stores updates as a sender's call, which needs no feed. */
export const bring = (store: Store, ...updates: ItemUpdate[]) => {
  const via: Via = updates[0]!.via
  const keys = updates.flatMap(({ keys }) => keys)
  return store.wire.accept({ id: `call ${++calls}`, via, keys, decide: always(...updates) })
}
