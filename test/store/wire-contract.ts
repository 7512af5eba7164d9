import { describe, expect, test } from 'vitest'
import type { Store } from '../../src/store/store.ts'
import { causeOfChange, type ItemUpdate, partOfItem } from '../../src/store/wire/items.ts'
import { type CreateDatabase, createStoreOpener } from '../support/store/open-stores.ts'
import { bring, updateOf } from '../support/wire/item-updates.ts'

const DAY_MS = 86_400_000

/** What every engine must do about items: one a report, with the words that readers see, and what they saw before. */
export function wireContract(name: string, fresh: CreateDatabase) {
  describe(`items on ${name}`, () => {
    const stores = createStoreOpener(fresh)
    const one = async (store: Store, id = 'a') => (await store.wire.items.byId([id])).get(id)

    test('a new item stands with its words, and each arrival is later than the one before', async () => {
      const { store } = await stores()
      await bring(store, updateOf('a'), updateOf('b', { published: undefined }))
      const [b, a] = await store.wire.items.list({ limit: 9 })
      expect(a).toMatchObject({
        id: 'a',
        title: 'Headline of a',
        outlet: 'WQAD',
        revision: 1,
        state: 'stands',
      })
      expect(a).toMatchObject({
        published: 1_000,
        datedBy: 'outlet',
        text: 'What else was said',
        backlog: false,
      })
      expect(b).toMatchObject({ id: 'b', datedBy: 'us', published: b!.firstSeen })
      expect(b!.arrived!).toBeGreaterThan(a!.arrived!)
      expect(await store.wire.items.arrivedTo()).toBe(b!.arrived)
      expect(await store.wire.items.list({ after: a!.arrived!, limit: 9 })).toHaveLength(1)
    })

    test('of one report that four processes bring at once from four feeds, one item is made', async () => {
      const { all } = await stores(4)
      await Promise.all(
        all.map((store, index) =>
          store.wire.accept({
            id: 'x',
            via: `feed:f${index}`,
            keys: ['shared:link:report'],
            decide: known => [
              updateOf(known[0]?.item ?? `item${index}`, {
                kind: known.length > 0 ? 'joined' : 'new',
                via: `feed:f${index}`,
                outlet: `Outlet ${index}`,
                keys: ['shared:link:report'],
              }),
            ],
          }),
        ),
      )
      const [item, ...others] = await all[0]!.wire.items.list({ limit: 9 })
      expect(others).toEqual([])
      expect(item).toMatchObject({ revision: 1 })
      expect(item!.carriers.map(({ via }) => via).sort()).toEqual([
        'feed:f0',
        'feed:f1',
        'feed:f2',
        'feed:f3',
      ])
    })

    test('a key finds an item of the same feed, and a shared key one of any feed', async () => {
      const { store } = await stores()
      await bring(store, updateOf('a'), updateOf('b'))
      const known = async (via: ItemUpdate['via'], ...keys: string[]) => {
        let found: string[] = []
        const decide = (carriers: { item: string }[]) => {
          found = carriers.map(({ item }) => item).sort()
          return []
        }
        await store.wire.accept({ id: [via, ...keys].join(), via, keys, decide })
        return found
      }
      expect(await known('feed:wqad', 'guid:a', 'guid:none')).toEqual(['a'])
      expect(await known('feed:other', 'guid:a')).toEqual([])
      expect(await known('feed:other', 'guid:a', 'shared:link:b')).toEqual(['b'])
      // The keys of earlier ids find it too.
      await bring(store, updateOf('a', { kind: 'same', keys: ['guid:a2'] }))
      expect(await known('feed:wqad', 'guid:a2')).toEqual(['a'])
      expect(await known('feed:wqad', 'guid:a')).toEqual(['a'])
    })

    test('another title is another revision, with the words before; another text or date is none', async () => {
      const { store } = await stores()
      await bring(store, updateOf('a'))
      await bring(store, updateOf('a', { kind: 'changed', text: 'Other text', published: 5_000 }))
      expect(await one(store)).toMatchObject({ revision: 1, published: 1_000, text: 'Other text' })
      await bring(store, updateOf('a', { kind: 'changed', title: 'New', outlet: 'WQAD' }))
      expect(await one(store)).toMatchObject({ revision: 2, title: 'New' })
      expect(await store.wire.items.changesOf(['a'])).toMatchObject([
        {
          item: 'a',
          revision: 2,
          kind: 'title',
          outlet: 'WQAD',
          was: { title: 'Headline of a' },
          now: { title: 'New' },
        },
      ])
      await bring(store, updateOf('a', { kind: 'changed', title: 'New', url: 'https://wqad.example/moved' }))
      expect((await store.wire.items.changesOf(['a'])).map(({ kind }) => kind)).toEqual(['title', 'address'])
      expect(await store.wire.items.revisionsOf(['a', 'none'])).toEqual(new Map([['a', 3]]))
    })

    test('what its outlet withdraws stands under the next outlet, and nowhere under the first', async () => {
      const { store } = await stores()
      await bring(store, updateOf('a', { via: 'hook:ghost', version: 5 }))
      await bring(store, updateOf('a', { via: 'feed:wqad', kind: 'joined' }))
      await bring(store, updateOf('a', { via: 'feed:kwqc', outlet: 'KWQC', kind: 'joined', title: 'Theirs' }))
      expect(await one(store)).toMatchObject({ outlet: 'WQAD', revision: 1 })
      await bring(
        store,
        updateOf('a', { via: 'hook:ghost', kind: 'changed', state: 'withdrawn', version: 6, title: '' }),
      )
      expect(await one(store)).toMatchObject({
        outlet: 'KWQC',
        title: 'Theirs',
        revision: 2,
        state: 'stands',
      })
      expect(await store.wire.items.changesOf(['a'])).toMatchObject([
        {
          kind: 'outlet',
          outlet: 'WQAD',
          was: { outlet: 'WQAD', title: 'Headline of a' },
          now: { outlet: 'KWQC' },
        },
      ])
      await bring(
        store,
        updateOf('a', { via: 'feed:kwqc', outlet: 'KWQC', kind: 'changed', state: 'withdrawn' }),
      )
      expect(await one(store)).toMatchObject({ state: 'withdrawn', revision: 3 })
      expect(await store.wire.items.list({ limit: 9 })).toEqual([])
      await bring(store, updateOf('a', { via: 'hook:ghost', kind: 'changed', version: 7, title: 'Back' }))
      expect(await one(store)).toMatchObject({ state: 'stands', title: 'Back', outlet: 'WQAD', revision: 4 })
      const kinds = (await store.wire.items.changesOf(['a'])).map(({ kind }) => kind)
      expect(kinds).toEqual(['outlet', 'withdrawn', 'restored'])
    })

    test('an embargoed item does not exist before its time, and then it arrives', async () => {
      const { store, advanceClock } = await stores()
      const now = await store.clock()
      await bring(store, updateOf('a', { heldUntil: now + 60_000 }), updateOf('b'))
      const [b] = await store.wire.items.list({ limit: 9 })
      expect(b!.id).toBe('b')
      // It changes as often as it likes: nobody has seen it.
      await bring(store, updateOf('a', { kind: 'changed', title: 'Better', heldUntil: now + 60_000 }))
      expect(await one(store)).toMatchObject({ state: 'held', revision: 1, arrived: undefined })
      expect(await store.wire.release()).toBe(0)
      await advanceClock(61_000)
      expect(await store.wire.release()).toBe(1)
      expect(await one(store)).toMatchObject({ state: 'stands', title: 'Better', revision: 1 })
      expect((await one(store))!.arrived!).toBeGreaterThan(b!.arrived!)
      expect(await store.wire.items.changesOf(['a'])).toEqual([])
    })

    test('an embargo on what was seen already withdraws it until then; a feed cannot do that with a date', async () => {
      const { store, advanceClock } = await stores()
      const now = await store.clock()
      const heldUntil = now + 60_000
      await bring(store, updateOf('a', { via: 'hook:ghost' }), updateOf('b'))
      await bring(store, updateOf('a', { via: 'hook:ghost', kind: 'changed', heldUntil }))
      await bring(store, updateOf('b', { kind: 'changed', heldUntil }))
      expect(await one(store)).toMatchObject({ state: 'held', revision: 2 })
      expect(await one(store, 'b')).toMatchObject({ state: 'stands', revision: 1 })
      await advanceClock(61_000)
      await store.wire.release()
      expect(await one(store)).toMatchObject({ state: 'stands', revision: 3 })
      const kinds = (await store.wire.items.changesOf(['a'])).map(({ kind }) => kind)
      expect(kinds).toEqual(['withdrawn', 'restored'])
    })

    test('a call that comes again changes nothing, and an older version neither', async () => {
      const { all } = await stores(3)
      const call = { id: 'evt_1', via: 'hook:ghost' as const, keys: ['guid:a'] }
      const results = await Promise.all(
        all.map(store =>
          store.wire.accept({ ...call, decide: () => [updateOf('a', { via: 'hook:ghost', version: 2 })] }),
        ),
      )
      expect(results.filter(({ repeated }) => !repeated)).toHaveLength(1)
      const [store] = all
      const older = updateOf('a', { via: 'hook:ghost', kind: 'changed', version: 1, title: 'Older' })
      expect(await bring(store!, older)).toMatchObject({ outcomes: [{ result: 'older', arrived: false }] })
      expect(await one(store!)).toMatchObject({ title: 'Headline of a', revision: 1 })
      expect(await store!.wire.lastCall('hook:ghost')).toBeGreaterThan(0)
      expect(await store!.wire.lastCall('hook:none')).toBeUndefined()
    })

    test('a draft is listed for its sender alone', async () => {
      const { store } = await stores()
      await bring(store, updateOf('a', { via: 'hook:strapi', state: 'draft' }))
      expect(await store.wire.items.list({ limit: 9 })).toEqual([])
      expect(await store.wire.items.ofVia('hook:strapi', 10)).toMatchObject([{ id: 'a', state: 'draft' }])
    })

    test('only changes of items that a message shows in an older revision are given, until they are causes', async () => {
      const { store } = await stores()
      await bring(store, updateOf('a'), updateOf('b'))
      const key = 'post a'
      await store.ledger.add([
        { key, kind: 'edition', place: 'slack:T1/C1', lane: 'x', number: 1, state: 'due', dueAt: 0 },
      ])
      const claimed = await store.ledger.claim({
        ...{ owner: 'o', leaseMs: 9_000, max: 1, platforms: ['slack'] },
        pace: () => undefined,
      })
      expect(claimed).toHaveLength(1)
      await store.ledger.beginAttempt(
        { key, owner: 'o' },
        { leaseMs: 9_000, shown: [{ part: partOfItem('a'), revision: 1 }] },
      )
      expect(await store.wire.items.changesShown()).toEqual([])
      await bring(store, updateOf('a', { kind: 'changed', title: 'New' }))
      await bring(store, updateOf('b', { kind: 'changed', title: 'New too' }))
      const changes = await store.wire.items.changesShown()
      expect(changes.map(causeOfChange)).toEqual(['wire/item:a@2'])
      const cause = { story: 'wire', part: partOfItem('a'), revision: 2, waits: false }
      await store.corrections.applyCause(
        { ...cause, cause: causeOfChange(changes[0]!), kind: 'correction' },
        { lane: () => 'edits' },
      )
      expect(await store.wire.items.changesShown()).toEqual([])
    })

    test('old items go, unless a feed may still have them or a message shows them', async () => {
      const { store, advanceClock } = await stores()
      const clean = async () => {
        let deleted = 0
        const before = (await store.clock()) - 90 * DAY_MS
        for (
          let after: { seen: number; item: string } | undefined, isFirst = true;
          isFirst || after;
          isFirst = false
        ) {
          const look = await store.wire.deleteOld(before, after)
          deleted += look.deleted
          after = look.next
        }
        return deleted
      }
      await store.wire.feeds.sync([{ name: 'wqad', url: 'https://wqad.example/rss' }])
      const poll = async (...updates: ItemUpdate[]) => {
        const names = ['wqad']
        const claim = { owner: 'o', names, max: 1, leaseMs: 1_000, intervalMs: () => 1_000 }
        const [claimed] = await store.wire.feeds.claim(claim)
        const state = { ...claimed!.state, bodyAt: claimed!.now }
        const keys = updates.flatMap(({ keys }) => keys)
        await store.wire.feeds.endWithItems({ via: 'feed:wqad', keys, decide: () => updates }, () => ({
          ...{ name: 'wqad', owner: 'o', state, waitMs: 1_000 },
        }))
      }
      await poll(...Array.from({ length: 130 }, (_, index) => updateOf(`old${index}`)), updateOf('kept'))
      await advanceClock(200 * DAY_MS)
      expect(await clean()).toBe(0)
      await poll(updateOf('kept', { kind: 'same' }))
      expect(await clean()).toBe(130)
      expect((await store.wire.items.ofVia('feed:wqad', 200)).map(({ id }) => id)).toEqual(['kept'])
      expect(await store.wire.forgetCalls(await store.clock())).toBe(0)
    })
  })
}
