import type { Carrier } from '../../store/wire/items.ts'
import type { KeyKind, ParsedItem } from '../item.ts'
import type { Distinct } from './distinct-items.ts'
import { comparable } from './keys.ts'

/** From the strongest to the weakest. */
const KINDS: KeyKind[] = ['guid', 'guidAndLink', 'link', 'linkDateTitle', 'titleAndText']
/** A feed of which more items have bad keys goes on with weaker ones. */
const MAX_BAD_SHARE = 0.05

/**
 * By what the items of a feed are known from now on: by what they were, or by something weaker, where too many have no key
 * or one that others have too, or an id that has wandered to another report. It never becomes stronger again by itself: a
 * feed that is good for a day and bad again would double everything twice.
 */
export function nextKeyKind(
  keyKind: KeyKind,
  items: Distinct[],
  known: Carrier[],
  paired: Map<number, Carrier>,
): KeyKind {
  if (items.length === 0) return keyKind
  const parsed = items.map(({ item }) => item)
  const wandered = wanderedIds(items, known, paired)
  const from = Math.max(KINDS.indexOf(keyKind), 0)
  for (const kind of KINDS.slice(from)) {
    const bad = badKeys(parsed, kind) + (kind === 'guid' ? wandered : 0)
    if (bad <= parsed.length * MAX_BAD_SHARE) return kind
  }
  return 'titleAndText'
}

/** How many items have an id that is known as that of another report: it counts places in the feed, or is used again. */
function wanderedIds(items: Distinct[], known: Carrier[], paired: Map<number, Carrier>): number {
  const owners = new Map(
    known.flatMap(({ guid, item }): [string, string][] => (guid === undefined ? [] : [[guid, item]])),
  )
  const wandered = items.filter(({ item }, at) => {
    const owner = item.guid === undefined ? undefined : owners.get(item.guid)
    return owner !== undefined && paired.get(at)?.item !== owner
  })
  return wandered.length
}

/** How many items have no key of a kind, or one that an item before has. */
function badKeys(items: ParsedItem[], kind: KeyKind): number {
  const seen = new Set<string>()
  for (const item of items) {
    const key = keyOf(item, kind)
    if (key !== undefined) seen.add(key)
  }
  return items.length - seen.size
}

function keyOf(item: ParsedItem, kind: KeyKind): string | undefined {
  const { link, title, text = '' } = comparable(item)
  if (kind === 'guid') return item.guid
  if (kind === 'guidAndLink') return item.guid && link && `${item.guid} ${link}`
  if (kind === 'link') return link
  if (kind === 'linkDateTitle') return link && `${link} ${item.published} ${title}`
  return `${title} ${text}`
}
