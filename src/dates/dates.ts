import { Temporal } from 'temporal-polyfill'
import { keepResults } from '../chat/keep-results.ts'
import { phrases } from '../phrases/phrases.ts'
import { isRough } from './rough-dates.ts'
import { dayWords, readDays } from './typed-days.ts'

/** Days of the week as they may be typed. */
const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday']
const DAY_MS = 86_400_000

/** More days than any answer names. */
const MAX_KEPT_DATES = 5_000

/** A date as people read it: `2017-08-07` is `7 Aug 2017`, `2017-08` is `Aug 2017`, and `2017` stays as it is. */
export const readableDate = keepResults((date): string => {
  const { year, month, day } = splitDate(date)
  return phrases.dates.date({ year, month: month || undefined, day: day || undefined })
}, MAX_KEPT_DATES)

/**
 * A date with its day of the week: `Thu 19 Apr`, with the year unless `today` is in the same year. A date without a day
 * always has its year.
 */
export function readableDay(date: string, today = ''): string {
  if (isRough(date)) return readableDate(date)
  const { year, month, day } = splitDate(date)
  const inSameYear = date.slice(0, 4) === today.slice(0, 4)
  return phrases.dates.day({ weekday: weekdayOf(date), day, month, year: inSameYear ? undefined : year })
}

/** How long ago a day was, in whole days, months or years: `yesterday`, `5 years ago`; undefined for a future day. */
export function timeAgo(date: string, today: string): string | undefined {
  const { years, months } = Temporal.PlainDate.from(date).until(today, { largestUnit: 'years' })
  const { days } = Temporal.PlainDate.from(date).until(today)
  if (days < 0) return undefined
  if (days < 2) return days === 0 ? phrases.dates.today : phrases.dates.yesterday
  if (years > 1) return phrases.dates.yearsAgo(years)
  const allMonths = years * 12 + months
  return allMonths > 1 ? phrases.dates.monthsAgo(allMonths) : phrases.dates.daysAgo(days)
}

function splitDate(date: string): { year: number; month: number; day: number } {
  return { year: Number(date.slice(0, 4)), month: Number(date.slice(5, 7)), day: Number(date.slice(8)) }
}

const toZonedDateTime = (at: number, zone: string) =>
  Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone)

const MINUTE_MS = 60_000

/**
 * The local date of a moment in a zone. That of the last minute is kept, since answer after answer asks for it: in our time,
 * days begin and clocks change at whole minutes everywhere.
 */
export function localDate(at: number, zone: string): string {
  const minute = Math.floor(at / MINUTE_MS)
  if (last?.minute === minute && last.zone === zone) return last.date
  const local = at + toZonedDateTime(at, zone).offsetNanoseconds / 1_000_000
  last = { minute, zone, date: new Date(local).toISOString().slice(0, 10) }
  return last.date
}

let last: { minute: number; zone: string; date: string } | undefined

/** The date some days after another, or before it if `days` is negative. */
export function addDays(date: string, days: number): string {
  return new Date(Date.parse(date) + days * DAY_MS).toISOString().slice(0, 10)
}

/** The day of the week of a date: 0 is Monday. */
export function weekdayOf(date: string): number {
  return (new Date(date).getUTCDay() + 6) % 7
}

/**
 * The moment at which the clocks of a zone show a time (`07:30`) on a date: the first of the two if they show it twice,
 * the first moment after the gap if they skip it. Undefined if the zone skips the whole date.
 */
export function momentOf(date: string, time: string, zone: string): number | undefined {
  const { year, month, day } = splitDate(date)
  const [hour, minute] = time.split(':').map(Number)
  const localTime = new Temporal.PlainDateTime(year, month, day, hour, minute)
  const first = localTime.toZonedDateTime(zone, { disambiguation: 'earlier' })
  if (first.hour === hour && first.minute === minute && first.day === day) return first.epochMilliseconds
  if (localTime.toPlainDate().toZonedDateTime(zone).day !== day) return undefined
  // In a gap, the two readings are on either side of the change. A binary search finds it 100 times faster than
  // getTimeZoneTransition().
  let before = first.epochMilliseconds
  let after = localTime.toZonedDateTime(zone, { disambiguation: 'later' }).epochMilliseconds
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2)
    if (toZonedDateTime(middle, zone).offsetNanoseconds === first.offsetNanoseconds) before = middle
    else after = middle
  }
  return after
}

/** A moment on the clocks of a zone: `Fri 20 Apr 07:30`, with the year unless it is the current year there. */
export function readableMoment(at: number, zone: string, now: number): string {
  return phrases.dates.moment(readableDay(localDate(at, zone), localDate(now, zone)), clockAt(at, zone))
}

