import { expect, test } from 'vitest'
import { shortenMiddle } from '../../../src/commands/quote/differences.ts'

test('a long passage is shown by its ends, and no emoji is cut in half', () => {
  expect(shortenMiddle('🦊'.repeat(80))).toBe('🦊'.repeat(80))
  expect(shortenMiddle(`${'a'.repeat(39)}🦊${'b'.repeat(60)}🦊${'c'.repeat(39)}`)).toBe(
    `${'a'.repeat(39)}🦊 … 🦊${'c'.repeat(39)}`,
  )
})
