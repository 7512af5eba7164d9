import { expect, test } from 'vitest'
import { reasonsText } from '../../src/store/causes.ts'

test('however many reasons there are, three are told and the others counted', () => {
  const reasons = Array.from({ length: 60 }, (_, index) => ({ error: `Reason ${index}.`, count: index + 1 }))
  expect(reasonsText(reasons)).toBe(
    '60 × Reason 59. · 59 × Reason 58. · 58 × Reason 57. · 1,653 for other reasons',
  )
  expect(reasonsText([{ error: 'The message was deleted.', count: 2 }])).toBe('2 × The message was deleted.')
})
