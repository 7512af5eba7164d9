import type { Feed } from '../../content/feed.ts'
import type { Story } from '../../content/story.ts'
import { filterText, matcherOfWords } from '../../digests/word-filter.ts'
import type { Item, Via } from '../../store/wire/items.ts'

/** The feeds of the content by what items say of who brought them: some name the stories that theirs may belong to. */
export type FeedsByVia = ReadonlyMap<Via, Pick<Feed, 'stories' | 'only' | 'not'>>

/** Makes the feeds findable by what items say of who brought them. */
export const feedsByVia = (feeds: Feed[]): FeedsByVia =>
  new Map(feeds.map(feed => [`feed:${feed.name}` as Via, feed]))

/** The words of an item that filters look at: its title, what else its outlet said, and the outlets. */
export function itemText(item: Item): string {
  const known = texts.get(item)
  if (known !== undefined) return known
  const outlets = item.carriers.map(({ outlet }) => outlet)
  const text = filterText([item.title, item.text, ...new Set([item.outlet, ...outlets])])
  texts.set(item, text)
  return text
}

/** Many stories and places are asked about the same items. */
const texts = new WeakMap<Item, string>()

/** Those who bring an item and keep it: a feed may drop items by words. Of who is no feed of ours, all is kept. */
export const keepers = (item: Item, feeds: FeedsByVia): Item['carriers'] =>
  item.carriers.filter(({ via }) => {
    const feed = feeds.get(via)
    return !feed || keeps(feed, item)
  })

type FeedWords = Pick<Feed, 'only' | 'not'>

function keeps(feed: FeedWords, item: Item): boolean {
  const { only, not = [] } = feed
  if (!only && not.length === 0) return true
  const known = matchers.get(feed) ?? matcherOfFeed(only, not)
  matchers.set(feed, known)
  return known(item)
}

/** Each item is looked at once: an item that changes is another object. */
function matcherOfFeed(only: string[] | undefined, not: string[]): (item: Item) => boolean {
  const isWanted = only ? matcherOfWords({ wanted: only, unwanted: [] }) : () => true
  const unwanted = not.map(words => filterText([words]))
  const kept = new WeakMap<Item, boolean>()
  return item => {
    const known = kept.get(item)
    if (known !== undefined) return known
    const text = itemText(item)
    const isKept = isWanted(text) && !unwanted.some(words => text.includes(words))
    kept.set(item, isKept)
    return isKept
  }
}

const matchers = new WeakMap<FeedWords, (item: Item) => boolean>()

/**
 * Makes the test whether an item belongs to a story: it has one of the story’s words, and came by a feed that may belong to
 * it. A story without words has the items of those feeds alone that name it.
 */
export function storyMatcher(
  { slug, wire }: Pick<Story, 'slug' | 'wire'>,
  feeds: FeedsByVia,
): (item: Item) => boolean {
  const hasWords = wire && matcherOfWords({ wanted: wire.words, unwanted: wire.not })
  return item => {
    const hasOne = hasWords?.(itemText(item))
    if (hasOne === false) return false
    return keepers(item, feeds).some(({ via }) => {
      const named = feeds.get(via)?.stories
      return named ? named.includes(slug) : hasWords !== undefined
    })
  }
}
