import fc from 'fast-check'
import { expect, test } from 'vitest'
import { beginningOf, endOf, shorten } from '../../src/chat/shorten.ts'

const TEXT = fc
  .array(fc.constantFrom('a', ' ', '😀', 'é', '中', '🏳️‍🌈'), { maxLength: 20 })
  .map(signs => signs.join(''))

test('a cut text ends and begins with whole characters, and loses nothing else', () => {
  fc.assert(
    fc.property(TEXT, fc.nat(30), (text, most) => {
      for (const part of [beginningOf(text, most), endOf(text, most)]) {
        expect(part.isWellFormed()).toBe(true)
        expect(part.length).toBeGreaterThanOrEqual(Math.min(text.length, most) - 1)
        expect(part.length).toBeLessThanOrEqual(most)
      }
      expect(text.startsWith(beginningOf(text, most))).toBe(true)
      expect(text.endsWith(endOf(text, most))).toBe(true)
    }),
  )
})

test('only what is too long is shortened', () => {
  expect(shorten('one two', 7)).toBe('one two')
  expect(shorten('one two', 4)).toBe('one…')
  expect(shorten('ab😀cd', 3)).toBe('ab…')
})
