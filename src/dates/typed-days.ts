/** A stretch of days as somebody typed it. A side that was left open is absent. */
export type TypedDays = { from?: string; to?: string }

/** Days that were read, and how many of the words say so. */
type Reading = { days: TypedDays; count: number }

const DAY_MS = 86_400_000
const MONTHS = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ')
const MONTH_NAMES =
  'january february march april may june july august september october november december'.split(' ')
const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday']
const COUNTS: Record<string, number> = {
  a: 1,
  one: 1,
  two: 2,
  couple: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  ten: 10,
}

const FROM_WORDS = new Set(['since', 'from', 'starting', 'beginning'])
const UP_TO_WORDS = new Set(['until', 'till', 'through', 'thru', 'up'])
const BETWEEN_WORDS = new Set(['to', 'until', 'till', 'through', 'thru', '-'])
const BACK_WORDS = new Set(['last', 'past', 'previous'])

/** Splits what may be dates into words: `19 Apr 2018`, `April 19, 2018`, `March–June 2018`, `2017-08..2018-07`. */
export const dayWords = (text: string): string[] =>
  text
    .toLowerCase()
    .replace(/\.\.|[…–—]/g, ' - ')
    .replace(/(\p{L}{3})-(?=\p{L}{3})/gu, (pair, _, at: number, all: string) =>
      monthOf(lettersAround(all, at)) ? pair.replace('-', ' - ') : pair,
    )
    .split(/[\s,]+/)
    .map(word => word.replace(/^[([]+|[.)\]]+$/g, ''))
    .filter(word => word !== '')

/** The letters of a text that end three after a position: the name before a hyphen. */
const lettersAround = (text: string, at: number): string =>
  /\p{L}*$/u.exec(text.slice(Math.max(0, at - 10), at + 3))?.[0] ?? ''

/**
 * The days that the first of some words name, as one day, month, year or week, or as a range of these; undefined if they
 * name none. `today` gives `last week` a meaning. A weekday alone is read only if it is the only word: in a sentence,
 * nobody can tell which Monday is meant.
 */
export function readDays(words: string[], today: string): Reading | undefined {
  const [first = '', second = ''] = words
  if (first === 'between') return readBetween(words, today)
  if (FROM_WORDS.has(first) || first === 'after') return readFrom(words, today)
  if (first === 'before' || UP_TO_WORDS.has(first)) {
    const skipped = first === 'up' && BETWEEN_WORDS.has(second) ? 2 : 1
    const end = first === 'up' && skipped === 1 ? undefined : readPoint(words.slice(skipped), today)
    if (!end) return undefined
    const to = first === 'before' ? shift(end.days.from, -1) : end.days.to
    return { days: { to }, count: end.count + skipped }
  }
  return readSpan(words, today)
}

function readFrom(words: string[], today: string): Reading | undefined {
  const rest = words.slice(1)
  const span = readSpan(rest, today, true)
  if (!span) return undefined
  const { from, to } = span.days
  const isRange = span.count > (readPoint(rest, today, true)?.count ?? 0)
  if (words[0] === 'after' && to !== undefined) return { days: { from: shift(to, 1) }, count: span.count + 1 }
  return { days: isRange ? { from, to } : { from }, count: span.count + 1 }
}

function readBetween(words: string[], today: string): Reading | undefined {
  const joined = words.slice(1)
  const and = joined.indexOf('and')
  if (and < 1) return undefined
  const span = readSpan(joined.with(and, 'to'), today)
  return span && span.count > and ? { ...span, count: span.count + 1 } : undefined
}

