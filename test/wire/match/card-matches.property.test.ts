import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Story } from '../../../src/content/story.ts'
import { matcherOfWords } from '../../../src/digests/word-filter.ts'
import { createCardMatcher } from '../../../src/wire/match/card-matches.ts'
import { feedsByVia, itemText, storyMatcher } from '../../../src/wire/match/story-items.ts'
import { feed, item } from '../../support/wire/items.ts'

const PIECES =
  'bridge bridges brid brida Byrne JAG jag sanctuary-city city cities ice ICEs 東京都庁 東京 é Été U.S. a'.split(
    ' ',
  )
const words = fc
  .array(fc.constantFrom(...PIECES), { minLength: 1, maxLength: 3 })
  .map(pieces => pieces.join(' '))
const list = fc.array(words, { minLength: 1, maxLength: 4 })
const story = (slug: string, wire?: { words: string[]; not: string[] }) =>
  ({ slug, ...(wire && { wire }) }) as Story

test('the stories and words that are found are those that a look at each of them finds', () => {
  fc.assert(
    fc.property(
      fc.array(fc.option(fc.record({ words: list, not: fc.oneof(fc.constant<string[]>([]), list) })), {
        maxLength: 6,
      }),
      fc.array(words, { minLength: 1, maxLength: 6 }),
      fc.constantFrom<string[] | undefined>(undefined, ['s0'], ['s1', 's2']),
      (wires, title, named) => {
        const stories = wires.map((wire, at) => story(`s${at}`, wire ?? undefined))
        const feeds = [feed('wqad', named && { stories: named })]
        const report = item('aaa', title.join(' '))
        const expected = stories
          .filter(each => storyMatcher(each, feedsByVia(feeds))(report))
          .map(({ slug, wire }) => ({
            story: slug,
            words: (wire?.words ?? []).filter(one =>
              matcherOfWords({ wanted: [one], unwanted: [] })(itemText(report)),
            ),
          }))
        expect(createCardMatcher(stories, feeds)(report)).toEqual(expected)
      },
    ),
    { numRuns: 3_000 },
  )
})

test('it shows the words as the story has them, and none where the feed alone decides', () => {
  const stories = [
    story('lawsuit', { words: ['Byrne JAG', 'sanctuary city'], not: ['weather'] }),
    story('bridge'),
  ]
  const feeds = [feed('wqad', { stories: ['bridge', 'lawsuit'] })]
  expect(createCardMatcher(stories, feeds)(item('aaa', 'Sanctuary cities and Byrne-JAG money'))).toEqual([
    { story: 'lawsuit', words: ['Byrne JAG'] },
    { story: 'bridge', words: [] },
  ])
})
