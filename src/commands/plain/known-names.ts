import { bump, keepInStep } from '../../content/in-step.ts'
import type { Library } from '../../content/library.ts'
import type { Story } from '../../content/story.ts'
import { nameFormsOf } from '../printable-line.ts'

/** What is known of the names of everybody: whole names and single words, and the words that only stand before the last one. */
export type KnownNames = { has(name: string): boolean; isFirstOnly(word: string): boolean }

/** Words at the end of a name that are no name: `Jefferson B. Sessions III`. */
export const SUFFIXES = new Set(['iii', 'ii', 'jr', 'sr', 'unnamed'])

/** Makes what counts the names of stories, in step with the library that was asked about last. */
export function countNames(): { of(library: Library): KnownNames; add(story: Story): void } {
  const all = new Map<string, number>()
  const inner = new Map<string, number>()
  const last = new Map<string, number>()

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
  const stories = keepInStep({ add: story => count(story, 1), drop: story => count(story, -1) })
  const names: KnownNames = {
    has: name => all.has(name),
    isFirstOnly: word => inner.has(word) && !last.has(word),
  }
  return {
    add: stories.add,
    of(library) {
      stories.of(library.stories)
      return names
    },
  }
}
