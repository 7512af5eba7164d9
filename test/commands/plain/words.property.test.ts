import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isBareWord, plainWords } from '../../../src/commands/plain/words.ts'

const letters = fc.stringMatching(/^[A-Za-z0-9 ]{0,80}$/)
const anything = fc.oneof(letters, fc.string(), fc.string({ unit: 'grapheme' }))

// An ellipsis is a sign that stands for nothing, so a line that has one is read letter by letter and means the same.
test('a line of bare letters is read as any other line is, only faster', () => {
  fc.assert(
    fc.property(letters, line => {
      expect(plainWords(line)).toEqual(plainWords(`${line} …`))
    }),
    { numRuns: 2_000 },
  )
})

test('a bare word is one word, and stays as it was typed', () => {
  fc.assert(
    fc.property(anything, text => {
      if (isBareWord(text) && text.length <= 60)
        expect(plainWords(text)).toEqual([{ typed: text, key: text.toLowerCase() }])
    }),
    { numRuns: 2_000 },
  )
})
