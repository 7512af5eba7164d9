import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { DAYS, type Day, dueSlots, nextSlot, type Rhythm, slotsBetween } from '../../src/digests/slots.ts'
import {
  type ClockChange,
  clockChanges,
  datesAround,
  datesBetween,
  firstMomentAt,
  isoDate,
  wallClock,
  ZONES,
} from '../support/digests/local-time-oracle.ts'

const FROM = Date.UTC(2020, 0, 1)
const TO = Date.UTC(2038, 0, 1)
const MINUTE = 60_000
const DAY = 1_440 * MINUTE

// Two weeks a step: no zone has changed its clocks to and fro within less, Ramadan included. The bench walks closer.
const byZone = ZONES.map(zone => clockChanges(zone, FROM, TO, 14 * DAY)).filter(found => found.length > 0)

const clock = (minutes: number) =>
  [Math.floor(minutes / 60) % 24, minutes % 60].map(part => String(part).padStart(2, '0')).join(':')
const minuteOf = (shown: string) => Number(shown.slice(11, 13)) * 60 + Number(shown.slice(14))

const aTime = fc.nat(1439).map(clock)
const aZone = fc.constantFrom(...ZONES)
const someDays: fc.Arbitrary<Day[]> = fc.subarray([...DAYS], { minLength: 1 })
const aMoment = fc.integer({ min: FROM / MINUTE, max: TO / MINUTE }).map(minute => minute * MINUTE)

/** What is wrong with the slots of a rhythm that stand for some dates in a row; the oracle knows when they must be. */
function faults({ time, zone, days }: Rhythm, all: string[]): string[] {
  const expected = all
    .filter(date => days.includes(DAYS[(new Date(date).getUTCDay() + 6) % 7]!))
    .map(date => ({ at: firstMomentAt(date, time, zone), date }))
  const [start, end] = [expected[0], expected.at(-1)]
  if (!start || !end) return []
  const found = [...slotsBetween({ time, zone, days }, start.at - 1, end.at)]
  const wrong = found.flatMap(({ at, date }, index) => {
    const asked = `${date} ${time}`
    const shown = wallClock(at, zone)
    const skipped = wallClock(at - 1, zone) < asked && asked < shown
    return [
      index > 0 && at <= found[index - 1]!.at && 'does not come after the one before',
      shown !== asked && !skipped && `shows ${shown}`,
      shown === asked && at > expected[index]!.at && 'is the second of two',
    ]
      .filter(fault => fault !== false)
      .map(fault => `${zone} ${asked} at ${new Date(at).toISOString()}: ${fault}`)
  })
  return JSON.stringify(found) === JSON.stringify(expected)
    ? wrong
    : [...wrong, `${zone} ${time}: ${JSON.stringify(found)}, not ${JSON.stringify(expected)}`]
}

describe('three days each side of a change', () => {
  test('of every zone, at a time within the hour of the change', () => {
    expect(byZone.length).toBeGreaterThan(120)
    // The year moves on from zone to zone; the times lie just before, in, and just after the hour that is gone or doubled.
    const wrong = byZone.flatMap((found, index) => {
      const change = found[index % found.length]!
      const hour = minuteOf(wallClock(change.at, change.zone))
      return [-50, -10, 20, 50].flatMap(away =>
        faults({ time: clock(hour + away + 1_440), zone: change.zone, days: [...DAYS] }, datesAround(change)),
      )
    })
    expect(wrong).toEqual([])
  })

  test('of any zone, on any days, at any time', () => {
    const aChange: fc.Arbitrary<ClockChange> = fc.constantFrom(...byZone.flat())
    fc.assert(
      fc.property(aChange, aTime, someDays, (change, time, days) => {
        expect(faults({ time, zone: change.zone, days }, datesAround(change))).toEqual([])
      }),
      { numRuns: 1_000 },
    )
  })
})

test('any three weeks of any zone', () => {
  fc.assert(
    fc.property(aZone, aMoment, aTime, someDays, (zone, at, time, days) => {
      expect(faults({ time, zone, days }, datesBetween(isoDate(at), isoDate(at + 20 * DAY)))).toEqual([])
    }),
    { numRuns: 500 },
  )
})

test('the next slot is the first of those between, and never now', () => {
  fc.assert(
    fc.property(aZone, aMoment, aTime, someDays, (zone, at, time, days) => {
      const rhythm = { time, zone, days }
      const next = nextSlot(rhythm, at)
      const [first] = slotsBetween(rhythm, at, at + 9 * DAY)
      expect(next).toEqual(first)
      expect(next.at).toBeGreaterThan(at)
      expect(nextSlot(rhythm, next.at - 1)).toEqual(next)
    }),
    { numRuns: 500 },
  )
})

test('whatever was slept through, each slot is sent or missed once, and one is sent at most', () => {
  const aWhile = fc.array(fc.integer({ min: 1, max: 4_000 }), { minLength: 1, maxLength: 12 })
  fc.assert(
    fc.property(aZone, aMoment, aTime, someDays, aWhile, (zone, from, time, days, sleeps) => {
      const rhythm = { time, zone, days }
      const handled: number[] = []
      let next = nextSlot(rhythm, from)
      let now = from
      for (const minutes of sleeps) {
        now += minutes * MINUTE
        const due = dueSlots(rhythm, next, now)
        handled.push(...due.missed.map(slot => slot.at), ...(due.send ? [due.send.at] : []))
        if (due.send) expect(now - due.send.at).toBeLessThanOrEqual(6 * 60 * MINUTE)
        else expect(due.missed.every(slot => now - slot.at > 6 * 60 * MINUTE)).toBe(true)
        expect(due.next.at).toBeGreaterThan(now)
        next = due.next
      }
      expect(handled).toEqual([...slotsBetween(rhythm, from, now)].map(slot => slot.at))
    }),
    { numRuns: 300 },
  )
})
