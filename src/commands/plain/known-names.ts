import type { Library } from '../../content/library.ts'
import type { Story } from '../../content/story.ts'
import { nameFormsOf } from '../printable-line.ts'

/** What is known of the names of everybody: whole names and single words, and the words that only stand before the last one. */
export type KnownNames = { has(name: string): boolean; isFirstOnly(word: string): boolean }

/** Words at the end of a name that are no name: `Jefferson B. Sessions III`. */
export const SUFFIXES = new Set(['iii', 'ii', 'jr', 'sr', 'unnamed'])

/**
 * Makes what counts the names of stories. It keeps those of the stories that were asked about last, so that other content
 * costs as much as its changed stories: all names of a thousand stories are a tenth of a second to read.
 */
export function countNames(): { of(library: Library): KnownNames; add(story: Story): void } {
  const counted = new Set<Story>()
  const all = new Map<string, number>()
  const inner = new Map<string, number>()
  const last = new Map<string, number>()
  let current: Library | undefined

  function count(story: Story, by: 1 | -1): void {
    for (const name of nameFormsOf(story).split('\n')) {
      if (name === '') continue
      bump(all, name, by)
      const words = name.split(' ')
      if (words.length === 1) continue
      const end = words.findLastIndex(word => !SUFFIXES.has(word))
      for (const [at, word] of words.entries()) bump(at === end ? last : inner, word, by)
    }
  }
  function add(story: Story): void {
    if (counted.has(story)) return
    // It may be of content that is not in use yet.
    current = undefined
    counted.add(story)
    count(story, 1)
  }
  const names: KnownNames = {
    has: name => all.has(name),
    isFirstOnly: word => inner.has(word) && !last.has(word),
  }
  return {
    add,
    of(library) {
      if (library === current) return names
      const stories = new Set(library.stories)
      for (const story of counted) {
        if (stories.has(story)) continue
        counted.delete(story)
        count(story, -1)
      }
      for (const story of stories) add(story)
      current = library
      return names
    },
  }
}

function bump(counts: Map<string, number>, key: string, by: 1 | -1): void {
  const count = (counts.get(key) ?? 0) + by
  if (count === 0) counts.delete(key)
  else counts.set(key, count)
}
