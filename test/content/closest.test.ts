import { expect, test } from 'vitest'
import { closestNames, nameIndex, nearestSpellings } from '../../src/content/names/closest-names.ts'

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
])('“%s” is close to %j', (typed, offered) => {
  expect(closestNames(typed, verbs)).toEqual(offered)
})

test('at most three names of all indexes, the closest first, each once, without regard to accents', () => {
  const indexes = [nameIndex(['Zoë', 'Zoe', 'zo']), nameIndex(['Zoë', 'zooe', 'zoo'])]
  expect(closestNames('zoe', ...indexes)).toEqual(['Zoe', 'Zoë', 'zo'])
})

test('nearestSpellings keeps only the most similar words, and only if they are near enough', () => {
  expect(nearestSpellings('polcie', ['police', 'policies', 'policy'])).toEqual(['police', 'policies'])
  expect(nearestSpellings('spect', ['street', 'expect'])).toEqual([])
  expect(nearestSpellings('zzzzzz', ['police'])).toEqual([])
})
