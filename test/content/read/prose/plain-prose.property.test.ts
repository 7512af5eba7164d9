import fc from 'fast-check'
import { expect, test } from 'vitest'
import { plainInlines } from '../../../../src/chat/plain-text.ts'
import { readInlines } from '../../../../src/content/read/markdown.ts'
import { plainProse } from '../../../../src/content/read/prose/plain-prose.ts'

const piece = fc.constantFrom(
  ...[
    '*',
    '**',
    '_',
    '__',
    '`',
    '[1]',
    '[x](y)',
    '<',
    '>',
    '&amp;',
    '&#65;',
    '& ',
    '\\',
    '#',
    '##',
    '-',
    '+',
    '1. ',
    '12) ',
  ],
  ...[
    '~~',
    '|',
    '=',
    '---',
    '![',
    '<b>',
    'https://x.example/a_b*c',
    'word',
    'Wörter',
    '漢字',
    ' ',
    '“',
    '”',
    '"',
    "'",
    '!',
    ':',
    '\t',
  ],
)
const words = fc
  .array(fc.oneof({ weight: 5, arbitrary: piece }, fc.string({ maxLength: 3 })), {
    minLength: 1,
    maxLength: 12,
  })
  .map(pieces =>
    pieces
      .join('')
      .replace(/[^\P{C}\t]|[\u2028\u2029]/gu, '')
      .replace(/\s+/g, ' ')
      .trim(),
  )
  // Half a citation, such as `1]`, is refused with a sentence in any spelling.
  .filter(
    text => text !== '' && !/[[\]［］【】〔〕]/u.test(text.replaceAll('[1]', '').replaceAll('[x](y)', '')),
  )

test('words are read just as they stand, whatever marks they have', () => {
  fc.assert(
    fc.property(words, typed => {
      const { inlines, problems } = readInlines({
        file: 'timeline.yml',
        linesBefore: 0,
        text: plainProse(typed),
      })
      expect(problems).toEqual([])
      expect(plainInlines(inlines)).toBe(typed)
      expect(inlines.every(inline => typeof inline === 'string')).toBe(true)
    }),
    { numRuns: 3_000 },
  )
})