/** Up to here a day of the week is unambiguous; after seven days it is the same again. */
const NEAR_MS = 6 * DAY_MS

/** A moment near another: `Fri 07:30`, or with its date if it is too far away to tell which Friday is meant. */
export function shortMoment(at: number, zone: string, near: number): string {
  if (Math.abs(at - near) >= NEAR_MS) return readableMoment(at, zone, near)
  return phrases.dates.weekdayMoment(weekdayOf(localDate(at, zone)), clockAt(at, zone))
}

/** The time that the clocks of a zone show at a moment: `07:30`. */
export function clockAt(at: number, zone: string): string {
  const { hour, minute } = toZonedDateTime(at, zone)
  return [hour, minute].map(part => String(part).padStart(2, '0')).join(':')
}

/** Whether a time zone exists. */
export function isZone(zone: string): boolean {
  try {
    toZonedDateTime(0, zone)
    return true
  } catch {
    return false
  }
}

/**
 * The first day of a `--since` value: a date, a month or a year, `today`, `yesterday`, a weekday (the last one, today
 * included), some hours, days or weeks back (`12h`, `7d`, `2w`), or any of these in words (`19 Apr 2018`, `last week`).
 * Undefined if it is none of these.
 */
export function parseSince(value: string, at: number, zone: string): string | undefined {
  const typed = value.trim().toLowerCase()
  const today = localDate(at, zone)
  if (typed === 'today') return today
  if (typed === 'yesterday') return addDays(today, -1)
  const weekday = WEEKDAYS.findIndex(name => name === typed || name.slice(0, 3) === typed)
  if (weekday >= 0) return addDays(today, -((weekdayOf(today) - weekday + 7) % 7))
  const back = /^(\d{1,4}) ?(h|d|w)(?:ours?|ays?|eeks?)?$/.exec(typed)
  if (back) {
    const hours = Number(back[1]) * { h: 1, d: 24, w: 168 }[back[2] as 'h' | 'd' | 'w']
    return localDate(at - hours * 3_600_000, zone)
  }
  return firstDay(typed) ?? wholeDays(typed, today)?.from
}

/** The days that a whole value names in words: `19 Apr 2018`, `last week`; undefined if a word is left over. */
function wholeDays(typed: string, today: string) {
  const words = dayWords(typed)
  const read = readDays(words, today)
  return read?.count === words.length ? read.days : undefined
}

/**
 * The first and last day of a typed range: `2018`, `2018-04`, `2018-04-19`, or two of these with `..`, a long dash or
 * `to` between them; one side may be left open (`2018..`). The same in words: `19 Apr 2018`, `March 2018 to June 2018`
 * and, where `today` is given, `last week`. Undefined if it is no range.
 */
export function parseDayRange(value: string, today = ''): { from: string; to: string } | undefined {
  const numbers = parseNumberRange(value)
  if (numbers) return numbers
  const words = wholeDays(value, today)
  return words && { from: words.from ?? FIRST_DAY, to: words.to ?? LAST_DAY }
}

const FIRST_DAY = '0000-01-01'
const LAST_DAY = '9999-12-31'

function parseNumberRange(value: string): { from: string; to: string } | undefined {
  const [first = '', last = first, ...more] = value
    .trim()
    .toLowerCase()
    .replace(/^(\d{4})-(\d{4})$/, '$1..$2')
    .split(/(?:(?<!\s)\s+)?(?:\.\.|[…–—]|\bto\b)\s*/)
  if (more.length > 0 || first + last === '') return undefined
  const from = first === '' ? FIRST_DAY : firstDay(first)
  const to = last === '' ? LAST_DAY : lastDay(last)
  if (!from || !to) return undefined
  return from <= to ? { from, to } : { from: firstDay(last) ?? to, to: lastDay(first) ?? from }
}

const firstDay = (typed: string) =>
  parseDate(typed.length === 4 ? `${typed}-01-01` : typed.length === 7 ? `${typed}-01` : typed)

function lastDay(typed: string): string | undefined {
  if (/^\d{4}$/.test(typed)) return `${typed}-12-31`
  if (!/^\d{4}-\d{2}$/.test(typed)) return parseDate(typed)
  const first = parseDate(`${typed}-01`)
  return first && addDays(Temporal.PlainDate.from(first).add({ months: 1 }).toString(), -1)
}

function parseDate(typed: string): string | undefined {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(typed)) return undefined
  try {
    return Temporal.PlainDate.from(typed, { overflow: 'reject' }).toString()
  } catch {
    return undefined
  }
}
