import { comingEvents, partOfEvent } from '../content/events/expected.ts'
import type { Event, Story } from '../content/story.ts'
import { addDays } from '../dates/dates.ts'
import { lastDayOf } from '../dates/rough-dates.ts'

/** An event that is still to come, its story and its part. */
type ComingEvent = { story: Story; event: Event; part: string }

/**
 * Finds the nearest event to come in some stories, from a day on; undefined if there is none, or if it is told already:
 * a later one would not be what comes next.
 */
export function nextComing(stories: Story[], date: string, told: Set<string>): ComingEvent | undefined {
  const [nearest] = stories
    .flatMap(story => {
      const [event] = comingEvents(story, date)
      return event ? { story, event, part: `${story.slug}/${partOfEvent(event)}` } : []
    })
    .sort((a, b) => compare(lastDayOf(a.event.date), lastDayOf(b.event.date)))
  return nearest && !told.has(nearest.part) ? nearest : undefined
}

/** A brief names an event that is so near; one further off only at a turn of its story, or it would be the same for months. */
const SOON_DAYS = 30

/** Whether an event is to come within the next weeks, seen from a date. */
export const isSoon = ({ date }: Event, today: string): boolean =>
  lastDayOf(date) <= addDays(today, SOON_DAYS)

const compare = (a: string, b: string) => (a === b ? 0 : a < b ? -1 : 1)
