import type { ParsedItem } from '../item.ts'
import { alike } from './alike.ts'
import { comparable, keysByKind, keysOf } from './keys.ts'

/** A report of a feed, and all keys that it has there: also those of the other times that the feed lists it. */
export type Distinct = { item: ParsedItem; keys: string[] }

/**
 * The reports of a feed, each once. Two entries are one report if they differ in nothing that is shown, or are two versions
 * under one id and address; of these, the newer one counts.
 */
export function distinctItems(items: ParsedItem[]): Distinct[] {
  const perGuid = countBy(items, ({ guid }) => guid)
  const found: Distinct[] = []
  const byContent = new Map<string, Distinct>()
  const byId = new Map<string, Distinct>()
  for (const item of items) {
    const { link, title } = comparable(item)
    const id = item.guid === undefined || link === undefined ? undefined : JSON.stringify([item.guid, link])
    const ownId = link === undefined ? (item.guid ?? '') : ''
    const content = JSON.stringify([ownId, link, title, item.published, keysByKind(item).get('text')])
    const twin = byContent.get(content)
    const version = id === undefined ? undefined : byId.get(id)
    // One id that many items have says nothing; that of two may be two versions of one.
    const same =
      twin ?? (version && perGuid.get(item.guid) === 2 && isVersion(version.item, item) ? version : undefined)
    if (same) {
      if (momentOf(item) > momentOf(same.item)) same.item = item
      same.keys = [...new Set([...keysOf(same.item), ...same.keys, ...keysOf(item)])]
      continue
    }
    const distinct = { item, keys: keysOf(item) }
    found.push(distinct)
    byContent.set(content, distinct)
    if (id !== undefined) byId.set(id, distinct)
  }
  return found
}

const isVersion = (a: ParsedItem, b: ParsedItem): boolean => {
  const [one, other] = [comparable(a), comparable(b)]
  return (
    one.title === other.title ||
    (a.published !== undefined && a.published === b.published) ||
    alike(one.text ?? '', other.text ?? '') >= 0.5
  )
}

const momentOf = ({ updated, published }: ParsedItem): number => updated ?? published ?? 0

/** How often each value stands in a list; what has none is not counted. */
export function countBy<Entry>(items: Entry[], valueIn: (item: Entry) => string | number | undefined) {
  const counts = new Map<string | number | undefined, number>()
  for (const item of items) {
    const value = valueIn(item)
    if (value !== undefined) counts.set(value, (counts.get(value) ?? 0) + 1)
  }
  return counts
}
