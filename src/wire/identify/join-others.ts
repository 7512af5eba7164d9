import type { Carrier, Via } from '../../store/wire/items.ts'
import { alike, sharedWords } from './alike.ts'
import { countBy, type Distinct } from './distinct-items.ts'
import { comparable, MIN_SHARED_WORDS } from './keys.ts'

const HOUR_MS = 3_600_000
/** Several outlets carry a report of an agency within a day; the same headline later is another report. */
const SAME_DAY_MS = 24 * HOUR_MS
/** Under one address stands one report, unless the same page tells another one months later. */
const SAME_PAGE_MS = 30 * SAME_DAY_MS
/** Texts that have less in common are not those of one report. */
const OTHER_TEXT = 0.4
const ALIKE_TITLE = 0.4

/**
 * Finds for items that are new in this feed those of other feeds and senders that are the same report: under the same
 * address, the same id, or the same long headline on the same day. `taken` are items that this feed has already.
 */
export function joinOthers(
  items: Distinct[],
  others: Carrier[],
  { via, taken, now }: { via: Via; taken: Set<string>; now: number },
): Map<Distinct, Carrier> {
  const joined = new Map<Distinct, Carrier>()
  const used = new Set(taken)
  const byKey = new Map<string, Carrier[]>()
  for (const carrier of others)
    for (const key of carrier.keys)
      if (key.startsWith('shared:')) byKey.set(key, [...(byKey.get(key) ?? []), carrier])
  const links = countBy(items, ({ item }) => comparable(item).link)
  const titles = countBy(items, ({ item }) => comparable(item).title || undefined)
  const itemsUnder = (key: string) => new Set((byKey.get(key) ?? []).map(({ item }) => item)).size
  for (const distinct of items) {
    const { link, title } = comparable(distinct.item)
    const found = distinct.keys
      .filter(key => key.startsWith('shared:') && itemsUnder(key) === 1)
      .flatMap(key => byKey.get(key)!.map(carrier => ({ key, carrier })))
      .filter(({ carrier }) => carrier.via !== via && !used.has(carrier.item))
      .filter(({ key }) => !key.startsWith('shared:link') || (links.get(link) ?? 0) <= 1)
      .filter(({ key }) => !key.startsWith('shared:title') || (titles.get(title) ?? 0) <= 1)
      .find(({ carrier }) => isSameReport(distinct, carrier, now))
    if (!found) continue
    joined.set(distinct, found.carrier)
    used.add(found.carrier.item)
  }
  return joined
}

function isSameReport({ item }: Distinct, other: Carrier, now: number): boolean {
  const [a, b] = [comparable(item), comparable(other)]
  const apart = Math.abs((item.published ?? now) - (other.published ?? other.firstSeen))
  const textsDiffer = a.text !== undefined && b.text !== undefined && alike(a.text, b.text) < OTHER_TEXT
  const isTitle = a.title === b.title
  if (a.link !== undefined && a.link === b.link)
    return apart <= SAME_PAGE_MS && (isTitle || !textsDiffer || sharedWords(a.title, b.title) >= ALIKE_TITLE)
  if (isTitle && a.title.split(' ').length >= MIN_SHARED_WORDS) return apart <= SAME_DAY_MS && !textsDiffer
  const isGuid = a.guid !== undefined && a.guid === b.guid
  return isGuid && (isTitle || (!textsDiffer && sharedWords(a.title, b.title) >= ALIKE_TITLE))
}
