import { keepable } from '../../content/kept-values.ts'
import { memoizeParts } from '../../content/memoize.ts'
import { correctionCause } from '../../content/parts.ts'
import type { Correction, Event, Story } from '../../content/story.ts'
import { firstDayOf } from '../../dates/rough-dates.ts'
import { eventPart } from '../label.ts'
import type { EnteredSince } from './last-look.ts'

/**
 * A correction or an event of a story, by its day, or by its month or year where that is all that is known. `late` marks
 * an event listed on the day when it was added later.
 */
export type Change = { story: Story; on: string } & (
  | { correction: Correction }
  | { event: Event; late: boolean }
)

/**
 * Counts the corrections and dated entries of stories since a day, and lists the newest, at most `max`. Only the stories
 * of those are read: of the others, their days are known.
 */
export function newestChanges(
  stories: Story[],
  since: string,
  max: number,
): { count: number; newest: Change[] } {
  let count = 0
  const withChanges: { story: Story; last: string }[] = []
  for (const story of stories) {
    const days = changeDaysOf(story)
    const own = countSince(days, since)
    count += own
    if (own > 0) withChanges.push({ story, last: days[0]! })
  }
  // The newest of all are in as many stories as there are of them, at most: in those with the latest days.
  const candidates = new Set(
    withChanges
      .toSorted((a, b) => (a.last === b.last ? 0 : a.last < b.last ? 1 : -1))
      .slice(0, max)
      .map(({ story }) => story),
  )
  const newest = withChanges
    .filter(({ story }) => candidates.has(story))
    .flatMap(({ story }) => changesOf(story).slice(0, max))
    .filter(({ on }) => firstDayOf(on) >= since)
    .sort(newestFirst)
    .slice(0, max)
  return { count, newest }
}

/**
 * Counts the changes that were entered since somebody looked, and lists the newest, at most `max`: an event that was added
 * late is one change. Of a story that is new as a whole, they are those since the day of that look, and the newest one.
 */
export function enteredChanges(
  { stories, parts, newStories }: Pick<EnteredSince, 'stories' | 'parts' | 'newStories'>,
  day: string,
  max = Number.POSITIVE_INFINITY,
): { count: number; newest: Change[] } {
  const entered = stories.flatMap(story => {
    const once = changesOf(story).filter(change => !('event' in change) || change.late || !change.event.added)
    return newStories.has(story.slug)
      ? once.filter((change, index) => index === 0 || firstDayOf(change.on) >= day)
      : once.filter(change => parts.has(partOf(change)))
  })
  return { count: entered.length, newest: entered.sort(newestFirst).slice(0, max) }
}

/** The id of the part that a change is. */
export const partOf = (change: Change): string =>
  'event' in change
    ? eventPart(change.story, change.event)
    : correctionCause(change.story.slug, change.correction)

/** The latest day on which anything of these stories changed. */
export function lastDay(stories: Story[]): string | undefined {
  let last: string | undefined
  for (const story of stories) {
    const [day] = changeDaysOf(story)
    if (day !== undefined && (last === undefined || day > last)) last = day
  }
  return last
}

/** The corrections of a story and the events that were added later, newest first. */
export function correctionsAndLateEvents(story: Story): Change[] {
  const corrections = story.corrections.map(
    (correction): Change => ({ story, on: correction.on, correction }),
  )
  const lateEvents = story.timeline.flatMap((event): Change[] =>
    event.added === undefined ? [] : [{ story, on: event.added, event, late: true }],
  )
  return [...corrections, ...lateEvents].sort(newestFirst)
}

/** Every correction and dated entry of a story, newest first. */
const changesOf = memoizeParts((story: Story): Change[] =>
  [
    ...correctionsAndLateEvents(story),
    ...story.timeline.map((event): Change => ({ story, on: event.date, event, late: false })),
  ].sort(newestFirst),
)

/** The day of each of them, newest first. */
export const changeDaysOf = keepable('changeDays', story => changesOf(story).map(({ on }) => on))

/**
 * Counts the days from one on by binary search: they are sorted, newest first. A month counts from its first day, since
 * nobody knows that it was later.
 */
function countSince(days: string[], since: string): number {
  let low = 0
  let high = days.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (firstDayOf(days[middle]!) >= since) low = middle + 1
    else high = middle
  }
  return low
}

const newestFirst = (a: Change, b: Change) => (a.on === b.on ? 0 : a.on < b.on ? 1 : -1)
