import type { Feed } from '../../content/feed.ts'
import { tokens } from '../../content/fold.ts'
import type { Story } from '../../content/story.ts'
import { matcherOfWords } from '../../digests/word-filter.ts'
import type { CardMatch } from '../../store/wire/cards.ts'
import type { Item } from '../../store/wire/items.ts'
import { type FeedsByVia, feedsByVia, itemText, storyMatcher } from './story-items.ts'

/** Finds what of an item matches a story; undefined if the item is not about it. */
type MatchStory = (item: Item) => CardMatch | undefined

/**
 * Makes what finds the stories that an item may be about, each with those of its words that the item has. Of a thousand
 * stories only those are looked at that have a word which begins like one of the item’s.
 */
export function createCardMatcher(stories: Story[], feeds: Feed[]): (item: Item) => CardMatch[] {
  const byVia = feedsByVia(feeds)
  const isNamed = new Set(feeds.flatMap(feed => feed.stories ?? []))
  const wordless: number[] = []
  const byKey = new Map<string, number[]>()
  for (const [index, { slug, wire }] of stories.entries()) {
    if (!wire && isNamed.has(slug)) wordless.push(index)
    for (const key of (wire?.words ?? []).flatMap(keyOf)) {
      const known = byKey.get(key)
      if (known) known.push(index)
      else byKey.set(key, [index])
    }
  }
  const made = new Map<number, MatchStory>()
  const matcherOf = (index: number): MatchStory => {
    const matcher = made.get(index) ?? createStoryMatch(stories[index]!, byVia)
    made.set(index, matcher)
    return matcher
  }
  return item => {
    const found = new Set(wordless)
    for (const key of keysIn(itemText(item))) for (const index of byKey.get(key) ?? []) found.add(index)
    return [...found].sort((a, b) => a - b).flatMap(index => matcherOf(index)(item) ?? [])
  }
}

function createStoryMatch(story: Story, byVia: FeedsByVia): MatchStory {
  const isAbout = storyMatcher(story, byVia)
  const matchers = (story.wire?.words ?? []).map(words => ({
    words,
    isIn: matcherOfWords({ wanted: [words], unwanted: [] }),
  }))
  return item =>
    isAbout(item)
      ? {
          story: story.slug,
          words: matchers.filter(({ isIn }) => isIn(itemText(item))).map(({ words }) => words),
        }
      : undefined
}

/** A single word of more letters may be the beginning of a longer one: then so many letters are compared. */
const BEGINNING = 5

/** What an item must have of words of a story, to be looked at: the first word, or how it begins where it is the only one. */
function keyOf(words: string): string[] {
  const [first, ...more] = tokens(words)
  if (first === undefined) return []
  return [more.length === 0 && first.length >= BEGINNING ? `^${first.slice(0, BEGINNING)}` : first]
}

function keysIn(text: string): Set<string> {
  const keys = new Set<string>()
  for (const token of text.split(/[ |]+/)) {
    keys.add(token)
    if (token.length >= BEGINNING) keys.add(`^${token.slice(0, BEGINNING)}`)
  }
  return keys
}
