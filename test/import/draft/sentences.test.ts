import { expect, test } from 'vitest'
import { extractSummary } from '../../../src/import/draft/extract-summary.ts'
import { sentencesOf } from '../../../src/import/draft/sentences.ts'

test('no sentence ends behind an abbreviation, or inside a quotation', () => {
  const text =
    'The Police Dept. Superintendent met U.S. Sen. Jo B. Example on Aug. 6. He left.\n"It is so. It was so," she said. "Is it? Yes." They went on.\n'
  expect(sentencesOf(text).map(({ text: sentence, line }) => `${line} ${sentence}`)).toEqual([
    '1 The Police Dept. Superintendent met U.S. Sen. Jo B. Example on Aug. 6.',
    '1 He left.',
    '2 "It is so. It was so," she said.',
    '2 "Is it? Yes."',
    '2 They went on.',
  ])
  for (const { start, end, text: sentence } of sentencesOf(text))
    expect(text.slice(start, end)).toBe(sentence)
})

test('a summary takes whole sentences of the outlet, in their order, and none with a quotation', () => {
  const text = [
    'Quagga bridge to close',
    'The city will close the Quagga bridge in May after an inspection found rust.',
    '“The bridge is not safe to cross at all any more,” the mayor of the city said.',
    'It rained.',
    'The inspection of the bridge found rust in both lanes, and the city will repair them.',
    'A band played at the market until late in the evening on that very day.',
  ].join('\n')
  const summary = extractSummary(text, 'Quagga bridge to close').map(sentence => sentence.line)
  expect(summary).toEqual([2, 5, 6])
})
