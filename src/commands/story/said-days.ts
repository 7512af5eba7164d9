import type { Inline } from '../../chat/reply.ts'
import type { Quote } from '../../content/story.ts'
import { readableDate } from '../../dates/dates.ts'
import { phrases } from '../../phrases/phrases.ts'
import { type DayRange, EVER, exactTime } from './days-in-words.ts'

/** Whether a quote says its day, and that is one of some days. */
export const isSaidWithin = ({ saidOn }: Quote, { from, to }: DayRange): boolean =>
  isDated(saidOn) && from <= saidOn && saidOn <= to

const isDated = (saidOn: string): boolean => /^\d/.test(saidOn)

/** Of some quotes, the place of the one that was said nearest to some days; undefined where none has a day. */
export function nearestSaid(quotes: Quote[], { from, to }: DayRange): number | undefined {
  const away = ({ saidOn }: Quote) =>
    isDated(saidOn)
      ? Math.max(0, daysBetween(saidOn, from), daysBetween(to, saidOn))
      : Number.POSITIVE_INFINITY
  const distances = quotes.map(away)
  const least = Math.min(...distances)
  return Number.isFinite(least) ? distances.indexOf(least) : undefined
}

const DAY_MS = 86_400_000
const daysBetween = (earlier: string, later: string): number =>
  (Date.parse(later) - Date.parse(earlier)) / DAY_MS

/** What stands above quotes that were chosen by the days on which they were said, out of `among`. */
export const saidLead = (range: DayRange, count: number, among: Quote[]): Inline[] => [
  phrases.story.saidWithin(whenOf(range), count, among.length, countUndated(among)),
]

/** Says that none of some quotes was said on some days. `speaker` is whose they all are, `nearest` a line that opens one. */
export function noneSaid(
  range: DayRange,
  among: Quote[],
  { speaker, nearest }: { speaker?: string; nearest?: { saidOn: string; line: string } },
): Inline[] {
  const near = nearest && { date: readableDate(nearest.saidOn), line: nearest.line }
  return phrases.story.noneSaid(whenOf(range), among.length, countUndated(among), speaker, near)
}

const countUndated = (quotes: Quote[]): number => quotes.filter(({ saidOn }) => !isDated(saidOn)).length

/** A time in words: `in 2018`, `on 19 Apr 2018`, `since 1 Jan 2019`. */
function whenOf(range: DayRange): string {
  const { from, to } = range
  const time = exactTime(range)
  if (time !== undefined) return phrases.story.saidIn(readableDate(time), time.length > 'yyyy-mm'.length)
  const readable = (day: string, ever: string) => (day === ever ? undefined : readableDate(day))
  return phrases.story.saidBetween(readable(from, EVER.from), readable(to, EVER.to))
}
