import { join } from 'node:path'
import { afterEach, expect, test, vi } from 'vitest'
import type { Place } from '../../src/chat/platform.ts'
import { createSchedule, editionKey, planDeliveries } from '../../src/digests/schedule.ts'
import { createSqliteEngine } from '../../src/store/sqlite.ts'
import { openStore, type Store } from '../../src/store/store.ts'
import { dailySubscription } from '../support/delivery/due-rows.ts'
import { recordingLog } from '../support/recording-log.ts'
import { temporaryFolder } from '../support/start-process.ts'

const DAY = 86_400_000
const SLOT = Date.parse('2026-05-04T08:00:00Z')
const openStores: Store[] = []
afterEach(async () => {
  vi.useRealTimers()
  await Promise.all(openStores.splice(0).map(store => store.close()))
})

/** Starts several processes on one store, whose clock is set by hand. */
async function startProcesses(count: number, now: () => number) {
  const file = join(temporaryFolder(), 'db')
  const processes = []
  for (let index = 0; index < count; index++) {
    const store = await openStore(createSqliteEngine(file, { clock: now }))
    openStores.push(store)
    const log = recordingLog()
    processes.push({ store, log, schedule: createSchedule({ store, lane: () => 'lane', log }) })
  }
  return processes
}

type Process = Awaited<ReturnType<typeof startProcesses>>[number]

test('two processes that tick at once make one row each, and both move on', async () => {
  const [first, second] = (await startProcesses(2, () => SLOT + 1)) as [Process, Process]
  await first.store.subscriptions.save(
    Array.from({ length: 40 }, (_, index) => dailySubscription(`fake:${index}`, SLOT)),
  )
  const rows = await Promise.all([first.schedule.tick(), second.schedule.tick()])
  expect(rows[0]! + rows[1]!).toBe(40)
  expect(await first.store.ledger.countByState()).toEqual({ due: 40 })
  expect((await first.store.subscriptions.list()).every(({ nextSlot }) => nextSlot === SLOT + DAY)).toBe(true)
  expect(await second.schedule.tick()).toBe(0)
})

test('before its time nothing is due; at its time it is, under the key of its slot', async () => {
  let now = SLOT - 1
  const [bot] = await startProcesses(1, () => now)
  await bot!.store.subscriptions.save([
    dailySubscription('fake:1', SLOT),
    dailySubscription('fake:2', SLOT, { state: 'paused' }),
  ])
  expect(await bot!.schedule.tick()).toBe(0)
  now = SLOT
  expect(await bot!.schedule.tick()).toBe(1)
  expect(await bot!.store.ledger.find('fake:1 morning 2026-05-04T08:00:00.000Z #1')).toMatchObject({
    kind: 'edition',
    place: 'fake:1',
    lane: 'lane',
    digest: 'morning',
    slot: SLOT,
    date: '2026-05-04',
    number: 1,
    state: 'due',
    dueAt: SLOT,
  })
})

test('once started, it wakes at the full minute, and once stopped never again', async () => {
  vi.useFakeTimers({ now: SLOT - 20_000 })
  const [{ store, schedule }] = (await startProcesses(1, Date.now)) as [Process]
  await store.subscriptions.save([dailySubscription('fake:1', SLOT)])
  schedule.start()
  await vi.advanceTimersByTimeAsync(19_000)
  expect(await store.ledger.countByState()).toEqual({})
  // The timer beside node-cron comes 20 s later.
  await vi.advanceTimersByTimeAsync(3_000)
  expect(await store.ledger.countByState()).toEqual({ due: 1 })
  await schedule.stop()
  expect(vi.getTimerCount()).toBe(0)
})

test('stopped in the moment of its start, it leaves nothing that wakes', async () => {
  vi.useFakeTimers({ now: SLOT - 20_000 })
  const [{ schedule }] = (await startProcesses(1, Date.now)) as [Process]
  schedule.start()
  await schedule.stop()
  expect(vi.getTimerCount()).toBe(0)
})

test('ten thousand subscriptions come due in one tick', { timeout: 60_000 }, async () => {
  const [bot] = await startProcesses(1, () => SLOT)
  await bot!.store.subscriptions.save(
    Array.from({ length: 10_000 }, (_, index) => dailySubscription(`fake:${index}`, SLOT)),
  )
  expect(await bot!.schedule.tick()).toBe(10_000)
  expect(await bot!.store.ledger.countByState()).toEqual({ due: 10_000 })
  expect(await bot!.schedule.tick()).toBe(0)
})

test('what came while nobody ran: the last one within the grace is sent, those before are missed', () => {
  const place: Place = 'fake:1'
  const states = (now: number) =>
    planDeliveries(dailySubscription(place, SLOT), now, 'lane').deliveries.map(
      ({ date, state }) => `${date} ${state}`,
    )
  const hour = 3_600_000
  expect(states(SLOT + 5 * hour)).toEqual(['2026-05-04 due'])
  expect(states(SLOT + 7 * hour)).toEqual(['2026-05-04 missed'])
  expect(states(SLOT + 2 * DAY + hour)).toEqual(['2026-05-04 missed', '2026-05-05 missed', '2026-05-06 due'])
})

test('a year of missed slots is ten rows, the oldest of which tells of those before', () => {
  const { deliveries, next } = planDeliveries(dailySubscription('fake:1', SLOT), SLOT + 365 * DAY - 1, 'lane')
  expect(deliveries).toHaveLength(10)
  expect(deliveries[0]!.error).toBe('missed: nutgraf was not running; so were 355 before it')
  expect(deliveries[1]!.error).toBe('missed: nutgraf was not running')
  expect(next.at).toBe(SLOT + 365 * DAY)
})

test('a subscription whose time cannot be reckoned is paused, and holds up nobody', async () => {
  const [bot] = await startProcesses(1, () => SLOT)
  await bot!.store.subscriptions.save([
    dailySubscription('fake:1', SLOT, { zone: 'Nowhere/Never' }),
    dailySubscription('fake:2', SLOT),
  ])
  expect(await bot!.schedule.tick()).toBe(1)
  expect(await bot!.store.subscriptions.find('fake:1', 'morning')).toMatchObject({
    state: 'paused',
    reason: expect.stringContaining('I can’t work out the next time'),
  })
  expect(await bot!.store.ledger.find(editionKey({ place: 'fake:2', digest: 'morning' }, SLOT))).toBeDefined()
  expect(bot!.log.errors).toHaveLength(1)
})
