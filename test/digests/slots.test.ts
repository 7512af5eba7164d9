import { describe, expect, test } from 'vitest'
import {
  DAYS,
  type Day,
  dueSlots,
  nextSlot,
  type Rhythm,
  type Slot,
  slotOn,
  slotsBetween,
} from '../../src/digests/slots.ts'

const daily = (time: string, zone: string): Rhythm => ({ time, zone, days: [...DAYS] })
const iso = (at: number) => new Date(at).toISOString().replace(':00.000Z', 'Z')
const readable = ({ at, date }: Slot) => `${date} ${iso(at)}`
const firstSlots = (rhythm: Rhythm, after: string, count: number) => {
  const slots: string[] = []
  for (let at = Date.parse(after); slots.length < count; ) {
    const slot = nextSlot(rhythm, at)
    slots.push(readable(slot))
    at = slot.at
  }
  return slots
}

describe('a change of the clocks', () => {
  test.each<[string, string, string, [string, string, string]]>([
    [
      'New York, 8 Mar 2026: 02:00 becomes 03:00',
      'America/New_York',
      '02:30',
      ['2026-03-07 2026-03-07T07:30Z', '2026-03-08 2026-03-08T07:00Z', '2026-03-09 2026-03-09T06:30Z'],
    ],
    [
      'New York, 1 Nov 2026: 02:00 becomes 01:00',
      'America/New_York',
      '01:30',
      ['2026-10-31 2026-10-31T05:30Z', '2026-11-01 2026-11-01T05:30Z', '2026-11-02 2026-11-02T06:30Z'],
    ],
    [
      'London, 29 Mar 2026: 01:00 becomes 02:00',
      'Europe/London',
      '01:30',
      ['2026-03-28 2026-03-28T01:30Z', '2026-03-29 2026-03-29T01:00Z', '2026-03-30 2026-03-30T00:30Z'],
    ],
    [
      'London, 25 Oct 2026: 02:00 becomes 01:00',
      'Europe/London',
      '01:30',
      ['2026-10-24 2026-10-24T00:30Z', '2026-10-25 2026-10-25T00:30Z', '2026-10-26 2026-10-26T01:30Z'],
    ],
    [
      'Sydney, 4 Oct 2026: 02:00 becomes 03:00',
      'Australia/Sydney',
      '02:30',
      ['2026-10-03 2026-10-02T16:30Z', '2026-10-04 2026-10-03T16:00Z', '2026-10-05 2026-10-04T15:30Z'],
    ],
    [
      'Sydney, 5 Apr 2026: 03:00 becomes 02:00',
      'Australia/Sydney',
      '02:30',
      ['2026-04-04 2026-04-03T15:30Z', '2026-04-05 2026-04-04T15:30Z', '2026-04-06 2026-04-05T16:30Z'],
    ],
    [
      'Lord Howe, 4 Oct 2026: 02:00 becomes 02:30',
      'Australia/Lord_Howe',
      '02:15',
      ['2026-10-03 2026-10-02T15:45Z', '2026-10-04 2026-10-03T15:30Z', '2026-10-05 2026-10-04T15:15Z'],
    ],
    [
      'Lord Howe, 5 Apr 2026: 02:00 becomes 01:30',
      'Australia/Lord_Howe',
      '01:45',
      ['2026-04-04 2026-04-03T14:45Z', '2026-04-05 2026-04-04T14:45Z', '2026-04-06 2026-04-05T15:15Z'],
    ],
    [
      'Casablanca, 15 Feb 2026, Ramadan: 03:00 becomes 02:00',
      'Africa/Casablanca',
      '02:30',
      ['2026-02-14 2026-02-14T01:30Z', '2026-02-15 2026-02-15T01:30Z', '2026-02-16 2026-02-16T02:30Z'],
    ],
    [
      'Casablanca, 22 Mar 2026, after Ramadan: 02:00 becomes 03:00',
      'Africa/Casablanca',
      '02:30',
      ['2026-03-21 2026-03-21T02:30Z', '2026-03-22 2026-03-22T02:00Z', '2026-03-23 2026-03-23T01:30Z'],
    ],
    [
      'Santiago, 6 Sep 2026: the day begins at 01:00',
      'America/Santiago',
      '00:00',
      ['2026-09-05 2026-09-05T04:00Z', '2026-09-06 2026-09-06T04:00Z', '2026-09-07 2026-09-07T03:00Z'],
    ],
    [
      'Beirut, 29 Mar 2026: the day begins at 01:00',
      'Asia/Beirut',
      '00:30',
      ['2026-03-28 2026-03-27T22:30Z', '2026-03-29 2026-03-28T22:00Z', '2026-03-30 2026-03-29T21:30Z'],
    ],
    [
      'Cairo, 24 Apr 2026: the day begins at 01:00',
      'Africa/Cairo',
      '00:15',
      ['2026-04-23 2026-04-22T22:15Z', '2026-04-24 2026-04-23T22:00Z', '2026-04-25 2026-04-24T21:15Z'],
    ],
    [
      'Cairo, 29 Oct 2026: 24:00 becomes 23:00 of the same day',
      'Africa/Cairo',
      '23:30',
      ['2026-10-28 2026-10-28T20:30Z', '2026-10-29 2026-10-29T20:30Z', '2026-10-30 2026-10-30T21:30Z'],
    ],
    [
      'Nuuk, 30 Mar 2024: 23:00 becomes 00:00 of the next day',
      'America/Nuuk',
      '23:30',
      ['2024-03-29 2024-03-30T01:30Z', '2024-03-30 2024-03-31T01:00Z', '2024-03-31 2024-04-01T00:30Z'],
    ],
  ])('%s', (_, zone, time, slots) => {
    const rhythm = daily(time, zone)
    expect(firstSlots(rhythm, `${slots[0].slice(11, 21)}T00:00Z`, 4)).toEqual(expect.arrayContaining(slots))
    expect(
      [...slotsBetween(rhythm, Date.parse(slots[0].slice(11)) - 1, Date.parse(slots[2].slice(11)))].map(
        readable,
      ),
    ).toEqual(slots)
  })
})

