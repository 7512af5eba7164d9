import fc from 'fast-check'
import { expect, test } from 'vitest'
import { firstSentence } from '../../src/content/first-sentence.ts'

test.each([
  ['The council votes. The mayor signs.', 'The council votes.'],
  ['The suit is No. 2:17-cv-03894 (E.D. Pa.). Others follow.', 'The suit is No. 2:17-cv-03894 (E.D. Pa.).'],
  ['Is it over? Nobody knows.', 'Is it over?'],
  ['He says “stop.” Then he leaves.', 'He says “stop.”'],
  ['The court rules on 8 U.S.C. 1373. It was amended.', 'The court rules on 8 U.S.C. 1373.'],
  ['市が橋を閉じた。運転手は抗議した。', '市が橋を閉じた。'],
])('%s', (text, first) => {
  expect(firstSentence(text)).toBe(first)
})

test.each([
  'The U.S. Conference of Mayors sues in St. Louis.',
  'Mr. Smith v. Hawaii is decided on 6 Sept. 2018 by Sen. Durbin’s figure.',
  'Related case: the 7th Circuit lifts the stay',
  'It costs approx. 20 dollars, says John D. Rockefeller Jr. Smith.',
])('never ends inside a sentence: %s', text => {
  expect(firstSentence(text)).toBe(text)
})

test('it is always the beginning of the text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), text => {
      const first = firstSentence(text)
      expect(text.startsWith(first)).toBe(true)
      expect(first === '').toBe(text === '')
    }),
  )
})
