import type { Inline } from '../../chat/reply.ts'
import { plural } from './counting.ts'

/** Sentences about what is expected: events to come, and those whose day has passed without an entry. */
export const coming = {
  title: (story: string) => `Coming · ${story}`,
  /** Where search found an event that is expected. */
  expectedOn: (day: string) => `Expected, ${day}`,
  next: (event: Inline[]): Inline[] => [{ bold: 'Next:' }, ' ', ...event],
  /** The day, month or year of the event is over. */
  overdue: (event: Inline[]): Inline[] => [
    { bold: 'Was expected:' },
    ' ',
    ...event,
    ' What came of it is not entered yet.',
  ],
  /** `lines` ask for what last happened, and where the story stands. */
  none: (lines: { last?: string; status: string }): Inline[] => [
    'No dated event is expected in this story.',
    ...(lines.last === undefined ? [] : [' What happened last: ', { code: lines.last }, ' ·']),
    ' Where it stands: ',
    { code: lines.status },
  ],
  notDated: (what: string): Inline[] => [{ bold: 'Without a date:' }, ' ', what],
  /** Above a list of what has happened. */
  inTimeline: (count: number, day: string, line: string): Inline[] => [
    { bold: 'Coming:' },
    ` ${plural(count, 'event')}, the next ${day}: `,
    { code: line },
  ],

  /** To editors: the day of an event is over, and its entry still says that it is expected. */
  notEntered: (story: string, day: string, what: string) =>
    `Expected ${day} in ${story}, and not entered: ${what} Write what happened in timeline.yml and take “expected: true” out, or give it its new date.`,
}
