import { expect, test } from 'vitest'
import { feedsReached } from '../../../src/delivery/items/feeds-reached.ts'
import type { FeedState } from '../../../src/store/wire/feeds.ts'
import { feed } from '../../support/wire/items.ts'

const HOUR = 3_600_000
const NOW = Date.parse('2026-05-05T07:30:00Z')
const YESTERDAY = NOW - 24 * HOUR
const state = (name: string, more: Partial<FeedState>): [string, FeedState] => [
  name,
  {
    ...{ name, url: '', keyKind: 'guid', nextPollAt: NOW + HOUR, failures: 0, isGone: false },
    ...more,
  },
]
const FEEDS = ['a', 'b', 'c'].map(name => feed(name))
const good = { reachedAt: NOW - 10 * 60_000 }
const look = (states: [string, FeedState][], told?: string[]) =>
  feedsReached(FEEDS, new Map(states), { since: YESTERDAY, told, now: NOW })

test('all reached: nothing to tell, and it may be said', () => {
  expect(look([state('a', good), state('b', good), state('c', good)])).toEqual({
    feeds: { count: 3, unreached: [] },
    tellsFeeds: false,
  })
})

test('a feed that fails for an hour was not reached, since it was reached last; a place hears of it once', () => {
  const states = [
    state('a', good),
    state('b', { reachedAt: NOW - 2 * HOUR, failures: 4 }),
    state('c', { reachedAt: NOW - 3 * HOUR, failures: 9 }),
  ]
  const feeds = { count: 3, unreached: ['B', 'C'], since: NOW - 2 * HOUR }
  expect(look(states)).toEqual({ feeds, tellsFeeds: true })
  expect(look(states, ['B'])).toEqual({ feeds, tellsFeeds: true })
  expect(look(states, ['B', 'C'])).toEqual({ feeds, tellsFeeds: false })
  expect(look([state('a', good), state('b', good), state('c', good)], ['B', 'C'])).toEqual({
    feeds: { count: 3, unreached: [], over: true },
    tellsFeeds: true,
  })
})

test('one failure that passes is no trouble; nor is a feed that wishes to be asked seldom', () => {
  expect(look([state('a', { ...good, failures: 1 })]).feeds?.unreached).toEqual([])
  expect(look([state('a', { reachedAt: NOW - 30 * HOUR })]).feeds?.unreached).toEqual([])
})

test('one that nobody asks any more, that is gone, or that was never reached', () => {
  const forgotten = { reachedAt: NOW - 30 * HOUR, nextPollAt: NOW - 29 * HOUR }
  expect(look([state('a', forgotten)]).feeds?.unreached).toEqual(['A'])
  expect(look([state('a', { reachedAt: NOW - 30 * HOUR, isGone: true })]).feeds?.unreached).toEqual(['A'])
  expect(look([state('a', { failures: 3 })]).feeds).toEqual({ count: 3, unreached: ['A'] })
  expect(look([state('a', {})]).feeds?.unreached).toEqual([])
})

test('a digest without feeds says nothing of them', () => {
  expect(feedsReached([], new Map(), { since: 0, now: NOW })).toEqual({ tellsFeeds: false })
})
