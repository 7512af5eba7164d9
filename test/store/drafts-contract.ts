import { describe, expect, test } from 'vitest'
import type { Store } from '../../src/store/store.ts'
import { type CreateDatabase, createStoreOpener } from '../support/store/open-stores.ts'

const DANA = 'slack:T1/U1'
const KIM = 'discord:2'
const PAGE = { names: ['wqad', 'wqad-2'], address: 'https://wqad.example/a', story: 'bridge', by: DANA }

/** What every engine must do for drafts: one reads a page, all see it, and the first decision about a piece stands. */
export function draftsContract(name: string, fresh: CreateDatabase) {
  describe(`drafts on ${name}`, () => {
    const stores = createStoreOpener(fresh)
    const read = async ({ drafts }: Store, more: Partial<typeof PAGE> = {}) => {
      const begun = await drafts.begin({ ...PAGE, ...more })
      if (begun.outcome === 'full') throw new Error('no name is free')
      const hash = more.address === undefined ? 'h1' : `h1 ${more.address}`
      await drafts.finish(begun.draft.slug, { body: '{"words":1}', hash })
      return begun.draft.slug
    }

    test('of processes that import the same page at the same time, one reads it', async () => {
      const { all } = await stores(3)
      const begun = await Promise.all(all.map(({ drafts }) => drafts.begin(PAGE)))
      expect(begun.map(({ outcome }) => outcome).sort()).toEqual(['new', 'reading', 'reading'])
      expect(begun.map(each => 'draft' in each && each.draft.slug)).toEqual(['wqad', 'wqad', 'wqad'])
      expect(await all[1]!.drafts.finish('wqad', { body: '{"words":1}', hash: 'h1' })).toEqual({
        outcome: 'ready',
      })
      expect(await all[2]!.drafts.finish('wqad', { body: '{}', hash: 'h2' })).toEqual({ outcome: 'gone' })
      expect(await all[0]!.drafts.begin(PAGE)).toMatchObject({
        outcome: 'known',
        draft: { slug: 'wqad', story: 'bridge', state: 'ready', body: '{"words":1}', hash: 'h1', by: DANA },
      })
    })

    test('another page, or another story, gets a name that is free, as long as there is one', async () => {
      const { store } = await stores()
      expect(await read(store)).toBe('wqad')
      expect(await read(store, { address: 'https://wqad.example/b' })).toBe('wqad-2')
      expect(await store.drafts.begin({ ...PAGE, story: 'road' })).toEqual({ outcome: 'full' })
    })

    test('what failed, or was left by a process that is gone, is read again under its name', async () => {
      const { all, advanceClock } = await stores(2)
      const [a, b] = all as [Store, Store]
      await a.drafts.begin(PAGE)
      await a.drafts.fail('wqad', 'timeout')
      expect(await b.drafts.find('wqad')).toMatchObject({ state: 'failed', problem: 'timeout' })
      expect(await b.drafts.begin({ ...PAGE, by: KIM })).toMatchObject({
        outcome: 'new',
        draft: { slug: 'wqad', by: KIM },
      })
      expect(await a.drafts.begin(PAGE)).toMatchObject({ outcome: 'reading' })
      await advanceClock(3 * 60_000)
      expect(await a.drafts.begin(PAGE)).toMatchObject({ outcome: 'new', draft: { slug: 'wqad' } })
    })

    test('the words of another draft for the same story are not kept twice, at whatever address they stand', async () => {
      const { all } = await stores(2)
      const [{ drafts: a }, { drafts: b }] = all as [Store, Store]
      const words = { body: '{"words":1}', hash: 'h1' }
      await a.begin(PAGE)
      await b.begin({ ...PAGE, address: 'https://wqad.example/amp' })
      const both = await Promise.all([a.finish('wqad', words), b.finish('wqad-2', words)])
      expect(both.map(({ outcome }) => outcome).sort()).toEqual(['ready', 'same'])
      const [same] = both.flatMap(kept => (kept.outcome === 'same' ? [kept.draft] : []))
      expect((await a.list(10)).map(({ slug }) => slug)).toEqual([same!.slug])
      await a.begin({ ...PAGE, names: ['road'], story: 'road' })
      expect(await a.finish('road', words)).toEqual({ outcome: 'ready' })
    })

    test('what failed gives its name to another page, is listed last, and goes after a day', async () => {
      const { store, advanceClock } = await stores()
      await store.drafts.begin({ ...PAGE, address: 'https://wqad.example/typo' })
      await store.drafts.fail('wqad', '{"code":"dns"}')
      expect(await read(store)).toBe('wqad')
      await advanceClock(1_000)
      await store.drafts.begin({ ...PAGE, address: 'https://wqad.example/other' })
      await store.drafts.fail('wqad-2', '{"code":"dns"}')
      expect((await store.drafts.list(10)).map(({ slug, state }) => `${slug} ${state}`)).toEqual([
        'wqad ready',
        'wqad-2 failed',
      ])
      expect(await store.drafts.countOpen()).toBe(1)
      await store.drafts.pieces.decide('wqad', 'q1', { decision: 'left', by: DANA, settled: true })
      expect(await store.drafts.countOpen()).toBe(0)
      await advanceClock(25 * 3_600_000)
      expect(await store.drafts.deleteOld(0, 5)).toBe(1)
      expect((await store.drafts.list(10)).map(({ slug }) => slug)).toEqual(['wqad'])
    })

    test('a later version of a page is a draft of its own, once', async () => {
      const { all } = await stores(2)
      const [a, b] = all as [Store, Store]
      await read(a)
      const version = { ...PAGE, body: '{"words":2}', hash: 'h2' }
      const made = await Promise.all([a.drafts.addVersion(version), b.drafts.addVersion(version)])
      expect(made.map(draft => draft?.slug)).toEqual(['wqad-2', 'wqad-2'])
      expect((await a.drafts.addVersion({ ...version, hash: 'h1' }))?.slug).toBe('wqad')
      expect(await a.drafts.addVersion({ ...version, hash: 'h3' })).toBeUndefined()
      expect(await a.drafts.begin(PAGE)).toMatchObject({ outcome: 'known', draft: { slug: 'wqad-2' } })
    })

    test('no two drafts give their source the same number in a story, and each keeps its own', async () => {
      const { all } = await stores(2)
      const [a, b] = all as [Store, Store]
      await read(a)
      await read(a, { address: 'https://wqad.example/b' })
      const numbers = await Promise.all([
        a.drafts.reserveSource('wqad', 'bridge', 7),
        b.drafts.reserveSource('wqad-2', 'bridge', 7),
      ])
      expect(numbers.toSorted()).toEqual([8, 9])
      expect(await b.drafts.reserveSource('wqad', 'bridge', 7)).toBe(numbers[0])
      // Somebody has given it in the folder since.
      expect(await b.drafts.reserveSource('wqad', 'bridge', 20)).toBe(21)
      expect(await b.drafts.reserveSource('other', 'bridge', 7)).toBeUndefined()
    })

    test('the first decision stands, until it is undone', async () => {
      const { all } = await stores(2)
      const [{ drafts: a }, { drafts: b }] = all as [Store, Store]
      await read(all[0]!)
      const both = await Promise.all([
        a.pieces.decide('wqad', 'q1', { decision: 'confirmed', by: DANA }),
        b.pieces.decide('wqad', 'q1', { decision: 'left', by: KIM, settled: true }),
      ])
      const [first] = both.filter(({ isFirst }) => isFirst)
      expect(both.filter(({ isFirst }) => isFirst)).toHaveLength(1)
      expect(both.map(({ state }) => state.by)).toEqual([first!.state.by, first!.state.by])
      expect((await b.list(10))[0]).toMatchObject({ slug: 'wqad', decided: 1 })
      expect(await b.pieces.undo('wqad', 'q1')).toBe(true)
      expect(await a.pieces.undo('wqad', 'q1')).toBe(false)
      expect(await a.pieces.decide('wqad', 'q1', { decision: 'confirmed', by: KIM })).toMatchObject({
        isFirst: true,
        state: { by: KIM, settled: false },
      })
      await a.pieces.settle('wqad', 'q1')
      expect((await b.pieces.ofDraft('wqad')).get('q1')).toMatchObject({
        decision: 'confirmed',
        settled: true,
        at: expect.any(Number),
      })
    })

    test('a piece is changed as long as nothing was decided, and keeps the change when that is undone', async () => {
      const { store } = await stores()
      const { pieces } = store.drafts
      await read(store)
      expect(await pieces.edit('wqad', 'q1', { edit: '{"speaker":"Ann"}', by: DANA })).toBe(true)
      expect(await pieces.edit('wqad', 'q1', { edit: '{"speaker":"Ann Mori"}', by: KIM })).toBe(true)
      await pieces.decide('wqad', 'q1', { decision: 'left', by: DANA, settled: true })
      expect(await pieces.edit('wqad', 'q1', { edit: '{"speaker":"Bo"}', by: KIM })).toBe(false)
      await pieces.undo('wqad', 'q1')
      expect(await pieces.ofDraft('wqad')).toEqual(
        new Map([['q1', { piece: 'q1', edit: '{"speaker":"Ann Mori"}', editedBy: KIM, settled: false }]]),
      )
    })

    test('old drafts go with all that was decided about them, a few at a time', async () => {
      const { store, engine, advanceClock } = await stores()
      await read(store)
      await store.drafts.pieces.decide('wqad', 'q1', { decision: 'confirmed', by: DANA })
      await advanceClock(60_000)
      await read(store, { address: 'https://wqad.example/b' })
      const { createdAt } = (await store.drafts.find('wqad-2'))!
      expect(await store.drafts.deleteOld(createdAt, 5)).toBe(1)
      expect(await store.drafts.deleteOld(createdAt, 5)).toBe(0)
      expect((await store.drafts.list(10)).map(({ slug }) => slug)).toEqual(['wqad-2'])
      expect(await engine().query('select piece from draft_pieces')).toEqual([])
    })
  })
}
