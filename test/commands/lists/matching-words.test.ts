import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  chooseByWords,
  hasTypedWord,
  readFilter,
  wordsToFind,
} from '../../../src/commands/lists/matching-words.ts'

const items = ['red apple pie', 'green apple', 'green pears', 'ice']
const choose = (typed: string) =>
  chooseByWords(items, typed.split(' '), (item, word) => hasTypedWord(wordsToFind(item), word))

test('words choose what has all of them, or else most, and the others are told', () => {
  expect(choose('apple')).toEqual({ found: ['red apple pie', 'green apple'], used: ['apple'], unused: [] })
  expect(choose('green apple').found).toEqual(['green apple'])
  expect(choose('green pie')).toEqual({ found: ['red apple pie'], used: ['pie'], unused: ['green'] })
  expect(choose('green nonsense')).toMatchObject({ used: ['green'], unused: ['nonsense'] })
  expect(choose('nonsense')).toEqual({ found: [], used: [], unused: ['nonsense'] })
})

test('plurals and beginnings of words count, but short words only as they are', () => {
  expect(choose('pears').found).toEqual(['green pears'])
  expect(choose('apples').found).toHaveLength(2)
  expect(choose('pear').found).toEqual(['green pears'])
  expect(choose('ic').found).toEqual([])
})

test('every typed word is used or told, and each item found has every used word', () => {
  const word = fc.constantFrom('red', 'apple', 'green', 'pie', 'ice', 'x', '!!', '“ice”')
  fc.assert(
    fc.property(fc.array(word, { minLength: 1, maxLength: 6 }), typed => {
      const { found, used, unused } = choose(typed.join(' '))
      expect(used.length + unused.length).toBe(typed.length)
      for (const item of found)
        for (const one of used) expect(hasTypedWord(wordsToFind(item), one)).toBe(true)
      expect(found.length === 0).toBe(used.length === 0)
    }),
  )
})

test('a number with its sign is read anywhere, also in a value that a picker sends', () => {
  expect(readFilter(['sessions', '#2'])).toEqual({ words: ['sessions'], number: 2 })
  expect(readFilter(['sessions # 2'])).toEqual({ words: ['sessions'], number: 2 })
  expect(readFilter(['#01'])).toEqual({ words: [], number: 1 })
  expect(readFilter(['2018'])).toEqual({ words: ['2018'] })
})
