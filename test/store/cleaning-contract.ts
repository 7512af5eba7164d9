import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Place } from '../../src/chat/platform.ts'
import type { NewDelivery } from '../../src/store/delivery.ts'
import type { Store } from '../../src/store/store.ts'
import { type CreateDatabase, createStoreOpener } from '../support/store/open-stores.ts'

const DAY_MS = 24 * 3_600_000
const KEEP_DAYS = 400
const LEASE = 60_000

/** How a row ends, how old it is, and which parts its message shows. */
type Past = {
  end: 'sent' | 'failed' | 'quiet' | 'missed' | 'doubt' | 'due'
  kind: 'edition' | 'answer'
  daysAgo: number
  parts: number[]
}

const past: fc.Arbitrary<Past> = fc.record({
  end: fc.constantFrom('sent', 'sent', 'sent', 'failed', 'quiet', 'missed', 'doubt', 'due'),
  kind: fc.constantFrom('edition', 'answer'),
  daysAgo: fc.constantFrom(0, 10, 399, 401, 700),
  parts: fc.uniqueArray(fc.integer({ min: 0, max: 3 }), { minLength: 1, maxLength: 3 }),
})

const placeOf = (index: number): Place => `slack:T1/C${index}`
const shared = (by: string) =>
  JSON.stringify({ command: 'road', text: 'summary', at: 1, shared: { by, line: '/road summary' } })

