import { expect, test } from 'vitest'
import { type KnownEvent, nameEvents } from '../../../src/content/events/event-names.ts'
import { partsOf } from '../../../src/content/parts.ts'
import type { Story } from '../../../src/content/story.ts'
import { libraryFromFiles, storyFiles } from '../../support/content/story-files.ts'

const storyOf = (timeline: object[]): Story =>
  libraryFromFiles(storyFiles('bridge', { timeline })).stories[0]!
const event = (id: string | undefined, text: string) => ({
  id,
  date: '2026-05-02',
  text,
  confidence: 'medium',
  sources: [1],
})

/** What the store knows of the events of a story, as it records them. */
const known = (story: Story): KnownEvent[] =>
  partsOf(story).flatMap(({ part, hash, event: shown }) =>
    shown
      ? [{ part, story: 'bridge', hash, words: shown.words, written: shown.written ?? '', present: 1 }]
      : [],
  )
const names = (before: Story, after: Story) =>
  nameEvents([after], { events: known(before), correctedParts: new Map() })[0]!.timeline.map(({ id }) => id)

test('an event with an id of its own is never taken for a removed one that had another', () => {
  const before = storyOf([event('e70', 'News number 70.'), event('e71', 'News number 71.')])
  const after = storyOf([event('e71', 'News number 71.'), event('e100', 'News number 100.')])
  expect(names(before, after)).toEqual(['e71', 'e100'])
  expect(
    names(storyOf([event('e70', 'News number 70.')]), storyOf([event('e100', 'News number 100.')])),
  ).toEqual(['e100'])
})

test('an event keeps its name when its words are corrected and an id is added', () => {
  const before = storyOf([event(undefined, 'The city closes the bridge at noon.')])
  const after = storyOf([event('closing', 'The city closes the bridge at ten.')])
  expect(names(before, after)).toEqual(['2026-05-02-1'])
})

test('an event without an id keeps its name when an earlier one of its day is entered', () => {
  const before = storyOf([event(undefined, 'The city closes the bridge at noon.')])
  const after = storyOf([
    event(undefined, 'An inspector reports cracks.'),
    event(undefined, 'The city closes the bridge at ten.'),
  ])
  expect(names(before, after)).toEqual(['2026-05-02-2', '2026-05-02-1'])
})
