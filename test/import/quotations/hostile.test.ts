import fc from 'fast-check'
import { expect, test } from 'vitest'
import { findQuotations } from '../../../src/import/quotations/find-quotations.ts'

const PIECES = [
  '"',
  "'",
  '“',
  '‘',
  '”',
  '``',
  "''",
  '" ',
  '"a" ',
  '"A," she said, ',
  '“A.” John Smith ',
  'told "x" ',
  'Ada Ruiz said he "went on" with Tom Park and ',
  'Smith, ',
  'who ',
  'of the ',
  '“A?” he ',
  'X: "a" ',
  'said ',
  '. ',
  '"\n',
  'Q: a\n',
  '(',
  '—',
  'J. ',
  "s' ",
  'said she ',
  'Did he? “Yes it.” ',
  '“A.”\n\n',
  'Jane Roe’s aide, ',
  'a"\n',
  'a,"Bb',
  'He ran. ',
  'her claim that "x" ',
  'in a statement said ',
  '“A.”\n\n- Jane Roe\n\n',
]

/** As long as a page may be. A rule that costs the square of the length needs minutes for it, and fails by time. */
const LENGTH = 100_000

test.each(PIECES)('a long run of %j is read in good time', piece => {
  const text = piece.repeat(LENGTH / piece.length)
  for (const { start, end, text: words } of findQuotations(text)) expect(text.slice(start, end)).toBe(words)
  findQuotations(text, { labels: true })
})

test('whatever a text is, its quotations are pieces of it, in order and apart', () => {
  const part = fc.oneof(
    fc.constantFrom(...PIECES, 'Nora Finch ', 'he ', 'called ', ', ', '? ', '\n\n'),
    fc.string({ unit: 'grapheme', maxLength: 5 }),
  )
  fc.assert(
    fc.property(fc.array(part, { maxLength: 30 }), parts => {
      const text = parts.join('')
      let last = 0
      for (const { start, end, text: words, speaker, named, role } of findQuotations(text)) {
        expect(start).toBeGreaterThanOrEqual(last)
        expect(end).toBeGreaterThan(start)
        expect(text.slice(start, end)).toBe(words)
        for (const piece of [speaker, named, role]) if (piece !== undefined) expect(text).toContain(piece)
        last = end
      }
    }),
    { numRuns: 300 },
  )
})