describe("a change of a zone's own rules", () => {
  test.each<[string, string, string, string[]]>([
    [
      'Mexico City goes back on 30 Oct 2022 and never forward again',
      'America/Mexico_City',
      '07:30',
      [
        '2022-10-29 2022-10-29T12:30Z',
        '2022-10-30 2022-10-30T13:30Z',
        '2023-04-02 2023-04-02T13:30Z',
        '2023-07-01 2023-07-01T13:30Z',
      ],
    ],
    [
      'Amman keeps its summer for good from 2022 on',
      'Asia/Amman',
      '07:30',
      ['2022-02-24 2022-02-24T05:30Z', '2022-11-01 2022-11-01T04:30Z', '2023-01-15 2023-01-15T04:30Z'],
    ],
    [
      'Volgograd joins Moscow at 02:00 on 27 Dec 2020',
      'Europe/Volgograd',
      '01:30',
      ['2020-12-26 2020-12-25T21:30Z', '2020-12-27 2020-12-26T21:30Z', '2020-12-28 2020-12-27T22:30Z'],
    ],
    [
      'Almaty has the last hour of 29 Feb 2024 twice',
      'Asia/Almaty',
      '23:30',
      ['2024-02-28 2024-02-28T17:30Z', '2024-02-29 2024-02-29T17:30Z', '2024-03-01 2024-03-01T18:30Z'],
    ],
    [
      'Asunción goes forward at midnight on 6 Oct 2024 and stays there',
      'America/Asuncion',
      '00:30',
      ['2024-10-05 2024-10-05T04:30Z', '2024-10-06 2024-10-06T04:00Z', '2025-07-01 2025-07-01T03:30Z'],
    ],
  ])('%s', (_, zone, time, slots) => {
    const rhythm = daily(time, zone)
    expect(slots.map(slot => readable(slotOn(rhythm, slot.slice(0, 10))!))).toEqual(slots)
    expect(slots.map(slot => readable(nextSlot(rhythm, Date.parse(slot.slice(11)) - 1)))).toEqual(slots)
  })

  test('a date that a zone skips has no slot', () => {
    expect(firstSlots(daily('07:30', 'Pacific/Apia'), '2011-12-28T18:00Z', 3)).toEqual([
      '2011-12-29 2011-12-29T17:30Z',
      '2011-12-31 2011-12-30T17:30Z',
      '2012-01-01 2011-12-31T17:30Z',
    ])
    expect(slotOn(daily('07:30', 'Pacific/Kwajalein'), '1993-08-21')).toBeUndefined()
    const fridays: Rhythm = { time: '00:00', zone: 'Pacific/Apia', days: ['fri'] }
    expect(firstSlots(fridays, '2011-12-25T00:00Z', 1)).toEqual(['2012-01-06 2012-01-05T10:00Z'])
  })
})

