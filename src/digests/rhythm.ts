import { AT_ONCE } from '../content/digest.ts'
import { fold } from '../content/fold.ts'
import { zonesNamed } from '../dates/zones-named.ts'
import { phrases } from '../phrases/phrases.ts'
import { DAYS, type Day, type Rhythm } from './slots.ts'
import { zoneLabel } from './zones.ts'

/**
 * What somebody typed about when a digest is sent. `ambiguousZone` lists the zones that a name may mean, for the bot to
 * ask. `conflicts` are words that contradict each other, `unknown` are words that mean nothing here.
 */
export type TypedRhythm = {
  time?: string
  zone?: string
  days?: Day[]
  ambiguousZone?: { typed: string; candidates: string[] }
  conflicts: string[][]
  unknown: string[]
}

/** `Central America Standard Time`, `E. South America Standard Time`. */
const MAX_WORDS_OF_ZONE = 5
/** Nobody needs half as many words to say when. Looking for a zone in each of very many takes long. */
const MAX_WORDS = 40
const DAY_NAMES = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday']
const DAY_GROUPS = new Map<string, Day[]>([
  ['daily', [...DAYS]],
  ['everyday', [...DAYS]],
  ['every day', [...DAYS]],
  ['each day', [...DAYS]],
  ['weekday', DAYS.slice(0, 5)],
  ['weekdays', DAYS.slice(0, 5)],
  ['weekend', DAYS.slice(5)],
  ['weekends', DAYS.slice(5)],
])
const NAMED_TIMES = new Map([
  ['noon', '12:00'],
  ['midday', '12:00'],
  ['midnight', '00:00'],
])
const RANGE_WORDS = new Set(['-', 'to', 'till', 'until', 'thru', 'through'])
const FILLER_WORDS = new Set(
  'at on in every each and & the time day days zone standard daylight summer -'.split(' '),
)

type Word = { typed: string; key: string }
type Meaning<T> = { typed: string; means: T }

/** Reads the arguments of a rhythm, in any order: `7.30am chicago weekdays`. Never guesses. */
export function readRhythm(args: string[]): TypedRhythm {
  const words: Word[] = args
    .join(' ')
    .split(/[\s,;()]+/)
    .filter(Boolean)
    .map(typed => ({ typed, key: fold(typed) }))
  const times: Meaning<string>[] = []
  const zones: Meaning<string[]>[] = []
  const days: Meaning<Day[]>[] = []
  const unknown: string[] = []
  const surplus = words.splice(MAX_WORDS)
  for (let at = 0; at < words.length; ) {
    const rest = words.slice(at)
    const count =
      takeWords(rest, 2, readTime, times) ||
      takeWords(rest, 3, readDays, days) ||
      takeWords(rest, MAX_WORDS_OF_ZONE, readZones, zones)
    if (count === 0 && !FILLER_WORDS.has(rest[0]!.key)) unknown.push(rest[0]!.typed)
    at += count || 1
  }
  unknown.push(...surplus.map(({ typed }) => typed))
  return { ...resolveRhythm(times, zones, days), unknown }
}

/** A rhythm in full: `Mon–Fri 07:30 Chicago time (America/Chicago)`. `readRhythm` reads it back unchanged. */
export const readableRhythm = ({ time, zone, days }: Rhythm): string =>
  time === AT_ONCE
    ? phrases.dates.asTheyCome(readableDays(days), zoneLabel(zone))
    : phrases.dates.rhythm(readableDays(days), time, zoneLabel(zone))

/** Days of the week as people read them: `Mon–Fri`, `daily`, `Mon, Wed, Fri`, `weekends`. */
export function readableDays(days: Day[]): string {
  const on = (at: number) => days.includes(DAYS[(at + 7) % 7]!)
  if (DAYS.every((_, at) => on(at))) return phrases.dates.daily
  if (DAYS.every((_, at) => on(at) === at > 4)) return phrases.dates.weekends
  const runs: { first: number; last: number }[] = []
  for (let first = 0; first < 7; first++) {
    if (!on(first) || on(first - 1)) continue
    let last = first
    while (on(last + 1)) last++
    if (last - first > 1) runs.push({ first, last: last % 7 })
    else for (let at = first; at <= last; at++) runs.push({ first: at % 7, last: at % 7 })
  }
  return phrases.dates.weekdayRuns(runs.sort((a, b) => a.first - b.first))
}

