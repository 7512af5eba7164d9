import { keepable } from '../kept-values.ts'
import type { Event, Story } from '../story.ts'
import { allEvents, partOfEvent } from './expected.ts'

/**
 * The events of a story that need an id and have none: they share their day with another one, or a correction names
 * them. What such an event is called depends on what is entered before it.
 */
export function eventsWithoutId(story: Story): Event[] {
  const events = allEvents(story)
  const countByDay = new Map<string, number>()
  for (const { date } of events) countByDay.set(date, (countByDay.get(date) ?? 0) + 1)
  const corrected = new Set(story.corrections.map(({ part }) => part))
  return events.filter(
    event => event.unnamed && (countByDay.get(event.date)! > 1 || corrected.has(partOfEvent(event))),
  )
}

/** How many events of a story need an id and have none. */
export const missingIdCount = keepable('missingIds', story => eventsWithoutId(story).length)

/** How many events of all these stories need an id and have none. */
export const countEventsWithoutId = (stories: Story[]): number =>
  stories.reduce((count, story) => count + missingIdCount(story), 0)

/** The command that writes the ids that are missing. */
export const WRITE_IDS_COMMAND = 'npm run nutgraf -- content ids'
