import { expect, test } from 'vitest'
import { formatFailure, parseFailure } from '../../src/store/failure-text.ts'

test('a row keeps what people are told and the cause, and tells them apart', () => {
  const both = { message: 'slack: is_archived', human: 'This channel is archived.' }
  expect(formatFailure(both)).toBe('This channel is archived.\nslack: is_archived')
  expect(parseFailure(formatFailure(both))).toEqual(both)
})

test('a cause of several lines is still the cause, never the sentence for people', () => {
  const cause = { message: 'answer: broken\n  at somewhere (x:1)' }
  expect(parseFailure(formatFailure(cause))).toEqual({ message: 'answer: broken at somewhere (x:1)' })
  expect(parseFailure('')).toEqual({ message: '' })
})
