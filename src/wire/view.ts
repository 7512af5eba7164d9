import type { Feed } from '../content/feed.ts'
import type { Story } from '../content/story.ts'
import type { Item } from '../store/wire/items.ts'
import { feedsByVia, keepers, storyMatcher } from './match/story-items.ts'

/**
 * The wire at a moment, in memory: what stands on it, the newest first, and ways to find something there. `item` also
 * gives those that were withdrawn. In a view of the past (`isPast`), for a message that is drawn again, there is only what
 * the message shows, also what was withdrawn since: the message says so.
 */
export type WireView = {
  items: Item[]
  feeds: Feed[]
  isPast?: true
  item(id: string): Item | undefined
  /** The items that belong to a story, the newest first. */
  ofStory(story: Story): Item[]
  /** The items that a feed or sender of this name brought, the newest first. */
  ofFeed(name: string): Item[]
}

/** Makes a view of some items. What belongs to a story is looked for when it is first asked. */
export function createWireView(all: Item[], feeds: Feed[], past?: { isPast: true }): WireView {
  const byVia = feedsByVia(feeds)
  const isShown = (item: Item) =>
    past
      ? item.state === 'stands' || item.state === 'withdrawn'
      : item.state === 'stands' && keepers(item, byVia).length > 0
  const items = all.filter(isShown).sort(newestFirst)
  let byId: Map<string, Item> | undefined
  const byStory = new WeakMap<Story, Item[]>()
  return {
    items,
    feeds,
    ...past,
    item: id => {
      byId ??= new Map(all.map(item => [item.id, item]))
      return byId.get(id)
    },
    ofStory(story) {
      const known = byStory.get(story) ?? items.filter(storyMatcher(story, byVia))
      byStory.set(story, known)
      return known
    },
    ofFeed: name =>
      items.filter(({ carriers }) =>
        carriers.some(({ via }) => via === `feed:${name}` || via === `hook:${name}`),
      ),
  }
}

const newestFirst = (a: Item, b: Item) => b.published - a.published || (a.id < b.id ? -1 : 1)
