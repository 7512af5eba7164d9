/**
 * Dates as news texts in English write them: `Sunday`, `Aug. 6, 2017`, `in July`, `yesterday`, `last week`. They are
 * resolved against the day of publication, as outlets write: a day of the week is within seven days of it, a month or a
 * day without a year is of the same year. What that leaves open is not guessed.
 */
import { addDays, weekdayOf } from './dates.ts'
import { DATE_PATTERNS } from './news-date-patterns.ts'
import { firstDayOf } from './rough-dates.ts'
import { type Tense, tenseAround } from './tense.ts'
import { monthOf } from './typed-days.ts'

/**
 * A date in a text: where it stands, what it says, and which day, month or year that is; without `date`, that cannot be
 * told. `sure` is false where the words around it allow another reading.
 */
export type NewsDate = { start: number; end: number; text: string; date?: string; sure: boolean }

type Found = { date?: string; sure: boolean }
const UNKNOWN: Found = { sure: false }

const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']

/** Finds the dates of a text, in order. Without a day of publication, only full dates are resolved. */
export function newsDates(text: string, published?: string): NewsDate[] {
  const found: NewsDate[] = []
  let taken = 0
  for (const match of text.matchAll(DATE_PATTERNS)) {
    const groups = match.groups as Record<string, string | undefined>
    const lead = groups.lead?.length ?? 0
    const start = match.index + lead
    const end = match.index + match[0].length
    const name = groups.month ?? groups.monthAfter ?? groups.weekday ?? 'M'
    // “May” and “March” are months, and small letters make them words.
    if (start < taken || !/^\p{Lu}/u.test(name)) continue
    taken = end
    const tense = () => tenseAround(text, start, end)
    found.push({ start, end, text: text.slice(start, end), ...resolve(groups, published, tense) })
  }
  return found
}

function resolve(
  groups: Record<string, string | undefined>,
  published: string | undefined,
  tense: () => Tense,
): Found {
  const { month = groups.monthAfter, day = groups.dayBefore, year, iso, weekday } = groups
  if (iso !== undefined) return checked(iso)
  if (month !== undefined) {
    const number = String(monthOf(month.toLowerCase().replace('.', '')) ?? 0).padStart(2, '0')
    const rest = day === undefined ? number : `${number}-${day.padStart(2, '0')}`
    if (year !== undefined) return checked(`${year}-${rest}`)
    return published === undefined ? UNKNOWN : withoutYear(rest, published, groups.which, tense())
  }
  if (groups.onlyYear !== undefined) return { date: groups.onlyYear, sure: true }
  if (published === undefined) return UNKNOWN
  if (weekday !== undefined) return ofWeekday(weekday, published, groups.whichDay, tense())
  return relative(groups, published)
}

/** A day or month without a year is of the year of publication, unless the verb beside it says that this cannot be. */
function withoutYear(rest: string, published: string, which: string | undefined, tense: Tense): Found {
  const year = Number(published.slice(0, 4))
  const same = `${year}-${rest}`
  const isLater = same > published.slice(0, same.length)
  const isEarlier = same < published.slice(0, same.length)
  // Nobody can tell whether “last July” is this year's or the one before.
  if (which !== undefined && which.toLowerCase() !== 'this') return UNKNOWN
  if (tense === 'past' && isLater) return checked(`${year - 1}-${rest}`)
  if (tense === 'future' && isEarlier) return checked(`${year + 1}-${rest}`)
  return { ...checked(same), sure: tense !== 'unclear' || !isLater }
}

/** The nearest day of that name: the last one, the day of publication included, or of what is to come the next one. */
function ofWeekday(weekday: string, published: string, which: string | undefined, tense: Tense): Found {
  // “Last Friday” and “next Tuesday” mean one week to some, and another to others.
  if (which !== undefined) return UNKNOWN
  const number = WEEKDAYS.indexOf(weekday.slice(0, 3).toLowerCase())
  const back = (weekdayOf(published) - number + 7) % 7
  const date = tense === 'future' ? addDays(published, (7 - back) % 7) : addDays(published, -back)
  return { date, sure: tense !== 'unclear' }
}

/** `today`, `yesterday`, `last month`, `this year`. */
function relative(groups: Record<string, string | undefined>, published: string): Found {
  const word = groups.dayWord?.toLowerCase().replaceAll(/\s+/g, ' ')
  if (word !== undefined) {
    const shift = word === 'yesterday' || word === 'last night' ? -1 : word === 'tomorrow' ? 1 : 0
    return { date: addDays(published, shift), sure: true }
  }
  const { span, unit } = groups
  if (span === undefined || unit === undefined) return UNKNOWN
  const step = { last: -1, this: 0, next: 1 }[span.toLowerCase()] ?? 0
  const year = Number(published.slice(0, 4))
  if (unit.toLowerCase() === 'year') return { date: String(year + step), sure: true }
  const months = year * 12 + Number(published.slice(5, 7)) - 1 + step
  return {
    date: `${Math.floor(months / 12)}-${String((months % 12) + 1).padStart(2, '0')}`,
    sure: true,
  }
}

/** A date that exists; else nothing. */
function checked(date: string): Found {
  const first = firstDayOf(date)
  const exists = !Number.isNaN(Date.parse(first)) && addDays(first, 0) === first
  return exists ? { date, sure: true } : UNKNOWN
}
