import { expect, test } from 'vitest'
import { keepers, storyMatcher } from '../../../src/wire/match/story-items.ts'
import { createWireView } from '../../../src/wire/view.ts'
import { feed, item } from '../../support/wire/items.ts'

const WORDS = { words: ['sanctuary city', 'Byrne JAG'], not: ['football'] }
const feeds = new Map([
  ['feed:wqad' as const, feed('wqad')],
  ['feed:bridge' as const, feed('bridge', { stories: ['bridge'] })],
])
const belongs = (slug: string, title: string, more: object = {}, wire: typeof WORDS | undefined = WORDS) =>
  storyMatcher({ slug, ...(wire && { wire }) }, feeds)(item('a', title, more))

test('an item belongs to a story if it has one of its words, and none of those that it must not have', () => {
  expect(belongs('lawsuit', 'Is Chicago a Sanctuary City?')).toBe(true)
  expect(belongs('lawsuit', 'Chicago is a sanctuary and a city')).toBe(false)
  expect(belongs('lawsuit', 'Sanctuary city wins at football')).toBe(false)
  expect(belongs('lawsuit', 'City sues', { text: 'It is about byrne-jag grants.' })).toBe(true)
  expect(belongs('lawsuit', 'City sues')).toBe(false)
})

test('a feed that names its stories brings nothing to others, and all to one that has no words', () => {
  const via = {
    via: 'feed:bridge',
    carriers: [{ via: 'feed:bridge', outlet: 'B', state: 'stands', since: 0 }],
  }
  expect(belongs('lawsuit', 'A sanctuary city', via)).toBe(false)
  expect(storyMatcher({ slug: 'bridge' }, feeds)(item('a', 'Anything', via as object))).toBe(true)
  expect(storyMatcher({ slug: 'bridge' }, feeds)(item('a', 'Anything'))).toBe(false)
  expect(belongs('bridge', 'A sanctuary city', via)).toBe(true)
  expect(belongs('bridge', 'Anything', via)).toBe(false)
})

test('an item of a sender belongs by its words', () => {
  const via = { via: 'hook:ghost', carriers: [{ via: 'hook:ghost', outlet: 'G', state: 'stands', since: 0 }] }
  expect(belongs('lawsuit', 'A sanctuary city', via)).toBe(true)
})

test('a feed keeps only items with its words, and drops others; another one may keep the same item', () => {
  const sports = new Map([
    ['feed:wqad' as const, feed('wqad', { only: ['council', 'school'], not: ['football'] })],
  ])
  const kept = (title: string, more: object = {}) => keepers(item('a', title, more), sports).length
  expect([kept('The council meets'), kept('Schools open'), kept('Rain')]).toEqual([1, 1, 0])
  expect(kept('Council on football')).toBe(0)
  const carriers = [
    { via: 'feed:wqad', outlet: 'W', state: 'stands', since: 0 },
    { via: 'feed:ap', outlet: 'AP', state: 'stands', since: 0 },
  ]
  expect(kept('Rain', { carriers })).toBe(1)
  const view = createWireView([item('a', 'Rain'), item('b', 'The council meets')], [...sports.values()])
  expect(view.items.map(({ id }) => id)).toEqual(['b'])
})
