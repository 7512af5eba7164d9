import { expect, test } from 'vitest'
import { phoneFrame } from '../../src/cli/phone-frame.ts'

test('texts stand in a frame of one width, whatever they contain', () => {
  const frame = phoneFrame([
    {
      heading: 'Wed 26 July 2017 08:00',
      text: 'A short line.\n\nOne that is longer than what a phone shows at once.',
    },
    { heading: 'in the thread', text: `https://example.org/${'a'.repeat(60)}\n\u001b[31mred 橋の話` },
  ])
  expect(frame).toBe(
    [
      '┌ Wed 26 July 2017 08:00 ──────────────────┐',
      '│ A short line.                            │',
      '│                                          │',
      '│ One that is longer than what a phone     │',
      '│ shows at once.                           │',
      '├ in the thread ───────────────────────────┤',
      '│ https://example.org/aaaaaaaaaaaaaaaaaaaa │',
      '│ aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa │',
      '│ red 橋の話                               │',
      '└──────────────────────────────────────────┘',
    ].join('\n'),
  )
})
