import { type Inline, type Reply, text } from '../../chat/reply.ts'
import { momentOf } from '../../digests/items/draw.ts'
import { phrases } from '../../phrases/phrases.ts'
import type { Repair } from '../../store/causes.ts'
import type { Store } from '../../store/store.ts'
import { causeOfChange, type Item, type ItemChange, itemOfPart } from '../../store/wire/items.ts'

/** What outlets changed of the items that a message shows, and the items as they are now. */
export type ChangedItems = { changes: ItemChange[]; items: ReadonlyMap<string, Item> }

/** Reads what outlets changed of items, where that is why a message is edited; undefined if it is not. */
export async function readChangedItems(
  { wire }: { wire: { items: Pick<Store['wire']['items'], 'byId' | 'changesOf'> } },
  repairs: Pick<Repair, 'kind' | 'part'>[],
): Promise<ChangedItems | undefined> {
  const ids = repairs.flatMap(({ kind, part }) => (kind === 'item' ? (itemOfPart(part) ?? []) : []))
  if (ids.length === 0) return undefined
  return { changes: await wire.items.changesOf(ids), items: await wire.items.byId(ids) }
}

/** The change of an item that is the cause of edits. */
export async function changeOfCause(
  { wire }: { wire: { items: Pick<Store['wire']['items'], 'changesOf'> } },
  { cause, part }: Pick<Repair, 'cause' | 'part'>,
): Promise<ItemChange | undefined> {
  const changes = await wire.items.changesOf([itemOfPart(part) ?? ''])
  return changes.find(change => causeOfChange(change) === cause)
}

/**
 * The lines above a message whose headlines outlets have changed, the newest first, each with the words that stood there.
 * Of what its outlet took back, nothing is repeated; another address is no line.
 */
export function changeLines(
  repairs: Pick<Repair, 'cause'>[],
  { changes, items }: ChangedItems,
  clock: { zone: string; near: number },
): Inline[][] {
  const causes = new Set(repairs.map(({ cause }) => cause))
  return changes
    .filter(change => causes.has(causeOfChange(change)) && isTold(change, items.get(change.item)))
    .sort((a, b) => b.at - a.at || b.revision - a.revision)
    .map(({ outlet, at, was }) => phrases.wire.headlineChanged(outlet, momentOf(at, clock), was.title))
}

/** Whether a change is told: its outlet has another headline, and stands by the report. */
const isTold = ({ kind, was, now, outlet }: ItemChange, item: Item | undefined): boolean =>
  kind === 'title' && was.title !== now.title && item?.state === 'stands' && item.outlet === outlet

/** Puts the lines above a post of items: there the first of them comes first of all, before the headline. */
export function withLinesFirst(reply: Reply, lines: Inline[][]): Reply {
  const [first, ...others] = lines
  if (!first || !reply.lead) return lines.length > 0 ? { ...reply, corrections: lines } : reply
  return {
    ...reply,
    lead: first,
    blocks: [text(...reply.lead), ...reply.blocks],
    // Even if there are none: the line above has the room that is kept for corrections.
    corrections: others,
  }
}
