import fc from 'fast-check'
import { expect, test } from 'vitest'
import { explainUnseen } from '../../../src/content/read/explain-unseen.ts'

const TEXT = 'The mayor said: “We’ll meet at the café — on 2 May.” Then she left.'

test.each([
  [
    'curly marks round them',
    '“We’ll meet at the café”',
    'the words have “ and ” round them: take the quotation marks out, nutgraf adds them',
  ],
  [
    'curly marks round words of the middle',
    '“meet at the café”',
    'the words have “ and ” round them: take the quotation marks out, nutgraf adds them',
  ],
  [
    'a no-break space',
    'at\u00a0the café',
    'the words look the same as the stored text, but after “at” the stored text has an ordinary space where the words have a no-break space (U+00A0): copy them from the stored text again',
  ],
  [
    'a soft hyphen',
    'may\u00ador said',
    'the words look the same as the stored text, but after “may” the words have a soft hyphen (U+00AD), which the stored text does not have: copy them from the stored text again',
  ],
  [
    'an accent in pieces',
    'the cafe\u0301',
    'the words look the same as the stored text, but after “the caf” the stored text has “é” (U+00E9) where the words have “é” in pieces, as a letter and an accent (U+0065 U+0301): copy them from the stored text again',
  ],
  [
    'a straight apostrophe',
    "We'll meet",
    "the words look the same as the stored text, but after “We” the stored text has “’” (U+2019) where the words have “'” (U+0027): copy them from the stored text again",
  ],
  [
    'a short dash',
    'café – on',
    'the words look the same as the stored text, but after “café” the stored text has “—” (U+2014) where the words have “–” (U+2013): copy them from the stored text again',
  ],
  [
    'a tab',
    'at\tthe café',
    'the words look the same as the stored text, but after “at” the stored text has an ordinary space where the words have a tab: copy them from the stored text again',
  ],
  [
    'a byte order mark',
    '\ufeffThen she left.',
    'the words have a byte order mark (U+FEFF) before or after them: take it out',
  ],
])('names %s', (_, words, sentence) => {
  expect(explainUnseen(words, TEXT)).toBe(sentence)
})

test('says nothing of words that are there, and of words that differ by more', () => {
  for (const words of [
    'We’ll meet',
    'on 2 May.”',
    'We will meet',
    'the cafe —',
    'We’ll meet at the cafés',
    '',
    ' ',
    '“”',
  ])
    expect(explainUnseen(words, TEXT)).toBeUndefined()
})

test('names any unseen character that was put into words of the text', () => {
  const unseen = fc.constantFrom('\u00ad', '\u200b', '\u2060', '\ufeff', '\u200e', '\u200d')
  fc.assert(
    fc.property(fc.nat(TEXT.length - 8), fc.integer({ min: 1, max: 6 }), unseen, (start, at, sign) => {
      const words = TEXT.slice(start, start + 7)
      const changed = words.slice(0, at) + sign + words.slice(at)
      expect(explainUnseen(changed, TEXT)).toMatch(/soft hyphen|invisible|byte order mark|text direction/)
    }),
  )
})
