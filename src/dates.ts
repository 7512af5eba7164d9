import { Temporal } from 'temporal-polyfill'

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday']

/** A date as people read it: `2017-08-07` is `7 Aug 2017`. */
export function readable(date: string): string {
  const [year, month, day] = date.split('-').map(Number)
  return `${day} ${MONTHS[month! - 1]} ${year}`
}

/** The local date of a moment in a zone. */
export function dayOf(at: number, zone: string): string {
  return Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone).toPlainDate().toString()
}

/** A date some days before or after another. */
export function addDays(date: string, days: number): string {
  return Temporal.PlainDate.from(date).add({ days }).toString()
}

/** Whether a time zone exists. */
export function isZone(zone: string): boolean {
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(zone)
    return true
  } catch {
    return false
  }
}

/**
 * The first day that a `--since` value means: a date, `today`, `yesterday`, a weekday (the last one, today included),
 * or some hours, days or weeks back (`12h`, `7d`, `2w`). Undefined when it is none of these.
 */
export function sinceDay(value: string, at: number, zone: string): string | undefined {
  const typed = value.trim().toLowerCase()
  const today = dayOf(at, zone)
  if (typed === 'today') return today
  if (typed === 'yesterday') return addDays(today, -1)
  const weekday = WEEKDAYS.findIndex(name => name === typed || name.slice(0, 3) === typed)
  if (weekday >= 0) return addDays(today, -((Temporal.PlainDate.from(today).dayOfWeek - 1 - weekday + 7) % 7))
  const back = /^(\d{1,4}) ?(h|d|w)(?:ours?|ays?|eeks?)?$/.exec(typed)
  if (back) {
    const hours = Number(back[1]) * { h: 1, d: 24, w: 168 }[back[2] as 'h' | 'd' | 'w']
    return dayOf(at - hours * 3_600_000, zone)
  }
  return dateOf(typed)
}

/** The first and last day of a typed range: `2018`, `2018-04`, `2018-04-19`, or two of them with `..` or `to` between. */
export function dayRange(value: string): { from: string; to: string } | undefined {
  const [first = '', last = first, ...more] = value
    .trim()
    .toLowerCase()
    .split(/\s*(?:\.\.|\bto\b)\s*/)
  if (more.length > 0) return undefined
  const from = dateOf(first.length === 4 ? `${first}-01-01` : first.length === 7 ? `${first}-01` : first)
  const to = lastDay(last)
  return from && to ? { from, to } : undefined
}

function lastDay(typed: string): string | undefined {
  if (/^\d{4}$/.test(typed)) return `${typed}-12-31`
  if (!/^\d{4}-\d{2}$/.test(typed)) return dateOf(typed)
  const first = dateOf(`${typed}-01`)
  return first && addDays(Temporal.PlainDate.from(first).add({ months: 1 }).toString(), -1)
}

function dateOf(typed: string): string | undefined {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(typed)) return undefined
  try {
    return Temporal.PlainDate.from(typed, { overflow: 'reject' }).toString()
  } catch {
    return undefined
  }
}
