import { lastDayOf } from '../../dates/rough-dates.ts'
import type { Event, Story } from '../story.ts'

/** The events that a story expects and that may still come on a day, the nearest first. */
export const comingEvents = ({ coming }: Story, today: string): Event[] =>
  coming.filter(event => !isOverdue(event, today))

/** The events that a story expected for a day before this one, and of which nobody has entered what became of them. */
export const overdueEvents = ({ coming }: Story, today: string): Event[] =>
  coming.filter(event => isOverdue(event, today))

/** Whether the day, month or year of an expected event is over. */
export const isOverdue = ({ date }: Event, today: string): boolean => lastDayOf(date) < today

/** All events of a story, in the order of its file: what has happened, and what is expected. */
export const allEvents = ({ timeline, coming }: Story): Event[] => [...timeline, ...coming]

/**
 * The part of an event, without the slug of its story. What is expected is another part than what has happened: when it
 * happens, that is news, and not a revision of what was expected.
 */
export const partOfEvent = ({ id, expected }: Event): string => `${expected ? 'expected' : 'event'}:${id}`
