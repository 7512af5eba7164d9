import { expect, test } from 'vitest'
import { formatReasons } from '../../src/delivery/repair-reasons.ts'

test('however many reasons there are, three are told and the others counted', () => {
  const reasons = Array.from({ length: 60 }, (_, index) => ({ error: `Reason ${index}.`, count: index + 1 }))
  expect(formatReasons(reasons)).toBe(
    '60 × Reason 59. · 59 × Reason 58. · 58 × Reason 57. · 1,653 for other reasons',
  )
  expect(formatReasons([{ error: 'The message was deleted.', count: 2 }])).toBe(
    '2 × The message was deleted.',
  )
})
