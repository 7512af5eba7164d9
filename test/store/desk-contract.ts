import { hash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import type { BrokenEntry, LoggedAction } from '../../src/store/editor-log.ts'
import type { Engine } from '../../src/store/engine.ts'
import type { Store } from '../../src/store/store.ts'
import { type CreateDatabase, createStoreOpener } from '../support/store/open-stores.ts'

const COLUMNS = 'number, at, who, place, what, details, previous, hash'

/** What every engine must do for editors: a log that nobody changes unnoticed, finding messages, and trying again. */
export function deskContract(name: string, fresh: CreateDatabase) {
  describe(`the desk’s store on ${name}`, () => {
    const openStores = createStoreOpener(fresh)
    async function stores(count = 1) {
      const { store, all, engine } = await openStores(count)
      return { store, all, raw: engine() }
    }
    const action = (what: string) => ({
      who: 'slack:T1/U1',
      place: 'slack:T1/C1',
      what,
      details: { slug: 'bridge', reason: `because of “${what}”` },
    })
    async function logActions(count = 5) {
      const { store, raw } = await stores()
      for (let number = 1; number <= count; number++) await store.editorLog.append(action(`act ${number}`))
      return { store, raw }
    }

    test('each entry carries the hash of the one before it, and says what was done', async () => {
      const { store } = await logActions(3)
      const entries = await store.editorLog.entries()
      expect(entries.map(({ number, what }) => [number, what])).toEqual([
        [1, 'act 1'],
        [2, 'act 2'],
        [3, 'act 3'],
      ])
      expect(entries.map(({ previous }) => previous)).toEqual(['', entries[0]!.hash, entries[1]!.hash])
      expect(JSON.parse(entries[0]!.details)).toEqual(action('act 1').details)
      expect(await store.editorLog.verify()).toEqual({
        count: 3,
        last: { number: 3, hash: entries[2]!.hash },
      })
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
      expect(new Set((await store.editorLog.entries()).map(({ what }) => what)).size).toBe(30)
    })

    /** Restores the log and its head after somebody changed them. */
    async function restore(raw: Engine, entries: LoggedAction[]) {
      await raw.query('delete from actions')
      for (const entry of entries)
        await raw.query(`insert into actions (${COLUMNS}) values ($1, $2, $3, $4, $5, $6, $7, $8)`, [
          entry.number,
          entry.at,
          entry.who,
          entry.place,
          entry.what,
          entry.details,
          entry.previous,
          entry.hash,
        ])
      await raw.query('delete from heads')
      await raw.query('insert into heads (name, number, hash) values ($1, $2, $3)', [
        'actions',
        entries.length,
        entries.at(-1)!.hash,
      ])
    }

    test('whatever somebody changes in it is found, with the first entry that it concerns', async () => {
      const { store, raw } = await logActions()
      const entries = await store.editorLog.entries()
      const copyEntry = (number: number, from: number, previous: string) =>
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
        [[copyEntry(6, 5, 'hash')], { number: 6, problem: 'inserted' }],
        [[copyEntry(0, 1, "''")], { number: 0, problem: 'inserted' }],
      ]
      for (const [statements, broken] of cases) {
        for (const statement of statements) await raw.query(statement)
        expect((await store.editorLog.verify()).broken, statements[0]!).toEqual(broken)
        await restore(raw, entries)
        expect((await store.editorLog.verify()).broken).toBeUndefined()
      }
    })

    test('an entry that was written anew, with a hash that fits it, is told by its neighbours', async () => {
      const { store, raw } = await logActions()
      const entries = await store.editorLog.entries()
      const forge = async (number: number) => {
        const { at, place, what, details, previous } = entries[number - 1]!
        const who = 'slack:T1/U9'
        const text = JSON.stringify([number, at, who, place, what, details, previous])
        await raw.query('update actions set who = $1, hash = $2 where number = $3', [
          who,
          hash('sha256', text, 'hex'),
          number,
        ])
      }
      for (const number of [1, 3, 5]) {
        await forge(number)
        expect((await store.editorLog.verify()).broken).toEqual({ number, problem: 'changed' })
        await restore(raw, entries)
      }
    })

    test('a log that was written anew from its first entry on differs from what was noted elsewhere', async () => {
      const { store, raw } = await logActions()
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
      key,
      kind: 'edition' as const,
      place: 'slack:T1/C1' as const,
      lane: 'slack:T1',
      number: 1,
      state: 'due' as const,
      dueAt: 0,
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
      expect((await store.ledger.find('k'))?.firstTriedAt).toBeUndefined()
      expect(await store.ledger.find('k 2')).toMatchObject({ state: 'due' })
      expect(await store.ledger.shownParts('k')).toEqual([])
      expect((await claim(store)).map(({ key }) => key)).toEqual(['k'])
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
          { place, id, under: key === 'three' ? '15.000100' : undefined },
        )
      }
      const keyAt = async (place: string, id: string) =>
        (await store.ledger.findByMessage({ platform: 'slack', place, id }))?.key
      expect(await keyAt('slack:T1/C1', '15.000100')).toBe('one')
      expect(await keyAt('/C2', '15.000100')).toBe('two')
      expect(await keyAt('/C1', '15.000200')).toBe('three')
      expect(await keyAt('/C3', '15.000100')).toBeUndefined()
      expect(await keyAt('/C1', '%')).toBeUndefined()
    })
  })
}
