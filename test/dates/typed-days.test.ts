import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays, parseDayRange, parseSince, readableDate } from '../../src/dates/dates.ts'
import { dayWords, readDays } from '../../src/dates/typed-days.ts'

/** A Tuesday. */
const TODAY = '2026-05-05'
const AT = Date.parse(`${TODAY}T12:00:00Z`)

describe('a range in words', () => {
  test.each([
    ['19 Apr 2018', '2018-04-19', '2018-04-19'],
    ['April 19th, 2018', '2018-04-19', '2018-04-19'],
    ['19. April 2018', '2018-04-19', '2018-04-19'],
    ['4 June 2018', '2018-06-04', '2018-06-04'],
    ['13 Sept 2018', '2018-09-13', '2018-09-13'],
    ['Apr 2018', '2018-04-01', '2018-04-30'],
    ['april of 2018', '2018-04-01', '2018-04-30'],
    ['2018 april', '2018-04-01', '2018-04-30'],
    ['6/19/2018', '2018-06-19', '2018-06-19'],
    ['6/2018', '2018-06-01', '2018-06-30'],
    ['March 2018 to June 2018', '2018-03-01', '2018-06-30'],
    ['march to june 2018', '2018-03-01', '2018-06-30'],
    ['March–June 2018', '2018-03-01', '2018-06-30'],
    ['march-june 2018', '2018-03-01', '2018-06-30'],
    ['from march to june 2018', '2018-03-01', '2018-06-30'],
    ['between march and june 2018', '2018-03-01', '2018-06-30'],
    ['June 2018 to March 2018', '2018-03-01', '2018-06-30'],
    ['19 Apr 2018 to 26 June 2018', '2018-04-19', '2018-06-26'],
    ['19 Apr 2018..', '2018-04-19', '9999-12-31'],
    ['since march 2018', '2018-03-01', '9999-12-31'],
    ['after 2018-04', '2018-05-01', '9999-12-31'],
    ['before 2018', '0000-01-01', '2017-12-31'],
    ['until may 2018', '0000-01-01', '2018-05-31'],
    ['yesterday', '2026-05-04', '2026-05-04'],
    ['last week', '2026-04-27', '2026-05-03'],
    ['this week', '2026-05-04', '2026-05-10'],
    ['last month', '2026-04-01', '2026-04-30'],
    ['last year', '2025-01-01', '2025-12-31'],
    ['the last two weeks', '2026-04-21', '2026-05-05'],
    ['last monday', '2026-05-04', '2026-05-04'],
    ['since monday', '2026-05-04', '9999-12-31'],
    ['3 months ago', '2026-02-05', '2026-05-05'],
  ])('%s', (typed, from, to) => {
    expect(parseDayRange(typed, TODAY)).toEqual({ from, to })
  })

  test.each([
    'may',
    'march',
    '4/5/2018',
    '31 Feb 2018',
    'section 1373',
    '2018 was long',
    'last',
    'to',
    'since',
  ])('is not “%s”', typed => {
    expect(parseDayRange(typed, TODAY)).toBeUndefined()
  })

  test('needs to know today for words that count from it', () => {
    expect(parseDayRange('last week')).toBeUndefined()
    expect(parseDayRange('since monday')).toBeUndefined()
  })
})

test('the beginning of time in words', () => {
  expect(parseSince('19 Apr 2018', AT, 'UTC')).toBe('2018-04-19')
  expect(parseSince('apr 2018', AT, 'UTC')).toBe('2018-04-01')
  expect(parseSince('last week', AT, 'UTC')).toBe('2026-04-27')
  expect(parseSince('before 2018', AT, 'UTC')).toBeUndefined()
})

test('in a sentence, the words of a date are counted, and a weekday alone is no date', () => {
  expect(readDays(['19', 'apr', '2018', 'ruling'], TODAY)).toMatchObject({ count: 3 })
  expect(readDays(['between', '2017', 'and', '2018', 'too'], TODAY)).toMatchObject({ count: 4 })
  expect(readDays(['sunday', 'news', 'conference'], TODAY)).toBeUndefined()
  expect(readDays(['may', 'the', 'judge'], TODAY)).toBeUndefined()
  expect(dayWords('march-june, 2018')).toEqual(['march', '-', 'june', '2018'])
  expect(dayWords('welcoming-city')).toEqual(['welcoming-city'])
})

test('every day that is printed can be typed, and nothing that is typed throws', () => {
  const day = fc.integer({ min: 0, max: 30_000 }).map(days => addDays('1970-01-01', days))
  fc.assert(
    fc.property(day, day, (one, other) => {
      const [from, to] = [one, other].sort() as [string, string]
      expect(parseDayRange(readableDate(one))).toEqual({ from: one, to: one })
      expect(parseDayRange(`${readableDate(one)} to ${readableDate(other)}`)).toEqual({ from, to })
      expect(parseDayRange(readableDate(one.slice(0, 7)))).toEqual(parseDayRange(one.slice(0, 7)))
    }),
  )
  const word = fc.oneof(
    fc.constantFrom(
      ...'since from to between and 2018 may march 31 feb last week 0 the ago .. – 9999-99 12/2018 of'.split(
        ' ',
      ),
    ),
    fc.string({ maxLength: 6 }),
  )
  fc.assert(
    fc.property(fc.array(word, { maxLength: 6 }), words => {
      const range = parseDayRange(words.join(' '), TODAY)
      if (range) expect(range.from <= range.to).toBe(true)
    }),
  )
})
