import fc from 'fast-check'
import { expect, test } from 'vitest'
import { keepResults } from '../../src/chat/keep-results.ts'

test('a kept result is that of the function, and is computed once', () => {
  const asked: string[] = []
  const length = keepResults(text => {
    asked.push(text)
    return text === '' ? undefined : text.length
  }, 10)
  expect(['a', 'bb', 'a', '', ''].map(length)).toEqual([1, 2, 1, undefined, undefined])
  expect(asked).toEqual(['a', 'bb', ''])
})

test('however many texts there are, no more than the maximum are kept', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(20), { minLength: 1 }), fc.integer({ min: 1, max: 5 }), (numbers, max) => {
      let computed = 0
      const kept = keepResults(text => {
        computed++
        return `${text}!`
      }, max)
      for (const number of numbers) expect(kept(String(number))).toBe(`${number}!`)
      const before = computed
      for (let number = 0; number <= 20; number++) kept(String(number))
      expect(computed - before).toBeGreaterThanOrEqual(21 - max)
    }),
  )
})
