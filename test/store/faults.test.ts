import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, expect, test } from 'vitest'
import type { Pipeline } from '../../src/delivery/pipeline.ts'
import { createSchedule } from '../../src/digests/schedule.ts'
import { storeFile } from '../../src/store/connect.ts'
import { acquireDataLock } from '../../src/store/data-lock.ts'
import type { Engine } from '../../src/store/engine.ts'
import { sqliteError } from '../../src/store/sqlite/errors.ts'
import { createSqliteEngine } from '../../src/store/sqlite.ts'
import { openStore } from '../../src/store/store.ts'
import { dailySubscription, dueEdition, minutesAgo } from '../support/delivery/due-rows.ts'
import { fakePlatform } from '../support/delivery/fake-platform.ts'
import { createTestPipeline } from '../support/delivery/test-pipeline.ts'
import { recordingLog } from '../support/recording-log.ts'
import { addressOf, startBot, temporaryFolder } from '../support/start-process.ts'

const openStores: { close(): Promise<unknown> }[] = []
const pipelines: Pipeline[] = []
afterEach(async () => {
  for (const pipeline of pipelines.splice(0)) await pipeline.stop()
  for (const store of openStores.splice(0)) await store.close()
})

async function openEmbedded(options: Parameters<typeof createSqliteEngine>[1] = {}) {
  const file = storeFile(temporaryFolder())
  const engine = createSqliteEngine(file, options)
  const store = await openStore(engine)
  openStores.push(store)
  return { file, engine, store }
}

/** Fills the disk under an embedded store. Returns what makes room again. */
async function fillDisk(engine: Engine) {
  const [row] = await engine.query<{ page_count: number }>('pragma page_count')
  await engine.query(`pragma max_page_count = ${row!.page_count}`)
  return () => engine.query('pragma max_page_count = 1000000')
}

/** Makes many rows with long texts: more than fits into the last pages of a file. */
const heavyRows = (count = 50) =>
  Array.from({ length: count }, (_, index) =>
    dueEdition(`fake:${index}`, minutesAgo(1), { selection: JSON.stringify({ text: 'x'.repeat(2_000) }) }),
  )

test('a full disk is a clear sentence, and nothing is half written', async () => {
  const { engine, store, file } = await openEmbedded()
  const makeRoom = await fillDisk(engine)
  await expect(store.ledger.add(heavyRows())).rejects.toThrow(`store: ${file} cannot grow: the disk is full`)
  expect(await store.ledger.countByState()).toEqual({})
  await makeRoom()
  await store.ledger.add(heavyRows())
  expect(await store.ledger.countByState()).toEqual({ due: 50 })
})

test('a tick on a full disk takes nothing from anybody: the digests come once there is room', async () => {
  const { engine, store } = await openEmbedded()
  await store.subscriptions.save(
    Array.from({ length: 200 }, (_, index) => dailySubscription(`fake:${index}`, minutesAgo(1))),
  )
  const makeRoom = await fillDisk(engine)
  const schedule = createSchedule({ store, lane: place => place, log: recordingLog() })
  await expect(schedule.tick()).rejects.toThrow('the disk is full')
  expect((await store.subscriptions.listDue(500)).due).toHaveLength(200)
  expect(await store.ledger.countByState()).toEqual({})
  await makeRoom()
  expect(await schedule.tick()).toBe(200)
})

test('a store that another program locks is said, and the digest comes once it is free', async () => {
  const { file, store } = await openEmbedded({ busyMs: 100 })
  const fake = fakePlatform()
  const { pipeline, log } = createTestPipeline(store, fake.platform)
  pipelines.push(pipeline)
  await pipeline.start()
  await store.ledger.add([dueEdition('fake:1', minutesAgo(1))])
  const other = new DatabaseSync(file)
  other.exec('begin immediate')
  pipeline.wake()
  await expect.poll(() => log.text(), { timeout: 20_000 }).toContain('is locked by another program')
  expect(fake.messages).toEqual([])
  other.exec('rollback')
  other.close()
  await expect.poll(() => fake.messages.length, { timeout: 20_000 }).toBe(1)
})

