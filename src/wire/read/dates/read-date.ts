import { isZone, momentOf } from '../../../dates/dates.ts'
import { isFiller, isWeekday, monthNamed, zoneNamed } from './date-words.ts'
import { tidyDate } from './tidy-date.ts'

/** What a date is read with: the present, and the zone of the feed for dates that name none (otherwise UTC). */
export type DateContext = { now: number; zone?: string }

type Day = { year: number; month: number; day: number }
type Time = { hour: number; minute: number; second: number }
/** A zone as a number of minutes or by its name. */
type Zone = number | string

/** What is longer is no date. */
const MAX_LENGTH = 80
/** Nothing on the web is older. */
const FIRST_YEAR = 1990

/**
 * The moment that a feed gives as a date, in the forms that feeds use, also those that no standard knows. Undefined if any
 * word of it is not understood, or the year cannot be true: a date is read or it is not, never guessed. The zone of this
 * machine plays no part.
 */
export function readDate(text: string | undefined, context: DateContext): number | undefined {
  if (text === undefined || text.length > MAX_LENGTH) return undefined
  const typed = tidyDate(text)
  const at = countedMoment(typed) ?? writtenMoment(typed, context)
  return at !== undefined && isPossible(at, context.now) ? at : undefined
}

function isPossible(at: number, now: number): boolean {
  const year = new Date(at).getUTCFullYear()
  return year >= FIRST_YEAR && year <= new Date(now).getUTCFullYear() + 1
}

/** Seconds or milliseconds since 1970. */
const countedMoment = (typed: string): number | undefined => {
  const [, seconds, milliseconds] = /^(\d{10})(?:\.\d+)?$|^(\d{13})$/.exec(typed) ?? []
  if (seconds !== undefined) return Number(seconds) * 1000
  return milliseconds === undefined ? undefined : Number(milliseconds)
}

function writtenMoment(typed: string, { now, zone: ownZone }: DateContext): number | undefined {
  // What is in brackets repeats the zone in words; where it is all there is, it is the zone.
  const remark = /\(([^()]*)\)/.exec(typed)?.[1] ?? ''
  const outside = typed.replace(/\([^()]*\)/g, ' ')
  const date = takeDay(outside)
  const clock = takeTime(date.rest)
  if (clock === undefined) return undefined
  const place = takePlace(clock.rest)
  const offset = takeOffset(place.rest)
  const words = readWords(offset.rest, ownZone, now)
  if (!words) return undefined
  const day = date.day ?? words.day
  if (!day || (date.day && words.day) || !isDay(day)) return undefined
  const zone = offset.zone ?? words.zone ?? place.zone ?? zoneNamed(remark.trim(), ownZone) ?? ownZone ?? 0
  return moment(day, clock.time ?? { hour: 0, minute: 0, second: 0 }, zone)
}

const YEAR_FIRST = /(?<!\d)(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?!\d)[t_]?/
const COMPACT = /^(\d{4})(\d{2})(\d{2})(?:[t ]?(\d{2})(\d{2})(\d{2})?)?(?!\d)/
const DAY_FIRST = /(?<!\d)(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})(?!\d)/
const EITHER_FIRST = /(?<!\d)(\d{1,2})([/-])(\d{1,2})\2(\d{4})(?!\d)/

/** Takes a day that is written in numbers out of a text. */
function takeDay(text: string): { day?: Day; rest: string } {
  const compact = COMPACT.exec(text)
  if (compact) {
    const [all, year, month, day, hour, minute, second = '00'] = compact
    const time = hour === undefined ? '' : ` ${hour}:${minute}:${second} `
    return { day: dayOf(year, month, day), rest: time + text.slice(all.length) }
  }
  const first = YEAR_FIRST.exec(text)
  if (first) return { day: dayOf(first[1], first[3], first[4]), rest: without(text, first) }
  const dotted = DAY_FIRST.exec(text)
  if (dotted) return { day: dayOf(dotted[3], dotted[2], dotted[1]), rest: without(text, dotted) }
  const either = EITHER_FIRST.exec(text)
  if (!either) return { rest: text }
  const [, one, , two, year] = either
  // With “am” or “pm” it was written in America. Otherwise only a number above 12 tells which one is the day.
  const isMonthFirst = /\d ?[ap]m\b/.test(text) || Number(two) > 12
  if (!isMonthFirst && Number(one) <= 12) return { rest: text }
  return { day: isMonthFirst ? dayOf(year, one, two) : dayOf(year, two, one), rest: without(text, either) }
}

const TIME = /(?<![\d+-])(\d{1,2})(?::(\d{2})(?::(\d{1,2})(?:[.,:]\d+)?)?|h(\d{2})|(?= ?[ap]m\b)) ?([ap]m\b)?/

