import { describe, expect, test } from 'vitest'
import type { NewDelivery } from '../../src/store/delivery.ts'
import { type Decision, type NewCard, partOfCard } from '../../src/store/wire/cards.ts'
import { type CreateDatabase, createStoreOpener } from '../support/store/open-stores.ts'
import { bring, updateOf } from '../support/wire/item-updates.ts'

const PLACE = 'fake:desk'
const post = (item: string): NewDelivery => ({
  ...{ key: `${PLACE} card:${item}`, kind: 'card', place: PLACE, lane: PLACE },
  ...{ number: 1, state: 'due', dueAt: 0, selection: '{}' },
})
const cardOf = (item: string, arrived = 1): NewCard => ({
  ...{ item, key: `${PLACE} card:${item}`, arrived },
  matches: [{ story: 'bridge', words: ['bridge'] }],
})
const by = (who: string, more: Partial<Decision> = {}): Decision => ({ who, at: 5, ...more })

/** What every engine must do about the cards of the desk: each item once, and the first decision stands. */
export function cardsContract(name: string, fresh: CreateDatabase) {
  describe(`cards of the desk, on ${name}`, () => {
    const stores = createStoreOpener(fresh)

    async function withCards(...items: string[]) {
      const opened = await stores(4)
      await opened.store.cards.beginAt(0)
      await opened.store.cards.tell({
        ...{ from: 0, to: 1 },
        deliveries: items.map(post),
        cards: items.map((item, at) => cardOf(item, at)),
      })
      return opened
    }

    test('of four processes that tell the desk at once, one does; afterwards it goes on from there', async () => {
      const { store, all } = await stores(4)
      expect(await store.cards.toldTo()).toBeUndefined()
      await store.cards.beginAt(3)
      await store.cards.beginAt(9)
      expect(await store.cards.toldTo()).toBe(3)
      const tell = (index: number, from: number, to: number, item: string) =>
        all[index]!.cards.tell({ from, to, deliveries: [post(item)], cards: [cardOf(item)] })
      const told = await Promise.all([0, 1, 2, 3].map(index => tell(index, 3, 7, `a${index}`)))
      expect(told.filter(Boolean)).toHaveLength(1)
      expect(await tell(0, 3, 8, 'b')).toBe(false)
      expect(await tell(0, 7, 8, 'b')).toBe(true)
      expect(await store.cards.toldTo()).toBe(8)
      expect(await store.cards.countPosts(PLACE, 0)).toBe(2)
      expect(await store.cards.countPosts('fake:other', 0)).toBe(0)
      expect(await store.cards.countWaiting()).toBe(2)
    })

    test('a card waits until somebody decides, the newest first', async () => {
      const { store } = await withCards('a', 'b', 'c')
      expect((await store.cards.waiting(2)).map(({ item }) => item)).toEqual(['c', 'b'])
      expect(await store.cards.change({ item: 'c', revision: 0, decision: by('dana') })).toBe(true)
      expect((await store.cards.waiting(9)).map(({ item }) => item)).toEqual(['b', 'a'])
      expect((await store.cards.byItem(['c', 'x'])).get('c')).toEqual({
        ...cardOf('c', 2),
        revision: 1,
        decision: by('dana'),
      })
    })

    test('of many editors who decide and undo at once, the first one is right each time', async () => {
      const { store, all } = await withCards('a')
      for (let revision = 0; revision < 6; revision++) {
        const isUndo = revision % 2 === 1
        const done = await Promise.all(
          all.map((one, index) =>
            one.cards.change({ item: 'a', revision, ...(!isUndo && { decision: by(`e${index}`) }) }),
          ),
        )
        expect(done.filter(Boolean)).toHaveLength(1)
        const card = (await store.cards.byItem(['a'])).get('a')!
        expect(card.revision).toBe(revision + 1)
        expect(card.decision?.who).toBe(isUndo ? undefined : `e${done.indexOf(true)}`)
      }
      // Neither an undo of what is open, nor a decision about what is decided.
      expect(await store.cards.change({ item: 'a', revision: 6 })).toBe(false)
      expect(await store.cards.change({ item: 'x', revision: 0, decision: by('dana') })).toBe(false)
    })

    test('an event and the decision about its card are stored together, or neither is', async () => {
      const { store, all } = await withCards('a', 'b')
      const add = (index: number, item: string, number: number, revision = 0) => {
        const key = `card ${item} ${revision}`
        const path = 'stories/bridge/sources.desk.yml'
        const decision = by(`e${index}`, { added: { key, story: 'bridge', id: item, source: number } })
        return all[index]!.documents.add(
          { key: `${key} ${index}`, who: 'x', at: 1, entries: [{ path, entry: { number } }] },
          store.cards.changing({ item, revision, decision }),
        )
      }
      const outcomes = await Promise.all([0, 1, 2].map(index => add(index, 'a', 7)))
      expect(outcomes.toSorted()).toEqual(['added', 'refused', 'refused'])
      expect(await store.documents.all()).toHaveLength(1)
      expect(await add(3, 'b', 8)).toBe('added')
      const key = (await store.documents.all())[0]!.key
      const undo = (revision: number) =>
        store.documents.removeEntry(key, store.cards.changing({ item: 'a', revision }))
      expect(await undo(0)).toBe('refused')
      expect(await store.documents.all()).toHaveLength(2)
      expect(await undo(1)).toBe('removed')
      expect(await store.documents.all()).toHaveLength(1)
      expect((await store.cards.byItem(['a'])).get('a')).toMatchObject({ revision: 2 })
      expect((await store.cards.byItem(['a'])).get('a')?.decision).toBeUndefined()
    })

    test('no two sources of a story get the same number, from cards or drafts of any process', async () => {
      const { store, all } = await stores(4)
      const draft = await store.drafts.begin({ names: ['d'], address: 'https://x.example/', by: 'dana' })
      expect(draft.outcome).toBe('new')
      const numbers = await Promise.all([
        ...all.map(one => one.cards.nextSource('bridge', 7)),
        store.drafts.reserveSource('d', 'bridge', 7),
      ])
      expect(numbers.toSorted((a, b) => a! - b!)).toEqual([8, 9, 10, 11, 12])
      expect(await store.cards.nextSource('bridge', 40)).toBe(41)
      expect(await store.cards.nextSource('old-bridge', 2)).toBe(3)
    })

    test('messages become due that do not show yet what was decided, and no others', async () => {
      const { store } = await withCards('a', 'b')
      const show = async (item: string, revision: number) => {
        const key = `${PLACE} card:${item}`
        const [row] = await store.ledger.claim({
          ...{ owner: 'me', leaseMs: 60_000, max: 9, platforms: ['fake'], pace: () => undefined },
        })
        expect(row?.key).toBe(key)
        const claim = { key, owner: 'me', attempts: row!.attempts }
        const shown = [{ part: partOfCard(item), revision }]
        await store.ledger.beginAttempt(claim, { leaseMs: 60_000, selection: '{}', shown, first: false })
        await store.ledger.markSent(claim, { place: PLACE, id: item })
      }
      await show('a', 0)
      await show('b', 0)
      expect(await store.cards.showChanges(() => 'edits')).toBe(0)
      await store.cards.change({ item: 'b', revision: 0, decision: by('dana') })
      expect(await store.cards.showChanges(() => 'edits')).toBe(1)
      expect(await store.cards.showChanges(() => 'edits')).toBe(0)
      expect(await store.ledger.find(`${PLACE} card:b`)).toMatchObject({ state: 'due', lane: 'edits' })
      await show('b', 1)
      expect(await store.cards.showChanges(() => 'edits')).toBe(0)
    })

    test('a card goes with its item', async () => {
      const { store, advanceClock } = await stores()
      await bring(store, updateOf('a'))
      await store.cards.beginAt(0)
      await store.cards.tell({ from: 0, to: 1, deliveries: [], cards: [cardOf('a')] })
      await advanceClock(40 * 86_400_000)
      expect(await store.wire.deleteOld(await store.clock())).toMatchObject({ deleted: 1 })
      expect(await store.cards.countWaiting()).toBe(0)
    })
  })
}
