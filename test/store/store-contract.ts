import { describe, expect, test } from 'vitest'
import type { Place } from '../../src/chat/platform.ts'
import type { NewDelivery } from '../../src/store/delivery.ts'
import type { Store } from '../../src/store/store.ts'
import type { Subscription } from '../../src/store/subscriptions.ts'
import { type CreateDatabase, createStoreOpener } from '../support/store/open-stores.ts'

const C1: Place = 'slack:T1/C1'
const C2: Place = 'discord:100/200'
const LEASE = 400

const row = (key: string, more: Partial<NewDelivery> = {}): NewDelivery => ({
  key,
  kind: 'edition',
  place: C1,
  lane: 'slack:T1',
  number: 1,
  state: 'due',
  dueAt: 0,
  ...more,
})

const subscription = (more: Partial<Subscription> = {}): Subscription => ({
  place: C1,
  digest: 'morning',
  time: '08:00',
  zone: 'America/Chicago',
  days: 'mon,tue,wed,thu,fri',
  stories: '',
  quiet: 'skip',
  state: 'on',
  setBy: 'slack:T1/U1',
  setAt: 1,
  nextSlot: 1_000,
  nextDate: '2018-04-20',
  ...more,
})

/** What every engine must do. Runs on each of them. */
export function storeContract(name: string, fresh: CreateDatabase) {
  describe(`store on ${name}`, () => {
    const stores = createStoreOpener(fresh)
    const claim = (
      store: Store,
      owner: string,
      more: Partial<Parameters<Store['ledger']['claim']>[0]> = {},
    ) =>
      store.ledger.claim({
        owner,
        leaseMs: LEASE,
        max: 10,
        platforms: ['slack', 'discord'],
        pace: () => undefined,
        ...more,
      })
    const claimOf = (key: string, owner = 'a') => ({ key, owner })

    test('opening twice keeps what is there', async () => {
      const { all } = await stores(2)
      await all[0]!.subscriptions.save([subscription()])
      expect(await all[1]!.subscriptions.list(C1)).toEqual([subscription()])
      const names = async (prefix: string) =>
        (await all[0]!.subscriptions.listWithin(prefix)).map(({ place }) => place)
      await all[0]!.subscriptions.save([subscription({ place: 'slack:T1/C0', nextSlot: 2_000 })])
      expect(await names('slack:T1/')).toEqual([C1, 'slack:T1/C0'])
      expect(await names('slack:T_/')).toEqual([])
      await all[0]!.subscriptions.remove('slack:T1/C0', 'morning')
    })

    test('a key is one row, whoever adds it and how often', async () => {
      const { all } = await stores(2)
      const [first, second] = await Promise.all(all.map(store => store.ledger.add([row('k1'), row('k2')])))
      expect([...first!, ...second!].sort()).toEqual(['k1', 'k2'])
      expect(await all[0]!.ledger.countByState()).toEqual({ due: 2 })
    })

    test('a claimed row is nobody else’s until its lease is over, and then it says when it was tried', async () => {
      const { all, advanceClock } = await stores(2)
      const [a, b] = all as [Store, Store]
      await a.ledger.add([row('k1')])
      const [mine] = await claim(a, 'a')
      expect(mine).toMatchObject({ key: 'k1', state: 'sending', attempts: 1 })
      expect(mine?.firstTriedAt).toBeUndefined()
      expect(
        await a.ledger.beginAttempt(claimOf('k1'), {
          leaseMs: LEASE,
          shown: [{ part: 's/label', revision: 1 }],
        }),
      ).toBe(true)
      expect(await claim(b, 'b')).toEqual([])
      await advanceClock(LEASE + 50)
      const [reclaimed] = await claim(b, 'b')
      expect(reclaimed).toMatchObject({ key: 'k1', attempts: 2, firstTriedAt: expect.any(Number) })
      expect(await a.ledger.markSent(claimOf('k1'), { place: C1, id: '1' })).toBe(false)
      expect(await b.ledger.markSent(claimOf('k1', 'b'), { place: C1, id: '1', under: '0' })).toBe(true)
      expect(await b.ledger.find('k1')).toMatchObject({
        state: 'sent',
        message: { place: C1, id: '1', under: '0' },
      })
      expect(await b.ledger.shownParts('k1')).toEqual([{ part: 's/label', revision: 1 }])
    })

    test('many sessions claim at once, and no row is claimed twice', { timeout: 60_000 }, async () => {
      const { all } = await stores(4)
      const rows = Array.from({ length: 120 }, (_, index) =>
        row(`k${index}`, { place: `slack:T1/C${index}`, lane: 'slack:T1' }),
      )
      await all[0]!.ledger.add(rows)
      const taken: string[] = []
      await Promise.all(
        all.flatMap((store, index) =>
          [1, 2].map(async half => {
            for (let idle = 0; idle < 3; ) {
              const owner = `w${index}.${half}`
              const claimed = await claim(store, owner, { max: 7, leaseMs: 30_000 })
              idle = claimed.length === 0 ? idle + 1 : 0
              taken.push(...claimed.map(({ key }) => key))
              for (const { key, place } of claimed)
                await store.ledger.markSent(claimOf(key, owner), { place, id: key })
            }
          }),
        ),
      )
      expect(taken.sort()).toEqual(rows.map(({ key }) => key).sort())
      expect(await all[0]!.ledger.countByState()).toEqual({ sent: 120 })
    })

    test('a place gets one message at a time, in the order of the wishes; others are not held up', async () => {
      const { all, advanceClock } = await stores()
      const store = all[0]!
      await store.ledger.add([row('k1')])
      await advanceClock(5)
      await store.ledger.add([row('k2'), row('k3', { place: C2, lane: 'discord' })])
      expect((await claim(store, 'a')).map(({ key }) => key).sort()).toEqual(['k1', 'k3'])
      expect(await claim(store, 'a')).toEqual([])
      await store.ledger.retryLater(claimOf('k1'), { inMs: 60_000, error: 'later', first: true })
      expect(await claim(store, 'a')).toEqual([])
      expect(await store.ledger.find('k1')).toMatchObject({ state: 'due', error: 'later', attempts: 1 })
    })

    test('certainly not sent clears the doubt, unless an earlier attempt is in doubt', async () => {
      const { all, advanceClock } = await stores()
      const store = all[0]!
      await store.ledger.add([row('k1')])
      await claim(store, 'a')
      await store.ledger.beginAttempt(claimOf('k1'), { leaseMs: LEASE, shown: [] })
      await store.ledger.retryLater(claimOf('k1'), { inMs: 0, error: 'rate limited', first: true })
      const [second] = await claim(store, 'a')
      expect(second?.firstTriedAt).toBeUndefined()
      await store.ledger.beginAttempt(claimOf('k1'), { leaseMs: LEASE, shown: [] })
      await advanceClock(LEASE + 50)
      const [third] = await claim(store, 'a')
      await store.ledger.retryLater(claimOf('k1'), { inMs: 0, error: 'rate limited', first: false })
      const [fourth] = await claim(store, 'a')
      expect(fourth?.firstTriedAt).toBe(third?.firstTriedAt)
    })

    test('a thread waits for its message, and ends with it', async () => {
      const { all } = await stores()
      const store = all[0]!
      await store.ledger.add([row('p1'), row('p2', { place: C2, lane: 'discord' })])
      await claim(store, 'a')
      const child = (parent: string, place: Place) => row(`${parent}#2`, { parent, place, number: 2 })
      await store.ledger.beginAttempt(claimOf('p1'), {
        leaseMs: LEASE,
        selection: '{}',
        shown: [],
        thread: [child('p1', C1)],
      })
      await store.ledger.beginAttempt(claimOf('p2'), { leaseMs: LEASE, shown: [], thread: [child('p2', C2)] })
      expect(await claim(store, 'a')).toEqual([])
      await store.ledger.markSent(claimOf('p1'), { place: C1, id: '1' })
      await store.ledger.markFailed(claimOf('p2'), 'gone')
      expect((await claim(store, 'a')).map(({ key }) => key)).toEqual(['p1#2'])
      expect(await store.ledger.find('p2#2')).toMatchObject({ state: 'failed', error: 'gone' })
      expect(await store.ledger.find('p1')).toMatchObject({ selection: '{}' })
    })

    test('a lane and a place are written to no faster than their pace, by all sessions together', async () => {
      const { all } = await stores(2)
      const rows = Array.from({ length: 20 }, (_, index) =>
        row(`k${String(index).padStart(2, '0')}`, { place: `slack:T1/C${index}` }),
      )
      await all[0]!.ledger.add([...rows, row('d1', { place: C2, lane: 'discord' })])
      const pace = () => ({ lane: 'slack:T1', laneMs: 200, placeMs: 1_000 })
      const claimed = [
        ...(await claim(all[0]!, 'a', { max: 3, pace })),
        ...(await claim(all[1]!, 'b', { max: 30, pace })),
      ]
      const slack = claimed.filter(({ lane }) => lane === 'slack:T1').map(({ waitMs }) => waitMs)
      // 1,500 ms ahead with one each 200 ms is at most eight, and the other lane is free at once.
      expect(slack.length).toBeGreaterThanOrEqual(7)
      expect(slack.length).toBeLessThanOrEqual(8)
      const last = slack.sort((x, y) => x - y).at(-1)!
      expect(last).toBeGreaterThan((slack.length - 2) * 200)
      expect(claimed.find(({ key }) => key === 'd1')?.waitMs).toBe(0)
    })

    test('a pace need not be a whole number of milliseconds', async () => {
      const { all } = await stores()
      await all[0]!.ledger.add([1, 2, 3].map(index => row(`k${index}`, { place: `slack:T1/C${index}` })))
      const pace = () => ({ lane: 'slack:T1', laneMs: 20.5, placeMs: 1_050 })
      expect((await claim(all[0]!, 'a', { pace })).map(({ key }) => key)).toEqual(['k1', 'k2', 'k3'])
    })

    test('a row that the same process claimed twice is in the hands of the second claim alone', async () => {
      const { all, advanceClock } = await stores()
      const store = all[0]!
      await store.ledger.add([row('k1')])
      const [first] = await claim(store, 'a')
      await advanceClock(LEASE + 50)
      const [second] = await claim(store, 'a')
      const claimWith = (attempts: number) => ({ key: 'k1', owner: 'a', attempts })
      expect(await store.ledger.beginAttempt(claimWith(first!.attempts), { leaseMs: LEASE, shown: [] })).toBe(
        false,
      )
      expect(
        await store.ledger.beginAttempt(claimWith(second!.attempts), { leaseMs: LEASE, shown: [] }),
      ).toBe(true)
    })

    test('many at once on an idle lane begin a little later, so that they can be drawn; a few begin at once', async () => {
      const { all } = await stores()
      const store = all[0]!
      const pace = () => ({ lane: 'slack:T1', laneMs: 10, placeMs: 1_000 })
      const makeRows = (count: number, prefix: string) =>
        Array.from({ length: count }, (_, index) =>
          row(`${prefix}${index}`, { place: `slack:T1/${prefix}${index}` }),
        )
      await store.ledger.add(makeRows(2, 'a'))
      expect((await claim(store, 'a', { pace })).map(({ waitMs }) => waitMs)).toEqual([0, 10])
      await store.ledger.add(makeRows(9, 'b').map(row => ({ ...row, lane: 'slack:T2' })))
      const waits = (await claim(store, 'a', { pace: () => ({ ...pace(), lane: 'slack:T2' }) })).map(
        ({ waitMs }) => waitMs,
      )
      expect(waits).toEqual([300, 310, 320, 330, 340, 350, 360, 370, 380])
    })

    test('edits of what stands in a place hold up no post there, and wait for none', async () => {
      const { all } = await stores()
      const store = all[0]!
      await store.ledger.add([row('old')])
      await claim(store, 'a')
      await store.ledger.beginAttempt(claimOf('old'), {
        leaseMs: LEASE,
        shown: [{ part: 'road/label', revision: 1 }],
      })
      await store.ledger.markSent(claimOf('old'), { place: C1, id: '1' })
      const cause = { cause: 'road/withdrawn:1', kind: 'withdrawal' as const, story: 'road', part: 'road/' }
      await store.corrections.applyCause(
        { ...cause, revision: 0, waits: false },
        { lane: () => 'slack:T1 edits' },
      )
      await store.ledger.add([row('new')])
      const paces: boolean[] = []
      const pace = (_: unknown, edit: boolean) => {
        paces.push(edit)
        return { lane: edit ? 'slack:T1 edits' : 'slack:T1', laneMs: 60_000, placeMs: 0 }
      }
      const claimed = await store.ledger.claim({
        owner: 'a',
        leaseMs: LEASE,
        max: 9,
        platforms: ['slack'],
        pace,
      })
      expect(claimed.map(({ key }) => key).sort()).toEqual(['new', 'old'])
      expect(new Set(paces)).toEqual(new Set([true, false]))
    })

    test('a saturated lane does not hide the rows of others behind it', async () => {
      const { all } = await stores()
      await all[0]!.ledger.add(
        Array.from({ length: 30 }, (_, index) => row(`k${index}`, { place: `slack:T1/C${index}` })),
      )
      await all[0]!.ledger.add([row('z', { place: C2, lane: 'discord' })])
      const pace = (place: Place) =>
        place === C2 ? undefined : { lane: 'slack:T1', laneMs: 5_000, placeMs: 5_000 }
      expect((await claim(all[0]!, 'a', { max: 5, pace })).map(({ key }) => key)).toHaveLength(1)
      expect((await claim(all[0]!, 'a', { max: 5, pace })).map(({ key }) => key)).toEqual(['z'])
    })

    test('two ticks make one row, and the next slot moves once', async () => {
      const { all } = await stores(2)
      await all[0]!.subscriptions.save([subscription()])
      const { due, now } = await all[0]!.subscriptions.listDue(10)
      expect(due).toEqual([subscription()])
      const advance = {
        subscription: due[0]!,
        deliveries: [row('s#1')],
        next: { at: now + 60_000, date: '2018-04-23' },
      }
      const counts = await Promise.all(all.map(store => store.subscriptions.advance([advance])))
      expect(counts.sort()).toEqual([0, 1])
      expect((await all[1]!.subscriptions.listDue(10)).due).toEqual([])
      expect(await all[1]!.subscriptions.find(C1, 'morning')).toMatchObject({
        nextSlot: now + 60_000,
        nextDate: '2018-04-23',
      })
    })

    test('a subscription that was set anew meanwhile is not moved by an old decision', async () => {
      const { all } = await stores()
      const store = all[0]!
      await store.subscriptions.save([subscription()])
      const { due } = await store.subscriptions.listDue(10)
      await store.subscriptions.save([subscription({ nextSlot: 2_000 })])
      expect(
        await store.subscriptions.advance([
          { subscription: due[0]!, deliveries: [row('s#1')], next: { at: 9e12, date: 'x' } },
        ]),
      ).toBe(0)
      expect(await store.ledger.countByState()).toEqual({})
    })

    test('sending an edition moves the start of the next one’s news', async () => {
      const { all } = await stores()
      const store = all[0]!
      await store.subscriptions.save([subscription()])
      await store.ledger.add([row('s#1')])
      await claim(store, 'a')
      const newsFrom = { place: C1, digest: 'morning', at: 77 }
      await store.ledger.markSent(claimOf('s#1'), { place: C1, id: '1' }, { newsFrom })
      expect(await store.subscriptions.find(C1, 'morning')).toMatchObject({ newsFrom: 77 })
    })

    test('an edition that is found late takes the next one’s news not back, and what is owed belongs to its end', async () => {
      const { all } = await stores()
      const store = all[0]!
      await store.subscriptions.save([subscription()])
      const part = { part: 's/event:e', since: 9 }
      const sent = async (key: string, at: number, owed?: object[]) => {
        await store.ledger.add([row(key)])
        await claim(store, 'a')
        const newsFrom = { place: C1, digest: 'morning', at, owed: owed && JSON.stringify(owed) }
        await store.ledger.markSent(claimOf(key), { place: C1, id: key }, { newsFrom })
        const { newsFrom: from, owed: owes } = (await store.subscriptions.find(C1, 'morning'))!
        return [from, owes]
      }
      expect(await sent('s#1', 77, [part])).toEqual([77, [part]])
      expect(await sent('s#2', 60)).toEqual([77, [part]])
      // Setting the digest anew keeps both.
      await store.subscriptions.save([subscription({ time: '09:00' })])
      expect((await store.subscriptions.find(C1, 'morning'))!.owed).toEqual([part])
      expect(await sent('s#3', 77)).toEqual([77, undefined])
    })

    test('what was switched off is not brought, but what is under way may arrive', async () => {
      const { all } = await stores()
      const store = all[0]!
      await store.subscriptions.save([subscription()])
      await store.ledger.add([row('s#1', { digest: 'morning' })])
      await claim(store, 'a')
      await store.ledger.beginAttempt(claimOf('s#1'), { leaseMs: LEASE, shown: [] })
      await store.ledger.add([row('s#2', { digest: 'morning' }), row('w#1', { digest: 'weekly' })])
      expect(await store.subscriptions.remove(C1, 'morning')).toBe(true)
      expect(await store.subscriptions.remove(C1, 'morning')).toBe(false)
      expect(await store.ledger.find('s#2')).toMatchObject({
        state: 'quiet',
        error: expect.stringContaining('off'),
      })
      expect(await store.ledger.find('w#1')).toMatchObject({ state: 'due' })
      expect(await store.ledger.markSent(claimOf('s#1'), { place: C1, id: '1' })).toBe(true)
    })

    test('a pause and its end are told once', async () => {
      const { all } = await stores()
      const store = all[0]!
      await store.subscriptions.save([subscription()])
      expect(await store.subscriptions.setState(subscription(), 'paused', 'channel gone')).toBe(true)
      expect(await store.subscriptions.setState(subscription(), 'paused', 'channel gone')).toBe(false)
      expect((await store.subscriptions.listDue(10)).due).toEqual([])
      expect(await store.faults.raise('x', 'channel gone')).toBe(true)
      expect(await store.faults.raise('x', 'channel gone')).toBe(false)
      expect(await store.faults.list()).toMatchObject([{ subject: 'x', message: 'channel gone' }])
      expect(await store.faults.resolve('x')).toBe(true)
      expect(await store.faults.resolve('x')).toBe(false)
    })

    test('one process holds the content, until it lets go or its lease is over', async () => {
      const { all, advanceClock } = await stores(2)
      const [a, b] = all as [Store, Store]
      const acquire = (store: Store, owner: string, value: string) =>
        store.revisions.acquireContentLease(owner, { value }, 300)
      expect(await acquire(a, 'a', 'old')).toMatchObject({ held: true, value: 'old' })
      expect(await acquire(b, 'b', 'new')).toMatchObject({ held: false, value: 'old' })
      expect(await acquire(a, 'a', 'newer')).toMatchObject({ held: true, value: 'newer' })
      await advanceClock(350)
      expect(await acquire(b, 'b', 'new')).toMatchObject({ held: true, value: 'new' })
      await b.revisions.releaseContentLease('b')
      expect(await acquire(a, 'a', 'newer')).toMatchObject({ held: true, value: 'newer' })
    })

    test('content is recorded with its lease, each time later than before, and told up to what was recorded', async () => {
      const { all, advanceClock } = await stores(2)
      const [a, b] = all as [Store, Store]
      const stories = (hash: string) => () => [
        { story: 's', hash: () => hash, parts: () => [{ part: 's/quote:q', story: 's', hash }] },
      ]
      const first = await a.revisions.acquireContentLease('a', { value: 'one', stories: stories('h1') }, 300)
      const second = await a.revisions.acquireContentLease('a', { value: 'two', stories: stories('h2') }, 300)
      expect([first.changed, second.changed]).toEqual([1, 1])
      expect(second.recordedTo).toBeGreaterThan(first.at)
      const seenAt = (await b.revisions.latest('s/quote:q'))!.seenAt
      expect(seenAt).toBe(second.recordedTo)
      // Another process with the same content may tell the same news, and records nothing.
      const other = await b.revisions.acquireContentLease(
        'b',
        { value: 'two', stories: stories('other') },
        300,
      )
      expect(other).toMatchObject({ held: false, value: 'two', recordedTo: seenAt })
      expect(other.at).toBeGreaterThanOrEqual(seenAt)
      expect(other.changed).toBeUndefined()
      // What surely is recorded is not looked at again; once another process may have had the lease, it is.
      const again = (recordedUntil: number) =>
        a.revisions.acquireContentLease('a', { value: 'two', stories: stories('h3'), recordedUntil }, 300)
      expect((await again(second.until)).changed).toBeUndefined()
      await advanceClock(350)
      expect((await again(second.until)).changed).toBe(1)
    })

    test('a changed part is a new revision, once', async () => {
      const { all, advanceClock } = await stores(2)
      const part = (hash: string) => ({ part: 's/quote:q', story: 's', hash })
      expect(await all[0]!.revisions.record([part('h1'), { part: 's/label', story: 's', hash: 'l' }])).toBe(2)
      expect(await all[1]!.revisions.record([part('h1')])).toBe(0)
      await advanceClock(5)
      expect(await all[1]!.revisions.record([part('h2')])).toBe(1)
      const known = (await all[0]!.revisions.recordedAfter(0)).find(({ part }) => part === 's/quote:q')!
      expect(known).toMatchObject({ revision: 2, hash: 'h2' })
      expect(known.seenAt).toBeGreaterThan(known.firstSeenAt)
    })

    test('events are recorded with their words and what they are called; one that is gone is kept as absent', async () => {
      const { store } = await stores()
      const event = (id: string, words: string, written?: string) => ({
        part: `bridge/event:${id}`,
        story: 'bridge',
        hash: words,
        event: { words, ...(written !== undefined && { written }) },
      })
      const label = { part: 'bridge/label', story: 'bridge', hash: 'label' }
      const known = async () =>
        (await store.revisions.knownEvents()).events
          .map(({ part, written, words, present }) => [part, written, words, present])
          .sort()
      await store.revisions.record([label, event('1', 'noon'), event('2', 'dusk')])
      await store.revisions.record([label, event('1', 'ten', 'closing')])
      const recorded = [
        ['bridge/event:1', 'closing', 'ten', 1],
        ['bridge/event:2', '', 'dusk', 0],
      ]
      expect(await known()).toEqual(recorded)
      // A story that is hidden as a whole loses none of its events.
      await store.revisions.record([{ part: 'tunnel/label', story: 'tunnel', hash: 'label' }])
      expect(await known()).toEqual(recorded)
      expect((await store.revisions.knownEvents()).correctedParts).toEqual(new Map())
    })

    test('a post made outside the queue has a row, and its key is not given twice', async () => {
      const { all, advanceClock } = await stores(2)
      const answer = row('answer', { kind: 'answer' })
      const newClaim = { owner: 'a', leaseMs: LEASE, shown: [{ part: 's/label', revision: 1 }] }
      expect(await all[0]!.ledger.addClaimed(answer, newClaim)).toBe(true)
      expect(await all[1]!.ledger.addClaimed(answer, { ...newClaim, owner: 'b' })).toBe(false)
      expect(await claim(all[1]!, 'b')).toEqual([])
      await advanceClock(LEASE + 50)
      expect(await claim(all[1]!, 'b')).toMatchObject([
        { key: 'answer', kind: 'answer', firstTriedAt: expect.any(Number) },
      ])
    })

    test('what fails inside a transaction leaves nothing', async () => {
      const { all } = await stores()
      const bad = subscription({
        digest: 'weekly',
        setAt: undefined as unknown as number,
        quiet: null as unknown as 'skip',
      })
      await expect(all[0]!.subscriptions.save([subscription(), bad])).rejects.toThrow(/store/)
      expect(await all[0]!.subscriptions.list()).toEqual([])
    })

    test('a write here wakes those who listen elsewhere', async () => {
      const { all } = await stores(2)
      let woken = 0
      const stop = await all[1]!.listen(() => woken++)
      const before = woken
      await all[0]!.ledger.add([row('k1')])
      await all[0]!.notify()
      await expect.poll(() => woken, { timeout: 20_000 }).toBeGreaterThan(before)
      await stop()
    })
  })
}
