import { describe, expect, test } from 'vitest'
import type { Place } from '../../src/chat/platform.ts'
import type { NewCause } from '../../src/store/causes.ts'
import type { Store } from '../../src/store/store.ts'
import { type CreateDatabase, createStoreOpener } from '../support/store/open-stores.ts'

const PLACE: Place = 'webhook:city'
const LEASE = 5_000
const VOTE = 's/event:vote'
const CAUSE: NewCause = {
  cause: 's/correction:1',
  kind: 'correction',
  story: 's',
  part: VOTE,
  revision: 2,
  waits: false,
}
const options = { lane: () => `${PLACE} edits` }

/** What every engine must do where a second message says what is right. Runs on each of them. */
export function secondMessagesContract(name: string, fresh: CreateDatabase) {
  describe(`second messages on ${name}`, () => {
    const stores = createStoreOpener(fresh)
    const claim = (store: Store, owner: string) =>
      store.ledger.claim({ owner, leaseMs: LEASE, max: 50, platforms: ['webhook'], pace: () => undefined })
    /** Posts messages that show the part in its first revision, then corrects it, so that all are due for an edit. */
    async function postAndCorrect(store: Store, count: number, revision = 1) {
      for (let number = 0; number < count; number++) {
        const key = `edition ${number}`
        const row = {
          kind: 'edition' as const,
          place: PLACE,
          lane: PLACE,
          number: 1,
          state: 'due' as const,
          dueAt: 0,
        }
        await store.ledger.add([{ ...row, key }])
        const [claimed] = await claim(store, 'poster')
        const mine = { key, owner: 'poster', attempts: claimed!.attempts }
        await store.ledger.beginAttempt(mine, { leaseMs: LEASE, shown: [{ part: VOTE, revision }] })
        await store.ledger.markSent(mine, { place: PLACE, id: key })
      }
      await store.corrections.applyCause(CAUSE, options)
    }
    const tell = (
      store: Store,
      owner: string,
      key: string,
      more: { repaired?: string[]; takenBack?: string[] } = {},
    ) =>
      store.corrections.tellInSecondMessage({
        ...{ key, owner, lane: PLACE, repaired: [CAUSE.cause], takenBack: [] },
        ...more,
      })
    const seconds = async (store: Store) => {
      const rows = await Promise.all(
        [1, 2, 3].map(number =>
          store.ledger.find(`second ${CAUSE.cause} ${PLACE}${number > 1 ? ` ${number}` : ''}`),
        ),
      )
      return rows.flatMap(row => (row ? [row.state] : []))
    }
    const counts = async (store: Store) =>
      (await store.corrections.causes()).map(({ repaired, told, pending, impossible, doneAt }) => ({
        ...{ repaired, told, pending, impossible },
        done: doneAt !== undefined,
      }))
    const open = { repaired: 0, told: 0, pending: 0, impossible: 0, done: false }

    test('one is added for all messages of a place, whoever claimed which of them, at the same time', async () => {
      const { all, store } = await stores(2)
      await postAndCorrect(store, 6)
      const [a, b] = [await claim(all[0]!, 'a'), await claim(all[1]!, 'b')]
      const mine = [
        ...a.map(row => [all[0]!, 'a', row.key] as const),
        ...b.map(row => [all[1]!, 'b', row.key] as const),
      ]
      expect(mine).toHaveLength(6)
      expect(await Promise.all(mine.map(([own, owner, key]) => tell(own, owner, key)))).toEqual(
        Array(6).fill(true),
      )
      expect(await seconds(store)).toEqual(['due'])
      expect(await counts(store)).toEqual([{ ...open, pending: 6 }])
      // What was lost in a crash is looked for, and this was not.
      expect(await store.corrections.requeuePending(options.lane)).toBe(0)
      const [second] = await claim(store, 'a')
      expect(
        (await store.corrections.findSecondMessage(second!.key))?.about.map(({ key }) => key),
      ).toHaveLength(6)
      await store.ledger.markSent({ key: second!.key, owner: 'a' }, { place: PLACE, id: 'x' })
      expect(await store.corrections.causesToFinish('edition 3')).toEqual([CAUSE.cause])
      expect(await store.corrections.finishCause(CAUSE.cause)).toBe(true)
      expect(await counts(store)).toEqual([{ ...open, told: 6, done: true }])
    })

    test('none is added by a process whose lease is over, nor for a message that was posted right', async () => {
      const { store, advanceClock } = await stores()
      await postAndCorrect(store, 1)
      const [row] = await claim(store, 'a')
      await advanceClock(LEASE * 3)
      expect(await tell(store, 'a', row!.key)).toBe(false)
      const [again] = await claim(store, 'b')
      await store.ledger.beginAttempt(
        { key: again!.key, owner: 'b', attempts: again!.attempts },
        { leaseMs: LEASE, shown: [{ part: VOTE, revision: 2 }] },
      )
      expect(await tell(store, 'b', again!.key)).toBe(true)
      expect(await seconds(store)).toEqual([])
      expect(await counts(store)).toEqual([{ ...open, repaired: 1 }])
    })

    test('taken back before it is posted, it has nothing to say; afterwards, another one says so', async () => {
      const { store } = await stores()
      await postAndCorrect(store, 2)
      for (const row of await claim(store, 'a')) await tell(store, 'a', row.key)
      await store.corrections.takeBack(CAUSE.cause)
      const [second] = await claim(store, 'a')
      expect(await store.corrections.findSecondMessage(second!.key)).toBeUndefined()
      await store.ledger.markQuiet({ key: second!.key, owner: 'a' })
      expect(await counts(store)).toEqual([open])

      await store.corrections.putBack(CAUSE.cause)
      expect(await store.corrections.requeuePending(options.lane)).toBe(2)
      for (const row of await claim(store, 'a')) await tell(store, 'a', row.key)
      expect(await seconds(store)).toEqual(['quiet', 'due'])
      const [next] = await claim(store, 'a')
      await store.ledger.markSent({ key: next!.key, owner: 'a' }, { place: PLACE, id: 'y' })
      expect(await counts(store)).toEqual([{ ...open, told: 2 }])

      await store.corrections.takeBack(CAUSE.cause)
      expect(await store.corrections.requeuePending(options.lane)).toBe(2)
      for (const row of await claim(store, 'a'))
        await tell(store, 'a', row.key, { repaired: [], takenBack: [CAUSE.cause] })
      const [back] = await claim(store, 'a')
      expect(await store.corrections.findSecondMessage(back!.key)).toMatchObject({ back: true })
      await store.ledger.markSent({ key: back!.key, owner: 'a' }, { place: PLACE, id: 'z' })
      expect(await counts(store)).toEqual([{ ...open, told: 2 }])
      expect(await seconds(store)).toEqual(['quiet', 'sent', 'sent'])
    })

    test('given up or in doubt, its messages cannot be changed, and say why; tried again, they are told', async () => {
      const { store } = await stores()
      await postAndCorrect(store, 1)
      for (const row of await claim(store, 'a')) await tell(store, 'a', row.key)
      const [second] = await claim(store, 'a')
      await store.ledger.markFailed(
        { key: second!.key, owner: 'a' },
        'The channel is gone.\nwebhook: HTTP 404',
      )
      expect(await store.corrections.causes()).toMatchObject([
        { impossible: 1, reasons: [{ error: 'The channel is gone.', count: 1 }] },
      ])
      await store.corrections.finishCause(CAUSE.cause)
      await store.ledger.retry(second!.key)
      const [retried] = await claim(store, 'a')
      expect(await store.corrections.findSecondMessage(retried!.key)).toMatchObject({ back: false })
      await store.ledger.markUnclear({ key: second!.key, owner: 'a' }, 'unclear')
      expect(await store.corrections.causes()).toMatchObject([
        { impossible: 1, reasons: [{ error: 'nobody knows whether its second message was posted' }] },
      ])
      await store.ledger.retry(second!.key)
      await claim(store, 'a')
      await store.ledger.markSent({ key: second!.key, owner: 'a' }, { place: PLACE, id: 'x' })
      expect(await counts(store)).toEqual([{ ...open, told: 1, done: true }])
    })
  })
}
