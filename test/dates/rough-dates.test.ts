import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readableDate, readableDay } from '../../src/dates/dates.ts'
import {
  firstDayOf,
  isRough,
  lastDayOf,
  mayBeWithin,
  ROUGH_DATE,
  sortKeyOf,
} from '../../src/dates/rough-dates.ts'

test.each([
  ['2021', '2021-01-01', '2021-12-31', '2021', '2021'],
  ['2021-09', '2021-09-01', '2021-09-30', 'Sept 2021', 'Sept 2021'],
  ['2024-02', '2024-02-01', '2024-02-29', 'Feb 2024', 'Feb 2024'],
  ['2021-12', '2021-12-01', '2021-12-31', 'Dec 2021', 'Dec 2021'],
  ['2021-09-14', '2021-09-14', '2021-09-14', '14 Sept 2021', 'Tue 14 Sept'],
])('%s is from %s to %s, and reads %s', (date, first, last, readable, day) => {
  expect([firstDayOf(date), lastDayOf(date), readableDate(date), readableDay(date, '2021-10-01')]).toEqual([
    first,
    last,
    readable,
    day,
  ])
})

test('a date may be within days if one of its own may be among them', () => {
  const days = { from: '2021-09-10', to: '2021-09-20' }
  const may = (date: string) => mayBeWithin(date, days)
  expect(['2021', '2021-09', '2021-09-10', '2021-09-20'].map(may)).toEqual([true, true, true, true])
  expect(['2020', '2021-08', '2021-10', '2021-09-09', '2021-09-21'].map(may)).toEqual(Array(5).fill(false))
})

test('a month stands before its days, and after them while it is expected', () => {
  const sorted = (dates: string[], expected: boolean) =>
    dates.toSorted((a, b) => (sortKeyOf({ date: a, expected }) < sortKeyOf({ date: b, expected }) ? -1 : 1))
  const dates = ['2021-10', '2021-09-30', '2021', '2021-09-01', '2021-09', '2022']
  expect(sorted(dates, false)).toEqual(['2021', '2021-09', '2021-09-01', '2021-09-30', '2021-10', '2022'])
  expect(sorted(dates, true)).toEqual(['2021-09-01', '2021-09-30', '2021-09', '2021-10', '2021', '2022'])
})

test('the order is that of the first days, and of the last ones while they are expected', () => {
  const date = fc
    .tuple(
      fc.integer({ min: 2000, max: 2003 }),
      fc.integer({ min: 1, max: 12 }),
      fc.integer({ min: 1, max: 28 }),
    )
    .chain(([year, month, day]) => {
      const [two, two2] = [month, day].map(part => String(part).padStart(2, '0'))
      return fc.constantFrom(`${year}`, `${year}-${two}`, `${year}-${two}-${two2}`)
    })
  fc.assert(
    fc.property(date, date, (a, b) => {
      expect([a, b].every(text => ROUGH_DATE.test(text))).toBe(true)
      if (sortKeyOf({ date: a }) < sortKeyOf({ date: b })) expect(firstDayOf(a) <= firstDayOf(b)).toBe(true)
      if (sortKeyOf({ date: a, expected: true }) < sortKeyOf({ date: b, expected: true }))
        expect(lastDayOf(a) <= lastDayOf(b)).toBe(true)
      expect(isRough(a)).toBe(firstDayOf(a) !== lastDayOf(a))
    }),
  )
})
