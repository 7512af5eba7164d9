import { Temporal } from 'temporal-polyfill'
import { phrases } from './phrases/phrases.ts'

/** Days of the week as they may be typed. */
const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday']
const DAY_MS = 86_400_000

/** A date as people read it: `2017-08-07` is `7 Aug 2017`. */
export const readableDate = (date: string): string => phrases.dates.date(splitDate(date))

/** A date with its day of the week: `Thu 19 Apr`, with the year where it is not that of another date. */
export function readableDay(date: string, present = ''): string {
  const { year, ...day } = { ...splitDate(date), weekday: weekdayOf(date) }
  return phrases.dates.day(date.slice(0, 4) === present.slice(0, 4) ? day : { ...day, year })
}

/** How long ago a day was, in whole days, months or years: `yesterday`, `5 years ago`; nothing for a day to come. */
export function timeAgo(date: string, today: string): string | undefined {
  const { years, months } = Temporal.PlainDate.from(date).until(today, { largestUnit: 'years' })
  const all = Temporal.PlainDate.from(date).until(today).days
  if (all < 0) return undefined
  if (all < 2) return all === 0 ? phrases.dates.today : phrases.dates.yesterday
  if (years > 1) return phrases.dates.yearsAgo(years)
  const since = years * 12 + months
  return since > 1 ? phrases.dates.monthsAgo(since) : phrases.dates.daysAgo(all)
}

function splitDate(date: string): { year: number; month: number; day: number } {
  const [year, month, day] = date.split('-').map(Number)
  return { year: year!, month: month!, day: day! }
}

const toZonedDateTime = (at: number, zone: string) =>
  Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone)

/** The local date of a moment in a zone. */
export function localDate(at: number, zone: string): string {
  return new Date(at + toZonedDateTime(at, zone).offsetNanoseconds / 1_000_000).toISOString().slice(0, 10)
}

/** A date some days before or after another. */
export function addDays(date: string, days: number): string {
  return new Date(Date.parse(date) + days * DAY_MS).toISOString().slice(0, 10)
}

/** The day of the week of a date: 0 is Monday. */
export function weekdayOf(date: string): number {
  return (new Date(date).getUTCDay() + 6) % 7
}

/**
 * The moment at which the clocks of a zone show a time (`07:30`) on a date: the first of the two where they show it
 * twice, the first moment after the gap where they skip it. Undefined where the zone skips the whole date.
 */
export function momentOf(date: string, time: string, zone: string): number | undefined {
  const { year, month, day } = splitDate(date)
  const [hour, minute] = time.split(':').map(Number)
  const asked = new Temporal.PlainDateTime(year, month, day, hour, minute)
  const first = asked.toZonedDateTime(zone, { disambiguation: 'earlier' })
  if (first.hour === hour && first.minute === minute && first.day === day) return first.epochMilliseconds
  if (asked.toPlainDate().toZonedDateTime(zone).day !== day) return undefined
  // In a gap the two readings lie on either side of the change. Halving finds it 100 times faster than
  // getTimeZoneTransition().
  let before = first.epochMilliseconds
  let after = asked.toZonedDateTime(zone, { disambiguation: 'later' }).epochMilliseconds
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2)
    if (toZonedDateTime(middle, zone).offsetNanoseconds === first.offsetNanoseconds) before = middle
    else after = middle
  }
  return after
}

/** A moment on the clocks of a zone: `Fri 20 Apr 07:30`, with the year where it is not the present one there. */
export function readableMoment(at: number, zone: string, now: number): string {
  return phrases.dates.moment(readableDay(localDate(at, zone), localDate(now, zone)), clockAt(at, zone))
}

const NEAR_MS = 6 * DAY_MS

/** A moment near another: `Fri 07:30`; with its date where that would not say which Friday. */
export function shortMoment(at: number, zone: string, near: number): string {
  if (Math.abs(at - near) >= NEAR_MS) return readableMoment(at, zone, near)
  return phrases.dates.weekdayMoment(weekdayOf(localDate(at, zone)), clockAt(at, zone))
}

/** What the clocks of a zone show at a moment: `07:30`. */
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
 * The first day that a `--since` value means: a date, a month or a year, `today`, `yesterday`, a weekday (the last one, today included),
 * or some hours, days or weeks back (`12h`, `7d`, `2w`). Undefined when it is none of these.
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
  return firstDay(typed)
}

/**
 * The first and last day of a typed range: `2018`, `2018-04`, `2018-04-19`, or two of them with `..`, a long dash or `to`
 * between; one side may be left open (`2018..`).
 */
export function parseDayRange(value: string): { from: string; to: string } | undefined {
  const [first = '', last = first, ...more] = value
    .trim()
    .toLowerCase()
    .replace(/^(\d{4})-(\d{4})$/, '$1..$2')
    .split(/\s*(?:\.\.|[…–—]|\bto\b)\s*/)
  if (more.length > 0 || first + last === '') return undefined
  const from = first === '' ? '0000-01-01' : firstDay(first)
  const to = last === '' ? '9999-12-31' : lastDay(last)
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