describe('the sequence of slots', () => {
  const weekdays: Rhythm = {
    time: '07:30',
    zone: 'America/Chicago',
    days: ['mon', 'tue', 'wed', 'thu', 'fri'],
  }

  test('begins strictly after a moment and ends with the last one', () => {
    const friday = Date.parse('2018-04-20T12:30Z')
    expect(readable(nextSlot(weekdays, friday - 1))).toBe('2018-04-20 2018-04-20T12:30Z')
    expect(readable(nextSlot(weekdays, friday))).toBe('2018-04-23 2018-04-23T12:30Z')
    const monday = Date.parse('2018-04-23T12:30Z')
    expect([...slotsBetween(weekdays, friday, monday)].map(readable)).toEqual([
      '2018-04-23 2018-04-23T12:30Z',
    ])
    expect([...slotsBetween(weekdays, friday, monday - 1)]).toEqual([])
    expect([...slotsBetween(weekdays, monday, friday)]).toEqual([])
  })

  test('counts the days of the week in the zone, not in UTC', () => {
    const mondays: Rhythm = { time: '07:30', zone: 'Pacific/Auckland', days: ['mon'] }
    expect(firstSlots(mondays, '2026-06-01T00:00Z', 2)).toEqual([
      '2026-06-08 2026-06-07T19:30Z',
      '2026-06-15 2026-06-14T19:30Z',
    ])
  })

  test('brings no second slot for a date when a rhythm changes after its slot', () => {
    const noon = Date.parse('2018-04-19T17:00Z')
    const later = { ...weekdays, time: '15:00' }
    expect(nextSlot(later, noon).date).toBe('2018-04-19')
    expect(nextSlot(later, noon, '2018-04-19').date).toBe('2018-04-20')
  })

  test('is lazy, and refuses a rhythm without days', () => {
    const [slot] = slotsBetween(weekdays, 0, Number.MAX_SAFE_INTEGER)
    expect(readable(slot!)).toBe('1970-01-01 1970-01-01T13:30Z')
    expect(() => nextSlot({ ...weekdays, days: [] }, 0)).toThrow('a rhythm needs a day')
  })
})

describe('what is due', () => {
  const zone = 'America/Chicago'
  const days: Day[] = ['mon', 'tue', 'wed', 'thu', 'fri']
  const rhythm: Rhythm = { time: '07:30', zone, days }
  const thursday = { at: Date.parse('2018-04-19T12:30Z'), date: '2018-04-19' }
  const friday = { at: Date.parse('2018-04-20T12:30Z'), date: '2018-04-20' }
  const monday = { at: Date.parse('2018-04-23T12:30Z'), date: '2018-04-23' }
  const at = (moment: string) => Date.parse(moment)

  test('nothing before its time', () => {
    expect(dueSlots(rhythm, friday, friday.at - 1)).toEqual({ late: false, missed: [], next: friday })
  })

  test('a slot at its time, and not late within a few minutes', () => {
    const due = { send: friday, late: false, missed: [], next: monday }
    expect(dueSlots(rhythm, friday, friday.at)).toEqual(due)
    expect(dueSlots(rhythm, friday, at('2018-04-20T12:35Z'))).toEqual(due)
    expect(dueSlots(rhythm, friday, at('2018-04-20T12:36Z'))).toEqual({ ...due, late: true })
  })

  test('after a day asleep: one late edition, and the older slot missed', () => {
    expect(dueSlots(rhythm, thursday, at('2018-04-20T14:40Z'))).toEqual({
      send: friday,
      late: true,
      missed: [thursday],
      next: monday,
    })
  })

  test('after the grace: missed, too', () => {
    expect(dueSlots(rhythm, friday, at('2018-04-20T18:30Z')).send).toEqual(friday)
    expect(dueSlots(rhythm, thursday, at('2018-04-20T18:31Z'))).toEqual({
      late: false,
      missed: [thursday, friday],
      next: monday,
    })
    expect(dueSlots(rhythm, friday, at('2018-04-20T13:00Z'), 29 * 60_000).missed).toEqual([friday])
  })

  test('a grace longer than a day still sends one', () => {
    const due = dueSlots(rhythm, thursday, at('2018-04-20T12:31Z'), 72 * 3_600_000)
    expect(due).toEqual({ send: friday, late: false, missed: [thursday], next: monday })
  })

  test('the noted slot is reckoned again when the rules of its zone have changed', () => {
    const early = { ...friday, at: friday.at - 3_600_000 }
    expect(dueSlots(rhythm, early, friday.at - 1)).toEqual({ late: false, missed: [], next: friday })
    expect(dueSlots(rhythm, early, friday.at)).toEqual({
      send: friday,
      late: false,
      missed: [],
      next: monday,
    })
    const gone = { at: Date.parse('2011-12-30T10:00Z'), date: '2011-12-30' }
    const apia = daily('07:30', 'Pacific/Apia')
    expect(dueSlots(apia, gone, gone.at).send).toEqual(gone)
    expect(readable(dueSlots(apia, gone, gone.at).next)).toBe('2011-12-31 2011-12-30T17:30Z')
  })
})
