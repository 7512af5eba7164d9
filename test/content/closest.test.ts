import { expect, test } from 'vitest'
import { closest, known, nearest } from '../../src/content/closest.ts'

const verbs = known(
  'summary status timeline latest quotes who background facts sources changes help'.split(' '),
)

test.each([
  ['sumary', ['summary']],
  ['sumry', ['summary']],
  ['QUOTES', ['quotes']],
  ['qoute', ['quotes']],
  ['tmieline', ['timeline']],
  ['back', ['background']],
  ['', []],
  ['xyzzyx', []],
])('%s', (typed, offered) => {
  expect(closest(typed, verbs)).toEqual(offered)
})

test('at most three of all lists, the closest first, each once, accents aside', () => {
  const lists = [known(['Zoë', 'Zoe', 'zo']), known(['Zoë', 'zooe', 'zoo'])]
  expect(closest('zoe', ...lists)).toEqual(['Zoe', 'Zoë', 'zo'])
})

test('nearest keeps only what is spelled most alike, and near enough', () => {
  expect(nearest('polcie', ['police', 'policies', 'policy'])).toEqual(['police', 'policies'])
  expect(nearest('spect', ['street', 'expect'])).toEqual([])
  expect(nearest('zzzzzz', ['police'])).toEqual([])
})
