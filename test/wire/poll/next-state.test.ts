import { expect, test } from 'vitest'
import type { FeedState } from '../../../src/store/wire/feeds.ts'
import { addressOf, afterFailure, afterReached } from '../../../src/wire/poll/next-state.ts'

const URL = 'https://wqad.example/rss'
const NEW = 'https://news.example/rss'
const fresh: FeedState = {
  name: 'wqad',
  url: URL,
  keyKind: 'guid',
  nextPollAt: 0,
  failures: 0,
  isGone: false,
  askedAt: 5,
}
const answer = (movedTo?: string, headers = {}) => ({ kind: 'same', url: URL, movedTo, headers }) as const

test('an address is kept once three polls in a row were sent there for good', () => {
  const once = afterReached(fresh, answer(NEW))
  const twice = afterReached(once.state, answer(NEW))
  const thrice = afterReached(twice.state, answer(NEW))
  expect([once, twice, thrice].map(({ movedNow }) => movedNow)).toEqual([false, false, true])
  expect([once.state, twice.state, thrice.state].map(addressOf)).toEqual([URL, URL, NEW])
  const interrupted = afterReached(afterReached(twice.state, answer()).state, answer(NEW))
  expect(interrupted.state.moving).toEqual({ to: NEW, polls: 1 })
  const elsewhere = afterReached(twice.state, answer('https://third.example/'))
  expect(elsewhere.state.moving).toEqual({ to: 'https://third.example/', polls: 1 })
})

test('where the new address fails three times or is gone, the one in the settings is asked again', () => {
  const moved: FeedState = { ...fresh, movedTo: NEW }
  let state = moved
  for (let count = 0; count < 2; count++) state = afterFailure(state, { code: 'status', detail: '404' })
  expect(addressOf(state)).toBe(NEW)
  expect(addressOf(afterFailure(state, { code: 'timeout' }))).toBe(URL)
  const gone = afterFailure(moved, { code: 'gone' })
  expect([addressOf(gone), gone.isGone]).toEqual([URL, false])
  expect(afterFailure(fresh, { code: 'gone' }).isGone).toBe(true)
})

test('a trouble is as old as its first failure, and ends when the feed is reached', () => {
  const first = afterFailure(fresh, { code: 'timeout' })
  const second = afterFailure({ ...first, askedAt: 9 }, { code: 'html' })
  expect(second).toMatchObject({ failures: 2, failingSince: 5, failure: { code: 'html' } })
  expect(second.reachedAt).toBeUndefined()
  const { state } = afterReached({ ...second, askedAt: 11 }, answer())
  expect(state).toMatchObject({ failures: 0, reachedAt: 11 })
  expect(state).not.toHaveProperty('failingSince')
  expect(state).not.toHaveProperty('failure')
})

test('validators are kept as they came, renewed by a 304, and not kept from a server that wants none', () => {
  const body = (headers: Record<string, string>) =>
    afterReached(fresh, { kind: 'body', url: URL, bytes: new Uint8Array(), headers }).state
  const state = body({ etag: 'W/"a,b"', 'last-modified': 'yesterday' })
  expect(state).toMatchObject({ etag: 'W/"a,b"', lastModified: 'yesterday' })
  expect(afterReached(state, answer(undefined, { etag: '"c"' })).state).toMatchObject({
    etag: '"c"',
    lastModified: 'yesterday',
  })
  expect(body({ etag: '"a"', expires: '0' }).etag).toBeUndefined()
  const other = afterReached(state, { kind: 'body', url: URL, bytes: new Uint8Array(), headers: {} }).state
  expect([other.etag, other.lastModified]).toEqual([undefined, undefined])
})
