import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  correctionsAndLateEvents,
  lastDay,
  newestChanges,
} from '../../../src/commands/story/newest-changes.ts'
import type { Correction, Event, Story } from '../../../src/content/story.ts'
import { libraryFromFiles, storyFiles } from '../../support/content/story-files.ts'

const base = libraryFromFiles(storyFiles('bridge')).stories[0]!
const day = fc.integer({ min: 1, max: 9 }).map(number => `2026-05-0${number}`)
const changesOfStory = fc.record({
  corrections: fc.array(day, { maxLength: 3 }),
  events: fc.array(fc.record({ date: day, added: fc.option(day, { nil: undefined }) }), { maxLength: 4 }),
})
const stories = fc.array(changesOfStory, { maxLength: 8 }).map(all =>
  all.map(
    ({ corrections, events }, index): Story => ({
      ...base,
      slug: `story-${index}`,
      corrections: corrections.map(on => ({ on, part: 'label' }) as Correction),
      timeline: events.map(event => event as Event),
    }),
  ),
)

/** All changes in one list, sorted as a whole. */
const allChanges = (list: Story[]) =>
  list
    .flatMap(story => [
      ...correctionsAndLateEvents(story),
      ...story.timeline.map(event => ({ story, on: event.date, event, late: false })),
    ])
    .sort((a, b) => (a.on === b.on ? 0 : a.on < b.on ? 1 : -1))

test('the newest changes are those of all stories together, in their order', () => {
  fc.assert(
    fc.property(stories, day, fc.integer({ min: 1, max: 6 }), (list, since, max) => {
      const all = allChanges(list)
      const expected = all.filter(({ on }) => on >= since)
      expect(newestChanges(list, since, max)).toEqual({
        count: expected.length,
        newest: expected.slice(0, max),
      })
      expect(lastDay(list)).toBe(all[0]?.on)
    }),
  )
})
