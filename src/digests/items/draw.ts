import type { Inline, Label } from '../../chat/reply.ts'
import { clockAt, localDate, readableMoment } from '../../dates/dates.ts'
import { phrases } from '../../phrases/phrases.ts'
import type { Item } from '../../store/wire/items.ts'

/** How moments of items are told: on the clocks of a zone, with the day where it is another one than that of `near`. */
export type ItemClock = { zone: string; near: number }

/** A longer headline would leave no room on a phone. It is not cut: its length and its link are told instead. */
const MAX_HEADLINE = 400
/** Slack accepts 3,000 characters in a link, and may write one of the address as three. */
const MAX_ADDRESS = 1_000
/** How many outlets are named above items; the others are counted. */
const MAX_NAMED = 3

/** The label of everything that only others have reported. It cannot be switched off. */
export function labelOfItems(items: Item[]): Label | undefined {
  const outlets = [...new Set(items.flatMap(item => [item.outlet, ...standingOutlets(item)]))]
  if (outlets.length === 0) return undefined
  const named = outlets.slice(0, MAX_NAMED)
  return { state: 'developing', line: phrases.wire.reportedBy(named, outlets.length - named.length) }
}

/** The label of a post about one item: who reports it, and when. It cannot be switched off either. */
export const labelOfPost = (item: Item, clock: ItemClock): Label => ({
  state: 'developing',
  line: phrases.wire.reportedByAt(whoAndWhen(item, clock, readableMoment)),
})

/**
 * Draws an item in one line: its headline word for word, as a link, then who reports it, and when. Of one that was
 * withdrawn, nothing is shown but that.
 */
export function itemLine(item: Item, clock: ItemClock): Inline[] {
  if (item.state !== 'stands') return phrases.wire.withdrawn(item.outlet, momentOf(item.changedAt, clock))
  return [headline(item), ` · ${whoAndWhen(item, clock)}`]
}

/** The headline of an item, word for word, as a link where it has an address. */
export function headline({ title, url, outlet }: Item): Inline {
  const words = title.length > MAX_HEADLINE ? phrases.wire.longHeadline(title.length) : title
  const text = words === '' ? outlet : words
  return url === undefined || url.length > MAX_ADDRESS ? text : { link: url, text }
}

/** Who reports an item and when, and who no longer does: `AP, 07:12 · withdrawn by WQAD`. */
export function whoAndWhen(
  item: Item,
  clock: ItemClock,
  format = (at: number, zone: string, near: number) => momentOf(at, { zone, near }),
): string {
  const moment = format(item.published, clock.zone, clock.near)
  const when = item.datedBy === 'us' ? phrases.wire.firstSeen(moment) : moment
  const standing = standingOutlets(item)
  const gone = outletsIn(item, 'withdrawn').filter(outlet => !standing.includes(outlet))
  return [
    phrases.wire.reported(standing.join(', '), when),
    ...(gone.length > 0 ? [phrases.wire.withdrawnBy(gone.join(', '))] : []),
  ].join(' · ')
}

/** The outlets that stand by an item, the one that brought it first before the others. */
const standingOutlets = (item: Item): string[] => [...new Set([item.outlet, ...outletsIn(item, 'stands')])]

const outletsIn = ({ carriers }: Item, wanted: string): string[] => [
  ...new Set(carriers.filter(({ state }) => state === wanted).map(({ outlet }) => outlet)),
]

/** A moment as briefs tell it: `07:12` on the same day, otherwise `Sun 6 Aug 07:12`. */
export function momentOf(at: number, { zone, near }: ItemClock): string {
  return localDate(at, zone) === localDate(near, zone) ? clockAt(at, zone) : readableMoment(at, zone, near)
}
