import fc from 'fast-check'
import { expect, test } from 'vitest'
import { tokens } from '../../../src/content/fold.ts'
import { wordIndex } from '../../../src/content/search/word-index.ts'

const word = fc.constantFrom('the', 'bridge', 'is', 'shut', 'Bridge', 'café', 'x')
const text = fc.array(word, { maxLength: 8 }).map(words => words.join(' '))

test('finds exactly the texts that a search without an index finds', () => {
  fc.assert(
    fc.property(
      fc.array(text, { maxLength: 40 }),
      fc.array(fc.array(word, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 3 }),
      (texts, wordGroups) => {
        const groups = wordGroups.map(group => group.flatMap(tokens))
        const index = wordIndex(texts)
        const expected = texts.flatMap((text, at) => {
          const words = tokens(text)
          return groups.every(group => group.some(word => words.includes(word))) ? [at] : []
        })
        expect([...index.textsMatching(groups)]).toEqual(expected)
      },
    ),
  )
})

test('finds phrases, and nothing else', () => {
  fc.assert(
    fc.property(
      fc.array(text, { maxLength: 40 }),
      fc.array(word, { minLength: 1, maxLength: 3 }),
      (texts, words) => {
        const expected = texts.flatMap((text, at) =>
          ` ${tokens(text).join(' ')} `.includes(` ${words.flatMap(tokens).join(' ')} `) ? [at] : [],
        )
        expect([...wordIndex(texts).textsWithPhrase(words.join('-'))]).toEqual(expected)
      },
    ),
  )
})

test('the closest texts are those that share the rarest words', () => {
  const index = wordIndex(['the cat', 'the dog sleeps', 'the the the', 'a bird'])
  expect(index.closestTexts('the dog', 2)).toEqual([1, 0])
  expect(index.closestTexts('nothing', 2)).toEqual([])
})
