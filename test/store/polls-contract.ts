import { describe, expect, test } from 'vitest'
import type { Store } from '../../src/store/store.ts'
import type { FeedState } from '../../src/store/wire/feeds.ts'
import { type CreateDatabase, createStoreOpener } from '../support/store/open-stores.ts'
import { updateOf } from '../support/wire/item-updates.ts'

const HOUR_MS = 3_600_000

/** What every engine must do about polling: one asker a feed among all processes, and none too early. */
export function pollsContract(name: string, fresh: CreateDatabase) {
  describe(`polls on ${name}`, () => {
    const stores = createStoreOpener(fresh)
    const names = Array.from({ length: 20 }, (_, index) => `feed-${index}`)
    const feeds = names.map(name => ({ name, url: `https://${name}.example/rss` }))
    const claim = (store: Store, owner: string, max = 100) =>
      store.wire.feeds.claim({ owner, names, max, leaseMs: 60_000, intervalMs: () => HOUR_MS })
    const end = (store: Store, owner: string, state: FeedState, waitMs = HOUR_MS) =>
      store.wire.feeds.end({ name: state.name, owner, state, waitMs })

    test('of four processes, one gets each feed, and none gets it again before its time', async () => {
      const { all, advanceClock } = await stores(4)
      const [store] = all
      await Promise.all(all.map(one => one.wire.feeds.sync(feeds)))
      const claimed = await Promise.all(all.map((one, index) => claim(one, `p${index}`, 10)))
      expect(
        claimed
          .flat()
          .map(({ state }) => state.name)
          .sort(),
      ).toEqual([...names].sort())
      // Whether they finished or were killed: the next poll was noted before the first byte.
      expect(await claim(store!, 'late')).toEqual([])
      await advanceClock(HOUR_MS - 5_000)
      expect(await claim(store!, 'late')).toEqual([])
      await advanceClock(6_000)
      expect(await claim(store!, 'late')).toHaveLength(20)
    })

    test('what a poll learned is there for the next process; one that lost the feed stores nothing', async () => {
      const { all, advanceClock } = await stores(2)
      const [a, b] = all
      await a!.wire.feeds.sync(feeds.slice(0, 1))
      const [claimed] = await claim(a!, 'a')
      const state: FeedState = { ...claimed!.state, etag: 'W/"é"', keyKind: 'link', reachedAt: claimed!.now }
      expect(await end(a!, 'a', state, 2 * HOUR_MS)).toBe(true)
      const known = (await b!.wire.feeds.states(names)).get('feed-0')
      expect(known).toMatchObject({ etag: 'W/"é"', keyKind: 'link', failures: 0, url: feeds[0]!.url })
      expect(known!.nextPollAt - claimed!.now).toBeGreaterThanOrEqual(2 * HOUR_MS)
      expect(await b!.wire.feeds.nextPollAt(names)).toBe(known!.nextPollAt)

      await advanceClock(3 * HOUR_MS)
      const [slow] = await claim(a!, 'a')
      await advanceClock(2 * HOUR_MS)
      const [quick] = await claim(b!, 'b')
      expect(await end(a!, 'a', slow!.state)).toBe(false)
      const arrivals = { via: 'feed:feed-0' as const, keys: [], decide: () => [updateOf('x')] }
      const lost = { name: 'feed-0', owner: 'a', state: slow!.state, waitMs: 1 }
      expect(await a!.wire.feeds.endWithItems(arrivals, () => lost)).toBeUndefined()
      expect(await a!.wire.items.list({ limit: 9 })).toEqual([])
      const won = { name: 'feed-0', owner: 'b', state: quick!.state, waitMs: 1 }
      expect(await b!.wire.feeds.endWithItems(arrivals, () => won)).toMatchObject([
        { item: 'x', result: 'new' },
      ])
      expect(await a!.wire.items.list({ limit: 9 })).toHaveLength(1)
    })

    test('another address in the settings begins anew, and the same one changes nothing', async () => {
      const { store } = await stores()
      await store.wire.feeds.sync(feeds.slice(0, 1))
      const [claimed] = await claim(store, 'a')
      await end(store, 'a', { ...claimed!.state, etag: '"1"', isGone: true })
      await store.wire.feeds.sync(feeds.slice(0, 1))
      expect(await claim(store, 'a')).toEqual([])
      expect(await store.wire.feeds.makeDue('feed-0')).toBe(false)
      await store.wire.feeds.sync([{ name: 'feed-0', url: 'https://other.example/rss' }])
      const [again] = await claim(store, 'a')
      expect(again!.state).toMatchObject({ url: 'https://other.example/rss', failures: 0, isGone: false })
      expect(again!.state.etag).toBeUndefined()
    })

    test('a feed can be made due at once, and a clock that is set back delays none', async () => {
      const { store, advanceClock } = await stores()
      await store.wire.feeds.sync(feeds.slice(0, 2))
      for (const { state } of await claim(store, 'a')) await end(store, 'a', state)
      expect(await store.wire.feeds.makeDue('feed-0')).toBe(true)
      expect(await store.wire.feeds.makeDue('none')).toBe(false)
      const [due] = await claim(store, 'a')
      expect(due!.state.name).toBe('feed-0')
      await end(store, 'a', due!.state)
      await store.clock()
      await advanceClock(-5 * HOUR_MS)
      // Someone has to notice, as any work does.
      await store.wire.feeds.makeDue('none')
      const next = await store.wire.feeds.nextPollAt(names)
      expect(next! - (await store.clock())).toBeLessThanOrEqual(HOUR_MS)
    })

    test('a feed is brought forward only from the moment that was thought of, and while nobody asks it', async () => {
      const { store } = await stores()
      await store.wire.feeds.sync(feeds.slice(0, 1))
      const [first] = await claim(store, 'a')
      const dueAt = async () => [...(await store.wire.feeds.states(['feed-0'])).values()][0]!.nextPollAt
      const whileAsked = await dueAt()
      await store.wire.feeds.bringForward('feed-0', { from: whileAsked, to: 5 })
      expect(await dueAt()).toBe(whileAsked)
      await end(store, 'a', first!.state)
      const from = await dueAt()
      await store.wire.feeds.bringForward('feed-0', { from: from + 1, to: 5 })
      expect(await dueAt()).toBe(from)
      await store.wire.feeds.makeDue('feed-0', from - 1_000)
      expect(await dueAt()).toBe(from - 1_000)
      await store.wire.feeds.bringForward('feed-0', { from: from - 1_000, to: 5 })
      expect(await claim(store, 'a')).toHaveLength(1)
    })

    test('what a hub was asked for is kept beside everything else', async () => {
      const { store } = await stores()
      await store.wire.feeds.sync(feeds.slice(0, 1))
      const [first] = await claim(store, 'a')
      await end(store, 'a', { ...first!.state, etag: '"1"' })
      const webSub = { hub: 'https://hub.example/', topic: 'T', token: 'a', secret: 'b', askedAt: 1 }
      expect(await store.wire.feeds.changeWebSub('feed-0', () => webSub)).toEqual(webSub)
      expect(await store.wire.feeds.changeWebSub('none', () => webSub)).toBeUndefined()
      expect(await store.wire.feeds.changeWebSub('feed-0', () => undefined)).toBeUndefined()
      const states = await store.wire.feeds.states(['feed-0', 'none'])
      expect([...states.values()]).toMatchObject([{ name: 'feed-0', etag: '"1"', webSub }])
    })

    test('what a hub says while a poll is under way is kept: that it wakes us, and that it did', async () => {
      const { store, advanceClock } = await stores()
      await store.wire.feeds.sync(feeds.slice(0, 1))
      const webSub = { hub: 'https://hub.example/', topic: 'T', token: 'a', secret: 'b', askedAt: 1 }
      const now = async () => [...(await store.wire.feeds.states(['feed-0'])).values()][0]!
      const arrivals = { via: 'feed:feed-0' as const, keys: [], decide: () => [updateOf('x')] }
      for (const endOf of [
        (state: FeedState) => end(store, 'a', state),
        (state: FeedState) =>
          store.wire.feeds.endWithItems(arrivals, () => ({
            ...{ name: 'feed-0', owner: 'a', state, waitMs: HOUR_MS },
          })),
      ]) {
        const until = (await store.clock()) + 9 * HOUR_MS
        await store.wire.feeds.changeWebSub('feed-0', () => webSub)
        const [polled] = await claim(store, 'a')
        await store.wire.feeds.changeWebSub('feed-0', state => ({ ...state.webSub!, until }))
        await endOf({ ...polled!.state, etag: '"2"' })
        expect(await now()).toMatchObject({ etag: '"2"', webSub: { ...webSub, until } })
        expect((await now()).nextPollAt - polled!.now).toBeGreaterThanOrEqual(HOUR_MS)

        await advanceClock(2 * HOUR_MS)
        const [woken] = await claim(store, 'a')
        await store.wire.feeds.makeDue('feed-0', woken!.now + 60_000)
        await endOf({ ...woken!.state, failures: 0 })
        expect((await now()).nextPollAt).toBe(woken!.now + 60_000)
        // A feed that fails is left alone, whoever knocks.
        await advanceClock(61_000)
        const [failing] = await claim(store, 'a')
        await store.wire.feeds.makeDue('feed-0', failing!.now + 60_000)
        await end(store, 'a', { ...failing!.state, failures: 1 }, 3 * HOUR_MS)
        expect((await now()).nextPollAt - failing!.now).toBeGreaterThanOrEqual(3 * HOUR_MS)
        await advanceClock(4 * HOUR_MS)
      }
    })
  })
}
