import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, expect, test } from 'vitest'
import type { Place, Platform } from '../../src/chat/platform.ts'
import { text } from '../../src/chat/reply.ts'
import { DELIVERY_TIMES } from '../../src/delivery/attempt.ts'
import { createWorker, type Worker, type WorkerSize } from '../../src/delivery/worker.ts'
import { createSqliteEngine } from '../../src/store/sqlite.ts'
import { openStore, type Store } from '../../src/store/store.ts'
import { dueEdition } from '../support/delivery/due-rows.ts'
import { fakePlatform } from '../support/delivery/fake-platform.ts'
import { recordingLog } from '../support/recording-log.ts'
import { temporaryFolder } from '../support/start-process.ts'

const open: Store[] = []
const running: Worker[] = []
afterEach(async () => {
  for (const worker of running.splice(0)) await worker.stop()
  for (const store of open.splice(0)) await store.close()
})

type Options = {
  size?: Partial<WorkerSize>
  mayDeliver?: () => boolean
  leaseMs?: number
  change?: (platform: Platform) => void
}

async function setUp({ size, mayDeliver = () => true, leaseMs = 1_000, change }: Options = {}) {
  const store = await openStore(createSqliteEngine(join(temporaryFolder(), 'db')))
  open.push(store)
  const fake = fakePlatform()
  change?.(fake.platform)
  const log = recordingLog()
  const createTestWorker = (owner: string) => {
    const worker = createWorker({
      store,
      owner,
      platform: name => (name === 'fake' ? fake.platform : undefined),
      platforms: () => ['fake'],
      compose: async row => ({
        reply: { blocks: [text(row.key)], parts: [], audience: 'place' },
        selection: '{}',
        shown: [],
      }),
      reportTrouble: async () => {},
      reportMended: async () => {},
      closeTrouble: async () => {},
      pauseDigest: async () => {},
      mayDeliver,
      times: { ...DELIVERY_TIMES, backOffMs: 5, leaseMs, requestTimeoutMs: 400 },
      log,
      ...(size && { size }),
    })
    running.push(worker)
    return worker
  }
  const sent = (count: number) =>
    expect.poll(async () => (await store.ledger.countByState()).sent ?? 0, { timeout: 20_000 }).toBe(count)
  return { store, fake, log, createTestWorker, sent }
}

const KEYS = ['a', 'b', 'c', 'd']

test('a place gets its messages in the order of the wishes, while others are served beside it', async () => {
  const { store, fake, createTestWorker, sent } = await setUp()
  for (const key of KEYS) await store.ledger.add([dueEdition('fake:1', 1, { key })])
  await store.ledger.add(KEYS.map(key => dueEdition(`fake:${key}`, 1, { key: `other ${key}` })))
  createTestWorker('me').start()
  await sent(8)
  expect(fake.messages.filter(({ ref }) => ref.place === 'fake:1').map(({ key }) => key)).toEqual(KEYS)
})

test('a message that must wait holds up those behind it in its place, and nobody else', async () => {
  const { store, fake, createTestWorker, sent } = await setUp({
    change(platform) {
      const { post } = platform
      let limited = 2
      platform.post = async (place, reply, options) => {
        if (options.key === 'a' && limited-- > 0) fake.queueOutcomes('limited')
        return post(place, reply, options)
      }
    },
  })
  await store.ledger.add(KEYS.map(key => dueEdition('fake:1', 1, { key })))
  await store.ledger.add([dueEdition('fake:2', 1, { key: 'z' })])
  createTestWorker('me').start()
  await sent(5)
  expect(fake.messages.filter(({ ref }) => ref.place === 'fake:1').map(({ key }) => key)).toEqual(KEYS)
  expect(fake.messages[0]!.key).toBe('z')
})

test('no more requests are in flight than it may have', async () => {
  let posting = 0
  let highest = 0
  const { store, createTestWorker, sent } = await setUp({
    size: { inFlight: 3 },
    change(platform) {
      const { post } = platform
      platform.post = async (...args) => {
        highest = Math.max(highest, ++posting)
        await sleep(5)
        posting--
        return post(...args)
      }
    },
  })
  await store.ledger.add(Array.from({ length: 20 }, (_, index) => dueEdition(`fake:${index}`, 1)))
  createTestWorker('me').start()
  await sent(20)
  expect(highest).toBe(3)
})

