import { PHONE_BUDGET } from '../../chat/reply.ts'
import type { Item } from '../../store/wire/items.ts'
import type { DrawContext } from '../draw-context.ts'
import { fits } from '../fits.ts'
import { drawMessage } from '../layout.ts'
import type { Selection } from '../selection.ts'

/** The first of some items alone, so that its room is kept free while the news of the stories are filled in. */
export function keepRoomForItems(base: Selection, items: Item[]): Selection {
  const [first] = items
  return first ? { ...base, items: itemsShown(items, 1) } : base
}

/** Shows as many items as have room below the news, at most `most`; the others are counted. */
export function fillItems(
  selection: Selection,
  items: Item[],
  { most, context }: { most: number; context: DrawContext },
): Selection {
  let filled = selection
  for (let count = 2; count <= Math.min(most, items.length); count++) {
    const candidate = { ...selection, items: itemsShown(items, count) }
    if (!fits(drawMessage(candidate, context).reply, PHONE_BUDGET)) break
    filled = candidate
  }
  return filled
}

function itemsShown(items: Item[], count: number): Selection['items'] {
  const ids = items.slice(0, count).map(({ id }) => id)
  return { ids, ...(items.length > count && { more: items.length - count }) }
}