/** Reads a day, month or year, or a range from one to another, of which the first may leave out the year. */
function readSpan(words: string[], today: string, inSentence = false): Reading | undefined {
  const first = readPoint(words, today, inSentence)
  const bare = first ? undefined : monthOf(words[0] ?? '')
  const at = first?.count ?? 1
  if ((first || bare) && BETWEEN_WORDS.has(words[at] ?? '')) {
    const last = readPoint(words.slice(at + 1), today, inSentence)
    const start = first ?? (last?.days.from && readPoint([words[0]!, last.days.from.slice(0, 4)], today))
    if (last && start) {
      const [from, to] = [start.days.from, last.days.to]
      const days = from <= to ? { from, to } : { from: last.days.from, to: start.days.to }
      return { days, count: at + 1 + last.count }
    }
    if (first && words.length === at + 1) return { days: { from: first.days.from }, count: words.length }
  }
  return first
}

type Point = { days: { from: string; to: string }; count: number }

/** Reads one day, week, month or year at the beginning of words. */
function readPoint(words: string[], today: string, inSentence = false): Point | undefined {
  const [first = '', second = '', third = ''] = words
  const iso = isoDays(first)
  if (iso) {
    const month = second !== '' && /^\d{4}$/.test(first) ? monthOf(second) : undefined
    return month && !dayOfMonth(third) && !isYear(third) ? point(monthDays(first, month), 2) : point(iso, 1)
  }
  const month = monthOf(first)
  if (month) {
    if (isYear(second)) return point(monthDays(second, month), 2)
    if (second === 'of' && isYear(third)) return point(monthDays(third, month), 3)
    const day = dayOfMonth(second)
    return day && isYear(third) ? point(oneDay(third, month, day), 3) : undefined
  }
  const day = dayOfMonth(first)
  if (day) {
    const skipped = second === 'of' ? 1 : 0
    const name = monthOf(words[1 + skipped] ?? '')
    const year = words[2 + skipped] ?? ''
    if (name && isYear(year)) return point(oneDay(year, name, day), 3 + skipped)
  }
  return slashed(first) ?? relative(words, today, inSentence)
}

/** `6/19/2018` and `19/6/2018`, but not `4/5/2018`: nobody can tell which is the month. `6/2018` is a month. */
function slashed(word: string): Point | undefined {
  const month = /^(\d{1,2})\/(\d{4})$/.exec(word)
  if (month) return isYear(month[2]!) ? point(monthDays(month[2]!, Number(month[1])), 1) : undefined
  const [, one, two, year] = (/^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(word) ?? []).map(Number)
  if (one === undefined || two === undefined || one > 12 === two > 12) return undefined
  return point(oneDay(String(year), Math.min(one, two), Math.max(one, two)), 1)
}

/** `yesterday`, `last week`, `the last three months`, `2 days ago`, `monday`. */
function relative(words: string[], today: string, inSentence: boolean): Point | undefined {
  if (today === '') return undefined
  const [first = '', second = '', third = ''] = words
  if (first === 'the') {
    const rest = relative(words.slice(1), today, inSentence)
    return rest && { ...rest, count: rest.count + 1 }
  }
  if (first === 'today') return point({ from: today, to: today }, 1)
  if (first === 'yesterday') return point({ from: shift(today, -1), to: shift(today, -1) }, 1)
  if (first === 'this' || BACK_WORDS.has(first)) {
    const weekday = WEEKDAYS.indexOf(second)
    if (weekday >= 0) return point(weekdayBefore(today, weekday), 2)
    const unit = unitOf(second)
    if (unit) return point(calendarUnit(today, unit, first === 'this' ? 0 : -1), 2)
    const count = countOf(second)
    const counted = unitOf(third)
    return count && counted ? point({ from: back(today, count, counted), to: today }, 3) : undefined
  }
  const count = countOf(first)
  const unit = unitOf(second)
  if (count && unit && third === 'ago') return point({ from: back(today, count, unit), to: today }, 3)
  const weekday = WEEKDAYS.indexOf(first)
  const mayStandAlone = inSentence || words.length === 1
  return weekday >= 0 && mayStandAlone ? point(weekdayBefore(today, weekday), 1) : undefined
}

type Unit = 'day' | 'week' | 'month' | 'year'

