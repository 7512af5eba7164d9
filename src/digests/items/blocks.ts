import { type Block, type Inline, list, note, text } from '../../chat/reply.ts'
import { phrases } from '../../phrases/phrases.ts'
import { type Item, itemOfPart, partOfItem } from '../../store/wire/items.ts'
import type { DrawContext } from '../draw-context.ts'
import type { Selection } from '../selection.ts'
import { headline, type ItemClock, itemLine, whoAndWhen } from './draw.ts'

/** What others report, below an edition: a line that says that it was not checked, then an item a line. */
export function itemBlocks(selection: Selection, context: DrawContext): Block[] {
  const { items, continued, slot, zone } = selection
  if (!items || continued || items.ids.length === 0) return []
  const clock: ItemClock = { zone, near: slot }
  const [lead] = leadsWithItem(selection) ? items.ids : []
  const lines = items.ids
    .filter(id => id !== lead)
    .map(id => {
      const item = context.item?.(id)
      return item ? itemLine(item, clock) : [{ italic: phrases.wire.noLongerThere }]
    })
  const leading = lead === undefined ? undefined : context.item?.(lead)
  const below = leading?.state === 'stands' ? [text(whoAndWhen(leading, clock))] : []
  const heading = lead === undefined ? [text({ bold: phrases.wire.inTheNews })] : []
  return [
    ...below,
    ...(lines.length > 0 ? [...heading, list(lines)] : []),
    ...(items.more === undefined
      ? []
      : [note(...phrases.wire.all(items.ids.length + items.more, context.commandLines.wire()))]),
  ]
}

/** Whether an edition has nothing but items, so that the first of them is its first line. */
export const leadsWithItem = ({ body, items, quiet }: Selection): boolean =>
  !quiet && items !== undefined && items.ids.length > 0 && body.stories.length === 0 && !body.rest

/** The first line of an edition that has nothing but items: the headline of the first. */
export function itemLead(selection: Selection, context: DrawContext): Inline[] {
  const [id = ''] = selection.items?.ids ?? []
  const item = context.item?.(id)
  if (!item) return [{ italic: phrases.wire.noLongerThere }]
  const clock: ItemClock = { zone: selection.zone, near: selection.slot }
  return item.state === 'stands' ? [headline(item)] : itemLine(item, clock)
}

/** The items that an edition shows and that are still there. */
export const itemsOf = ({ items, continued }: Selection, context: DrawContext): Item[] =>
  continued ? [] : (items?.ids ?? []).flatMap(id => context.item?.(id) ?? [])

/** The parts by which the change of an item finds the message. One that is gone may come back. */
export const itemParts = ({ items, continued }: Selection): string[] =>
  continued ? [] : (items?.ids ?? []).map(partOfItem)

/** The revision in which a part is drawn, if it is an item. */
export function itemRevision(part: string, { item }: Pick<DrawContext, 'item'>): number | undefined {
  const id = itemOfPart(part)
  return id === undefined ? undefined : (item?.(id)?.revision ?? 0)
}
