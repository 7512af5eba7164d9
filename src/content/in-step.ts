import type { Story } from './story.ts'

/** What is counted of stories. A story is dropped as it was added. */
export type Counting = { add(story: Story): void; drop(story: Story): void }

/**
 * Stories that are counted: `of` has counted exactly these when it returns, `add` counts one before somebody asks. `ofFew`
 * is as `of` where few are missing; where there are many it counts none, and returns false.
 */
export type CountedStories = {
  of(stories: Story[]): void
  ofFew(stories: Story[]): boolean
  add(story: Story): void
}

/** So many stories are counted in a moment. */
const FEW = 20

/**
 * Keeps what is counted in step with the list of stories that was asked about last, so that other content costs as much as
 * its changed stories: to count all names of a thousand stories takes a tenth of a second.
 */
export function keepInStep({ add: count, drop }: Counting): CountedStories {
  const counted = new Set<Story>()
  let current: Story[] | undefined

  function add(story: Story): void {
    if (counted.has(story)) return
    // It may be of content that is not in use yet.
    current = undefined
    counted.add(story)
    count(story)
  }
  function countThese(stories: Story[]): void {
    if (stories === current) return
    const wanted = new Set(stories)
    for (const story of counted) {
      if (wanted.has(story)) continue
      counted.delete(story)
      drop(story)
    }
    for (const story of wanted) add(story)
    current = stories
  }
  return {
    add,
    of: countThese,
    ofFew(stories) {
      if (stories !== current && stories.filter(story => !counted.has(story)).length > FEW) return false
      countThese(stories)
      return true
    },
  }
}

/** Adds to a count, and forgets what is not counted any more. Gives the count. */
export function bump(counts: Map<string, number>, key: string, by: 1 | -1): number {
  const count = (counts.get(key) ?? 0) + by
  if (count === 0) counts.delete(key)
  else counts.set(key, count)
  return count
}
