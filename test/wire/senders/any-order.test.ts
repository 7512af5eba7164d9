import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createPostgresEngine } from '../../../src/store/postgres.ts'
import { createSqliteEngine } from '../../../src/store/sqlite.ts'
import type { Store } from '../../../src/store/store.ts'
import { acceptCall } from '../../../src/wire/senders/accept.ts'
import { openSenders } from '../../../src/wire/senders/open-senders.ts'
import type { SenderItem } from '../../../src/wire/senders/read-items.ts'
import { type LoopbackPostgres, startPostgres } from '../../support/loopback/postgres.ts'
import { temporaryFolder } from '../../support/start-process.ts'
import { type CreateDatabase, createStoreOpener } from '../../support/store/open-stores.ts'

let server: LoopbackPostgres
beforeAll(async () => {
  server = await startPostgres()
}, 60_000)
afterAll(() => server?.stop())

const ENGINES: [string, number, CreateDatabase][] = [
  [
    'node:sqlite',
    40,
    async () => {
      const file = join(temporaryFolder(), 'nutgraf.db')
      return { open: () => createSqliteEngine(file), advanceClock: async () => {} }
    },
  ],
  [
    'PostgreSQL',
    8,
    async () => {
      const url = await server.createSchema()
      return { open: () => createPostgresEngine(url), advanceClock: ms => server.moveClock(url, ms) }
    },
  ],
]
const [ghost] = openSenders([
  { name: 'ghost', secrets: ['a-ghost-secret-of-letters'], outlet: 'City Paper' },
]).senders

/** The versions of one report, the first one first; what is withdrawn has no title. */
const versions = fc.array(fc.constantFrom('stands', 'stands', 'withdrawn'), { minLength: 1, maxLength: 6 })
const itemOf = (guid: string, state: 'stands' | 'withdrawn', version: number): SenderItem => ({
  guid,
  title: state === 'stands' ? `Version ${version} of ${guid}` : '',
  url: state === 'stands' ? `https://paper.example/${guid}` : undefined,
  text: '',
  state,
  version,
})

describe.each(ENGINES)('calls on %s', (_, numRuns, fresh) => {
  const stores = createStoreOpener(fresh)

  test('in any order, several times, in two processes at once: one item, and its newest version', {
    timeout: 120_000,
  }, async () => {
    const { all } = await stores(2)
    let count = 0
    await fc.assert(
      fc.asyncProperty(versions, fc.infiniteStream(fc.nat(1_000)), async (states, random) => {
        const guid = `report-${count++}`
        let ids = 0
        const newId = () => `${guid}-${ids++}`.replaceAll('-', '')
        const calls = states.flatMap((state, index) => {
          const call = { id: `${guid} ${index}`, items: [itemOf(guid, state as 'stands', index)] }
          return [call, call]
        })
        const shuffled = calls
          .map(call => ({ call, by: random.next().value }))
          .sort((a, b) => a.by - b.by)
          .map(({ call }, index) => acceptCall(all[index % 2]!.wire.accept, ghost!, call, newId))
        expect((await Promise.all(shuffled)).filter(Boolean)).toHaveLength(states.length)
        const items = await brought(all[0]!, guid)
        expect(items).toHaveLength(1)
        const newest = states.length - 1
        expect(items[0]).toMatchObject({ state: states[newest], outlet: 'City Paper' })
        if (states[newest] === 'stands') expect(items[0]!.title).toBe(`Version ${newest} of ${guid}`)
      }),
      { numRuns },
    )
  })

  test('one call that tells of an item twice makes one item', async () => {
    const { store } = await stores()
    const items = [itemOf('twice', 'stands', 1), itemOf('twice', 'stands', 2), itemOf('once', 'stands', 1)]
    await acceptCall(store.wire.accept, ghost!, { id: 'a call', items })
    const titles = (await store.wire.items.ofVia('hook:ghost', 10)).map(({ title }) => title)
    expect(titles.sort()).toEqual(['Version 1 of once', 'Version 2 of twice'])
  })

  test('another report at the same address is an item of its own, and not an older version', async () => {
    const { store } = await stores()
    const url = 'https://paper.example/live'
    for (const [id, version] of [
      ['first', 9],
      ['rewrite', 1],
    ] as const)
      await acceptCall(store.wire.accept, ghost!, { id, items: [{ ...itemOf(id, 'stands', version), url }] })
    const titles = (await store.wire.items.ofVia('hook:ghost', 10)).map(({ title }) => title)
    expect(titles.sort()).toEqual(['Version 1 of rewrite', 'Version 9 of first'])
  })
})

/** The items that calls made for one report, in any state: their ids begin with its own. */
async function brought(store: Store, guid: string) {
  const items = await store.wire.items.ofVia('hook:ghost', 500)
  return items.filter(({ id }) => id.slice(0, -1) === guid.replace('-', ''))
}
