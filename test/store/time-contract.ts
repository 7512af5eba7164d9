import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Place } from '../../src/chat/platform.ts'
import { createSchedule, editionKey } from '../../src/digests/schedule.ts'
import type { ClaimedDelivery } from '../../src/store/claims.ts'
import type { NewDelivery } from '../../src/store/delivery.ts'
import { openStore, type Store } from '../../src/store/store.ts'
import { dailySubscription } from '../support/delivery/due-rows.ts'
import { recordingLog } from '../support/recording-log.ts'
import { type CreateDatabase, createStoreOpener } from '../support/store/open-stores.ts'

const LEASE_MS = 30_000
const PACE = { lane: 'slack:T1', laneMs: 200, placeMs: 1_050 }
/** A waiting time that a platform may ask for, longer than all others. */
const LONGEST_WAIT_MS = 10 * 60_000
const HOUR_MS = 3_600_000

/** What happens to a claimed row: it is sent, must wait, or its process dies. */
type Fate = { fate: 'sent' } | { fate: 'wait'; ms: number } | { fate: 'killed' }
type Step = { jumpMs: number; rows: number[]; fates: Fate[]; restart: boolean }

const fate: fc.Arbitrary<Fate> = fc.oneof(
  { weight: 4, arbitrary: fc.constant({ fate: 'sent' } as const) },
  fc.record({ fate: fc.constant('wait' as const), ms: fc.constantFrom(2_000, 60_000, LONGEST_WAIT_MS) }),
  fc.constant({ fate: 'killed' } as const),
)
const jump = fc.oneof(
  fc.integer({ min: -5 * HOUR_MS, max: 5 * HOUR_MS }),
  fc.integer({ min: -10 * 60_000, max: 10 * 60_000 }),
  fc.integer({ min: -3_000, max: 3_000 }),
)
const step: fc.Arbitrary<Step> = fc.record({
  jumpMs: jump,
  rows: fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 4 }),
  fates: fc.array(fate, { minLength: 1, maxLength: 6 }),
  restart: fc.boolean(),
})

const placeOf = (index: number): Place => `slack:T1/C${index}`