test('two workers share the work: each row once, no two closer on a lane than its pace', async () => {
  const at: number[] = []
  const { store, fake, createTestWorker, sent } = await setUp({
    change(platform) {
      const { post } = platform
      platform.pace = () => ({ lane: 'fake', laneMs: 15, placeMs: 15 })
      platform.post = (...args) => {
        at.push(performance.now())
        return post(...args)
      }
    },
  })
  await store.ledger.add(
    Array.from({ length: 30 }, (_, index) => dueEdition(`fake:${index}`, 1, { lane: 'fake' })),
  )
  const from = performance.now()
  createTestWorker('one').start()
  createTestWorker('other').start()
  await sent(30)
  expect(new Set(fake.messages.map(({ key }) => key)).size).toBe(30)
  expect(fake.messages).toHaveLength(30)
  // A late timer may bring two posts closer together, but none is made before its own turn.
  for (const [index, moment] of at.sort((a, b) => a - b).entries())
    expect(moment - from).toBeGreaterThan(index * 15 - 20)
})

test('what it holds when it is stopped, others may have at once', async () => {
  const { store, fake, createTestWorker, sent } = await setUp({
    change(platform) {
      platform.pace = () => ({ lane: 'fake', laneMs: 400, placeMs: 400 })
    },
  })
  await store.ledger.add(KEYS.map(key => dueEdition(`fake:${key}`, 1, { key, lane: 'fake' })))
  const worker = createTestWorker('one')
  worker.start()
  await expect.poll(() => fake.messages.length).toBe(1)
  await worker.stop()
  expect(await store.ledger.countByState()).toEqual({ sent: 1, due: 3 })
  for (const key of KEYS)
    expect((await store.ledger.find(key))?.firstTriedAt ?? 'never tried', key).toBe('never tried')
  createTestWorker('other').start()
  await sent(4)
  expect(fake.messages).toHaveLength(4)
})

test('a stop waits for the request that is under way', async () => {
  const done = Promise.withResolvers<void>()
  const { store, fake, createTestWorker } = await setUp({
    change(platform) {
      const { post } = platform
      platform.post = async (...args) => {
        await done.promise
        return post(...args)
      }
    },
  })
  const posted = dueEdition('fake:1', 1)
  await store.ledger.add([posted])
  const worker = createTestWorker('me')
  worker.start()
  await expect.poll(async () => (await store.ledger.find(posted.key))?.firstTriedAt).toBeDefined()
  const stopped = worker.stop()
  done.resolve()
  await stopped
  expect(fake.messages).toHaveLength(1)
  expect(await store.ledger.countByState()).toEqual({ sent: 1 })
})

test('whoever may not deliver claims nothing, until a wake finds that it may', async () => {
  let may = false
  const { store, createTestWorker, sent } = await setUp({ mayDeliver: () => may })
  await store.ledger.add([dueEdition('fake:1', 1)])
  const worker = createTestWorker('me')
  worker.start()
  await sleep(50)
  expect(await store.ledger.countByState()).toEqual({ due: 1 })
  may = true
  worker.wake()
  await sent(1)
})

test('a store that fails while a row is settled leaves it to its lease: it is found, not posted again', async () => {
  const { store, fake, log, createTestWorker, sent } = await setUp()
  const { markSent: real } = store.ledger
  store.ledger.markSent = () => Promise.reject(new Error('the disk is full'))
  const place: Place = 'fake:1'
  await store.ledger.add([dueEdition(place, 1)])
  const worker = createTestWorker('me')
  worker.start()
  await expect.poll(() => log.text()).toContain('was not settled; its lease will run out the disk is full')
  store.ledger.markSent = real
  await sent(1)
  expect(fake.messages).toHaveLength(1)
  expect(fake.searchedKeys).toHaveLength(1)
})

test('a row that waited for its turn longer than its lease is made once, though it was claimed twice', async () => {
  const { store, fake, createTestWorker, sent } = await setUp({
    size: { inFlight: 2 },
    leaseMs: 300,
    change(platform) {
      const { post } = platform
      platform.post = async (...args) => {
        await sleep(100)
        return post(...args)
      }
    },
  })
  await store.ledger.add(Array.from({ length: 13 }, (_, index) => dueEdition(`fake:${index}`, 1)))
  createTestWorker('me').start()
  await sent(13)
  expect(fake.messages).toHaveLength(13)
})
