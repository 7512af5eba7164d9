import { describe, expect, test } from 'vitest'
import { filterText, formatWordFilter, matcherOf, parseWordFilter } from '../../src/digests/word-filter.ts'

const written = (typed: string) => {
  const parsed = parseWordFilter(typed)
  return 'filter' in parsed ? formatWordFilter(parsed.filter) : parsed.problem
}

describe('a typed filter', () => {
  test.each([
    ['ordinance, "7th circuit" -sports', 'ordinance, "7th circuit" -sports'],
    ['  ordinance;court  ', 'ordinance, court'],
    ['“7th Circuit” –„high school“', '"7th Circuit" -"high school"'],
    ['grant-conditions', '"grant conditions"'],
    ['Łódź ŁÓDŹ lodz', 'Łódź'],
    ['@everyone <!here> https://evil.example/x', 'everyone, here, "https evil example x"'],
    ['ordinance.', 'ordinance'],
    ['', ''],
    ['all', ''],
    ['ALL', ''],
    ['ordinance "7th circuit', 'unclosed'],
    ['"', 'unclosed'],
    ['-sports -"high school"', 'onlyUnwanted'],
    ['court -Court', 'both'],
    ['court &', 'noWord'],
    ['🙂', 'noWord'],
    ['x'.repeat(201), 'tooLong'],
    ['x'.repeat(200), 'x'.repeat(200)],
  ])('%s is read as %s', (typed, expected) => {
    expect(written(typed)).toBe(expected)
    // What is stored and shown is read back unchanged.
    if (!/^[a-z]+[A-Z]/.test(expected)) expect(written(expected)).toBe(expected)
  })
})

describe('what a filter lets through', () => {
  const isTold = (filter: string, ...texts: string[]) => matcherOf(filter)(filterText(texts))

  test('any wanted word, whatever its case and accents', () => {
    expect(isTold('ordinance, lodz', 'The ORDINANCE stands.')).toBe(true)
    expect(isTold('ordinance, lodz', 'Seen from Łódź')).toBe(true)
    expect(isTold('ordinance, lodz', 'The order stands.')).toBe(false)
  })

  test('the beginning of a longer word, as in search, and never the inside of one', () => {
    expect(isTold('ordinance', 'Two ordinances')).toBe(true)
    expect(isTold('ice', 'The police came with icebreakers')).toBe(false)
    expect(isTold('dinance', 'An ordinance')).toBe(false)
  })

  test('a phrase as it stands, and not over two texts', () => {
    expect(isTold('"7th circuit"', 'The 7th Circuit upholds it')).toBe(true)
    expect(isTold('"7th circuit"', 'The circuit on the 7th')).toBe(false)
    expect(isTold('"7th circuit"', 'On the 7th', 'Circuit judges')).toBe(false)
  })

  test('nothing with an unwanted word, which is only just that word', () => {
    expect(isTold('court -sports', 'The court on sports')).toBe(false)
    expect(isTold('court -sport', 'The court on sports')).toBe(true)
    expect(isTold('court -"high school"', 'The court of a high school')).toBe(false)
    expect(isTold('court -"high school"', 'The high court and a school')).toBe(true)
  })

  test('everything without a filter', () => {
    expect(isTold('', 'Anything')).toBe(true)
  })
})
