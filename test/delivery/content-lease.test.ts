import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { type ContentLease, createContentLease } from '../../src/delivery/content-lease.ts'
import { createSqliteEngine } from '../../src/store/sqlite.ts'
import { openStore, type Store } from '../../src/store/store.ts'
import { recordingLog } from '../support/recording-log.ts'
import { temporaryFolder } from '../support/start-process.ts'

const LEASE = 60_000
const open: Store[] = []
afterEach(() => Promise.all(open.splice(0).map(store => store.close())))

/** Starts processes on one store, each with content of its own that can be changed. */
async function startProcesses(...revisions: string[]) {
  return startWithLease(LEASE, revisions)
}

async function startWithLease(leaseMs: number | undefined, revisions: string[]) {
  let now = 1_000_000
  const file = join(temporaryFolder(), 'db')
  const processes = await Promise.all(
    revisions.map(async (revision, index) => {
      const store = await openStore(createSqliteEngine(file, { clock: () => now }))
      open.push(store)
      const has = { revision }
      const process = { onRenewed: async () => {} }
      const log = recordingLog()
      const content: ContentLease = createContentLease({
        store,
        owner: `p${index}`,
        content: () => ({
          revision: has.revision,
          stories: () => [
            {
              story: 's',
              hash: () => has.revision,
              parts: () => [{ part: 's/label', story: 's', hash: has.revision }],
            },
          ],
        }),
        onRenewed: () => process.onRenewed(),
        leaseMs,
        log,
      })
      return Object.assign(process, { store, has, content, log })
    }),
  )
  return {
    processes,
    pass: (ms: number) => {
      now += ms
    },
  }
}

test('the first holds the content and writes it down; another with the same delivers too', async () => {
  const { processes } = await startProcesses('a', 'a')
  for (const { content } of processes) await content.renew()
  expect(processes.map(({ content }) => content.mayDeliver())).toEqual([true, true])
  expect(await processes[0]!.store.revisions.recordedAfter(0)).toMatchObject([
    { part: 's/label', revision: 1, hash: 'a' },
  ])
})

test('one with other content does not deliver, says why once, and takes over after the lease', async () => {
  const { processes, pass } = await startProcesses('a', 'b')
  const [a, b] = processes as [(typeof processes)[number], (typeof processes)[number]]
  await a.content.renew()
  await b.content.renew()
  await b.content.renew()
  expect(b.content.mayDeliver()).toBe(false)
  expect(b.content.reason()).toBe(
    'this process has content b, but a is in use elsewhere: it answers commands and leaves digests to the others',
  )
  expect(b.log.text().match(/is in use elsewhere/g)).toHaveLength(1)
  await expect(b.content.confirm('b')).rejects.toMatchObject({ outcome: 'unsent' })
  expect(await b.store.revisions.recordedAfter(0)).toMatchObject([{ revision: 1, hash: 'a' }])
  pass(LEASE + 1_000)
  await b.content.renew()
  await a.content.renew()
  expect([a.content.mayDeliver(), b.content.mayDeliver()]).toEqual([false, true])
  expect(await b.store.revisions.recordedAfter(0)).toMatchObject([{ revision: 2, hash: 'b' }])
})

test('whoever stops lets go, and another need not wait for the lease', async () => {
  const { processes } = await startProcesses('a', 'b')
  const [a, b] = processes as [(typeof processes)[number], (typeof processes)[number]]
  await a.content.renew()
  await b.content.renew()
  await a.content.stop()
  await b.content.renew()
  expect(b.content.mayDeliver()).toBe(true)
})

test('content that changes is not delivered before it is written down', async () => {
  const { processes } = await startProcesses('a')
  const [a] = processes as [(typeof processes)[number]]
  await a.content.renew()
  a.has.revision = 'a2'
  expect(a.content.mayDeliver()).toBe(false)
  await a.content.renew()
  expect(a.content.mayDeliver()).toBe(true)
  expect(await a.store.revisions.recordedAfter(0)).toMatchObject([{ revision: 2, hash: 'a2' }])
})

test('news reach up to the moment at which the content surely counted', async () => {
  const { processes, pass } = await startProcesses('a')
  const [a] = processes as [(typeof processes)[number]]
  const first = await a.content.confirm('a')
  pass(10_000)
  expect(await a.content.confirm('a')).toBe(first)
  await a.content.renew()
  // The last millisecond is left out: more may be recorded in it.
  expect(await a.content.confirm('a')).toMatchObject({ at: first.at + 10_000 - 1, recordedTo: first.at })
})

test('a store that fails is logged, and leaves what is known', async () => {
  const { processes } = await startProcesses('a')
  const [a] = processes as [(typeof processes)[number]]
  await a.content.renew()
  const real = a.store.revisions.acquireContentLease
  a.store.revisions.acquireContentLease = () => Promise.reject(new Error('the disk is full'))
  await a.content.renew()
  expect(a.log.text()).toContain('the lease could not be kept the disk is full')
  expect(a.content.mayDeliver()).toBe(true)
  a.store.revisions.acquireContentLease = real
})

test('a killed holder is succeeded by other content within twenty seconds, and not before its lease is over', async () => {
  const { processes, pass } = await startWithLease(undefined, ['a', 'b'])
  const [a, b] = processes as [(typeof processes)[number], (typeof processes)[number]]
  await a.content.renew()
  // The other one looks every five seconds.
  let passedMs = 0
  for (; !b.content.mayDeliver() && passedMs < 60_000; passedMs += 5_000) {
    pass(5_000)
    await b.content.renew()
  }
  expect(passedMs).toBeGreaterThanOrEqual(15_000)
  expect(passedMs).toBeLessThanOrEqual(20_000)
})

test('one that could not renew its lease in time does not deliver before it has asked again', async () => {
  const { processes } = await startWithLease(50, ['a'])
  const [a] = processes as [(typeof processes)[number]]
  await a.content.renew()
  expect(a.content.mayDeliver()).toBe(true)
  await new Promise(resolve => setTimeout(resolve, 60))
  expect(a.content.mayDeliver()).toBe(false)
  expect(a.content.reason()).toBe('the store has not said for a while which content is current')
  expect(await a.content.confirm('a')).toMatchObject({ revision: 'a' })
  expect(a.content.mayDeliver()).toBe(true)
})

test('work at a renewal that takes longer than the lease lets nobody else take it', async () => {
  const { processes } = await startWithLease(120, ['a', 'b'])
  const [a, b] = processes as [(typeof processes)[number], (typeof processes)[number]]
  let release = () => {}
  a.onRenewed = () =>
    new Promise(resolve => {
      release = resolve
    })
  a.content.start(() => {})
  void a.content.renew()
  const end = performance.now() + 500
  while (performance.now() < end) {
    await new Promise(resolve => setTimeout(resolve, 20))
    await b.content.renew()
    expect(b.content.mayDeliver()).toBe(false)
  }
  a.onRenewed = async () => {}
  release()
  await a.content.stop()
})
