import { describe, expect, test } from 'vitest'
import { AT_ONCE } from '../../src/content/digest.ts'
import type { NewDelivery } from '../../src/store/delivery.ts'
import { causeOfChange, partOfItem } from '../../src/store/wire/items.ts'
import { dailySubscription, dueEdition } from '../support/delivery/due-rows.ts'
import { type CreateDatabase, createStoreOpener } from '../support/store/open-stores.ts'
import { bring, updateOf } from '../support/wire/item-updates.ts'

const PLACE = 'fake:1'
const post = (id: string): NewDelivery => ({
  ...{ key: `${PLACE} fast item:${id}`, kind: 'item', place: PLACE, lane: PLACE, digest: 'fast' },
  ...{ number: 1, state: 'due', dueAt: 0, selection: '{}' },
})

/** What every engine must do about telling places of items: each once, whatever processes do at the same time. */
export function itemsToldContract(name: string, fresh: CreateDatabase) {
  describe(`items that places are told of, on ${name}`, () => {
    const stores = createStoreOpener(fresh)
    const fast = dailySubscription(PLACE, 9e12, { digest: 'fast', time: AT_ONCE })

    test('of four processes that tell a place at once, one does; afterwards it goes on from there', async () => {
      const { store, all } = await stores(4)
      await store.subscriptions.save([fast, dailySubscription(PLACE, 9e12)])
      expect(await store.subscriptions.listAtOnce()).toMatchObject([{ digest: 'fast', time: AT_ONCE }])
      const tell = (index: number, from: number | undefined, to: number) =>
        all[index]!.subscriptions.tellItems({
          ...{ place: PLACE, digest: 'fast', from, to },
          deliveries: [post(`${to}`), post(`${to}b`)],
        })
      const told = await Promise.all([0, 1, 2, 3].map(index => tell(index, undefined, 7)))
      expect(told.filter(Boolean)).toHaveLength(1)
      expect(await tell(0, undefined, 8)).toBe(false)
      expect(await tell(0, 7, 8)).toBe(true)
      expect(await store.subscriptions.find(PLACE, 'fast')).toMatchObject({ itemsFrom: 8 })
      expect(await store.subscriptions.countItemPosts(PLACE, 'fast', 0)).toBe(4)
      expect(await store.subscriptions.countItemPosts(PLACE, 'morning', 0)).toBe(0)
      // A change of the setting forgets nothing of that.
      await store.subscriptions.save([{ ...fast, zone: 'Europe/London' }])
      expect(await store.subscriptions.find(PLACE, 'fast')).toMatchObject({
        itemsFrom: 8,
        zone: 'Europe/London',
      })
      await store.subscriptions.setState({ place: PLACE, digest: 'fast' }, 'paused')
      expect(await tell(0, 8, 9)).toBe(false)
      expect(await store.subscriptions.listAtOnce()).toEqual([])
    })

    test('a sent edition notes up to which arrival it told, and which outlets were not reached', async () => {
      const { store } = await stores()
      await store.subscriptions.save([dailySubscription(PLACE, 9e12)])
      const send = async (at: number, more: { items?: number; feeds?: string }) => {
        const row = dueEdition(PLACE, at)
        const claim = { key: row.key, owner: 'me', attempts: 1 }
        await store.ledger.addClaimed(row, { owner: 'me', leaseMs: 60_000, shown: [] })
        await store.ledger.markSent(
          claim,
          { place: PLACE, id: `${at}` },
          { newsFrom: { place: PLACE, digest: 'morning', at, ...more } },
        )
        return store.subscriptions.find(PLACE, 'morning')
      }
      expect(await send(10, { items: 5, feeds: '["AP"]' })).toMatchObject({ itemsFrom: 5, feedsTold: ['AP'] })
      expect(await send(20, {})).toMatchObject({ newsFrom: 20, itemsFrom: 5, feedsTold: ['AP'] })
      expect(await send(30, { items: 9, feeds: '[]' })).toMatchObject({ itemsFrom: 9, feedsTold: [] })
      expect(await send(15, { items: 7, feeds: '["AP"]' })).toMatchObject({ newsFrom: 30, itemsFrom: 9 })
    })

    test('what an item became makes each message due that shows it as it was, also one on its way', async () => {
      const { store } = await stores()
      const part = partOfItem('a')
      await bring(store, updateOf('a'))
      expect(await store.wire.latest()).toEqual({ arrived: await store.wire.items.arrivedTo(), changed: 0 })
      const show = async (at: number) => {
        const row = dueEdition(PLACE, at)
        await store.ledger.addClaimed(row, { owner: 'me', leaseMs: 60_000, shown: [{ part, revision: 1 }] })
        await store.ledger.markSent({ key: row.key, owner: 'me', attempts: 1 }, { place: PLACE, id: `${at}` })
        return row.key
      }
      const first = await show(1)
      await bring(store, updateOf('a', { kind: 'changed', title: 'Another' }))
      const [change] = await store.wire.items.changesShown()
      const cause = causeOfChange(change!)
      expect(await store.wire.changedSince(change!.at)).toEqual(['a'])
      const lane = () => 'edits'
      const correct = () =>
        store.corrections.applyCause(
          { cause, kind: 'item', story: 'wire', part, revision: change!.revision, waits: false },
          { lane },
        )
      expect(await correct()).toBe(1)
      expect((await store.ledger.find(first))?.state).toBe('due')
      expect(await store.wire.items.changesShown()).toEqual([])
      const late = await show(2)
      expect(await store.corrections.causesWithUnmarkedMessages()).toEqual([cause])
      expect(await correct()).toBe(1)
      expect((await store.ledger.find(late))?.state).toBe('due')
      expect(await store.corrections.repairsOf(late)).toMatchObject([
        { cause, kind: 'item', state: 'pending' },
      ])
    })
  })
}
