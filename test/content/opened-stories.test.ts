import { expect, test } from 'vitest'
import { openLater } from '../../src/content/opened-stories.ts'
import type { Story } from '../../src/content/story.ts'
import { libraryFromFiles, storyFiles } from '../support/content/story-files.ts'

/** Makes stories whose parts are counted as they are read. */
function countedStories(count: number) {
  const { sections, quotes, timeline, people, facts, sources, ...head } = libraryFromFiles(
    storyFiles('bridge'),
  ).stories[0]!
  const long = { sections, quotes, timeline, people, facts, sources }
  const reads = new Map<number, number>()
  const stories: Story[] = Array.from({ length: count }, (_, at) =>
    openLater(head, {}, part => {
      reads.set(at, (reads.get(at) ?? 0) + 1)
      return long[part]
    }),
  )
  const ask = (at: number) => expect(stories[at]!.timeline).toBe(timeline)
  return { ask, readsOf: (at: number) => reads.get(at) ?? 0 }
}

test('stories that are asked about again and again are read twice at most', () => {
  const { ask, readsOf } = countedStories(100)
  for (let round = 0; round < 10; round++) for (let at = 0; at < 100; at++) ask(at)
  for (let at = 0; at < 100; at++) expect(readsOf(at)).toBeLessThanOrEqual(2)
})

test('those of a thousand that each are asked about once do not drive them out, and are given up soon', () => {
  const { ask, readsOf } = countedStories(1_000)
  for (let round = 0; round < 3; round++) for (let at = 0; at < 50; at++) ask(at)
  const before = readsOf(7)
  for (let at = 50; at < 1_000; at++) ask(at)
  ask(7)
  expect(readsOf(7)).toBe(before)
  ask(60)
  expect(readsOf(60)).toBe(2)
})
