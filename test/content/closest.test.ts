import { expect, test } from 'vitest'
import { closestNames, nameIndex, nearestSpellings } from '../../src/content/closest-names.ts'

const verbs = nameIndex(
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
  expect(closestNames(typed, verbs)).toEqual(offered)
})

test('at most three of all lists, the closest first, each once, accents aside', () => {
  const lists = [nameIndex(['Zoë', 'Zoe', 'zo']), nameIndex(['Zoë', 'zooe', 'zoo'])]
  expect(closestNames('zoe', ...lists)).toEqual(['Zoe', 'Zoë', 'zo'])
})

test('nearest keeps only what is spelled most alike, and near enough', () => {
  expect(nearestSpellings('polcie', ['police', 'policies', 'policy'])).toEqual(['police', 'policies'])
  expect(nearestSpellings('spect', ['street', 'expect'])).toEqual([])
  expect(nearestSpellings('zzzzzz', ['police'])).toEqual([])
})