/** Takes the time out of a text; undefined if it is none that a clock shows. */
function takeTime(text: string): { time?: Time; rest: string } | undefined {
  const match = TIME.exec(text)
  if (!match) return { rest: text }
  const [, hours, minutes, seconds = '0', afterH, half] = match
  const twelve = Number(hours) % 12
  const hour = half && Number(hours) <= 12 ? twelve + (half === 'pm' ? 12 : 0) : Number(hours)
  // A leap second is shown as the one before it.
  const time = { hour, minute: Number(minutes ?? afterH ?? 0), second: Math.min(Number(seconds), 59) }
  const isTime = hour <= 23 || (hour === 24 && time.minute === 0)
  return isTime && time.minute <= 59 && Number(seconds) <= 60
    ? { time, rest: without(text, match) }
    : undefined
}

/** A zone by the name that it has in every computer: Europe/Paris. */
const PLACE = /(?<!\S)[a-z]+(?:\/[a-z][a-z_+-]*)+(?!\S)/

/** Takes such a zone out of a text, if there is one of that name. */
function takePlace(text: string): { zone?: string; rest: string } {
  const match = PLACE.exec(text)
  return match && isZone(match[0]) ? { zone: match[0], rest: without(text, match) } : { rest: text }
}

/** It stands by itself or after UTC: the hyphens of 7-Aug-2017 are none. */
const OFFSET = /(?<!\S)(?:(?:gmt|utc?|z) ?)?([+-])(\d{1,2}?)(?::(\d{1,2})|(\d{2}))?(?![\w:])/
const MAX_OFFSET_HOURS = 14

/** Takes an offset from UTC out of what stands beside day and time. */
function takeOffset(text: string): { zone?: number; rest: string } {
  const match = OFFSET.exec(text)
  if (!match) return { rest: text }
  const [, sign, hours, afterColon, directly] = match
  const minutes = afterColon ?? directly ?? '0'
  if (Number(hours) > MAX_OFFSET_HOURS || Number(minutes) > 59) return { rest: text }
  const size = Number(hours) * 60 + Number(minutes)
  return { zone: sign === '-' ? -size : size, rest: without(text, match) }
}

/** Reads a day in words and the short name of a zone. Undefined if a word is neither. */
function readWords(text: string, ownZone: string | undefined, now: number) {
  const words = text
    .replace(/(?<=[\p{L}\d])-(?=[\p{L}\d])/gu, ' ')
    .split(/[\s,;/]+/)
    .map(word => word.replace(/^\.+|[.:]+$/g, ''))
  const numbers: string[] = []
  const months: { month: number; word: string }[] = []
  let zone: Zone | undefined
  for (const word of words) {
    const number = /^'?(\d{1,2}|\d{4})(?:st|nd|rd|th|er|re|o|°)?$/.exec(word)?.[1]
    const month = monthNamed(word)
    const named = zoneNamed(word, ownZone)
    if (number !== undefined) numbers.push(number)
    else if (month !== undefined) months.push({ month, word })
    else if (named !== undefined) zone ??= named
    else if (word !== '' && !isWeekday(word) && !isFiller(word)) return undefined
  }
  // In some languages Tuesday and March are shortened to the same letters.
  if (months.length === 2 && isWeekday(months[0]!.word)) months.shift()
  if (months.length === 0 && numbers.length === 0) return { zone }
  const at = numbers.findIndex(number => number.length === 4)
  const year = numbers.splice(at < 0 ? 1 : at, 1)[0]
  if (months.length !== 1 || numbers.length !== 1 || year === undefined) return undefined
  const day = { year: fullYear(year, now), month: months[0]!.month, day: Number(numbers[0]) }
  return { zone, day }
}

/** A year of two digits as the latest that it can be. */
function fullYear(year: string, now: number): number {
  if (year.length > 2) return Number(year)
  const latest = new Date(now).getUTCFullYear() + 1
  const century = latest - (latest % 100)
  return century + Number(year) > latest ? century - 100 + Number(year) : century + Number(year)
}

const dayOf = (year?: string, month?: string, day?: string): Day => ({
  year: Number(year),
  month: Number(month),
  day: Number(day),
})

const isDay = ({ year, month, day }: Day): boolean => {
  const date = new Date(Date.UTC(year, month - 1, day))
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day && year > 99
}

const without = (text: string, match: RegExpExecArray): string =>
  `${text.slice(0, match.index)} ${text.slice(match.index + match[0].length)}`

function moment({ year, month, day }: Day, { hour, minute, second }: Time, zone: Zone): number | undefined {
  const utc = Date.UTC(year, month - 1, day, hour, minute, second)
  if (typeof zone === 'number') return utc - zone * 60_000
  const local = new Date(utc).toISOString()
  const at = momentOf(local.slice(0, 10), local.slice(11, 16), zone)
  return at === undefined ? undefined : at + second * 1000
}
