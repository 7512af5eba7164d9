import { type Block, type Reply, text } from '../../chat/reply.ts'
import { itemLine, labelOfItems } from '../../digests/items/draw.ts'
import { phrases } from '../../phrases/phrases.ts'
import type { NewCause } from '../../store/causes.ts'
import { causeOfChange, partOfItem } from '../../store/wire/items.ts'
import { type ChangedItems, changeLines } from './change-lines.ts'

/** What a second message says of an item that its outlet has changed, where the first cannot be edited. */
export function itemReason(
  { cause }: Pick<NewCause, 'cause'>,
  changed: ChangedItems,
  clock: { zone: string; near: number },
): Pick<Reply, 'label' | 'parts'> & { blocks: Block[] } {
  const change = changed.changes.find(candidate => causeOfChange(candidate) === cause)
  const item = change && changed.items.get(change.item)
  if (!item) return { blocks: [text({ italic: phrases.wire.noLongerThere })], parts: [] }
  const lines = changeLines([{ cause }], changed, clock)
  const label = item.state === 'stands' ? labelOfItems([item]) : undefined
  return {
    ...(label && { label }),
    blocks: [...lines, itemLine(item, clock)].map(line => text(...line)),
    parts: [partOfItem(item.id)],
  }
}
