import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import type { Pipeline } from '../../src/delivery/pipeline.ts'
import { createPostgresEngine } from '../../src/store/postgres.ts'
import { openStore, type Store } from '../../src/store/store.ts'
import { dueEdition } from '../support/delivery/due-rows.ts'
import { fakePlatform } from '../support/delivery/fake-platform.ts'
import { createTestPipeline } from '../support/delivery/test-pipeline.ts'
import { type LoopbackPostgres, startPostgres } from '../support/loopback/postgres.ts'
import { recordingLog } from '../support/recording-log.ts'

let server: LoopbackPostgres
beforeAll(async () => {
  server = await startPostgres()
}, 60_000)
afterAll(() => server?.stop())

const pipelines: Pipeline[] = []
const openStores: Store[] = []
afterEach(async () => {
  for (const pipeline of pipelines.splice(0)) await pipeline.stop()
  for (const store of openStores.splice(0)) await store.close()
})

/** Starts a pipeline whose posts take a moment, so that there is always something under way. */
async function startPosting() {
  const url = await server.createDatabase()
  const broken = recordingLog()
  const store = await openStore(createPostgresEngine(url, { onError: err => broken.warn({ err }, 'broke') }))
  openStores.push(store)
  const fake = fakePlatform()
  const { post } = fake.platform
  fake.platform.post = async (...args) => {
    await new Promise(resolve => setTimeout(resolve, 5))
    return post(...args)
  }
  const { pipeline, log } = createTestPipeline(store, fake.platform)
  pipelines.push(pipeline)
  await pipeline.start()
  const keys = await store.ledger.add(
    Array.from({ length: 60 }, (_, index) => dueEdition(`fake:${index}`, 1)),
  )
  pipeline.wake()
  const expectAllPosted = async () => {
    await expect
      .poll(() => store.ledger.countByState().catch(() => undefined), { timeout: 20_000 })
      .toEqual({ sent: keys.length })
    expect(fake.messages.map(({ key }) => key).sort()).toEqual(keys.sort())
  }
  return { url, store, fake, log, expectAllPosted }
}

test('connections that the server drops are made anew, and each digest arrives once', {
  timeout: 90_000,
}, async () => {
  const { url, fake, expectAllPosted } = await startPosting()
  for (const count of [5, 20]) {
    await expect.poll(() => fake.messages.length, { timeout: 25_000 }).toBeGreaterThanOrEqual(count)
    await server.dropConnections(url)
  }
  await expectAllPosted()
})

test('a server that is away is told once by whoever listens, without what a connection holds', {
  timeout: 90_000,
}, async () => {
  const errors: Error[] = []
  const url = await server.createDatabase()
  const store = await openStore(createPostgresEngine(url, { onError: cause => errors.push(cause as Error) }))
  openStores.push(store)
  let woken = 0
  const stop = await store.listen(() => woken++)
  const before = woken
  await server.restart(3_500)
  await expect.poll(() => woken, { timeout: 25_000 }).toBeGreaterThan(before)
  await stop()
  // One of the connection that listens, and one of each in the pool: none of the tries in three seconds and a half.
  expect(errors.length).toBeLessThanOrEqual(6)
  expect(errors.length).toBeGreaterThan(0)
  for (const error of errors) {
    expect(error).toMatchObject({ name: 'StoreError', message: expect.stringMatching(/^store: PostgreSQL/) })
    expect(Object.keys(error)).toEqual(expect.not.arrayContaining(['client']))
  }
})

test('a server that is stopped and started again is waited for, with a sentence, and nothing is lost', {
  timeout: 90_000,
}, async () => {
  const { store, fake, log, expectAllPosted } = await startPosting()
  await expect.poll(() => fake.messages.length, { timeout: 25_000 }).toBeGreaterThanOrEqual(5)
  const restarted = server.restart(500)
  await expect.poll(() => log.text(), { timeout: 25_000 }).toMatch(/PostgreSQL/)
  await restarted
  await expectAllPosted()
  expect(await store.faults.list()).toEqual([])
})
