import type { IncomingHttpHeaders } from 'node:http'
import type { FeedState } from '../../store/wire/feeds.ts'

const HOUR_MS = 3_600_000
/** A feed is asked once a day at least, whatever it says of how long it stays the same. */
const LONGEST_MS = 24 * HOUR_MS
/** One that asks for more than this after a refusal has made a mistake. */
const LONGEST_REFUSAL_MS = 7 * LONGEST_MS
/** A feed that fails is tried this often at least: it comes back at some time. */
const LONGEST_BACK_OFF_MS = 6 * HOUR_MS
/** Many feeds that were set up together are soon asked apart. Always later, never earlier. */
const JITTER = 0.05
const LONGEST_JITTER_MS = 5 * 60_000

/** Reads a moment of HTTP, or seconds from `now` on, as milliseconds from `now`; undefined for anything else. */
function msUntil(text: string | undefined, now: number): number | undefined {
  if (text === undefined) return undefined
  if (/^\d+$/.test(text.trim())) return Number(text) * 1_000
  // Of what Date.parse takes, only dates with a name of a month are meant here.
  const at = /[a-z]{3}/i.test(text) ? Date.parse(text) : Number.NaN
  return Number.isNaN(at) ? undefined : Math.max(0, at - now)
}

/** How long a refusal asks us to wait; undefined if it does not say. */
export const retryAfterMs = (headers: IncomingHttpHeaders, now: number): number | undefined =>
  msUntil(headers['retry-after'], now)

/** For how long an answer says that it stays the same; 0 if it does not say. */
export function freshMs(headers: IncomingHttpHeaders, now: number): number {
  const age = Number(/^\d+$/.exec(headers.age ?? '')?.[0] ?? 0) * 1_000
  const maxAge = /(?:^|[\s,])max-age\s*=\s*"?(\d+)/i.exec(headers['cache-control'] ?? '')?.[1]
  if (maxAge !== undefined) return Math.max(0, Number(maxAge) * 1_000 - age)
  // By its own clock, which may be wrong, if it says what that shows.
  const at = Date.parse(headers.date ?? '')
  const expires = /^\d+$/.test(headers.expires ?? '') ? undefined : headers.expires
  return msUntil(expires, Number.isNaN(at) ? now : at) ?? 0
}

/** How long a feed that was reached wishes to be left alone, by its body and its headers. */
export const wishedMs = (
  { ttlMs = 0 }: NonNullable<FeedState['wishes']>,
  headers: IncomingHttpHeaders,
  now: number,
): number => Math.min(LONGEST_MS, Math.max(ttlMs, freshMs(headers, now)))

/** Adds a little to a wait, by a random number from 0 to 1. */
export const withJitter = (ms: number, random: number): number =>
  ms + Math.floor(Math.min(ms * JITTER, LONGEST_JITTER_MS) * random)

/**
 * When a feed is due that is to be asked more often than before: its settings have changed since it was reached. Undefined
 * if that is no sooner than it is due already. A feed that fails backs off as before.
 */
export function dueSooner(
  { askedAt, failures, isGone, nextPollAt, intervalMs = 0, wishes = {} }: FeedState,
  everyMs: number,
  random: number,
): number | undefined {
  if (askedAt === undefined || failures > 0 || isGone) return undefined
  const ms = Math.max(everyMs, intervalMs)
  const latest = askedAt + outsideQuietTimes(withJitter(ms, 1), wishes, askedAt)
  if (nextPollAt <= latest) return undefined
  return askedAt + outsideQuietTimes(withJitter(ms, random), wishes, askedAt)
}

/** Makes a wait end outside of the hours and days in which a feed asks not to be asked. */
export function outsideQuietTimes(
  waitMs: number,
  { quietHours = [], quietDays = [] }: NonNullable<FeedState['wishes']>,
  now: number,
): number {
  const isQuiet = (at: number) =>
    quietHours.includes(new Date(at).getUTCHours()) || quietDays.includes(new Date(at).getUTCDay())
  const first = now + waitMs
  for (let at = first, hours = 0; hours <= 7 * 24; hours++) {
    if (!isQuiet(at)) return at - now
    at = (Math.floor(at / HOUR_MS) + 1) * HOUR_MS
  }
  // It can be asked never, which cannot be meant.
  return waitMs
}

/** How long a feed that failed is left alone: twice as long each time, and as long as it says. */
export function waitAfterFailure(
  everyMs: number,
  { failures, retryMs = 0, random }: { failures: number; retryMs?: number; random: number },
): number {
  const backOffMs = Math.min(
    Math.max(everyMs, LONGEST_BACK_OFF_MS),
    everyMs * 2 ** Math.min(failures - 1, 20),
  )
  return Math.max(withJitter(backOffMs, random * 4), Math.min(retryMs, LONGEST_REFUSAL_MS))
}
