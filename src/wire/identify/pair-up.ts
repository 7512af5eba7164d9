import type { Carrier } from '../../store/wire/items.ts'
import type { KeyKind } from '../item.ts'
import { countBy, type Distinct } from './distinct-items.ts'
import { evidenceOf, type FeedFacts } from './evidence.ts'
import { comparable } from './keys.ts'
import { scoreOf } from './score.ts'

/** A key that more items have than this tells them not apart, and all its pairs would be too many to weigh. */
const MAX_UNDER_KEY = 20
/** So many items a poll may be known by nearly the same text alone: more of them are bulletins from one template. */
const MAX_FUZZY = 5
/** From so many addresses on, it shows whether each item of a feed has its own. */
const ENOUGH_LINKS = 3

type Pair = { at: number; known: Carrier; score: number; isFuzzy?: true; distance: number }

/**
 * Finds for each item of a poll the known item of the same feed that it is. The surest pairs are taken first, and each known
 * item once: where in the feed an item stands plays no part, and what is missing from a poll is left alone.
 */
export function pairUp(items: Distinct[], known: Carrier[], keyKind: KeyKind): Map<number, Carrier> {
  const facts = factsOf(items, known, keyKind)
  const paired = new Map<number, Carrier>()
  const taken = new Set<string>()
  let fuzzy = 0
  for (const { at, known: carrier, isFuzzy } of pairsOf(items, known, facts)) {
    if (paired.has(at) || taken.has(carrier.item)) continue
    if (isFuzzy && ++fuzzy > MAX_FUZZY) continue
    paired.set(at, carrier)
    taken.add(carrier.item)
  }
  const left = known.filter(({ item }) => !taken.has(item))
  for (const [at, carrier] of pairByTitles(items, left, paired)) paired.set(at, carrier)
  return paired
}

function factsOf(items: Distinct[], known: Carrier[], keyKind: KeyKind): FeedFacts {
  const parsed = items.map(({ item }) => item)
  const links = countBy(parsed, item => comparable(item).link)
  const knownLinks = countBy(known, carrier => comparable(carrier).link)
  const isOwn = (counts: Map<unknown, number>) => [...counts.values()].every(count => count === 1)
  return {
    keyKind,
    guids: countBy(parsed, ({ guid }) => guid),
    links,
    moments: countBy(parsed, ({ published }) => published),
    texts: countBy(parsed, item => comparable(item).text),
    knownLinks,
    linksIdentify: Math.max(links.size, knownLinks.size) >= ENOUGH_LINKS && isOwn(links) && isOwn(knownLinks),
  }
}

/** All pairs that share a key and may be the same, the surest first. */
function pairsOf(items: Distinct[], known: Carrier[], facts: FeedFacts): Pair[] {
  const byKey = new Map<string, Carrier[]>()
  for (const carrier of known)
    for (const key of carrier.keys) {
      const sharing = byKey.get(key)
      if (sharing) sharing.push(carrier)
      else byKey.set(key, [carrier])
    }
  const pairs: Pair[] = []
  for (const [at, { item, keys }] of items.entries()) {
    const sharing = keys.map(key => byKey.get(key) ?? []).filter(({ length }) => length <= MAX_UNDER_KEY)
    const guidIsOwn = (facts.guids.get(item.guid) ?? 0) <= 1
    for (const carrier of new Set(sharing.flat())) {
      const scored = scoreOf(evidenceOf(item, carrier, facts), facts, guidIsOwn)
      const distance = Math.abs(
        (item.published ?? carrier.firstSeen) - (carrier.published ?? carrier.firstSeen),
      )
      if (scored.score > 0) pairs.push({ at, known: carrier, ...scored, distance })
    }
  }
  return pairs.sort((a, b) => b.score - a.score || a.distance - b.distance || a.at - b.at)
}

/** A move of a site changes at least so many items at once, and at least this share of what is not known otherwise. */
const MIN_MOVED = 3
const MIN_MOVED_SHARE = 0.5
const NEAR_MS = 2 * 86_400_000

/**
 * Where ids and addresses of a feed have changed all at once, its titles tell which item is which: one of them alone would
 * be chance, many together are a move.
 */
function pairByTitles(
  items: Distinct[],
  left: Carrier[],
  paired: Map<number, Carrier>,
): [at: number, known: Carrier][] {
  const open = [...items.entries()].filter(([at]) => !paired.has(at))
  const titles = countBy(open, ([, { item }]) => comparable(item).title || undefined)
  const byTitle = Map.groupBy(left, carrier => comparable(carrier).title)
  const pairs = open.flatMap(([at, { item }]): [number, Carrier][] => {
    const { title } = comparable(item)
    const [carrier, another] = byTitle.get(title) ?? []
    if (!carrier || another || titles.get(title) !== 1) return []
    const isDated = item.published !== undefined && carrier.published !== undefined
    return !isDated || Math.abs(item.published! - carrier.published!) <= NEAR_MS ? [[at, carrier]] : []
  })
  return pairs.length >= MIN_MOVED && pairs.length >= open.length * MIN_MOVED_SHARE ? pairs : []
}
