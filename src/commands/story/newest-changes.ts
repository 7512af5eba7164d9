import { keepable } from '../../content/kept-values.ts'
import { memoizeParts } from '../../content/memoize.ts'
import type { Correction, Event, Story } from '../../content/story.ts'

/** A correction or an event of a story, by its day. `late` marks an event listed on the day when it was added later. */
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
    .filter(({ on }) => on >= since)
    .sort(newestFirst)
    .slice(0, max)
  return { count, newest }
}

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

/** Counts the days from one on by binary search: they are sorted, newest first. */
function countSince(days: string[], since: string): number {
  let low = 0
  let high = days.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (days[middle]! >= since) low = middle + 1
    else high = middle
  }
  return low
}

const newestFirst = (a: Change, b: Change) => (a.on === b.on ? 0 : a.on < b.on ? 1 : -1)
