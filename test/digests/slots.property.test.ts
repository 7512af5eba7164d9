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

// In steps of two weeks: no zone has changed its clocks and changed them back in less, Ramadan included. The bench takes
// smaller steps.
const changesByZone = ZONES.map(zone => clockChanges(zone, FROM, TO, 14 * DAY)).filter(
  changes => changes.length > 0,
)

const clock = (minutes: number) =>
  [Math.floor(minutes / 60) % 24, minutes % 60].map(part => String(part).padStart(2, '0')).join(':')
const minuteOf = (shown: string) => Number(shown.slice(11, 13)) * 60 + Number(shown.slice(14))

const aTime = fc.nat(1439).map(clock)
const aZone = fc.constantFrom(...ZONES)
const someDays: fc.Arbitrary<Day[]> = fc.subarray([...DAYS], { minLength: 1 })
const aMoment = fc.integer({ min: FROM / MINUTE, max: TO / MINUTE }).map(minute => minute * MINUTE)

/** Compares the slots of a rhythm for consecutive dates with those of the oracle, and lists what is wrong. */
function faults({ time, zone, days }: Rhythm, dates: string[]): string[] {
  const expected = dates
    .filter(date => days.includes(DAYS[(new Date(date).getUTCDay() + 6) % 7]!))
    .map(date => ({ at: firstMomentAt(date, time, zone), date }))
  const [start, end] = [expected[0], expected.at(-1)]
  if (!start || !end) return []
  const slots = [...slotsBetween({ time, zone, days }, start.at - 1, end.at)]
  const wrong = slots.flatMap(({ at, date }, index) => {
    const wanted = `${date} ${time}`
    const shown = wallClock(at, zone)
    const skipped = wallClock(at - 1, zone) < wanted && wanted < shown
    return [
      index > 0 && at <= slots[index - 1]!.at && 'is not later than the one before',
      shown !== wanted && !skipped && `shows ${shown}`,
      shown === wanted && at > expected[index]!.at && 'is the second of two',
    ]
      .filter(fault => fault !== false)
      .map(fault => `${zone} ${wanted} at ${new Date(at).toISOString()}: ${fault}`)
  })
  return JSON.stringify(slots) === JSON.stringify(expected)
    ? wrong
    : [...wrong, `${zone} ${time}: ${JSON.stringify(slots)}, not ${JSON.stringify(expected)}`]
}

describe('three days each side of a change', () => {
  test('of every zone, at a time within the hour of the change', () => {
    expect(changesByZone.length).toBeGreaterThan(120)
    // Each zone gets another year. The times are just before, in and just after the hour that is skipped or repeated.
    const wrong = changesByZone.flatMap((changes, index) => {
      const change = changes[index % changes.length]!
      const hour = minuteOf(wallClock(change.at, change.zone))
      return [-50, -10, 20, 50].flatMap(away =>
        faults({ time: clock(hour + away + 1_440), zone: change.zone, days: [...DAYS] }, datesAround(change)),
      )
    })
    expect(wrong).toEqual([])
  })

  test('of any zone, on any days, at any time', () => {
    const aChange: fc.Arbitrary<ClockChange> = fc.constantFrom(...changesByZone.flat())
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