/** Adds the meaning of as many words as mean something together, at most `max`; returns how many. */
function takeWords<T>(
  words: Word[],
  max: number,
  read: (words: Word[]) => T | undefined,
  into: Meaning<T>[],
): number {
  for (let count = Math.min(max, words.length); count > 0; count--) {
    const taken = words.slice(0, count)
    const means = read(taken)
    if (means === undefined) continue
    into.push({ typed: taken.map(word => word.typed).join(' '), means })
    return count
  }
  return 0
}

const joinKeys = (words: Word[]) => words.map(word => word.key).join(' ')

function readTime(words: Word[]): string | undefined {
  const key = joinKeys(words)
  if (NAMED_TIMES.has(key)) return NAMED_TIMES.get(key)
  const twelveHour = /^(0?[1-9]|1[0-2])(?:[:.h]?([0-5]\d))? ?([ap])\.?m$/.exec(key)
  if (twelveHour) {
    const [, hour, minute = '00', half] = twelveHour
    return `${String((Number(hour) % 12) + (half === 'p' ? 12 : 0)).padStart(2, '0')}:${minute}`
  }
  const [, hour, minute] = /^(\d{1,2})[:.h](\d\d)$/.exec(key) ?? /^(\d\d)(\d\d)$/.exec(key) ?? []
  return Number(hour) < 24 && Number(minute) < 60 ? `${hour!.padStart(2, '0')}:${minute}` : undefined
}

function readDays(words: Word[]): Day[] | undefined {
  const [first, separator, last] = words
  if (words.length === 3)
    return RANGE_WORDS.has(separator!.key) ? daysBetween(first!.key, last!.key) : undefined
  if (words.length === 2) return DAY_GROUPS.get(joinKeys(words))
  const parts = first!.key.split(/[/&+]/).map(part => {
    const [from = '', to, ...more] = part.split('-')
    if (more.length > 0) return undefined
    return DAY_GROUPS.get(part) ?? daysBetween(from, to ?? from)
  })
  return parts.every(part => part !== undefined) ? parts.flat() : undefined
}

function daysBetween(from: string, to: string): Day[] | undefined {
  const first = dayIndex(from)
  const last = dayIndex(to)
  if (first < 0 || last < 0) return undefined
  return DAYS.filter((_, at) => (first <= last ? at >= first && at <= last : at >= first || at <= last))
}

function dayIndex(key: string): number {
  return DAY_NAMES.findIndex(
    full =>
      key.length > 2 &&
      (full.startsWith(key) || `${full}s`.startsWith(key) || key === `${full.slice(0, 3)}s`),
  )
}

function readZones(words: Word[]): string[] | undefined {
  const zones = zonesNamed(words.map(word => word.typed).join(' '))
  return zones.length > 0 ? zones : undefined
}

function resolveRhythm(
  times: Meaning<string>[],
  zones: Meaning<string[]>[],
  days: Meaning<Day[]>[],
): Omit<TypedRhythm, 'unknown'> {
  const result: Omit<TypedRhythm, 'unknown'> = { conflicts: [] }
  const addConflict = (words: Meaning<unknown>[]) => result.conflicts.push(words.map(({ typed }) => typed))

  if (new Set(times.map(({ means }) => means)).size > 1) addConflict(times)
  else if (times[0]) result.time = times[0].means

  // A second name may settle which of several zones is meant: `Chicago time (America/Chicago)`, `cst chicago`.
  const candidates = (zones[0]?.means ?? []).filter(zone => zones.every(({ means }) => means.includes(zone)))
  if (candidates.length === 1) result.zone = candidates[0]!
  else if (candidates.length > 1) result.ambiguousZone = { typed: zones[0]!.typed, candidates }
  else if (zones.length > 0) addConflict(zones)

  const daily = days.filter(({ means }) => means.length === 7)
  if (daily.length > 0 && daily.length < days.length) addConflict(days)
  else if (days.length > 0) result.days = DAYS.filter(day => days.some(({ means }) => means.includes(day)))
  return result
}
