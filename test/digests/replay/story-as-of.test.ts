import { beforeAll, expect, test } from 'vitest'
import type { Library } from '../../../src/content/library.ts'
import { storyAsOf } from '../../../src/digests/replay/story-as-of.ts'
import { libraryFromFolder, REPLAY_STORIES } from '../../support/digests/replay-stories.ts'

let library: Library
beforeAll(async () => {
  library = await libraryFromFolder(REPLAY_STORIES)
})
const on = (slug: string, day: string) => storyAsOf(library.story(slug)!, day)
const sections = (slug: string, day: string) => on(slug, day)?.sections.map(({ name }) => name)

test('there is no story before its first event', () => {
  expect(on('bridge', '2026-05-03')).toBeUndefined()
  expect(on('bridge', '2026-05-04')).toBeDefined()
})

test('the first lines of a story are those of the day: its dates, its state, and not yet its status', () => {
  const story = on('bridge', '2026-05-06')!
  expect(story).toMatchObject({ state: 'developing', from: '2026-05-04', coversTo: '2026-05-06' })
  expect(story.next).toBeUndefined()
  expect(story.checked).toBeUndefined()
  expect(story.timeline.map(({ date }) => date).at(-1)).toBe('2026-05-06')
  expect(sections('bridge', '2026-05-09')).toEqual(['summary', 'background'])
  expect(sections('bridge', '2026-05-10')).toEqual(['summary', 'status', 'background'])
})

test('a story is whole once its last day is reached, and says nothing of what only today says', () => {
  const { stale: _, ...whole } = library.story('bridge')!
  expect(on('bridge', '2026-05-10')).toEqual(whole)
})

test('words without a day of their own are those of their source', () => {
  const quotes = (day: string) => on('bridge', day)?.quotes.map(({ id }) => id)
  expect(quotes('2026-05-05')).toEqual(['okoro-1'])
  expect(quotes('2026-05-06')).toEqual(['okoro-1', 'brandt-1'])
})

test('what is to come is known from its source on, and a correction from its day on', () => {
  const coming = (day: string) => on('budget', day)?.coming.map(({ id }) => id)
  expect(coming('2026-08-31')).toEqual([])
  expect(coming('2026-09-02')).toEqual(['fares'])
  expect(coming('2026-09-24')).toEqual(['vote', 'fares'])
  expect(on('budget', '2026-09-14')?.corrections).toEqual([])
  expect(on('budget', '2026-09-15')?.corrections).toHaveLength(1)
})

test('a month is told by a source of it, and covers no day that was not yet there', () => {
  expect(on('budget', '2026-08-26')).toBeUndefined()
  expect(on('budget', '2026-08-27')).toMatchObject({ from: '2026-08', coversTo: '2026-08-27' })
  expect(on('budget', '2026-09-01')).toMatchObject({ coversTo: '2026-08-27' })
})
