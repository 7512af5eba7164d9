import { describe, expect, test } from 'vitest'
import type { FeedEntry } from '../../src/store/feeds-out/entries.ts'
import { type CreateDatabase, createStoreOpener } from '../support/store/open-stores.ts'

const entry = (part: string, published: number, more: Partial<FeedEntry> = {}): FeedEntry => ({
  ...{ part: `road/${part}`, story: 'road', id: `urn:${part}`, published, updated: published, version: 'v1' },
  ...more,
})

/** What every engine must do with the entries of the feeds that we publish. */
export function feedsOutContract(name: string, fresh: CreateDatabase) {
  describe(`entries of our feeds on ${name}`, () => {
    const stores = createStoreOpener(fresh)

    test('are the newest first, change in place, and are dropped where they are left out', async () => {
      const { store } = await stores()
      const [first, second, third] = [entry('a', 1_000), entry('b', 3_000), entry('c', 2_000)]
      await store.feedEntries.update('story:road', () => [first!, second!, third!])
      expect(await store.feedEntries.entriesOf('story:road')).toEqual([second, third, first])
      const changed = { ...third!, updated: 9_000, version: 'v2' }
      await store.feedEntries.update('story:road', known => {
        expect(known).toEqual([second, third, first])
        return [second!, changed]
      })
      expect(await store.feedEntries.entriesOf('story:road')).toEqual([second, changed])
      expect(await store.feedEntries.entriesOf('digest:morning')).toEqual([])
    })

    test('are changed by one process after the other, each from what the last one left', async () => {
      const { all } = await stores(3)
      const add = (store: (typeof all)[number], part: string) =>
        store.feedEntries.update('story:road', known => [...known, entry(part, 1_000 * (known.length + 1))])
      await Promise.all(all.flatMap((store, at) => [add(store, `a${at}`), add(store, `b${at}`)]))
      const entries = await all[0]!.feedEntries.entriesOf('story:road')
      expect(entries.map(({ published }) => published)).toEqual([6_000, 5_000, 4_000, 3_000, 2_000, 1_000])
      expect(new Set(entries.map(({ part }) => part)).size).toBe(6)
    })

    test('come from the parts that were added to a story after it', async () => {
      const { store, advanceClock } = await stores()
      const part = (part: string, story = 'road') => ({ part: `${story}/${part}`, story, hash: '0' })
      const collect = async (after: number, slugs: string[]) => {
        const added: string[] = []
        for await (const parts of store.feedEntries.partsAddedAfter(after, slugs))
          added.push(...parts.map(({ part }) => part))
        return added.sort()
      }
      await store.revisions.record([part('label'), part('event:1')])
      await advanceClock(5_000)
      await store.revisions.record([part('label'), part('event:1'), part('event:2')])
      await store.revisions.record([part('label', 'bridge'), part('event:1', 'bridge')])
      expect(await collect(0, ['road', 'bridge'])).toEqual(['road/event:2'])
      expect(await collect(0, ['bridge'])).toEqual([])
      const { seenAt } = (await store.revisions.latest('road/event:2'))!
      expect(await collect(seenAt, ['road'])).toEqual([])
    })

    test('are composed from the content that was recorded last', async () => {
      const { store } = await stores()
      expect(await store.feedEntries.recordedContent()).toBeUndefined()
      await store.revisions.acquireContentLease('a', { value: 'one', stories: () => [] }, 10_000)
      await store.revisions.releaseContentLease('a')
      expect(await store.feedEntries.recordedContent()).toBe('one')
    })
  })
}
