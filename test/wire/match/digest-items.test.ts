import { expect, test } from 'vitest'
import type { Digest } from '../../../src/content/digest.ts'
import type { Story } from '../../../src/content/story.ts'
import { feedsForDigest, itemsForDigest } from '../../../src/wire/match/digest-items.ts'
import { feed, item } from '../../support/wire/items.ts'

const BRIDGE = { slug: 'bridge', wire: { words: ['bridge'], not: [] } } as unknown as Story
const MUSEUM = { slug: 'museum' } as Story
const FEEDS = [feed('wqad'), feed('ap', { stories: ['museum'] }), feed('city')]
const carriedBy = (name: string) => ({
  via: `feed:${name}` as const,
  carriers: [{ via: `feed:${name}` as const, outlet: name, state: 'stands' as const, since: 0 }],
})
const ITEMS = [
  item('a', 'The bridge is shut'),
  item('b', 'Something else'),
  item('c', 'A museum opens', carriedBy('ap')),
  item('d', 'The bridge, said AP', carriedBy('ap')),
]
const idsFor = (wire: Digest['wire'], stories: Story[], words?: string) =>
  itemsForDigest(ITEMS, { digest: { wire }, stories, words }, FEEDS).map(({ id }) => id)

test('a digest brings what is about its stories, and of the feeds that it names everything', () => {
  expect(idsFor(undefined, [BRIDGE])).toEqual(['a'])
  expect(idsFor(undefined, [BRIDGE, MUSEUM])).toEqual(['a', 'c', 'd'])
  expect(idsFor(['wqad'], [MUSEUM])).toEqual(['a', 'b', 'c', 'd'])
  expect(idsFor('all', [])).toEqual(['a', 'b', 'c', 'd'])
  expect(idsFor('none', [BRIDGE, MUSEUM])).toEqual([])
})

test('a place with words gets only what has one', () => {
  expect(idsFor('all', [], 'bridge -ap')).toEqual(['a'])
})

test('the feeds of a digest are those that may bring something into it', () => {
  const names = (wire: Digest['wire'], stories: Story[]) =>
    feedsForDigest({ digest: { wire }, stories }, FEEDS).map(({ name }) => name)
  expect(names(undefined, [BRIDGE])).toEqual(['wqad', 'city'])
  expect(names(undefined, [MUSEUM])).toEqual(['ap'])
  expect(names(['city'], [MUSEUM])).toEqual(['ap', 'city'])
  expect(names('all', [])).toEqual(['wqad', 'ap', 'city'])
  expect(names('none', [BRIDGE])).toEqual([])
})

test('a sender is named as one', () => {
  const ghost = { via: 'hook:ghost' as const, outlet: 'G', state: 'stands' as const, since: 0 }
  const items = [item('g', 'From a sender', { via: 'hook:ghost', carriers: [ghost] })]
  const brings = (wire: string[]) => itemsForDigest(items, { digest: { wire }, stories: [] }, FEEDS).length
  expect([brings(['hook:ghost']), brings(['ghost'])]).toEqual([1, 0])
})
