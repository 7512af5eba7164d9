import { DAYS, nextSlot, type Rhythm, slotsBetween } from '../src/digests/slots.ts'
import {
  type ClockChange,
  clockChanges,
  datesAround,
  firstMomentAt,
  wallClock,
  ZONES,
} from '../test/support/digests/local-time-oracle.ts'
import { formatDuration, median } from './percentiles.ts'
import type { Table } from './table.ts'

const HOUR = 3_600_000
const FROM = Date.UTC(2020, 0, 1)
const TO = Date.UTC(2038, 0, 1)
const CALLS = 10_000
const ROUNDS = 7

/**
 * Compares the slots around every change of the clocks of every zone, from 2020 to 2037 and three days to each side, with
 * an oracle that uses only Intl.DateTimeFormat; then times a tick over many subscriptions.
 */
export async function benchSlots(): Promise<Table> {
  const changes = ZONES.flatMap(zone => clockChanges(zone, FROM, TO, 12 * HOUR))
  const results = changes.map(checkClockChange)
  const checked = results.reduce((sum, result) => sum + result.checked, 0)
  const wrong = results.flatMap(result => result.wrong)
  const tickMs = median(Array.from({ length: ROUNDS }, timeTick))
  return {
    title: `Slots around every change of the clocks, 2020–2037: ${ZONES.length} zones`,
    columns: ['found'],
    rows: [
      { what: 'changes of the clocks', cells: [String(changes.length)] },
      { what: 'slots compared with the oracle', cells: [String(checked)] },
      { what: 'slots that differ', cells: [String(wrong.length)], goal: '0', met: wrong.length === 0 },
      {
        what: `${CALLS} next slots, all zones`,
        cells: [formatDuration(tickMs)],
        goal: '≤ 1000 ms',
        met: tickMs <= 1_000,
      },
    ],
    notes: wrong.slice(0, 20),
  }
}

/** Checks the slots of seven dates at every third hour of the day, and at four times within an hour of the change. */
function checkClockChange(change: ClockChange): { checked: number; wrong: string[] } {
  const { zone, at } = change
  const shown = wallClock(at, zone)
  const minute = Number(shown.slice(11, 13)) * 60 + Number(shown.slice(14))
  const times = [
    ...[0, 3, 6, 9, 12, 15, 18, 21].map(hour => hour * 60),
    minute - 45,
    minute - 15,
    minute,
    minute + 15,
  ]
  const wrong: string[] = []
  for (const time of times.map(clockTime)) {
    const expected = datesAround(change).map(date => ({ at: firstMomentAt(date, time, zone), date }))
    const rhythm: Rhythm = { time, zone, days: [...DAYS] }
    const actual = [...slotsBetween(rhythm, expected[0]!.at - 1, expected.at(-1)!.at)]
    if (JSON.stringify(actual) !== JSON.stringify(expected))
      wrong.push(`${zone} ${time}: ${JSON.stringify(actual)}, not ${JSON.stringify(expected)}`)
  }
  return { checked: times.length * 7, wrong }
}

const clockTime = (minutes: number) => new Date((minutes + 1_440) * 60_000).toISOString().slice(11, 16)

/** Times the next slots of many subscriptions, spread over all zones. */
function timeTick(): number {
  const from = performance.now()
  for (let call = 0; call < CALLS; call++) {
    const zone = ZONES[call % ZONES.length]!
    nextSlot({ time: '07:30', zone, days: ['mon', 'tue', 'wed', 'thu', 'fri'] }, FROM + call * 60_000)
  }
  return performance.now() - from
}