/** What every engine must do when old rows are cleaned: nothing that a reader can see changes. */
export function cleaningContract(name: string, fresh: CreateDatabase, { runs }: { runs: number }) {
  describe(`cleaning on ${name}`, { timeout: 120_000 }, () => {
    const openStores = createStoreOpener(fresh)

    async function make(store: Store, index: number, { end, kind, parts }: Past) {
      const key = `k${String(index).padStart(3, '0')}`
      const place = placeOf(index)
      const row: NewDelivery = {
        key,
        kind,
        place,
        lane: 'slack:T1',
        number: 1,
        state: end === 'missed' ? 'missed' : 'due',
        dueAt: 0,
        selection: kind === 'answer' ? shared('Ann') : '{"version":1}',
        ...(kind === 'edition' && { digest: 'morning', slot: index, date: `2026-05-0${1 + (index % 9)}` }),
      }
      const shown = parts.map(part => ({ part: `road/quote:q${part}`, revision: 1 }))
      const its = { key, owner: 'a' }
      if (kind === 'answer' && end !== 'missed' && end !== 'due') {
        const share = { owner: 'a', leaseMs: LEASE, shown, answer: key, asker: `slack:T1/U${index}` }
        expect(await store.shares.tryAdd(row, share)).toBe('open')
      } else {
        await store.ledger.add([row])
        if (end === 'missed' || end === 'due') return
        await store.ledger.claim({
          owner: 'a',
          leaseMs: LEASE,
          max: 99,
          platforms: ['slack'],
          pace: () => undefined,
        })
        if (end !== 'quiet') await store.ledger.beginAttempt(its, { leaseMs: LEASE, shown })
      }
      if (end === 'sent') await store.ledger.markSent(its, { place, id: key })
      if (end === 'failed') await store.ledger.markFailed(its, 'gone')
      if (end === 'doubt') await store.ledger.markUnclear(its, 'nobody may look')
      if (end === 'quiet') await store.ledger.markQuiet(its)
    }

    /** Makes a ledger whose rows are of the ages that are asked for: the oldest first, while the clock goes on. */
    async function ledgerOf(pasts: Past[]) {
      const { store, engine, advanceClock } = await openStores()
      await advanceClock(-800 * DAY_MS)
      let daysAgo = 800
      const byAge = pasts.map((its, index) => ({ its, index })).sort((a, b) => b.its.daysAgo - a.its.daysAgo)
      for (const { its, index } of byAge) {
        await advanceClock((daysAgo - its.daysAgo) * DAY_MS)
        daysAgo = its.daysAgo
        await make(store, index, its)
      }
      await advanceClock(daysAgo * DAY_MS)
      return { store, engine }
    }

    async function clean(store: Store, max = 3): Promise<void> {
      const before = (await store.clock()) - KEEP_DAYS * DAY_MS
      while ((await store.cleaning.deleteOld(before, max)) === max);
      while ((await store.cleaning.forgetAskers(before, max)) === max);
    }

    /** What a correction and a withdrawal reach, and what editors see of the messages. */
    async function reach(store: Store, count: number) {
      const correct = (cause: string, part: string, kind: 'correction' | 'withdrawal') =>
        store.corrections.applyCause(
          { cause, kind, story: 'road', part, revision: 2, waits: false },
          { lane: () => 'edits' },
        )
      const keysShowing = async (part: string) =>
        (await store.ledger.messagesShowing(part)).map(({ key, message }) => [key, message?.id])
      const seen = [await keysShowing('road/quote:q1'), await keysShowing('road/')]
      const marked = [
        await correct('road/correction:1', 'road/quote:q1', 'correction'),
        await correct('road/withdrawn:1', 'road/', 'withdrawal'),
      ]
      const found = []
      for (let index = 0; index < count; index++) {
        const key = `k${String(index).padStart(3, '0')}`
        const message = await store.ledger.findByMessage({
          platform: 'slack',
          place: placeOf(index),
          id: key,
        })
        const repairs = message ? await store.corrections.repairsOf(key) : []
        found.push([
          message?.key,
          message?.state,
          message && (await store.ledger.shownParts(key)),
          repairs.map(({ cause, state }) => [cause, state]),
        ])
      }
      return { seen, marked, found }
    }

    test('after cleaning, corrections reach exactly the messages that they reached before', async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(past, { minLength: 1, maxLength: 8 }), async pasts => {
          const kept = await ledgerOf(pasts)
          const cleaned = await ledgerOf(pasts)
          await clean(cleaned.store)
          const [before, after] = [
            await reach(kept.store, pasts.length),
            await reach(cleaned.store, pasts.length),
          ]
          expect(after.seen).toEqual(before.seen)
          expect(after.found).toEqual(before.found)
          // Old rows of which nothing was posted are gone, and nothing else is.
          const keys = await cleaned.engine().query('select key from deliveries order by key')
          const expected = pasts.flatMap(({ end, daysAgo }, index) =>
            daysAgo > KEEP_DAYS && ['failed', 'quiet', 'missed'].includes(end)
              ? []
              : [`k${String(index).padStart(3, '0')}`],
          )
          expect(keys.map(({ key }) => key)).toEqual(expected)
        }),
        { numRuns: runs },
      )
    })

    test('who shared an old answer is forgotten, what was asked is not, and newer ones keep both', async () => {
      const answer = (daysAgo: number): Past => ({ end: 'sent', kind: 'answer', daysAgo, parts: [1] })
      const { store, engine } = await ledgerOf([answer(500), answer(399)])
      await clean(store)
      const rows = await engine().query('select key, asker, answer, selection from deliveries order by key')
      expect(rows.map(({ asker, answer }) => [asker, answer])).toEqual([
        [null, null],
        ['slack:T1/U1', 'k001'],
      ])
      expect(rows.map(({ selection }) => JSON.parse(String(selection)).shared)).toEqual([
        { line: '/road summary' },
        { by: 'Ann', line: '/road summary' },
      ])
      expect(JSON.parse(String(rows[0]!.selection))).toMatchObject({ command: 'road', text: 'summary' })
      expect(JSON.stringify(rows[0])).not.toContain('Ann')
    })

    test('what waits, or waits for a repair, is never deleted, and a thread goes with its message', async () => {
      const { store, engine } = await ledgerOf([
        { end: 'failed', kind: 'edition', daysAgo: 500, parts: [1] },
        { end: 'failed', kind: 'edition', daysAgo: 500, parts: [2] },
      ])
      const raw = engine()
      await raw.query(`insert into repairs (cause, key, state) values ('c', 'k000', 'pending')`)
      await raw.query(`update deliveries set state = 'due' where key = 'k001'`)
      await clean(store)
      expect(await store.ledger.countByState()).toEqual({ failed: 1, due: 1 })
      await raw.query(`update repairs set state = 'impossible'`)
      await clean(store)
      expect(await store.ledger.countByState()).toEqual({ due: 1 })
      expect(await raw.query('select key from repairs')).toEqual([])
      expect(await store.ledger.shownParts('k000')).toEqual([])
    })
  })
}
