import { describe, expect, test } from 'vitest'
import type { Place } from '../../src/chat/platform.ts'
import type { NewApproval, Rendering } from '../../src/store/approvals/approval.ts'
import type { NewDelivery } from '../../src/store/delivery.ts'
import type { Store } from '../../src/store/store.ts'
import { dailySubscription, dueEdition } from '../support/delivery/due-rows.ts'
import { type CreateDatabase, createStoreOpener } from '../support/store/open-stores.ts'

const ANN = { who: 'slack:T1/ANN', name: 'Ann', place: 'slack:T1/C1' }
const BEN = { who: 'slack:T1/BEN', place: 'slack:T1/C1' }
const KEY = 'morning 2026-05-05 #1'
const SLOT = Date.parse('2026-05-05T08:00:00Z')
const PLACES: Place[] = ['fake:1', 'fake:2']
const CLAIM = { owner: 'a', leaseMs: 60_000, max: 9, platforms: ['fake'], pace: () => undefined }

/** What every engine must do for the desk's approval: one decision at a time, each with its entry in the log. */
export function approvalsContract(name: string, fresh: CreateDatabase) {
  describe(`approvals on ${name}`, () => {
    const openStores = createStoreOpener(fresh)

    const rendering = (place: Place, hash: string): Omit<Rendering, 'approval'> => ({
      ...{ key: dueEdition(place, SLOT).key, place, number: 1, hash, basis: '{}', shown: '[]' },
      ...{ selection: '{"newsTo":7}', reply: `{"text":"${hash}"}` },
    })
    const notice = (about: string): NewDelivery => ({
      ...{ key: `notice approval ${about}`, kind: 'notice', place: 'fake:desk', lane: 'fake:desk' },
      ...{ number: 1, state: 'due', dueAt: 0, selection: '{}' },
    })

    async function stores(count = 1, { needed = 1 } = {}) {
      const opened = await openStores(count)
      const { store } = opened
      const now = await store.clock()
      const approval: NewApproval = {
        ...{ key: KEY, digest: 'morning', slot: SLOT, hash: 'h1', code: 'morning-h1', needed },
        ...{ composedAt: now, until: now + 3_600_000 },
      }
      const create = (on: Store) =>
        on.approvals.create(
          approval,
          PLACES.map(place => rendering(place, `${place} h1`)),
          notice(KEY),
        )
      return { ...opened, create, now }
    }
    const recompose = (store: Store, was: string, hash: string, more: object = {}) =>
      store.approvals.recompose(
        {
          ...{ key: KEY, was, hash, code: `morning-${hash}`, needed: 1, why: ['items'] },
          replaced: PLACES.map(place => dueEdition(place, SLOT).key),
          renderings: PLACES.map(place => rendering(place, `${place} ${hash}`)),
          ...more,
        },
        changed => (changed ? notice(`${KEY} ${hash}`) : undefined),
      )
    const addHeld = (store: Store) =>
      store.ledger.add(PLACES.map(place => dueEdition(place, SLOT, { state: 'held' })))
    const stateOf = async (store: Store, place: Place = 'fake:1') =>
      (await store.ledger.find(dueEdition(place, SLOT).key))?.state
    const whats = async (store: Store) => (await store.editorLog.entries()).map(({ what }) => what)

    test('of four processes that compose an edition at once, one does, and the desk is told once', async () => {
      const { store, all, create } = await stores(4)
      const created = await Promise.all(all.map(create))
      expect(created.filter(Boolean)).toHaveLength(1)
      expect(await store.ledger.countByState('notice')).toEqual({ due: 1 })
      expect(await whats(store)).toEqual(['edition composed'])
      expect(await store.approvals.open()).toMatchObject([{ key: KEY, state: 'waiting', votes: [] }])
      expect(await store.approvals.findByCode('morning-h1')).toMatchObject({ key: KEY })
      expect((await store.approvals.renderings(KEY)).map(({ hash }) => hash)).toEqual([
        'fake:1 h1',
        'fake:2 h1',
      ])
    })

    test('rows that wait are claimed by nobody, hold up nothing, and become due with the approval', async () => {
      const { store, create } = await stores()
      await create(store)
      await addHeld(store)
      await store.ledger.add([dueEdition('fake:1', SLOT + 1, { digest: 'other', key: 'other' })])
      const claimed = await store.ledger.claim(CLAIM)
      expect(claimed.map(({ key }) => key)).toEqual(
        expect.arrayContaining(['other', `notice approval ${KEY}`]),
      )
      expect(claimed).toHaveLength(1 + (claimed.some(({ kind }) => kind === 'notice') ? 1 : 0))
      for (const { key } of claimed) await store.ledger.markQuiet({ key, owner: 'a' })
      expect(await store.ledger.claim(CLAIM)).toEqual([])
      expect(await store.approvals.approve(KEY, 'h1', ANN)).toMatchObject({ outcome: 'counted' })
      expect(await store.ledger.claim(CLAIM)).toHaveLength(2)
    })

    test('two people who approve at once in two processes count twice, one person once', async () => {
      const { store, all, create } = await stores(3, { needed: 2 })
      await create(store)
      await addHeld(store)
      const twice = await Promise.all(all.map(on => on.approvals.approve(KEY, 'h1', ANN)))
      expect(twice.map(result => result?.outcome).sort()).toEqual(['again', 'again', 'counted'])
      expect(await stateOf(store)).toBe('held')
      const [, by] = await Promise.all([
        all[1]!.approvals.approve(KEY, 'h1', BEN),
        all[2]!.approvals.approve(KEY, 'h1', ANN),
      ])
      expect(by?.approval.votes.map(({ who }) => who)).toContain(ANN.who)
      expect(await stateOf(store)).toBe('due')
      expect((await whats(store)).filter(what => what === 'approve')).toHaveLength(2)
      expect((await store.editorLog.verify()).broken).toBeUndefined()
    })

    test('an approval of a text that has changed counts for nothing', async () => {
      const { store, create } = await stores()
      await create(store)
      await addHeld(store)
      await store.approvals.approve(KEY, 'h1', ANN)
      expect(await recompose(store, 'h1', 'h2')).toEqual({ voided: true })
      expect(await stateOf(store)).toBe('held')
      expect(await store.approvals.find(KEY)).toMatchObject({
        ...{ state: 'waiting', code: 'morning-h2', votes: [] },
        changed: { why: ['items'], by: [{ who: ANN.who, name: 'Ann' }] },
      })
      expect(await store.ledger.find(`notice approval ${KEY} h2`)).toBeDefined()
      expect(await store.approvals.approve(KEY, 'h1', ANN)).toMatchObject({ outcome: 'changed' })
      // Both codes lead to it.
      for (const code of ['morning-h1', 'morning-h2'])
        expect(await store.approvals.findByCode(code)).toMatchObject({ key: KEY, hash: 'h2' })
      // Nobody may change what another process has changed since.
      expect(await recompose(store, 'h1', 'h3')).toBeUndefined()
      expect(await recompose(store, 'h2', 'h3')).toEqual({ voided: false })
    })

    test('what it is selected by may change without the text: then the approval stays', async () => {
      const { store, create } = await stores()
      await create(store)
      await store.approvals.approve(KEY, 'h1', ANN)
      const renderings = PLACES.map(place => ({
        ...rendering(place, `${place} h1`),
        basis: '{"newsFrom":1}',
      }))
      expect(await recompose(store, 'h1', 'h1', { renderings })).toEqual({ voided: false })
      expect(await store.approvals.find(KEY)).toMatchObject({ state: 'approved', votes: [{ who: ANN.who }] })
      expect((await store.approvals.renderings(KEY))[0]?.basis).toBe('{"newsFrom":1}')
    })

    test('a post begins only while exactly its text is approved', async () => {
      const { store, create } = await stores()
      await create(store)
      await addHeld(store)
      await store.approvals.approve(KEY, 'h1', ANN)
      const row = (await store.ledger.claim(CLAIM)).find(({ place }) => place === 'fake:1')
      const begin = (approved: string) =>
        store.ledger.beginAttempt({ key: row!.key, owner: 'a' }, { leaseMs: 60_000, shown: [], approved })
      expect(await begin('other words')).toBe(false)
      expect(await store.approvals.hold(KEY, BEN)).toMatchObject({ outcome: 'held', begun: 0 })
      expect(await begin(`${row!.place} h1`)).toBe(false)
      expect(await store.ledger.markHeld({ key: row!.key, owner: 'a' }, { first: false })).toBe(true)
      await store.approvals.approve(KEY, 'h1', ANN)
      const again = (await store.ledger.claim(CLAIM)).find(({ key }) => key === row!.key)!
      expect(await begin(`${again.place} h1`)).toBe(true)
      // That one is on its way: only the others can be stopped.
      expect(await store.approvals.hold(KEY, BEN)).toMatchObject({ outcome: 'held', begun: 1, waiting: 1 })
      expect(await recompose(store, 'h1', 'h2')).toBeUndefined()
    })

    test('a hold and a beginning post at the same moment: one of them is first', async () => {
      for (let round = 0; round < 5; round++) {
        const { store, all, create } = await stores(2)
        await create(store)
        await store.ledger.add([dueEdition('fake:1', SLOT, { state: 'held' })])
        await store.approvals.drop(dueEdition('fake:2', SLOT).key)
        await store.approvals.approve(KEY, 'h1', ANN)
        const row = (await store.ledger.claim(CLAIM)).find(({ kind }) => kind === 'edition')!
        const [begun, held] = await Promise.all([
          all[1]!.ledger.beginAttempt(
            { key: row.key, owner: 'a' },
            { leaseMs: 60_000, shown: [], approved: 'fake:1 h1' },
          ),
          all[0]!.approvals.hold(KEY, BEN),
        ])
        expect([begun, held?.outcome]).toEqual(begun ? [true, 'posted'] : [false, 'held'])
      }
    })

    test('what is not approved in time is missed, once; nobody can approve it any more', async () => {
      const { store, all, create, advanceClock } = await stores(2)
      await create(store)
      await addHeld(store)
      await advanceClock(3_700_000)
      expect(await store.approvals.approve(KEY, 'h1', ANN)).toMatchObject({ outcome: 'over' })
      const ended = await Promise.all(
        all.map(on =>
          on.approvals.end(KEY, { state: 'missed', error: 'too late', notice: notice('missed') }),
        ),
      )
      expect(ended.filter(Boolean)).toHaveLength(1)
      expect(await stateOf(store)).toBe('missed')
      expect(await store.approvals.hold(KEY, ANN)).toMatchObject({ outcome: 'over' })
      expect(await whats(store)).toEqual(['edition composed', 'edition not approved'])
      expect(await store.approvals.forgetOld((await store.clock()) + 1)).toBe(1)
      expect(await store.approvals.renderings(KEY)).toEqual([])
    })

    test('who switches a digest off ends what waits of it', async () => {
      const { store, create } = await stores()
      await create(store)
      await store.subscriptions.save([dailySubscription('fake:1', SLOT)])
      expect(await store.subscriptions.listUntil(SLOT, ['morning'])).toHaveLength(1)
      expect(await store.subscriptions.listUntil(SLOT - 1, ['morning'])).toEqual([])
      expect(await store.subscriptions.listUntil(SLOT, [])).toEqual([])
      await addHeld(store)
      await store.subscriptions.remove('fake:1', 'morning')
      expect([await stateOf(store), await stateOf(store, 'fake:2')]).toEqual(['quiet', 'held'])
    })
  })
}
