import { describe, expect, test } from 'vitest'
import {
  dueSooner,
  freshMs,
  outsideQuietTimes,
  retryAfterMs,
  waitAfterFailure,
  wishedMs,
  withJitter,
} from '../../../src/wire/poll/waits.ts'

const HOUR_MS = 3_600_000
const NOW = Date.UTC(2018, 3, 20, 7, 30)

describe('how long a feed is left alone', () => {
  test('Retry-After counts in seconds and as a date', () => {
    expect(retryAfterMs({ 'retry-after': '120' }, NOW)).toBe(120_000)
    expect(retryAfterMs({ 'retry-after': 'Fri, 20 Apr 2018 08:00:00 GMT' }, NOW)).toBe(30 * 60_000)
    expect(retryAfterMs({ 'retry-after': 'Fri, 20 Apr 2018 07:00:00 GMT' }, NOW)).toBe(0)
    for (const odd of ['', 'soon', '-5', '1.5', '2018'])
      expect([odd, retryAfterMs({ 'retry-after': odd }, NOW)]).toEqual([
        odd,
        odd === '2018' ? 2_018_000 : undefined,
      ])
    expect(retryAfterMs({}, NOW)).toBeUndefined()
  })

  test('max-age counts before Expires, less the age; Expires by the clock of its server', () => {
    expect(freshMs({ 'cache-control': 'public, max-age=900' }, NOW)).toBe(900_000)
    expect(freshMs({ 'cache-control': 'max-age="900"', age: '300', expires: 'x' }, NOW)).toBe(600_000)
    expect(freshMs({ 'cache-control': 's-max-age=5, no-cache' }, NOW)).toBe(0)
    const expires = 'Fri, 20 Apr 2018 09:00:00 GMT'
    expect(freshMs({ expires }, NOW)).toBe(90 * 60_000)
    expect(freshMs({ expires, date: 'Fri, 20 Apr 2018 08:30:00 GMT' }, NOW)).toBe(30 * 60_000)
    expect(freshMs({ expires: '0' }, NOW)).toBe(0)
    expect(freshMs({ expires: '-1' }, NOW)).toBe(0)
  })

  test('the longest of all wishes counts, at most a day', () => {
    const headers = { 'cache-control': 'max-age=7200' }
    expect(wishedMs({}, {}, NOW)).toBe(0)
    expect(wishedMs({ ttlMs: 60_000 }, headers, NOW)).toBe(2 * HOUR_MS)
    expect(wishedMs({ ttlMs: 3 * HOUR_MS }, headers, NOW)).toBe(3 * HOUR_MS)
    expect(wishedMs({ ttlMs: 999 * HOUR_MS }, headers, NOW)).toBe(24 * HOUR_MS)
  })

  test('chance only ever adds, a twentieth or five minutes', () => {
    expect([withJitter(HOUR_MS, 0), withJitter(HOUR_MS, 0.999)]).toEqual([HOUR_MS, HOUR_MS + 179_820])
    expect(withJitter(24 * HOUR_MS, 0.999) - 24 * HOUR_MS).toBeLessThan(300_000)
  })

  test('quiet hours and days are waited out; a feed that is always quiet has made a mistake', () => {
    const wait = (quietHours: number[], quietDays: number[] = []) =>
      outsideQuietTimes(HOUR_MS, { quietHours, quietDays }, NOW) / HOUR_MS
    expect(wait([])).toBe(1)
    expect(wait([7, 9])).toBe(1)
    expect(wait([8])).toBe(1.5)
    expect(wait([8, 9, 10])).toBe(3.5)
    // 20 April 2018 was a Friday.
    expect(wait([], [5])).toBe(16.5)
    expect(wait([0, 1, 2], [5, 6, 0])).toBe(16.5 + 48 + 3)
    expect(wait(Array.from({ length: 24 }, (_, hour) => hour))).toBe(1)
  })

  test('each failure doubles the wait, up to six hours, and Retry-After is kept beyond that', () => {
    const wait = (failures: number, retryMs?: number) =>
      waitAfterFailure(HOUR_MS, { failures, retryMs, random: 0 }) / HOUR_MS
    expect([1, 2, 3, 4, 99].map(failures => wait(failures))).toEqual([1, 2, 4, 6, 6])
    expect(wait(1, 30 * HOUR_MS)).toBe(30)
    expect(wait(3, HOUR_MS)).toBe(4)
    expect(wait(1, 9_999 * HOUR_MS)).toBe(7 * 24)
    expect(waitAfterFailure(12 * HOUR_MS, { failures: 5, random: 0 })).toBe(12 * HOUR_MS)
  })
})

describe('a feed that is to be asked more often than before', () => {
  const state = {
    ...{ name: 'a', url: '', keyKind: 'guid', isGone: false, failures: 0 },
    ...{ askedAt: NOW, reachedAt: NOW, nextPollAt: NOW + 6 * HOUR_MS },
  }

  test('is due when it would have been with its new settings', () => {
    expect(dueSooner(state, HOUR_MS, 0)).toBe(NOW + HOUR_MS)
    expect(dueSooner(state, HOUR_MS, 1)).toBe(NOW + HOUR_MS + 3 * 60_000)
  })

  test('never sooner than it wishes, and not while it fails, is gone, or was never asked', () => {
    expect(dueSooner({ ...state, intervalMs: 2 * HOUR_MS }, HOUR_MS, 0)).toBe(NOW + 2 * HOUR_MS)
    expect(dueSooner({ ...state, wishes: { quietHours: [8] } }, HOUR_MS, 0)).toBe(NOW + 1.5 * HOUR_MS)
    for (const more of [{ failures: 1 }, { isGone: true }, { askedAt: undefined }])
      expect(dueSooner({ ...state, ...more }, HOUR_MS, 0)).toBeUndefined()
  })

  test('is left as it is where nothing has changed, and where it is to be asked less often', () => {
    for (const every of [6 * HOUR_MS, 5.95 * HOUR_MS, 24 * HOUR_MS])
      expect(dueSooner(state, every, 0.5)).toBeUndefined()
  })
})
