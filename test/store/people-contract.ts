import { describe, expect, test } from 'vitest'
import type { Place } from '../../src/chat/platform.ts'
import type { Subscription } from '../../src/store/subscriptions.ts'
import { type CreateDatabase, createStoreOpener } from '../support/store/open-stores.ts'

const PLACE: Place = 'slack:T1/C1'
const SUBSCRIPTION: Subscription = {
  ...{ place: PLACE, digest: 'morning', time: '08:00', zone: 'UTC', days: 'mon', stories: '' },
  ...{ quiet: 'skip', state: 'on', setBy: 'slack:T1/U1', setAt: 1, nextSlot: 1_000, nextDate: '2018-04-20' },
}

/** What every engine must do about what single people look at, and single places choose. */
export function peopleContract(name: string, fresh: CreateDatabase) {
  describe(`looks and choices on ${name}`, () => {
    const stores = createStoreOpener(fresh)

    test('the last look is found by any of its keys, in every process, and the clock with it', async () => {
      const { all } = await stores(2)
      const [a, b] = all
      const { now, at } = await a!.looks.find(['kim', 'kim road'])
      expect(Math.abs(now - (await b!.clock()))).toBeLessThan(60_000)
      expect(at).toBeUndefined()
      await a!.looks.save('kim road', now - 5_000)
      await a!.looks.save('kim', now - 9_000)
      expect((await b!.looks.find(['kim', 'kim road'])).at).toBe(now - 5_000)
      expect((await b!.looks.find(['kim'])).at).toBe(now - 9_000)
      await b!.looks.save('kim', now - 1_000)
      expect((await a!.looks.find(['kim', 'kim road'])).at).toBe(now - 1_000)
      expect((await a!.looks.find(['sam'])).at).toBeUndefined()
    })

    test('a look that is still to come, since the clock was set back, hides nothing', async () => {
      const { all } = await stores(1)
      const { looks } = all[0]!
      const { now } = await looks.find(['kim'])
      await looks.save('kim', now + 3_600_000)
      expect((await looks.find(['kim'])).at).toBeUndefined()
      await looks.save('kim', now)
      expect((await looks.find(['kim'])).at).toBe(now)
    })

    test('old looks are forgotten, a few at a time', async () => {
      const { all } = await stores(1)
      const { looks } = all[0]!
      const { now } = await looks.find(['x'])
      for (const [index, at] of [1, 2, 3, now - 1].entries()) await looks.save(`k${index}`, at)
      expect(await looks.forget(4, 2)).toBe(2)
      expect(await looks.forget(4, 2)).toBe(1)
      expect(await looks.forget(4, 2)).toBe(0)
      expect((await looks.find(['k3'])).at).toBe(now - 1)
    })

    test('the words of a place are kept, changed and cleared', async () => {
      const { all } = await stores(2)
      const find = () => all[1]!.subscriptions.find(PLACE, 'morning')
      await all[0]!.subscriptions.save([SUBSCRIPTION])
      expect((await find())!.words).toBeUndefined()
      await all[0]!.subscriptions.save([{ ...SUBSCRIPTION, words: 'ordinance, "7th circuit" -sports' }])
      expect((await find())!.words).toBe('ordinance, "7th circuit" -sports')
      await all[0]!.subscriptions.save([{ ...SUBSCRIPTION, words: '' }])
      expect((await find())!.words).toBeUndefined()
    })

    test('the parts that a place was shown are those of messages that it has, or may have', async () => {
      const { all } = await stores(1)
      const { ledger } = all[0]!
      const post = async (key: string, place: Place, part: string, outcome: 'sent' | 'doubt' | 'failed') => {
        const row = {
          key,
          kind: 'edition' as const,
          place,
          lane: 'slack:T1',
          number: 1,
          state: 'due' as const,
          dueAt: 0,
        }
        await ledger.add([row])
        const claim = { owner: 'a', leaseMs: 9_000, max: 9, platforms: ['slack'], pace: () => undefined }
        expect(await ledger.claim(claim)).toHaveLength(1)
        const its = { key, owner: 'a' }
        await ledger.beginAttempt(its, { leaseMs: 9_000, shown: [{ part, revision: 1 }] })
        if (outcome === 'sent') await ledger.markSent(its, { place, id: key })
        else if (outcome === 'doubt') await ledger.markUnclear(its, 'nobody may look')
        else await ledger.markFailed(its, 'gone')
      }
      await post('a', PLACE, 's/event:a', 'sent')
      await post('b', PLACE, 's/event:b', 'doubt')
      await post('c', PLACE, 's/event:c', 'failed')
      await post('d', 'slack:T1/C2', 's/event:d', 'sent')
      const parts = ['a', 'b', 'c', 'd', 'e'].map(id => `s/event:${id}`)
      expect(await ledger.partsShownIn(PLACE, parts)).toEqual(new Set(['s/event:a', 's/event:b']))
      expect(await ledger.partsShownIn('slack:T1/C2', parts)).toEqual(new Set(['s/event:d']))
    })
  })
}
