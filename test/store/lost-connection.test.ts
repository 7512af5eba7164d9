import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import type { Pipeline } from '../../src/delivery/pipeline.ts'
import { createPostgresEngine } from '../../src/store/postgres.ts'
import { openStore, type Store } from '../../src/store/store.ts'
import { dueEdition } from '../support/delivery/due-rows.ts'
import { fakePlatform } from '../support/delivery/fake-platform.ts'
import { createTestPipeline, warningLog } from '../support/delivery/test-pipeline.ts'
import { type LoopbackPostgres, startPostgres } from '../support/loopback/postgres.ts'

let server: LoopbackPostgres
beforeAll(async () => {
  server = await startPostgres()
}, 60_000)
afterAll(() => server?.stop())

const pressing: Pipeline[] = []
const open: Store[] = []
afterEach(async () => {
  for (const one of pressing.splice(0)) await one.stop()
  for (const one of open.splice(0)) await one.close()
})

/** Presses whose posts take a moment, so that there is always something under way. */
async function pressed() {
  const url = await server.createDatabase()
  const broken = warningLog()
  const store = await openStore(createPostgresEngine(url, { failed: err => broken.warn({ err }, 'broke') }))
  open.push(store)
  const fake = fakePlatform()
  const { post } = fake.platform
  fake.platform.post = async (...given) => {
    await new Promise(resolve => setTimeout(resolve, 5))
    return post(...given)
  }
  const { pipeline: press, log } = createTestPipeline(store, fake.platform)
  pressing.push(press)
  await press.start()
  const keys = await store.ledger.add(
    Array.from({ length: 60 }, (_, index) => dueEdition(`fake:${index}`, 1)),
  )
  press.wake()
  const all = async () => {
    await expect
      .poll(() => store.ledger.countByState().catch(() => undefined), { timeout: 20_000 })
      .toEqual({ sent: keys.length })
    expect(fake.messages.map(one => one.key).sort()).toEqual(keys.sort())
  }
  return { url, store, fake, log, broken, all }
}

test('connections that the server drops are made anew, and each digest arrives once', {
  timeout: 90_000,
}, async () => {
  const { url, fake, all } = await pressed()
  for (const count of [5, 20]) {
    await expect.poll(() => fake.messages.length, { timeout: 25_000 }).toBeGreaterThanOrEqual(count)
    await server.dropConnections(url)
  }
  await all()
})

test('a server that is stopped and started again is waited for, with a sentence, and nothing is lost', {
  timeout: 90_000,
}, async () => {
  const { store, fake, log, all } = await pressed()
  await expect.poll(() => fake.messages.length, { timeout: 25_000 }).toBeGreaterThanOrEqual(5)
  const stopped = server.restart(500)
  await expect.poll(() => log.text(), { timeout: 25_000 }).toMatch(/PostgreSQL/)
  await stopped
  await all()
  expect(await store.faults.list()).toEqual([])
})
