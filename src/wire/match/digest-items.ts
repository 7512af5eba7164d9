import type { Digest } from '../../content/digest.ts'
import type { Feed } from '../../content/feed.ts'
import type { Story } from '../../content/story.ts'
import { matcherOf } from '../../digests/word-filter.ts'
import type { Item, Via } from '../../store/wire/items.ts'
import { itemText, keepers, storyMatcher } from './story-items.ts'

/** What a place gets of a digest: its stories there, and the words by which the place chose. */
export type DigestOfPlace = { digest: Pick<Digest, 'wire'>; stories: Story[]; words?: string }

/** Of some items those that belong into a digest. Of thousands, filter by `digestMatcher` in slices. */
export const itemsForDigest = (items: Item[], own: DigestOfPlace, feeds: Feed[]): Item[] =>
  items.filter(digestMatcher(own, feeds))

/**
 * Makes the test whether an item belongs into a digest: its feeds bring it, or it is about one of its stories. A place that
 * chose words gets only items that have one of them.
 */
export function digestMatcher(
  { digest: { wire }, stories, words = '' }: DigestOfPlace,
  feeds: Feed[],
): (item: Item) => boolean {
  if (wire === 'none') return () => false
  const byVia = new Map<Via, Feed>(feeds.map(feed => [viaOf(feed), feed]))
  const matchers = stories.map(story => storyMatcher(story, byVia))
  const named = new Set(Array.isArray(wire) ? wire.map(viaOfName) : [])
  const isWanted = words === '' ? () => true : matcherOf(words)
  return item =>
    ((wire === 'all' && keepers(item, byVia).length > 0) ||
      keepers(item, byVia).some(({ via }) => named.has(via)) ||
      matchers.some(isAbout => isAbout(item))) &&
    isWanted(itemText(item))
}

/** The feeds that may bring something into a digest: those that must be reached before it says that nothing is new. */
export function feedsForDigest({ digest: { wire }, stories }: DigestOfPlace, feeds: Feed[]): Feed[] {
  if (wire === 'none') return []
  const slugs = new Set(stories.map(({ slug }) => slug))
  const mayMatch = stories.some(story => story.wire)
  return feeds.filter(
    ({ name, stories: named }) =>
      wire === 'all' || wire?.includes(name) || (named ? named.some(slug => slugs.has(slug)) : mayMatch),
  )
}

/** How items name who brings them, by the name in a digest: `wqad` is a feed, `hook:ghost` a sender. */
const viaOfName = (name: string): string => (name.startsWith('hook:') ? name : `feed:${name}`)

/** How items name a feed that brings them. */
export const viaOf = ({ name }: Pick<Feed, 'name'>): Via => `feed:${name}`
