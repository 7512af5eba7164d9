import fc from 'fast-check'
import { expect, test } from 'vitest'
import { tokens } from '../../../src/content/fold.ts'
import { createLibrary } from '../../../src/content/library.ts'
import { loadContent } from '../../../src/content/read/load.ts'
import {
  closestPassages,
  passagesMatching,
  passagesWithPhrase,
} from '../../../src/content/search/find-passages.ts'
import { addInSlices, createPassages, viewStories } from '../../../src/content/search/growing-index.ts'
import type { IndexView } from '../../../src/content/search/index-view.ts'
import { KIND, storyIndexOf } from '../../../src/content/search/story-index.ts'
import { passageText } from '../../../src/content/search/text-index.ts'
import type { Story } from '../../../src/content/story.ts'
import { storyFiles } from '../../support/content/story-files.ts'

const words = ['the', 'bridge', 'is', 'shut', 'Bridge', 'café', 'x', 'repairs', 'repaired']
const word = fc.constantFrom(...words)
const sentence = fc.array(word, { minLength: 1, maxLength: 8 }).map(list => list.join(' '))
/** Stories that differ in the texts of their facts. */
const stories = fc
  .array(fc.array(sentence, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 6 })
  .map(list => list.map((texts, at) => storyOf(`s${at}`, texts)))

function storyOf(slug: string, texts: string[]): Story {
  const facts = texts.map((text, at) => ({ id: `f${at}`, text, confidence: 'high', sources: [1] }))
  return loadContent(storyFiles(slug, { facts })).stories[0]!
}

/** All passages of some stories that search finds, as text, in their order. */
const foundTexts = (list: Story[]) =>
  list.flatMap(story => {
    const { kinds } = storyIndexOf(story)
    const view = viewStories([story])
    return [...kinds.keys()]
      .filter(at => (kinds[at]! & KIND.found) !== 0)
      .map(at => passageText(view.index, 0, at))
  })

const textsOf = (view: IndexView, found: Iterable<[number, number]>) =>
  [...found].map(([block, passage]) => passageText(view.index, block, passage))

const matchesOf = (view: IndexView, groups: string[][]) =>
  textsOf(
    view,
    passagesMatching(view, groups, { kind: KIND.found }).flatMap(({ block, passages }) =>
      passages().map((passage): [number, number] => [block, passage]),
    ),
  )

/** A view whose index has changed as often as stories were saved: old versions of them, and others, are in it too. */
function grownView(list: Story[], saves: number[]): IndexView {
  const passages = createPassages()
  viewStories([storyOf('gone', ['the bridge is gone'])], passages)
  for (const save of saves) {
    const story = list[save % list.length]!
    viewStories([storyOf(story.slug, [`old bridge ${save}`]), ...list.slice(save % list.length)], passages)
  }
  return viewStories(list, passages)
}

test('finds exactly the passages that a search without an index finds, however the index has grown', () => {
  fc.assert(
    fc.property(
      stories,
      fc.array(fc.nat(5), { maxLength: 6 }),
      fc.array(fc.array(word, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 3 }),
      (list, saves, wordGroups) => {
        const groups = wordGroups.map(group => group.flatMap(tokens))
        const expected = foundTexts(list).filter(text => {
          const found = tokens(text)
          return groups.every(group => group.some(wanted => found.includes(wanted)))
        })
        expect(matchesOf(grownView(list, saves), groups)).toEqual(expected)
      },
    ),
    { numRuns: 60 },
  )
})

test('finds phrases, and nothing else', () => {
  fc.assert(
    fc.property(
      stories,
      fc.array(fc.nat(5), { maxLength: 6 }),
      fc.array(word, { minLength: 1, maxLength: 3 }),
      (list, saves, phrase) => {
        const wanted = ` ${phrase.flatMap(tokens).join(' ')} `
        const expected = foundTexts(list).filter(text => ` ${tokens(text).join(' ')} `.includes(wanted))
        const view = grownView(list, saves)
        expect(textsOf(view, passagesWithPhrase(view, phrase.join('-'), { kind: KIND.found }))).toEqual(
          expected,
        )
      },
    ),
    { numRuns: 60 },
  )
})

test('the closest passages are those that share the rarest words', () => {
  const view = viewStories([storyOf('a', ['the cat', 'the dog sleeps', 'the the the', 'a bird'])])
  const closest = (text: string) => textsOf(view, closestPassages(view, text, 2, KIND.found))
  expect(closest('the dog')[0]).toBe('the dog sleeps')
  expect(closest('xyz qrs')).toEqual([])
})

test('an older library goes on to find what it had, while newer content is added, and in slices the same', async () => {
  const before = [storyOf('a', ['a blue heron']), storyOf('b', ['a red kite'])]
  const passages = createPassages()
  const old = createLibrary(before, '1', [], [], passages)
  expect(old.search('heron').total).toBe(1)
  const after = [storyOf('a', ['a grey goose']), before[1]!]
  const next = createLibrary(after, '2', [], [], await addInSlices(passages, after))
  expect([next.search('heron').total, next.search('goose').total, next.search('kite').total]).toEqual([
    0, 1, 1,
  ])
  expect([old.search('heron').total, old.search('goose').total, old.search('kite').total]).toEqual([1, 0, 1])
  // A word that only older content has is not offered as a spelling.
  expect(next.search('herons').total).toBe(0)
  expect(old.search('herons')).toMatchObject({ total: 1, similar: true })
})

test('an index with much that is outdated is made anew', async () => {
  const kept = storyOf('kept', ['a white stork'])
  let passages = createPassages()
  const first = passages
  for (let save = 0; save < 210; save++)
    passages = await addInSlices(passages, [storyOf('a', [`word${save}`]), kept])
  expect(passages).not.toBe(first)
  expect(passages.blocks.size).toBeLessThan(210)
  expect(createLibrary([kept], '1', [], [], passages).search('stork').total).toBe(1)
})
