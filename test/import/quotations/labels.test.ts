import { expect, test } from 'vitest'
import { findQuotations } from '../../../src/import/quotations/find-quotations.ts'

const BRIEFING = [
  'Mayor Ana Ruiz and Police Chief Tom Vale spoke to reporters on Monday.',
  'MAYOR RUIZ: (Applause.) Thank you. The bridge stays shut.',
  'It stays shut until spring.',
  'Q: Who pays?',
  'MAYOR RUIZ: "We do."',
  'CHIEF VALE: [laughs] I pay my taxes.',
  'Note: this transcript was edited.',
].join('\n')

test('all that follows a label in a transcript is that speaker’s', () => {
  const found = findQuotations(BRIEFING, { labels: true })
  expect(
    found.map(({ text, speaker, speakerKind, turn, sure }) => [text, speaker, speakerKind, turn, sure]),
  ).toEqual([
    ['Thank you. The bridge stays shut.', 'Ana Ruiz', 'person', 1, true],
    ['It stays shut until spring.', 'Ana Ruiz', 'person', 1, true],
    ['Who pays?', 'Q', 'other', 2, false],
    ['We do.', 'Ana Ruiz', 'person', 3, true],
    ['I pay my taxes.', 'Tom Vale', 'person', 4, true],
  ])
  for (const { start, end, text } of found) expect(BRIEFING.slice(start, end)).toBe(text)
})

test('labels mean nothing in a text that is no transcript', () => {
  expect(findQuotations('MAYOR RUIZ: Thank you.')).toEqual([])
})

test('names that only labels tell stand as they do there', () => {
  const found = findQuotations('JANE DOE: Yes.\nThe Union: No.', { labels: true })
  expect(found.map(({ speaker, speakerKind }) => [speaker, speakerKind])).toEqual([
    ['JANE DOE', 'person'],
    ['The Union', 'other'],
  ])
})
