import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { type Held, held } from '../../src/delivery/content-lease.ts'
import { sqlite } from '../../src/store/sqlite.ts'
import { openStore, type Store } from '../../src/store/store.ts'
import { saidLog } from '../support/delivery/test-pipeline.ts'
import { scratch } from '../support/start-process.ts'

const LEASE = 60_000
const open: Store[] = []
afterEach(() => Promise.all(open.splice(0).map(store => store.close())))

/** Processes on one store, each with content of its own that can be changed. */
async function processes(...revisions: string[]) {
  let now = 1_000_000
  const file = join(scratch(), 'db')
  const all = await Promise.all(
    revisions.map(async (revision, index) => {
      const store = await openStore(sqlite(file, { clock: () => now }))
      open.push(store)
      const has = { revision }
      const log = saidLog()
      const content: Held = held({
        store,
        owner: `p${index}`,
        content: () => ({
          revision: has.revision,
          parts: () => [{ part: 's/label', story: 's', hash: has.revision }],
        }),
        leaseMs: LEASE,
        log,
      })
      return { store, has, content, log }
    }),
  )
  return {
    all,
    pass: (ms: number) => {
      now += ms
    },
  }
}

test('the first holds the content and writes it down; another with the same delivers too', async () => {
  const { all } = await processes('a', 'a')
  for (const one of all) await one.content.look()
  expect(all.map(one => one.content.current())).toEqual([true, true])
  expect(await all[0]!.store.revisions()).toMatchObject([{ part: 's/label', revision: 1, hash: 'a' }])
})

test('one with other content does not deliver, says why once, and takes over after the lease', async () => {
  const { all, pass } = await processes('a', 'b')
  const [a, b] = all as [(typeof all)[number], (typeof all)[number]]
  await a.content.look()
  await b.content.look()
  await b.content.look()
  expect(b.content.current()).toBe(false)
  expect(b.content.reason()).toBe(
    'this process has content b, but a is in use elsewhere: it answers commands and leaves digests to the others',
  )
  expect(b.log.said().match(/is in use elsewhere/g)).toHaveLength(1)
  await expect(b.content.asOf()).rejects.toMatchObject({ outcome: 'unsent' })
  expect(await b.store.revisions()).toMatchObject([{ revision: 1, hash: 'a' }])
  pass(LEASE + 1)
  await b.content.look()
  await a.content.look()
  expect([a.content.current(), b.content.current()]).toEqual([false, true])
  expect(await b.store.revisions()).toMatchObject([{ revision: 2, hash: 'b' }])
})

test('whoever stops lets go, and another need not wait for the lease', async () => {
  const { all } = await processes('a', 'b')
  const [a, b] = all as [(typeof all)[number], (typeof all)[number]]
  await a.content.look()
  await b.content.look()
  await a.content.stop()
  await b.content.look()
  expect(b.content.current()).toBe(true)
})

test('content that changes is not delivered before it is written down', async () => {
  const { all } = await processes('a')
  const [a] = all as [(typeof all)[number]]
  await a.content.look()
  a.has.revision = 'a2'
  expect(a.content.current()).toBe(false)
  await a.content.look()
  expect(a.content.current()).toBe(true)
  expect(await a.store.revisions()).toMatchObject([{ revision: 2, hash: 'a2' }])
})

test('news reach up to the moment at which the content surely counted', async () => {
  const { all, pass } = await processes('a')
  const [a] = all as [(typeof all)[number]]
  const first = await a.content.asOf()
  pass(10_000)
  expect(await a.content.asOf()).toBe(first)
  await a.content.look()
  expect(await a.content.asOf()).toBe(first + 10_000)
})

test('a store that fails is logged, and leaves what is known', async () => {
  const { all } = await processes('a')
  const [a] = all as [(typeof all)[number]]
  await a.content.look()
  const real = a.store.hold
  a.store.hold = () => Promise.reject(new Error('the disk is full'))
  await a.content.look()
  expect(a.log.said()).toContain('the lease could not be kept the disk is full')
  expect(a.content.current()).toBe(true)
  a.store.hold = real
})
