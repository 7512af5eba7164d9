import fc from 'fast-check'
import { expect, test } from 'vitest'
import { escapeMarkdown } from '../../../src/platforms/discord/markdown/escape.ts'

/** What is escaped, as two patterns: the signs that are markup where they stand, and those that a line begins with. */
const SIGNS =
  /[\\*_`<[\]]|(?<=\])\(|~(?=~)|(?<=~)~|\|(?=\|)|(?<=\|)\||@(?=everyone|here)|:(?=\/\/|[\w+-]+(?:::skin-tone-\d)?:)/g
const LINE_STARTS = /(^|\n)([^\S\n]*)([-+#>]|\d+(?=\.))/g

function escapeByPatterns(text: string, lineStart: boolean): string {
  return text
    .replace(SIGNS, '\\$&')
    .replace(LINE_STARTS, (match, before: string, blanks: string, mark: string) => {
      if (before === '' && !lineStart) return match
      return before + blanks + (/\d/.test(mark) ? `${mark}\\` : `\\${mark}`)
    })
}

const PIECES = '\\ * _ ` < [ ] ( ) ~ | @ everyone here : :// :a: ::skin-tone-2: - + # > 1 12. . a é “'.split(
  ' ',
)
const text = fc
  .array(fc.constantFrom(...PIECES, ' ', '\t', '\n', '\r\n', '\u2028'), { maxLength: 12 })
  .map(pieces => pieces.join(''))

test('every sign is escaped that is markup where it stands, and no other', () => {
  fc.assert(
    fc.property(fc.oneof(text, fc.string()), fc.boolean(), (words, lineStart) => {
      expect(escapeMarkdown(words, lineStart)).toBe(escapeByPatterns(words, lineStart))
    }),
    { numRuns: 3_000 },
  )
})
