import { list, note, text } from '../../chat/reply.ts'
import { addressLength } from '../../digests/fits.ts'
import { itemLine } from '../../digests/items/draw.ts'
import { phrases } from '../../phrases/phrases.ts'
import { type Item, partOfItem } from '../../store/wire/items.ts'
import type { PageUnit } from '../pages.ts'

/** Whose clock tells when items were published, and at which moment. */
export type ItemsFrame = { zone: string; at: number }

/** The lines of some items, as units of an answer. */
export const itemUnits = (items: Item[], { zone, at }: ItemsFrame): PageUnit[] =>
  items.map(item => {
    const line = itemLine(item, { zone, near: at })
    const links = line.flatMap(run => (typeof run === 'object' && 'link' in run ? [addressLength(run)] : []))
    return {
      block: list([line]),
      sources: [],
      part: partOfItem(item.id),
      addresses: links.reduce((sum, length) => sum + length, 0),
    }
  })

/** How many items stand under an answer about something else. */
const MAX_BELOW = 3

/** The newest of some items under an answer about something else, below a line that says what they are. */
export function newsUnits(items: Item[], line: string, frame: ItemsFrame, most = MAX_BELOW): PageUnit[] {
  const units = itemUnits(items.slice(0, most), frame)
  const [first, ...others] = units
  if (!first) return []
  const lead = text({ bold: phrases.wire.inTheNews })
  const all = note(...phrases.wire.all(items.length, line))
  const more = items.length > most ? [{ ...first, block: all }] : []
  return [{ ...first, lead }, ...others, ...more]
}
