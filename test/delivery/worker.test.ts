import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, expect, test } from 'vitest'
import type { Place, Platform } from '../../src/chat/platform.ts'
import { text } from '../../src/chat/reply.ts'
import { DELIVERY_TIMES } from '../../src/delivery/deliver.ts'
import { createWorker, type Worker, type WorkerSize } from '../../src/delivery/worker.ts'
import { createSqliteEngine } from '../../src/store/sqlite.ts'
import { openStore, type Store } from '../../src/store/store.ts'
import { dueEdition } from '../support/delivery/due-rows.ts'
import { fakePlatform } from '../support/delivery/fake-platform.ts'
import { warningLog } from '../support/delivery/test-pipeline.ts'
import { temporaryFolder } from '../support/start-process.ts'

const open: Store[] = []
const running: Worker[] = []
afterEach(async () => {
  for (const one of running.splice(0)) await one.stop()
  for (const one of open.splice(0)) await one.close()
})

type Options = {
  size?: Partial<WorkerSize>
  mayDeliver?: () => boolean
  leaseMs?: number
  change?: (platform: Platform) => void
}

async function working({ size, mayDeliver = () => true, leaseMs = 1_000, change }: Options = {}) {
  const store = await openStore(createSqliteEngine(join(temporaryFolder(), 'db')))
  open.push(store)
  const fake = fakePlatform()
  change?.(fake.platform)
  const log = warningLog()
  const make = (owner: string) => {
    const one = createWorker({
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
    running.push(one)
    return one
  }
  const sent = (count: number) =>
    expect.poll(async () => (await store.ledger.countByState()).sent ?? 0, { timeout: 5_000 }).toBe(count)
  return { store, fake, log, make, sent }
}

const KEYS = ['a', 'b', 'c', 'd']

test('a place gets its messages in the order of the wishes, while others are served beside it', async () => {
  const { store, fake, make, sent } = await working()
  for (const key of KEYS) await store.ledger.add([dueEdition('fake:1', 1, { key })])
  await store.ledger.add(KEYS.map(key => dueEdition(`fake:${key}`, 1, { key: `other ${key}` })))
  make('me').start()
  await sent(8)
  expect(fake.messages.filter(({ ref }) => ref.place === 'fake:1').map(one => one.key)).toEqual(KEYS)
})

test('a message that must wait holds up those behind it in its place, and nobody else', async () => {
  const { store, fake, make, sent } = await working({
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
  make('me').start()
  await sent(5)
  expect(fake.messages.filter(({ ref }) => ref.place === 'fake:1').map(one => one.key)).toEqual(KEYS)
  expect(fake.messages[0]!.key).toBe('z')
})

test('no more requests are in flight than it may have', async () => {
  let now = 0
  let most = 0
  const { store, make, sent } = await working({
    size: { inFlight: 3 },
    change(platform) {
      const { post } = platform
      platform.post = async (...given) => {
        most = Math.max(most, ++now)
        await sleep(5)
        now--
        return post(...given)
      }
    },
  })
  await store.ledger.add(Array.from({ length: 20 }, (_, index) => dueEdition(`fake:${index}`, 1)))
  make('me').start()
  await sent(20)
  expect(most).toBe(3)
})

test('two workers share the work: each row once, no two closer on a lane than its pace', async () => {
  const at: number[] = []
  const { store, fake, make, sent } = await working({
    change(platform) {
      const { post } = platform
      platform.pace = () => ({ lane: 'fake', laneMs: 15, placeMs: 15 })
      platform.post = (...given) => {
        at.push(performance.now())
        return post(...given)
      }
    },
  })
  await store.ledger.add(
    Array.from({ length: 30 }, (_, index) => dueEdition(`fake:${index}`, 1, { lane: 'fake' })),
  )
  const from = performance.now()
  make('one').start()
  make('other').start()
  await sent(30)
  expect(new Set(fake.messages.map(one => one.key)).size).toBe(30)
  expect(fake.messages).toHaveLength(30)
  // A late timer may bring two closer together, but none comes before its own turn.
  for (const [index, moment] of at.sort((a, b) => a - b).entries())
    expect(moment - from).toBeGreaterThan(index * 15 - 20)
})

test('what it holds when it is stopped, others may have at once', async () => {
  const { store, fake, make, sent } = await working({
    change(platform) {
      platform.pace = () => ({ lane: 'fake', laneMs: 400, placeMs: 400 })
    },
  })
  await store.ledger.add(KEYS.map(key => dueEdition(`fake:${key}`, 1, { key, lane: 'fake' })))
  const one = make('one')
  one.start()
  await expect.poll(() => fake.messages.length).toBe(1)
  await one.stop()
  expect(await store.ledger.countByState()).toEqual({ sent: 1, due: 3 })
  for (const key of KEYS)
    expect((await store.ledger.find(key))?.firstTriedAt ?? 'never tried', key).toBe('never tried')
  make('other').start()
  await sent(4)
  expect(fake.messages).toHaveLength(4)
})

test('a stop waits for the request that is under way', async () => {
  const done = Promise.withResolvers<void>()
  const { store, fake, make } = await working({
    change(platform) {
      const { post } = platform
      platform.post = async (...given) => {
        await done.promise
        return post(...given)
      }
    },
  })
  const posted = dueEdition('fake:1', 1)
  await store.ledger.add([posted])
  const one = make('me')
  one.start()
  await expect.poll(async () => (await store.ledger.find(posted.key))?.firstTriedAt).toBeDefined()
  const stopped = one.stop()
  done.resolve()
  await stopped
  expect(fake.messages).toHaveLength(1)
  expect(await store.ledger.countByState()).toEqual({ sent: 1 })
})

test('whoever may not deliver claims nothing, until a wake finds that it may', async () => {
  let may = false
  const { store, make, sent } = await working({ mayDeliver: () => may })
  await store.ledger.add([dueEdition('fake:1', 1)])
  const one = make('me')
  one.start()
  await sleep(50)
  expect(await store.ledger.countByState()).toEqual({ due: 1 })
  may = true
  one.wake()
  await sent(1)
})

test('a store that fails while a row is settled leaves it to its lease: it is found, not posted again', async () => {
  const { store, fake, log, make, sent } = await working()
  const { markSent: real } = store.ledger
  store.ledger.markSent = () => Promise.reject(new Error('the disk is full'))
  const place: Place = 'fake:1'
  await store.ledger.add([dueEdition(place, 1)])
  const one = make('me')
  one.start()
  await expect.poll(() => log.text()).toContain('was not settled; its lease will run out the disk is full')
  store.ledger.markSent = real
  await sent(1)
  expect(fake.messages).toHaveLength(1)
  expect(fake.searchedKeys).toHaveLength(1)
})

test('a row that waited for its turn longer than its lease is made once, though it was claimed twice', async () => {
  const { store, fake, make, sent } = await working({
    size: { inFlight: 2 },
    leaseMs: 120,
    change(platform) {
      const { post } = platform
      platform.post = async (...given) => {
        await sleep(50)
        return post(...given)
      }
    },
  })
  await store.ledger.add(Array.from({ length: 13 }, (_, index) => dueEdition(`fake:${index}`, 1)))
  make('me').start()
  await sent(13)
  expect(fake.messages).toHaveLength(13)
})