test('a store file that is none, or is damaged, is one sentence at the start', {
  timeout: 60_000,
}, async () => {
  const [foreign, damaged] = [temporaryFolder(), temporaryFolder()]
  writeFileSync(storeFile(foreign), 'Dear diary, this is no database at all.\n'.repeat(200))
  const store = await openStore(createSqliteEngine(storeFile(damaged)))
  await store.ledger.add(heavyRows())
  await store.close()
  const bytes = readFileSync(storeFile(damaged))
  writeFileSync(storeFile(damaged), bytes.fill(0xa5, 4_096))
  for (const [folder, sentence] of [
    [foreign, 'is not a nutgraf database. Move it away, or set DATA_DIR to another folder'],
    [damaged, 'is damaged. Replace it with a backup, or move it away and nutgraf will create a new one'],
  ] as const) {
    const bot = startBot({ DATA_DIR: folder })
    expect(await bot.ended).toBe(1)
    expect(bot.err().trim()).toBe(`store: ${storeFile(folder)} ${sentence}`)
  }
})

test('a folder in which nothing can be written is not taken for another bot', async () => {
  const folder = temporaryFolder()
  writeFileSync(join(folder, 'data'), 'a file where a folder should be')
  const onWait = () => expect.unreachable()
  await expect(acquireDataLock(join(folder, 'data'), { onWait })).rejects.toThrow('bot.lock cannot be opened')
  mkdirSync(join(folder, 'other'))
  writeFileSync(join(folder, 'other/bot.lock'), 'no database'.repeat(100))
  await expect(acquireDataLock(join(folder, 'other'), { onWait })).rejects.toThrow(
    'bot.lock is not a nutgraf database',
  )
})

test.each([
  [{ code: 'EACCES' }, 'cannot be opened'],
  [{ code: 'EPERM' }, 'cannot be opened'],
  // A folder to be made on a disk that is mounted read-only.
  [{ code: 'ENOENT', syscall: 'mkdir' }, 'cannot be opened'],
  [{ code: 'EROFS' }, 'cannot be written: the file or its disk is read-only'],
  [{ errcode: 14 }, 'cannot be opened'],
  // With more of the same code in its higher bits.
  [{ errcode: 8 + 256 }, 'cannot be written: the file or its disk is read-only'],
])('%o of a folder that may not be written is told with its cure', (cause, sentence) => {
  const { message } = sqliteError(Object.assign(new Error('what the system says'), cause), '/data/bot.lock')
  expect(message).toContain(`store: /data/bot.lock ${sentence}. Let the user that runs nutgraf write`)
  expect(message).toMatch(/or set DATA_DIR to another folder$/)
})

test('a start waits for a predecessor and says so; a kill leaves nothing that holds it up', {
  timeout: 60_000,
}, async () => {
  const folder = temporaryFolder()
  const first = startBot({ DATA_DIR: folder })
  await addressOf(first)
  const second = startBot({ DATA_DIR: folder })
  await second.waitForOutput(`Waiting up to 30 s for another nutgraf to leave ${folder}`)
  first.child.kill('SIGKILL')
  await first.ended
  expect((await fetch(`${await addressOf(second)}/health`)).status).toBe(200)
})

test('a process that slept for a day brings the last edition, late, and the others are written down as missed', async () => {
  let now = Date.parse('2026-05-04T08:01:00Z')
  const { store } = await openEmbedded({ clock: () => now })
  const fake = fakePlatform()
  const { pipeline } = createTestPipeline(store, fake.platform)
  pipelines.push(pipeline)
  await store.subscriptions.save([dailySubscription('fake:1', Date.parse('2026-05-05T08:00:00Z'))])
  await pipeline.start()
  expect(await pipeline.schedule.tick()).toBe(0)
  now = Date.parse('2026-05-07T09:30:00Z')
  await pipeline.schedule.tick()
  await expect.poll(() => fake.messages.length, { timeout: 20_000 }).toBe(1)
  expect(fake.messages[0]!.text).toContain('sent 09:30 instead of 08:00')
  const editions = await store.ledger.editions('fake:1', 'morning', 10)
  expect(editions.map(({ date, state }) => [date, state])).toEqual([
    ['2026-05-07', 'sent'],
    ['2026-05-06', 'missed'],
    ['2026-05-05', 'missed'],
  ])
  expect(editions[1]!.error).toContain('was not running')
})
