import fc from 'fast-check'
import { expect, test } from 'vitest'
import { tokens } from '../../../src/content/fold.ts'
import { wordIndex } from '../../../src/content/search/word-index.ts'

const word = fc.constantFrom('the', 'bridge', 'is', 'shut', 'Bridge', 'café', 'x')
const text = fc.array(word, { maxLength: 8 }).map(words => words.join(' '))

test('finds exactly the texts that a plain look at each of them finds', () => {
  fc.assert(
    fc.property(
      fc.array(text, { maxLength: 40 }),
      fc.array(fc.array(word, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 3 }),
      (texts, typed) => {
        const groups = typed.map(group => group.flatMap(tokens))
        const index = wordIndex(texts)
        const wanted = texts.flatMap((one, at) => {
          const words = tokens(one)
          return groups.every(group => group.some(word => words.includes(word))) ? [at] : []
        })
        expect([...index.textsMatching(groups)]).toEqual(wanted)
      },
    ),
  )
})

test('finds words in a row, and nothing else', () => {
  fc.assert(
    fc.property(
      fc.array(text, { maxLength: 40 }),
      fc.array(word, { minLength: 1, maxLength: 3 }),
      (texts, words) => {
        const wanted = texts.flatMap((one, at) =>
          ` ${tokens(one).join(' ')} `.includes(` ${words.flatMap(tokens).join(' ')} `) ? [at] : [],
        )
        expect([...wordIndex(texts).textsWithPhrase(words.join('-'))]).toEqual(wanted)
      },
    ),
  )
})

test('closest: what shares the rarest words first', () => {
  const index = wordIndex(['the cat', 'the dog sleeps', 'the the the', 'a bird'])
  expect(index.closestTexts('the dog', 2)).toEqual([1, 0])
  expect(index.closestTexts('nothing', 2)).toEqual([])
})
