import { hash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import type { BrokenEntry, LoggedAction } from '../../src/store/editor-log.ts'
import type { Engine } from '../../src/store/engine.ts'
import type { Store } from '../../src/store/store.ts'
import { type CreateDatabase, createStoreOpener } from '../support/store/open-stores.ts'

const COLUMNS = 'number, at, who, place, what, details, previous, hash'

/** What every engine must do for the desk: a log that nobody changes unseen, looking back, and trying again. */
export function deskContract(name: string, fresh: CreateDatabase) {
  describe(`the desk’s store on ${name}`, () => {
    const opened = createStoreOpener(fresh)
    async function stores(count = 1) {
      const { store, all, engine } = await opened(count)
      return { store, all, raw: engine() }
    }
    const action = (what: string) => ({
      ...{ who: 'slack:T1/U1', place: 'slack:T1/C1', what },
      details: { slug: 'bridge', reason: `because of “${what}”` },
    })
    async function logged(count = 5) {
      const { store, raw } = await stores()
      for (let number = 1; number <= count; number++) await store.editorLog.append(action(`act ${number}`))
      return { store, raw }
    }

    test('each entry carries the hash of the one before it, and says what was done', async () => {
      const { store } = await logged(3)
      const all = await store.editorLog.entries()
      expect(all.map(({ number, what }) => [number, what])).toEqual([
        [1, 'act 1'],
        [2, 'act 2'],
        [3, 'act 3'],
      ])
      expect(all.map(({ previous }) => previous)).toEqual(['', all[0]!.hash, all[1]!.hash])
      expect(JSON.parse(all[0]!.details)).toEqual(action('act 1').details)
      expect(await store.editorLog.verify()).toEqual({ count: 3, last: { number: 3, hash: all[2]!.hash } })
    })

    test('an empty log is whole', async () => {
      const { store } = await stores()
      expect(await store.editorLog.verify()).toEqual({ count: 0 })
    })

    test('several processes that append at the same time make one chain', async () => {
      const { all } = await stores(3)
      const store = all[0]!
      await Promise.all(
        Array.from({ length: 30 }, (_, index) =>
          all[index % all.length]!.editorLog.append(action(`act ${index}`)),
        ),
      )
      const verified = await store.editorLog.verify()
      expect(verified.broken).toBeUndefined()
      expect(verified.count).toBe(30)
      expect(new Set((await store.editorLog.entries()).map(one => one.what)).size).toBe(30)
    })

    /** The log, and its end, as they were before somebody changed them. */
    async function restored(raw: Engine, all: LoggedAction[]) {
      await raw.query('delete from actions')
      for (const one of all)
        await raw.query(`insert into actions (${COLUMNS}) values ($1, $2, $3, $4, $5, $6, $7, $8)`, [
          ...[one.number, one.at, one.who, one.place, one.what, one.details, one.previous, one.hash],
        ])
      await raw.query('delete from heads')
      await raw.query('insert into heads (name, number, hash) values ($1, $2, $3)', [
        ...['actions', all.length, all.at(-1)!.hash],
      ])
    }

    test('whatever somebody changes in it is found, with the first entry that it concerns', async () => {
      const { store, raw } = await logged()
      const all = await store.editorLog.entries()
      const copied = (number: number, from: number, previous: string) =>
        `insert into actions (${COLUMNS}) select ${number}, at, who, place, what, details, ${previous}, hash
        from actions where number = ${from}`
      const cases: [statements: string[], BrokenEntry][] = [
        [[`update actions set details = '{}' where number = 3`], { number: 3, problem: 'changed' }],
        [[`update actions set who = 'slack:T1/U2' where number = 1`], { number: 1, problem: 'changed' }],
        [['delete from actions where number = 1'], { number: 1, problem: 'missing' }],
        [['delete from actions where number = 3'], { number: 3, problem: 'missing' }],
        [
          [
            'delete from actions where number = 3',
            'update actions set number = 3 where number = 4',
            'update actions set number = 4 where number = 5',
          ],
          { number: 3, problem: 'changed' },
        ],
        [['delete from actions where number = 5'], { number: 5, problem: 'cut' }],
        [['delete from actions where number > 3'], { number: 4, problem: 'cut' }],
        [['delete from actions'], { number: 1, problem: 'cut' }],
        [['delete from heads'], { number: 6, problem: 'cut' }],
        [[copied(6, 5, 'hash')], { number: 6, problem: 'inserted' }],
        [[copied(0, 1, "''")], { number: 0, problem: 'inserted' }],
      ]
      for (const [statements, broken] of cases) {
        for (const statement of statements) await raw.query(statement)
        expect((await store.editorLog.verify()).broken, statements[0]!).toEqual(broken)
        await restored(raw, all)
        expect((await store.editorLog.verify()).broken).toBeUndefined()
      }
    })

    test('an entry that was written anew, with a hash that fits it, is told by its neighbours', async () => {
      const { store, raw } = await logged()
      const all = await store.editorLog.entries()
      const forge = async (number: number) => {
        const { at, place, what, details, previous } = all[number - 1]!
        const who = 'slack:T1/U9'
        const text = JSON.stringify([number, at, who, place, what, details, previous])
        await raw.query('update actions set who = $1, hash = $2 where number = $3', [
          ...[who, hash('sha256', text, 'hex'), number],
        ])
      }
      for (const number of [1, 3, 5]) {
        await forge(number)
        expect((await store.editorLog.verify()).broken).toEqual({ number, problem: 'changed' })
        await restored(raw, all)
      }
    })

    test('a log that was written anew from its first entry on differs from what was noted elsewhere', async () => {
      const { store, raw } = await logged()
      const { last } = await store.editorLog.verify()
      expect((await store.editorLog.verify(last)).broken).toBeUndefined()
      await raw.query('delete from actions')
      await raw.query('delete from heads')
      expect((await store.editorLog.verify()).broken).toBeUndefined()
      expect((await store.editorLog.verify(last)).broken).toEqual({ number: 5, problem: 'cut' })
      for (let number = 1; number <= 6; number++) await store.editorLog.append(action('another'))
      expect((await store.editorLog.verify(last)).broken).toEqual({ number: 5, problem: 'changed' })
    })

    const row = (key: string, more = {}) => ({
      ...{ key, kind: 'edition' as const, place: 'slack:T1/C1' as const, lane: 'slack:T1', number: 1 },
      ...{ state: 'due' as const, dueAt: 0 },
      ...more,
    })
    const claim = (store: Store) =>
      store.ledger.claim({ owner: 'a', leaseMs: 60_000, max: 1, platforms: ['slack'], pace: () => undefined })

    test('what stopped is listed, and due again with what hangs on it, as if it had never been tried', async () => {
      const { store } = await stores()
      await store.ledger.add([row('k')])
      await claim(store)
      const thread = [row('k 2', { parent: 'k', number: 2 })]
      const shown = [{ part: 'bridge/label', revision: 1 }]
      await store.ledger.beginAttempt(
        { key: 'k', owner: 'a' },
        { leaseMs: 60_000, shown, thread, first: true },
      )
      await store.ledger.markUnclear({ key: 'k', owner: 'a' }, 'nobody may look')
      expect(await store.ledger.failedOrUnclear(10)).toMatchObject({
        rows: [{ key: 'k', state: 'doubt' }],
        more: 0,
      })
      expect(await store.ledger.failedOrUnclear(0)).toEqual({ rows: [], more: 1 })
      expect(await store.ledger.retry('nothing')).toBe(false)
      expect(await store.ledger.retry('k')).toBe(true)
      expect(await store.ledger.retry('k')).toBe(false)
      expect(await store.ledger.find('k')).toMatchObject({ state: 'due', attempts: 0 })
      expect(await store.ledger.find('k')).not.toHaveProperty('firstTriedAt')
      expect(await store.ledger.find('k 2')).toMatchObject({ state: 'due' })
      expect(await store.ledger.shownParts('k')).toEqual([])
      expect((await claim(store)).map(one => one.key)).toEqual(['k'])
    })

    test('a message is found by its place or by its channel alone, and no other is taken for it', async () => {
      const { store } = await stores()
      for (const [key, place, id] of [
        ['one', 'slack:T1/C1', '15.000100'],
        ['two', 'slack:T1/C2', '15.000100'],
        ['three', 'slack:T1/C1', '15.000200'],
      ] as const) {
        await store.ledger.add([row(key, { place })])
        await claim(store)
        await store.ledger.markSent(
          { key, owner: 'a' },
          { place, id, ...(key === 'three' && { under: '15.000100' }) },
        )
      }
      const at = async (place: string, id: string) =>
        (await store.ledger.findByMessage({ platform: 'slack', place, id }))?.key
      expect(await at('slack:T1/C1', '15.000100')).toBe('one')
      expect(await at('/C2', '15.000100')).toBe('two')
      expect(await at('/C1', '15.000200')).toBe('three')
      expect(await at('/C3', '15.000100')).toBeUndefined()
      expect(await at('/C1', '%')).toBeUndefined()
    })
  })
}
