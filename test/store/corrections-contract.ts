import { describe, expect, test } from 'vitest'
import type { Place } from '../../src/chat/platform.ts'
import type { NewCause } from '../../src/store/causes.ts'
import type { NewDelivery } from '../../src/store/delivery.ts'
import type { RepairOptions } from '../../src/store/repairs.ts'
import type { Store } from '../../src/store/store.ts'
import { type CreateDatabase, createStoreOpener } from '../support/store/open-stores.ts'

const C1: Place = 'slack:T1/C1'
const LEASE = 400
const VOTE = 's/event:vote'
const options: RepairOptions = { lane: () => 'slack:T1 edits' }

const row = (key: string, more: Partial<NewDelivery> = {}): NewDelivery => ({
  key,
  kind: 'edition',
  place: `slack:T1/${key}`,
  lane: 'slack:T1',
  number: 1,
  state: 'due',
  dueAt: 0,
  ...more,
})
const cause = (more: Partial<NewCause> = {}): NewCause => ({
  cause: 's/correction:1',
  kind: 'correction',
  story: 's',
  part: VOTE,
  revision: 2,
  waits: false,
  ...more,
})
const DOWN = cause({ cause: 's/withdrawn:1', kind: 'withdrawal', part: 's/', revision: 0 })

/** What every engine must do for corrections and withdrawals. Runs on each of them. */
export function correctionsContract(name: string, fresh: CreateDatabase) {
  describe(`repairs on ${name}`, () => {
    const stores = createStoreOpener(fresh)
    const claim = (store: Store, owner = 'a') =>
      store.ledger.claim({ owner, leaseMs: LEASE, max: 50, platforms: ['slack'], pace: () => undefined })
    const shows = (part: string, revision: number) => [{ part, revision }]
    /** Claims what is due and begins its attempts. */
    async function begin(store: Store, shown = shows(VOTE, 1)) {
      const rows = await claim(store)
      for (const { key, attempts } of rows)
        await store.ledger.beginAttempt({ key, owner: 'a', attempts }, { leaseMs: LEASE, shown })
      return rows
    }
    const markSent = (store: Store, key: string, repaired?: string[]) =>
      store.ledger.markSent({ key, owner: 'a' }, { place: C1, id: key }, { repaired })
    /** Posts a message that shows a part in a revision. */
    async function post(store: Store, key: string, shown = shows(VOTE, 1), more = {}) {
      await store.ledger.add([row(key, more)])
      await begin(store, shown)
      expect(await markSent(store, key)).toBe(true)
    }
    const counts = async (store: Store) =>
      (await store.corrections.causes()).map(({ repaired, pending, impossible }) => [
        repaired,
        pending,
        impossible,
      ])

    test('messages that show the part as it was are marked and due, once; others are not', async () => {
      const { all, store } = await stores(2)
      await post(store, 'old')
      await post(store, 'right', shows(VOTE, 2))
      await post(store, 'other', shows('s/event:vote-2', 1))
      await post(store, 'alike', shows('t/event:vote', 1))
      const marked = await Promise.all(all.map(store => store.corrections.applyCause(cause(), options)))
      expect(marked.sort()).toEqual([0, 1])
      expect(await store.ledger.statesOf(['old', 'right', 'other', 'alike'])).toEqual(
        new Map([
          ['old', 'due'],
          ['right', 'sent'],
          ['other', 'sent'],
          ['alike', 'sent'],
        ]),
      )
      expect((await store.ledger.find('old'))!.lane).toBe('slack:T1 edits')
      expect(await store.corrections.repairsOf('old')).toMatchObject([{ ...cause(), state: 'pending' }])
      expect(await store.corrections.repairsOf('right')).toEqual([])
      expect((await begin(store, shows(VOTE, 2))).map(({ key }) => key)).toEqual(['old'])
      expect(await store.corrections.causesToFinish('old')).toEqual([])
      await markSent(store, 'old', ['s/correction:1'])
      expect(await store.corrections.causesToFinish('old')).toEqual(['s/correction:1'])
      expect(await counts(store)).toEqual([[1, 0, 0]])
      expect(await store.corrections.applyCause(cause(), options)).toBe(0)
      expect(await store.corrections.causesWithUnmarkedMessages()).toEqual([])
      expect(await store.corrections.requeuePending(options.lane)).toBe(0)
    })

    test('a withdrawal marks all that shows anything of the story, and of no other', async () => {
      const { store } = await stores()
      await post(store, 'one')
      await post(store, 'two', shows('s/label', 7))
      await post(store, 'not', shows('so/label', 1))
      await post(store, 'nor', shows('x/s/', 1))
      expect((await store.ledger.messagesShowing('s/')).map(({ key }) => key).sort()).toEqual(['one', 'two'])
      expect(await store.corrections.applyCause(DOWN, options)).toBe(2)
      expect(await store.ledger.countByState()).toEqual({ due: 2, sent: 2 })
      // A message that was posted meanwhile is marked too.
      await post(store, 'late', shows('s/label', 7))
      expect(await store.corrections.applyCause(DOWN, options)).toBe(1)
      expect(await counts(store)).toEqual([[0, 3, 0]])
    })

    test('a correction that waits is over once its story is taken down, though what it showed stays on record', async () => {
      const { store } = await stores()
      await post(store, 'one')
      expect(await store.corrections.applyCause(cause(), options)).toBe(1)
      expect(await store.corrections.applyCause(DOWN, options)).toBe(1)
      await begin(store, shows(VOTE, 1))
      expect(await markSent(store, 'one', ['s/correction:1', 's/withdrawn:1'])).toBe(true)
      expect(await store.ledger.statesOf(['one'])).toEqual(new Map([['one', 'sent']]))
      expect((await counts(store)).sort()).toEqual([
        [1, 0, 0],
        [1, 0, 0],
      ])
      expect(await store.corrections.requeuePending(options.lane)).toBe(0)
    })

    test('more messages than go into one statement are all marked', async () => {
      const { store } = await stores()
      const keys = Array.from({ length: 503 }, (_, index) => `k${index}`)
      const owner = { owner: 'a', leaseMs: 60_000, shown: shows(VOTE, 1) }
      for (const key of keys) {
        await store.ledger.addClaimed(row(key, { kind: 'answer' }), owner)
        await markSent(store, key)
      }
      const noticed: string[] = []
      const notice = ({ key, place }: { key: string; place: Place }) => {
        noticed.push(key)
        return row(`notice ${key}`, { kind: 'notice', place, parent: key })
      }
      expect(await store.corrections.applyCause(cause(), { ...options, notice })).toBe(503)
      expect(noticed.sort()).toEqual(keys.sort())
      expect(await store.ledger.countByState()).toEqual({ due: 1_006 })
    })

    test('what is under way is marked, and due for an edit as soon as it stands', async () => {
      const { store } = await stores()
      await store.ledger.add([row('k')])
      await begin(store)
      expect(await store.corrections.applyCause(cause(), options)).toBe(1)
      expect(await store.ledger.find('k')).toMatchObject({ state: 'sending' })
      await markSent(store, 'k')
      expect(await store.ledger.find('k')).toMatchObject({ state: 'due', message: { id: 'k' } })
    })

    test('what was drawn before it was marked is missed, and found', async () => {
      const { store } = await stores()
      await store.ledger.add([row('k')])
      expect(await store.corrections.applyCause(cause(), options)).toBe(0)
      expect(await store.corrections.finishCause('s/correction:1')).toBe(true)
      await begin(store)
      expect(await store.corrections.causesWithUnmarkedMessages()).toEqual(['s/correction:1'])
      expect(await store.corrections.applyCause(cause(), options)).toBe(1)
      expect((await store.corrections.causes())[0]!.doneAt).toBeUndefined()
      expect(await store.corrections.causesWithUnmarkedMessages()).toEqual([])
    })

    test('another correction that comes while one is edited in makes the message due once more', async () => {
      const { store } = await stores()
      await post(store, 'k')
      await store.corrections.applyCause(cause(), options)
      await begin(store, shows(VOTE, 2))
      await store.corrections.applyCause(cause({ cause: 's/correction:2', revision: 3 }), options)
      await markSent(store, 'k', ['s/correction:1'])
      expect(await store.ledger.find('k')).toMatchObject({ state: 'due' })
      expect((await store.corrections.repairsOf('k')).map(({ state }) => state)).toEqual([
        'repaired',
        'pending',
      ])
    })

    test('an entry that came first marks all, and all once more when the part is right', async () => {
      const { store } = await stores()
      await post(store, 'before')
      const waiting = cause({ revision: 1, waits: true })
      expect(await store.corrections.applyCause(waiting, options)).toBe(1)
      expect(await store.corrections.applyCause(waiting, options)).toBe(0)
      await begin(store)
      await markSent(store, 'before', ['s/correction:1'])
      expect(await store.corrections.finishCause('s/correction:1')).toBe(true)
      // It shows what is still wrong, but nothing distinguishes that from what will be right.
      await post(store, 'between')
      expect(await store.corrections.causesWithUnmarkedMessages()).toEqual([])
      expect(await store.corrections.partWasCorrected('s/correction:1', 2, options)).toBe(2)
      expect(await store.corrections.partWasCorrected('s/correction:1', 3, options)).toBe(0)
      expect(await store.ledger.countByState()).toEqual({ due: 2 })
      expect(await store.corrections.causes()).toMatchObject([{ revision: 2, waits: false, pending: 2 }])
    })

    test('an edit that shows the part as it was before it was put right does not count', async () => {
      const { store } = await stores()
      await post(store, 'k')
      await store.corrections.applyCause(cause({ revision: 1, waits: true }), options)
      await begin(store)
      await store.corrections.partWasCorrected('s/correction:1', 2, options)
      await markSent(store, 'k', ['s/correction:1'])
      expect(await store.ledger.find('k')).toMatchObject({ state: 'due' })
      await begin(store, shows(VOTE, 2))
      await markSent(store, 'k', ['s/correction:1'])
      expect(await store.ledger.find('k')).toMatchObject({ state: 'sent' })
      expect(await counts(store)).toEqual([[1, 0, 0]])
    })

    test('what cannot be changed is counted with its reason, and so is what never stood, or may not', async () => {
      const { store, advanceClock } = await stores()
      await post(store, 'gone')
      await store.ledger.add([row('failed'), row('doubt')])
      expect(await begin(store)).toHaveLength(2)
      await store.corrections.applyCause(cause(), options)
      await store.ledger.markFailed({ key: 'failed', owner: 'a' }, 'no')
      await store.ledger.markUnclear({ key: 'doubt', owner: 'a' }, 'who knows')
      const [edit] = await claim(store)
      expect(edit).toMatchObject({ key: 'gone' })
      const claimed = { key: 'gone', owner: 'a', attempts: edit!.attempts }
      expect(await store.ledger.markUneditable({ ...claimed, owner: 'b' }, 'The message was deleted.')).toBe(
        false,
      )
      expect(await store.ledger.markUneditable(claimed, 'The message was deleted.')).toBe(true)
      expect(await store.ledger.find('gone')).toMatchObject({ state: 'sent' })
      expect(await counts(store)).toEqual([[0, 2, 1]])
      await advanceClock(5)
      await store.corrections.requeuePending(options.lane)
      const [settledCause] = await store.corrections.causes()
      expect(settledCause).toMatchObject({
        repaired: 0,
        pending: 0,
        impossible: 3,
        settledAt: expect.any(Number),
      })
      expect(settledCause!.reasons.map(({ error }) => error).sort()).toEqual([
        'The message was deleted.',
        'it was never posted',
        'nobody knows whether it was posted',
      ])
    })

    test('a cause is done once, with its notice, when nothing is pending', async () => {
      const { all, store } = await stores(2)
      await post(store, 'k')
      await store.corrections.applyCause(DOWN, options)
      const notice = row('told', { kind: 'notice' })
      expect(await store.corrections.finishCause(DOWN.cause, notice)).toBe(false)
      await begin(store, [])
      await markSent(store, 'k', [DOWN.cause])
      const done = await Promise.all(all.map(store => store.corrections.finishCause(DOWN.cause, notice)))
      expect(done.sort()).toEqual([false, true])
      expect(await store.ledger.find('told')).toMatchObject({ state: 'due' })
      const [settledCause] = await store.corrections.causes()
      expect(settledCause!.doneAt).toBe(settledCause!.settledAt)
      expect(await store.ledger.messagesShowing('s/')).toEqual([])
    })

    test('what was lost sight of is taken up again, and a cause that is gone for a while too', async () => {
      const { store } = await stores()
      await post(store, 'k')
      await store.corrections.applyCause(cause(), options)
      expect(await store.corrections.takeBack('s/correction:1')).toEqual(['k'])
      expect(await store.corrections.takeBack('s/correction:1')).toEqual([])
      // It was left alone: no edit is due, and none is counted.
      expect(await counts(store)).toEqual([[0, 0, 0]])
      expect(await store.ledger.find('k')).toMatchObject({ state: 'sent' })
      expect(await store.corrections.finishCause('s/correction:1')).toBe(true)
      expect(await claim(store)).toEqual([])
      expect(await store.corrections.retryRepairs('s/correction:1')).toBe(0)
      await store.corrections.putBack('s/correction:1')
      expect(await counts(store)).toEqual([[0, 1, 0]])
      expect((await store.corrections.causes())[0]!.doneAt).toBeUndefined()
      expect(await store.corrections.requeuePending(options.lane)).toBe(1)
      expect(await store.ledger.find('k')).toMatchObject({ state: 'due' })
    })

    test('what was corrected and is taken back is edited back, and corrected again when it is put back', async () => {
      const { all, store } = await stores(2)
      await post(store, 'k')
      await store.corrections.applyCause(cause(), options)
      await begin(store, shows(VOTE, 2))
      await markSent(store, 'k', ['s/correction:1'])
      await Promise.all(all.map(store => store.corrections.takeBack('s/correction:1')))
      expect(await counts(store)).toEqual([[0, 1, 0]])
      expect(await store.corrections.requeuePending(options.lane)).toBe(1)
      expect(await store.corrections.repairsOf('k')).toMatchObject([
        { back: true, state: 'pending', takenBackAt: expect.any(Number) },
      ])
      // An edit that was drawn with the correction does not bring the message back.
      await begin(store, shows(VOTE, 2))
      await markSent(store, 'k', ['s/correction:1'])
      expect(await store.ledger.find('k')).toMatchObject({ state: 'due' })
      await begin(store, shows(VOTE, 1))
      await store.ledger.markSent(
        { key: 'k', owner: 'a' },
        { place: C1, id: 'k' },
        { takenBack: ['s/correction:1'] },
      )
      expect(await store.ledger.find('k')).toMatchObject({ state: 'sent' })
      expect(await counts(store)).toEqual([[1, 0, 0]])
      expect(await store.corrections.finishCause('s/correction:1')).toBe(true)
      await store.corrections.putBack('s/correction:1')
      expect(await store.corrections.repairsOf('k')).toMatchObject([{ back: false, state: 'pending' }])
      expect((await store.corrections.causes())[0]).toMatchObject({ pending: 1, takenBackAt: undefined })
      expect(await store.corrections.requeuePending(options.lane)).toBe(1)
    })

    test('of the messages that wait when it is taken back, only those are edited that may show it', async () => {
      const { store, advanceClock } = await stores()
      for (const key of ['waits', 'claimed', 'begun', 'refused', 'other']) await post(store, key)
      await store.corrections.applyCause(cause(), options)
      await store.corrections.applyCause(cause({ cause: 's/correction:2', part: 's/event:x' }), options)
      const other = cause({ cause: 's/correction:3', revision: 3 })
      const rows = await claim(store)
      const claimed = (key: string) => ({
        key,
        owner: 'a',
        attempts: rows.find(row => row.key === key)!.attempts,
      })
      const later = { inMs: 0, error: 'no', first: true }
      for (const key of ['waits', 'other']) await store.ledger.retryLater(claimed(key), later)
      await store.ledger.beginAttempt(claimed('begun'), { leaseMs: LEASE, shown: shows(VOTE, 2) })
      await store.ledger.beginAttempt(claimed('refused'), { leaseMs: LEASE, shown: shows(VOTE, 2) })
      await store.ledger.retryLater(claimed('refused'), later)
      await store.corrections.applyCause({ ...other, part: 's/event:only-other' }, options)
      const cancelled = await store.corrections.takeBack('s/correction:1')
      expect(cancelled.sort()).toEqual(['claimed', 'other', 'refused', 'waits'])
      expect(await store.ledger.countByState()).toEqual({ sent: 4, sending: 1 })
      expect(await store.ledger.beginAttempt(claimed('claimed'), { leaseMs: LEASE, shown: [] })).toBe(false)
      expect((await counts(store)).toSorted()).toEqual([
        [0, 0, 0],
        [0, 0, 0],
        [0, 1, 0],
      ])
      // Its process was killed: nobody knows whether it was edited.
      await advanceClock(2 * LEASE)
      expect((await claim(store)).map(({ key }) => key)).toEqual(['begun'])
    })

    test('a message that waits for another correction too is edited for that one alone', async () => {
      const { store } = await stores()
      await post(store, 'k')
      await store.corrections.applyCause(cause(), options)
      await store.corrections.applyCause(cause({ cause: 's/correction:2', revision: 3 }), options)
      expect(await store.corrections.takeBack('s/correction:1')).toEqual([])
      expect(await store.ledger.find('k')).toMatchObject({ state: 'due' })
      await begin(store, shows(VOTE, 3))
      await markSent(store, 'k', ['s/correction:2'])
      expect(await store.ledger.find('k')).toMatchObject({ state: 'sent' })
    })

    test('what tells the correction itself is edited too when it is taken back', async () => {
      const { store } = await stores()
      await store.corrections.applyCause(cause(), options)
      await post(store, 'changes', [...shows('s/correction:1', 1), ...shows(VOTE, 2)])
      await store.corrections.takeBack('s/correction:1')
      expect(await counts(store)).toEqual([[0, 1, 0]])
      expect(await store.corrections.requeuePending(options.lane)).toBe(1)
    })

    test('a message under an edit is counted among those that show the part', async () => {
      const { store } = await stores()
      await post(store, 'waits')
      await post(store, 'stands', shows(VOTE, 2))
      await store.ledger.add([row('never')])
      await store.corrections.applyCause(cause(), options)
      const showing = async () => (await store.ledger.messagesShowing(VOTE)).map(({ key }) => key).sort()
      expect(await showing()).toEqual(['stands', 'waits'])
      await begin(store, shows(VOTE, 2))
      expect(await showing()).toEqual(['stands', 'waits'])
    })

    test('a story is put back once, and taken down again all its messages follow', async () => {
      const { all, store } = await stores(2)
      await post(store, 'k', shows('s/label', 1))
      const down = { slug: 's', on: '2026-05-06', reason: 'why' }
      await store.corrections.withdraw(down)
      await store.corrections.applyCause(DOWN, options)
      await begin(store, shows('s/label', 1))
      await markSent(store, 'k', [DOWN.cause])
      const restored = await Promise.all(all.map(store => store.corrections.restore('s')))
      expect(restored.sort()).toEqual([false, true])
      expect(await store.corrections.withdrawals()).toEqual([])
      await store.corrections.takeBack(DOWN.cause)
      expect(await store.corrections.requeuePending(options.lane)).toBe(1)
      // Before that is done, it is taken down once more, on the same day.
      await store.corrections.withdraw({ ...down, reason: 'another' })
      await store.corrections.putBack(DOWN.cause)
      expect(await store.corrections.applyCause(DOWN, options)).toBe(0)
      expect(await store.corrections.repairsOf('k')).toMatchObject([{ back: false, state: 'pending' }])
      expect(await store.ledger.find('k')).toMatchObject({ state: 'due' })
    })

    test('the words of each revision are known, but for those that were never recorded or may not be repeated', async () => {
      const { store } = await stores()
      const record = (hash: string) => store.revisions.record([{ part: VOTE, story: 's', hash }])
      await record('1')
      await store.partWords.record([{ part: VOTE, hash: '1', words: 'on Wednesday' }])
      await record('2')
      await record('3')
      await store.partWords.record([{ part: VOTE, hash: '3', words: 'on Friday' }])
      expect(await store.partWords.ofRevisions(VOTE)).toEqual(['on Friday', undefined, 'on Wednesday'])
      await store.partWords.forgetOthers(VOTE, '3')
      expect(await store.partWords.ofRevisions(VOTE)).toEqual(['on Friday', undefined, undefined])
      expect(await store.partWords.recordedStories()).toEqual(new Map([['s', '']]))
      const words = [{ part: VOTE, hash: '1', words: 'on Wednesday' }]
      await store.partWords.recordStories([{ story: 's', hash: 'all', words }])
      expect(await store.partWords.ofRevisions(VOTE)).toEqual(['on Friday', undefined, undefined])
      expect(await store.partWords.recordedStories()).toEqual(new Map([['s', 'all']]))
    })

    test('an edit that is tried again takes one turn, and a post that is looked for takes five', async () => {
      const { store, advanceClock } = await stores()
      const pace = () => ({ lane: 'slack:T1', laneMs: 10, placeMs: 0 })
      const claimPaced = () =>
        store.ledger.claim({ owner: 'a', leaseMs: LEASE, max: 5, platforms: ['slack'], pace })
      const spread = (rows: { waitMs: number }[]) => rows.at(-1)!.waitMs - rows[0]!.waitMs
      for (const key of ['k1', 'k2', 'k3', 'k4', 'k5']) await post(store, key)
      await store.corrections.applyCause(cause(), { lane: () => 'slack:T1' })
      const first = await claimPaced()
      for (const { key, attempts } of first)
        await store.ledger.beginAttempt({ key, owner: 'a', attempts }, { leaseMs: LEASE, shown: [] })
      // Its process was killed.
      await advanceClock(3 * LEASE)
      const again = await claimPaced()
      expect(again.map(({ firstTriedAt }) => typeof firstTriedAt)).toEqual(Array(5).fill('number'))
      expect(spread(again)).toBeGreaterThanOrEqual(38)
      expect(spread(again)).toBeLessThan(50)
    })

    test('a post is only looked for where its platform does not make the repeat the same message', async () => {
      const { store, advanceClock } = await stores()
      const spreadOf = async (kind: 'edition' | 'answer', deduplicatesForMs: number) => {
        const keys = [1, 2, 3].map(number => `${kind} ${deduplicatesForMs} ${number}`)
        const lane = `slack:${kind}${deduplicatesForMs}`
        await store.ledger.add(keys.map(key => row(key, { kind, lane })))
        const pace = () => ({ lane, laneMs: 20, placeMs: 0 })
        const claimPaced = () =>
          store.ledger.claim({
            ...{ owner: 'a', leaseMs: LEASE, max: 3, platforms: ['slack'], pace },
            deduplicatesForMs: () => deduplicatesForMs,
          })
        for (const { key, attempts } of await claimPaced())
          await store.ledger.beginAttempt({ key, owner: 'a', attempts }, { leaseMs: LEASE, shown: [] })
        await advanceClock(3 * LEASE)
        const again = await claimPaced()
        for (const { key } of again) await store.ledger.markFailed({ key, owner: 'a' }, 'no')
        return Math.round((again.at(-1)!.waitMs - again[0]!.waitMs) / 20)
      }
      expect(await spreadOf('edition', 0)).toBe(10)
      expect(await spreadOf('edition', 60_000)).toBe(2)
      expect(await spreadOf('answer', 60_000)).toBe(10)
    })

    test('a notice is told beside what stands or is under way, once a thread', async () => {
      const { store } = await stores()
      await post(store, 'head')
      await store.ledger.add([row('below', { place: 'slack:T1/head', parent: 'head', number: 2 })])
      await begin(store)
      await markSent(store, 'below')
      await store.ledger.add([row('flying'), row('waiting')])
      await begin(store)
      await store.ledger.retryLater(
        { key: 'waiting', owner: 'a' },
        { inMs: 60_000, error: 'no', first: true },
      )
      const notice = ({ key, place, parent }: { key: string; place: Place; parent?: string }) =>
        row(`notice ${key}`, { kind: 'notice', place, parent: parent ?? key })
      expect(await store.corrections.applyCause(cause(), { ...options, notice })).toBe(4)
      const notices = await Promise.all(
        ['head', 'below', 'flying', 'waiting'].map(key => store.ledger.find(`notice ${key}`)),
      )
      expect(notices.map(notice => notice?.parent)).toEqual(['head', undefined, 'flying', undefined])
    })

    test('a story is taken down by command once', async () => {
      const { all, store } = await stores(2)
      const down = { slug: 's', on: '2026-05-06', reason: 'why' }
      const done = await Promise.all(all.map(store => store.corrections.withdraw(down)))
      expect(done.sort()).toEqual([false, true])
      expect(await store.corrections.withdrawals()).toEqual([down])
    })
  })
}
