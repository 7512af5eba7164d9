import type { Feed } from '../../../src/content/feed.ts'
import type { Item } from '../../../src/store/wire/items.ts'
import { NOON } from '../noon.ts'

const HOUR = 3_600_000

/** An item on the wire, from WQAD two hours before noon where nothing else is said. */
export function item(id: string, title: string, more: Partial<Item> = {}): Item {
  const published = more.published ?? NOON - 2 * HOUR
  const outlet = more.outlet ?? 'WQAD'
  const via = more.via ?? 'feed:wqad'
  return {
    id,
    state: 'stands',
    revision: 1,
    title,
    url: `https://${outlet.toLowerCase().replace(/[^a-z]/g, '')}.example/${id}`,
    outlet,
    via,
    text: '',
    published,
    datedBy: 'outlet',
    arrived: published,
    firstSeen: published,
    changedAt: published,
    backlog: false,
    carriers: [{ via, outlet, state: 'stands', since: published }],
    ...more,
  }
}

/** A feed as `feeds.yml` has it. */
export const feed = (name: string, more: Partial<Feed> = {}): Feed => ({
  name,
  outlet: name.toUpperCase(),
  url: `https://${name}.example/feed`,
  everyMs: 600_000,
  ...more,
})
