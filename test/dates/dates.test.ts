import { describe, expect, test } from 'vitest'
import {
  addDays,
  isZone,
  localDate,
  parseDayRange,
  parseSince,
  readableDate,
  readableMoment,
  timeAgo,
} from '../../src/dates/dates.ts'

/** Tuesday, 5 May 2026, 02:00 UTC: still Monday in Chicago. */
const AT = Date.parse('2026-05-05T02:00:00Z')

describe('--since takes', () => {
  test.each([
    ['today', '2026-05-05'],
    [' Yesterday ', '2026-05-04'],
    ['tuesday', '2026-05-05'],
    ['Mon', '2026-05-04'],
    ['wednesday', '2026-04-29'],
    ['1h', '2026-05-05'],
    ['3h', '2026-05-04'],
    ['7d', '2026-04-28'],
    ['7 days', '2026-04-28'],
    ['2w', '2026-04-21'],
    ['2026-02-28', '2026-02-28'],
    ['2026-02', '2026-02-01'],
    ['2025', '2025-01-01'],
    ['2026-02-30', undefined],
    ['2026-2-3', undefined],
    ['mo', undefined],
    ['7', undefined],
    ['99999d', undefined],
    ['', undefined],
    ['next week', undefined],
  ])('%s as %s', (typed, day) => {
    expect(parseSince(typed, AT, 'UTC')).toBe(day)
  })

  test('days as the time zone has them', () => {
    expect(parseSince('today', AT, 'America/Chicago')).toBe('2026-05-04')
    expect(parseSince('monday', AT, 'America/Chicago')).toBe('2026-05-04')
    expect(parseSince('tuesday', AT, 'America/Chicago')).toBe('2026-04-28')
    expect(localDate(AT, 'Asia/Tokyo')).toBe('2026-05-05')
  })
})

describe('a range of days', () => {
  test.each([
    ['2024', '2024-01-01', '2024-12-31'],
    ['2024-02', '2024-02-01', '2024-02-29'],
    ['2024-12', '2024-12-01', '2024-12-31'],
    ['2024-02-29', '2024-02-29', '2024-02-29'],
    ['2017-08..2018-07', '2017-08-01', '2018-07-31'],
    ['2017 TO 2018', '2017-01-01', '2018-12-31'],
    ['2017–2018', '2017-01-01', '2018-12-31'],
    ['2017-2018', '2017-01-01', '2018-12-31'],
    ['2018..2017', '2017-01-01', '2018-12-31'],
    ['2018..', '2018-01-01', '9999-12-31'],
    ['..2018-03', '0000-01-01', '2018-03-31'],
  ])('%s means %s to %s', (typed, from, to) => {
    expect(parseDayRange(typed)).toEqual({ from, to })
  })

  test.each(['', '..', '2018-13', '2018-02-30', '18', 'may', '2017..2018..2019', '2018-4', '2017 2018'])(
    'is not “%s”',
    typed => {
      expect(parseDayRange(typed)).toBeUndefined()
    },
  )

  test('is read back from its own first and last day', () => {
    const { from, to } = parseDayRange('2018..')!
    expect(parseDayRange(`${from}..${to}`)).toEqual({ from, to })
    expect(parseDayRange('0000-01-01..2018-03-31')).toEqual(parseDayRange('..2018-03'))
  })
})

test('dates are written for people, across months and years', () => {
  expect(readableDate('2017-08-07')).toBe('7 Aug 2017')
  const months = Array.from({ length: 12 }, (_, index) => `2017-${String(index + 1).padStart(2, '0')}-01`)
  expect(months.map(date => readableDate(date).split(' ')[1]).join(' ')).toBe(
    'Jan Feb Mar Apr May June July Aug Sept Oct Nov Dec',
  )
  expect(readableMoment(Date.parse('2017-07-21T12:00:00Z'), 'UTC', AT)).toBe('Fri 21 July 2017 12:00')
  expect(addDays('2024-02-28', 2)).toBe('2024-03-01')
  expect(addDays('2024-01-01', -1)).toBe('2023-12-31')
})

test('a time zone is known or not', () => {
  expect(['UTC', 'America/Chicago', 'Mars/Olympus', ''].map(isZone)).toEqual([true, true, false, false])
})

test.each([
  ['2026-05-05', 'today'],
  ['2026-05-04', 'yesterday'],
  ['2026-04-06', '29 days ago'],
  ['2026-03-05', '2 months ago'],
  ['2025-04-05', '13 months ago'],
  ['2024-05-06', '23 months ago'],
  ['2021-04-28', '5 years ago'],
  ['2026-05-06', undefined],
])('on 2026-05-05, %s was %s', (date, ago) => {
  expect(timeAgo(date, '2026-05-05')).toBe(ago)
})