/** What every engine must do when its clock is set forward and back while posts wait. */
export function timeContract(name: string, fresh: CreateDatabase, { runs }: { runs: number }) {
  describe(`time on ${name}`, { timeout: 120_000 }, () => {
    const openStores = createStoreOpener(fresh)

    const claim = (store: Store, owner = 'a') =>
      store.ledger.claim({ owner, leaseMs: LEASE_MS, max: 10, platforms: ['slack'], pace: () => PACE })
    const row = (key: string, place: Place): NewDelivery => ({
      key,
      kind: 'edition',
      place,
      lane: PACE.lane,
      number: 1,
      state: 'due',
      dueAt: 0,
    })

    test('wherever the clock jumps, what waits is posted in time, once, and in order', async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 4 }), async steps => {
          const opened = await openStores()
          const { advanceClock } = opened
          let store = opened.store
          /** Time that truly passed, whatever the clock says. */
          let passedMs = 0
          const pass = async (ms: number) => {
            passedMs += ms
            await advanceClock(ms)
          }
          const added: string[][] = [[], [], [], []]
          const sent: string[][] = [[], [], [], []]
          let count = 0
          const settle = async (claimed: ClaimedDelivery, owner: string, given: Fate) => {
            const { key, attempts, place, waitMs } = claimed
            const its = { key, owner, attempts }
            expect(waitMs).toBeLessThanOrEqual(1_500)
            if (given.fate === 'killed') return
            if (given.fate === 'wait')
              await store.ledger.retryLater(its, { inMs: given.ms, error: 'limited', first: true })
            else if (await store.ledger.markSent(its, { place, id: key }))
              sent[Number(place.at(-1))]!.push(key)
          }

          for (const { jumpMs, rows, fates, restart } of steps) {
            for (const index of rows) {
              const key = `k${String(++count).padStart(4, '0')}`
              added[index]!.push(key)
              await store.ledger.add([row(key, placeOf(index))])
            }
            for (const given of fates) {
              const owner = `w${passedMs}`
              for (const claimed of await claim(store, owner)) await settle(claimed, owner, given)
              await pass(700)
            }
            await advanceClock(jumpMs)
            if (restart) store = await openStore(opened.engine())
          }
          const before = passedMs
          // Each place shows one message after the other; each may first have to wait for the longest of all.
          const boundMs = LONGEST_WAIT_MS + 2 * LEASE_MS + count * 2 * PACE.placeMs + 20_000
          while (sent.flat().length < count && passedMs - before < boundMs) {
            for (const claimed of await claim(store, 'end')) await settle(claimed, 'end', { fate: 'sent' })
            await pass(sent.flat().length < count ? 5_000 : 0)
          }
          expect(sent).toEqual(added)
          expect(await store.ledger.countByState()).toEqual(count === 0 ? {} : { sent: count })
        }),
        { numRuns: runs },
      )
    })

    test('a wait that a platform asked for keeps its length, however far the clock is set back', async () => {
      const { store, advanceClock } = await openStores()
      await store.ledger.add([row('k1', placeOf(1))])
      await claim(store)
      await store.ledger.retryLater(
        { key: 'k1', owner: 'a' },
        { inMs: LONGEST_WAIT_MS, error: 'limited', first: true },
      )
      await advanceClock(60_000)
      await store.clock()
      await advanceClock(-5 * HOUR_MS)
      await store.clock()
      await advanceClock(LONGEST_WAIT_MS - 65_000)
      expect(await claim(store)).toEqual([])
      await advanceClock(10_000)
      expect(await claim(store)).toHaveLength(1)
    })

    test('a lease is nobody else’s for its whole length, and not longer, however far the clock is set back', async () => {
      const { all, advanceClock } = await openStores(2)
      const [a, b] = all as [Store, Store]
      await a.ledger.add([row('k1', placeOf(1))])
      await a.revisions.acquireContentLease('a', { value: 'one' }, LEASE_MS)
      const [mine] = await claim(a)
      await advanceClock(-HOUR_MS)
      await b.clock()
      await advanceClock(LEASE_MS / 2)
      expect(await claim(b, 'b')).toEqual([])
      expect((await b.revisions.acquireContentLease('b', { value: 'two' }, LEASE_MS)).held).toBe(false)
      const its = { key: 'k1', owner: 'a', attempts: mine!.attempts }
      expect(await a.ledger.beginAttempt(its, { leaseMs: LEASE_MS, shown: [] })).toBe(true)
      await advanceClock(LEASE_MS + 5_000)
      expect(await claim(b, 'b')).toHaveLength(1)
      expect((await b.revisions.acquireContentLease('b', { value: 'two' }, LEASE_MS)).held).toBe(true)
    })

    test('what is recorded after the clock was set back is news to all who were told before', async () => {
      const { all, advanceClock } = await openStores(2)
      const [a, b] = all as [Store, Store]
      const content = (hash: string) => ({
        value: hash,
        stories: () => [
          { story: 's', hash: () => hash, parts: () => [{ part: 's/quote:q', story: 's', hash }] },
        ],
      })
      await a.revisions.acquireContentLease('a', content('one'), LEASE_MS)
      await advanceClock(HOUR_MS)
      const told = [
        await a.revisions.acquireContentLease('a', content('one'), LEASE_MS),
        await b.revisions.acquireContentLease('b', content('one'), LEASE_MS),
      ]
      await advanceClock(-HOUR_MS)
      await a.revisions.acquireContentLease('a', content('two'), LEASE_MS)
      const { seenAt } = (await a.revisions.latest('s/quote:q'))!
      for (const { at } of told) expect(seenAt).toBeGreaterThan(at)
      const next = await a.revisions.acquireContentLease('a', content('two'), LEASE_MS)
      expect(next.at).toBeGreaterThanOrEqual(seenAt)
    })

    test('limits of sharing do not last longer than they are', async () => {
      const { store, advanceClock } = await openStores()
      const share = (key: string) =>
        store.shares.tryAdd(
          { ...row(key, placeOf(1)), kind: 'answer', selection: '{}' },
          { owner: 'a', leaseMs: 1, shown: [], answer: key, asker: 'slack:T1/U1' },
        )
      expect(await share('one')).toBe('open')
      expect(await share('two')).toMatchObject({ waitMs: expect.any(Number) })
      await advanceClock(-HOUR_MS)
      await advanceClock(60_000)
      expect(await share('three')).toBe('open')
      expect(await share('four')).toMatchObject({ waitMs: expect.any(Number) })
    })

    test('a digest arrives once for each date, wherever the clock is set', async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.array(
            fc.oneof(
              jump,
              fc.integer({ min: -40 * 24, max: 40 * 24 }).map(h => h * HOUR_MS),
            ),
            {
              minLength: 1,
              maxLength: 5,
            },
          ),
          async jumps => {
            const { store, advanceClock } = await openStores()
            const place = placeOf(1)
            const schedule = createSchedule({ store, lane: () => PACE.lane, log: recordingLog() })
            const sent: string[] = []
            const tickAndSend = async () => {
              await schedule.tick()
              for (const { key, date } of await claim(store)) {
                await store.ledger.markSent({ key, owner: 'a' }, { place, id: key })
                sent.push(date!)
              }
            }
            const start = (await store.clock()) + HOUR_MS
            await store.subscriptions.save([dailySubscription(place, start - (start % 60_000))])
            await tickAndSend()
            for (const jumpMs of jumps) {
              await advanceClock(jumpMs)
              await tickAndSend()
            }
            // From now on the clock is right. What it says decides which dates are still to come.
            const from = await store.clock()
            for (let hours = 0; hours < 4 * 24; hours++) {
              await advanceClock(HOUR_MS)
              await tickAndSend()
            }
            expect(new Set(sent).size, `sent ${sent.join(' ')}`).toBe(sent.length)
            const { nextSlot } = (await store.subscriptions.find(place, 'morning'))!
            const { time } = dailySubscription(place, start - (start % 60_000))
            for (let day = 1; day <= 3; day++) {
              const date = new Date(from + day * 24 * HOUR_MS).toISOString().slice(0, 10)
              const slot = Date.parse(`${date}T${time}Z`)
              expect(await store.ledger.find(editionKey({ place, digest: 'morning' }, slot))).toMatchObject({
                state: 'sent',
              })
            }
            expect(nextSlot - (await store.clock())).toBeLessThanOrEqual(24 * HOUR_MS * 45)
          },
        ),
        { numRuns: Math.ceil(runs / 8) },
      )
    })
  })
}
