import { clockAt, localDate, weekdayOf } from '../dates/dates.ts'
import { DAYS, type Day } from './slots.ts'

/** How many items are posted within an hour where the digest says nothing else. */
export const USUAL_AN_HOUR = 6
const HOUR_MS = 3_600_000
/** An item that waited for longer came in quiet hours, or in an hour with too many: it comes together with others. */
const FRESH_MS = 15 * 60_000

/** When a place gets items: at most `anHour`, not within `quietHours` (`22:00-07:00`), and on some days of the week. */
export type AtOnceRules = { anHour?: number; quietHours?: string; zone: string; days: Day[] }

/**
 * Groups items that wait, the oldest first, into posts: each by itself, or together where there are more than the hour
 * has room for, or where they have waited. No posts if all must wait. `posted` counts the posts of the last hour.
 */
export function planAtOnce<Waiting extends { arrived?: number }>(
  waiting: Waiting[],
  { posted, now, rules }: { posted: number; now: number; rules: AtOnceRules },
): Waiting[][] {
  const room = roomOf(posted, rules)
  const [oldest] = waiting
  if (!oldest || room < 1 || isQuietTime(now, rules)) return []
  const hasWaited = now - (oldest.arrived ?? now) > FRESH_MS
  if (hasWaited) return [waiting]
  if (waiting.length <= room) return waiting.map(item => [item])
  // The last one is for all that have no room.
  const alone = waiting.slice(0, room - 1).map(item => [item])
  return [...alone, waiting.slice(room - 1)]
}

const roomOf = (posted: number, { anHour = USUAL_AN_HOUR }: Pick<AtOnceRules, 'anHour'>) => anHour - posted

/** Whether the hour has room for one more post. */
export const hasRoom = (posted: number, rules: Pick<AtOnceRules, 'anHour'>): boolean =>
  roomOf(posted, rules) > 0

/** From when on posts count for an hour. */
export const hourBefore = (now: number): number => now - HOUR_MS

/** Whether a place wants no items now. */
export function isQuietTime(now: number, { quietHours, zone, days }: AtOnceRules): boolean {
  if (!days.includes(DAYS[weekdayOf(localDate(now, zone))]!)) return true
  const hours = quietHours === undefined ? undefined : readHours(quietHours)
  if (!hours) return false
  const clock = clockAt(now, zone)
  const { from, to } = hours
  return from <= to ? clock >= from && clock < to : clock >= from || clock < to
}

/** Reads hours such as `22:00-07:00`, which may go over midnight. */
export function readHours(written: string): { from: string; to: string } | undefined {
  const [, from, to] = /^(\d\d:\d\d)\s*[-–]\s*(\d\d:\d\d)$/.exec(written.trim()) ?? []
  return from === undefined || to === undefined ? undefined : { from, to }
}