const unitOf = (word: string): Unit | undefined =>
  /^(day|week|month|year)s?$/.exec(word)?.[1] as Unit | undefined

const countOf = (word: string): number | undefined => (/^\d{1,3}$/.test(word) ? Number(word) : COUNTS[word])

/** A calendar week (from Monday), month or year: the current one, or the one before. A day is today or yesterday. */
function calendarUnit(today: string, unit: Unit, offset: 0 | -1): Point['days'] {
  if (unit === 'day') return { from: shift(today, offset), to: shift(today, offset) }
  if (unit === 'week') {
    const monday = shift(today, 7 * offset - weekdayOf(today))
    return { from: monday, to: shift(monday, 6) }
  }
  const year = Number(today.slice(0, 4))
  if (unit === 'year') return isoDays(String(year + offset))!
  const month = Number(today.slice(5, 7)) + offset
  return month === 0 ? monthDays(String(year - 1), 12)! : monthDays(String(year), month)!
}

function back(today: string, count: number, unit: Unit): string {
  if (unit === 'day' || unit === 'week') return shift(today, -count * (unit === 'week' ? 7 : 1))
  const months =
    Number(today.slice(0, 4)) * 12 + Number(today.slice(5, 7)) - 1 - count * (unit === 'year' ? 12 : 1)
  const year = String(Math.floor(months / 12)).padStart(4, '0')
  const { to } = monthDays(year, (months % 12) + 1) ?? { to: today }
  return [`${to.slice(0, 8)}${today.slice(8)}`, to].sort()[0]!
}

/** The last day with this name, today included. */
function weekdayBefore(today: string, weekday: number): Point['days'] {
  const day = shift(today, -((weekdayOf(today) - weekday + 7) % 7))
  return { from: day, to: day }
}

const point = (days: Point['days'] | undefined, count: number): Point | undefined => days && { days, count }

/** The number of a month by its name, whole or short: `apr`, `sept`, `april`. */
export const monthOf = (word: string): number | undefined => MONTH_NUMBERS.get(word)

const MONTH_NUMBERS = new Map([
  ...[...MONTHS, ...MONTH_NAMES].map((name, at): [string, number] => [name, (at % 12) + 1]),
  ['sept', 9],
])

const dayOfMonth = (word: string): number | undefined =>
  /^\d{1,2}(?:st|nd|rd|th)?$/.test(word) ? Number.parseInt(word, 10) : undefined

/** Only these years are taken from a sentence: `section 1373` is no year. */
const isYear = (word: string): boolean => /^(?:19|20)\d\d$/.test(word)

/** The days of `2018`, `2018-04` and `2018-04-19`. */
function isoDays(word: string): Point['days'] | undefined {
  const [, year = '', month, day] = /^((?:19|20)\d\d)(?:-(\d\d)(?:-(\d\d))?)?$/.exec(word) ?? []
  if (year === '') return undefined
  if (day !== undefined) return oneDay(year, Number(month), Number(day))
  return month === undefined ? { from: `${year}-01-01`, to: `${year}-12-31` } : monthDays(year, Number(month))
}

function monthDays(year: string, month: number): Point['days'] | undefined {
  if (month < 1 || month > 12) return undefined
  const last = new Date(Date.UTC(Number(year), month, 0)).toISOString().slice(0, 10)
  return { from: `${last.slice(0, 8)}01`, to: last }
}

function oneDay(year: string, month: number, day: number): Point['days'] | undefined {
  const days = monthDays(year, month)
  if (!days || day < 1 || day > Number(days.to.slice(8))) return undefined
  const date = `${days.from.slice(0, 8)}${String(day).padStart(2, '0')}`
  return { from: date, to: date }
}

const shift = (date: string, days: number): string =>
  new Date(Date.parse(date) + days * DAY_MS).toISOString().slice(0, 10)

const weekdayOf = (date: string): number => (new Date(date).getUTCDay() + 6) % 7
