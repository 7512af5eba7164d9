import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { DeliveryError, type Place } from '../../src/chat/platform.ts'
import { text } from '../../src/chat/reply.ts'
import type { Composed, DeliverOptions } from '../../src/delivery/attempt.ts'
import { deliver } from '../../src/delivery/deliver.ts'
import type { Delivery, NewDelivery } from '../../src/store/delivery.ts'
import { createSqliteEngine } from '../../src/store/sqlite.ts'
import { openStore, type Store } from '../../src/store/store.ts'
import { fakePlatform } from '../support/delivery/fake-platform.ts'
import { markWrong } from '../support/delivery/mark-wrong.ts'
import { recordingLog } from '../support/recording-log.ts'
import { temporaryFolder } from '../support/start-process.ts'

const PLACE: Place = 'fake:1'
const TIMES = { leaseMs: 100, requestTimeoutMs: 50, backOffMs: 1, maxBackOffMs: 4, giveUpAfterMs: 3_600_000 }
const open: Store[] = []
afterEach(() => Promise.all(open.splice(0).map(store => store.close())))

const edition = (key = 'e#1', more: Partial<NewDelivery> = {}): NewDelivery => ({
  key,
  kind: 'edition',
  place: PLACE,
  lane: 'fake',
  digest: 'morning',
  slot: 1,
  date: '2018-04-20',
  number: 1,
  state: 'due',
  dueAt: 0,
  ...more,
})

async function setUp(options: { repeatsMs?: number; compose?: DeliverOptions['compose'] } = {}) {
  let ahead = 0
  const store = await openStore(
    createSqliteEngine(join(temporaryFolder(), 'db'), { clock: () => Date.now() + ahead }),
  )
  open.push(store)
  const fake = fakePlatform('fake', options)
  const notices: string[] = []
  const composed = (): Composed => ({
    reply: { blocks: [text('news')], parts: ['s/label'], audience: 'place' },
    selection: '{"newsTo":5}',
    shown: [{ part: 's/label', revision: 1 }],
    repaired: ['s/withdrawn:e#1'],
  })
  const work: DeliverOptions = {
    store,
    owner: 'me',
    platform: name => (name === 'fake' ? fake.platform : undefined),
    compose: options.compose ?? (async () => composed()),
    reportTrouble: async (row, { message, human = message }) => void notices.push(`${row.key}: ${human}`),
    reportMended: async row => void notices.push(`${row.key} healed`),
    closeTrouble: async row => void notices.push(`${row.key} ended`),
    pauseDigest: async (_, reason) => void notices.push(`paused: ${reason}`),
    times: TIMES,
    log: recordingLog(),
  }
  /** Claims and delivers all due rows once. */
  const run = async () => {
    const rows = await store.ledger.claim({
      owner: 'me',
      leaseMs: TIMES.leaseMs,
      max: 10,
      platforms: ['fake', 'nowhere'],
      pace: () => undefined,
    })
    return Promise.all(rows.map(row => deliver(row, work)))
  }
  const state = async (key = 'e#1') => (await store.ledger.find(key)) as Delivery
  const pass = (ms: number) => {
    ahead += ms
  }
  return { store, fake, notices, run, state, pass }
}

test('a row is composed, posted and settled, and the next news begin where this one ended', async () => {
  const { store, fake, run, state } = await setUp()
  await store.subscriptions.save([
    {
      place: PLACE,
      digest: 'morning',
      time: '08:00',
      zone: 'UTC',
      days: 'mon',
      stories: '',
      quiet: 'skip',
      state: 'on',
      setBy: 'me',
      setAt: 1,
      nextSlot: 9e12,
      nextDate: '2018-04-23',
    },
  ])
  await store.ledger.add([edition()])
  expect(await run()).toEqual(['sent'])
  expect(fake.messages).toMatchObject([{ key: 'e#1', text: 'news' }])
  expect(await state()).toMatchObject({
    state: 'sent',
    message: { place: PLACE, id: '1' },
    selection: '{"newsTo":5}',
  })
  expect(await store.ledger.shownParts('e#1')).toEqual([{ part: 's/label', revision: 1 }])
  expect(await store.subscriptions.find(PLACE, 'morning')).toMatchObject({ newsFrom: 5 })
  expect(await run()).toEqual([])
})

test('nothing to say is quiet, and posts nothing', async () => {
  const { store, fake, run, state } = await setUp({ compose: async () => undefined })
  await store.ledger.add([edition()])
  expect(await run()).toEqual(['quiet'])
  expect(fake.messages).toEqual([])
  expect((await state()).state).toBe('quiet')
})

test('cut off after the message arrived: it is found, not posted again', async () => {
  const { store, fake, run, state, pass } = await setUp()
  await store.ledger.add([edition()])
  fake.queueOutcomes('cut after')
  expect(await run()).toEqual(['unknown'])
  expect(await run()).toEqual([])
  expect(fake.searchedKeys).toEqual([])
  pass(TIMES.leaseMs + 1)
  expect(await run()).toEqual(['sent'])
  expect(fake.messages).toHaveLength(1)
  expect(await state()).toMatchObject({ state: 'sent', message: { id: '1' } })
})

test('cut off before it arrived: it is looked for, then posted', async () => {
  const { store, fake, run, pass } = await setUp()
  await store.ledger.add([edition()])
  fake.queueOutcomes('cut before')
  expect(await run()).toEqual(['unknown'])
  pass(TIMES.leaseMs + 1)
  expect(await run()).toEqual(['sent'])
  expect(fake.searchedKeys).toEqual(['e#1'])
  expect(fake.messages).toHaveLength(1)
})

test('where the platform makes repeats one message, it is repeated for as long as that holds', async () => {
  const { store, fake, run, pass } = await setUp({ repeatsMs: 60_000 })
  await store.ledger.add([edition('a#1'), edition('b#1', { place: 'fake:2' })])
  fake.queueOutcomes('cut before', 'cut before')
  expect(await run()).toEqual(['unknown', 'unknown'])
  pass(TIMES.leaseMs + 1)
  fake.queueOutcomes('works', 'cut before')
  expect((await run()).sort()).toEqual(['sent', 'unknown'])
  expect(fake.searchedKeys).toEqual([])
  pass(61_000)
  expect(await run()).toEqual(['sent'])
  expect(fake.searchedKeys).toHaveLength(1)
})

test('where nobody may look, it stops in doubt and the desk hears of it', async () => {
  const { store, fake, run, state, pass, notices } = await setUp()
  await store.ledger.add([edition()])
  fake.refuseFind()
  fake.queueOutcomes('cut after')
  await run()
  pass(TIMES.leaseMs + 1)
  expect(await run()).toEqual(['doubt'])
  expect((await state()).state).toBe('doubt')
  expect(notices).toEqual([expect.stringContaining('In doubt')])
  pass(3_600_000)
  expect(await run()).toEqual([])
  expect(fake.messages).toHaveLength(1)
})

test('a look-up that can never say whether it stands there stops in doubt; one that may later is made again', async () => {
  const { store, fake, run, pass, state } = await setUp()
  await store.ledger.add([edition()])
  fake.queueOutcomes('cut after')
  await run()
  pass(TIMES.leaseMs + 1)
  const real = fake.platform.findPost
  fake.platform.findPost = async () => {
    throw new DeliveryError('fake: no answer', { outcome: 'unknown', retryInMs: 1 })
  }
  expect(await run()).toEqual(['again'])
  fake.platform.findPost = async () => {
    throw new DeliveryError('fake: our mark is lost', { outcome: 'unknown' })
  }
  pass(TIMES.maxBackOffMs)
  expect(await run()).toEqual(['doubt'])
  fake.platform.findPost = real
  expect((await state()).state).toBe('doubt')
  expect(fake.messages).toHaveLength(1)
})

test('an answer that was never posted is not posted late: whoever asked was told that it is not sure', async () => {
  const { store, fake, run, state, pass, notices } = await setUp()
  const open = (key: string, place: Place) =>
    store.ledger.addClaimed(
      { ...edition(key, { kind: 'answer', place }) },
      { owner: 'dead', leaseMs: 10, shown: [] },
    )
  await open('lost', PLACE)
  await open('there', 'fake:2')
  await fake.platform.post('fake:2', { blocks: [text('x')], parts: [], audience: 'place' }, { key: 'there' })
  pass(11)
  expect((await run()).sort()).toEqual(['failed', 'sent'])
  expect((await state('lost')).state).toBe('failed')
  expect((await state('there')).state).toBe('sent')
  expect(fake.messages).toHaveLength(1)
  expect(notices).toEqual(['there healed'])
})

test('refused for now is tried again, refused for good pauses and tells why', async () => {
  const { store, fake, run, state, pass, notices } = await setUp()
  await store.ledger.add([edition()])
  fake.queueOutcomes('limited', 'gone')
  expect(await run()).toEqual(['again'])
  expect(await state()).toMatchObject({ state: 'due', error: 'fake: 429', attempts: 1 })
  expect((await state()).firstTriedAt).toBeUndefined()
  pass(10)
  expect(await run()).toEqual(['failed'])
  expect(notices).toEqual(['paused: The channel is gone.', 'e#1: The channel is gone.'])
  expect((await state()).error).toBe('The channel is gone.\nfake: gone')
  expect(fake.searchedKeys).toEqual([])
})

test('after many attempts the desk hears, and a row that is too old is given up', async () => {
  const { store, fake, run, state, pass, notices } = await setUp()
  await store.ledger.add([edition()])
  fake.queueOutcomes(...Array.from({ length: 20 }, () => 'limited' as const))
  for (let attempt = 0; attempt < 5; attempt++) {
    expect(await run()).toEqual(['again'])
    pass(10)
  }
  expect(notices).toEqual(['e#1: fake: 429'])
  pass(TIMES.giveUpAfterMs)
  expect(await run()).toEqual(['failed'])
  expect((await state()).state).toBe('failed')
})

test('attempts that ended with their process do not trouble the desk', async () => {
  const { store, fake, run, state, pass, notices } = await setUp()
  await store.ledger.add([edition()])
  for (let kill = 0; kill < 8; kill++) {
    await store.ledger.claim({
      owner: 'dead',
      leaseMs: 10,
      max: 1,
      platforms: ['fake'],
      pace: () => undefined,
    })
    pass(11)
  }
  fake.queueOutcomes('limited')
  expect(await run()).toEqual(['again'])
  expect((await state()).attempts).toBe(9)
  expect(notices).toEqual([])
})

test('a thread reply goes under its message, and is looked for there', async () => {
  const searchedThreads: (string | undefined)[] = []
  const { store, fake, run, pass } = await setUp({
    compose: async row => ({
      reply: { blocks: [text(row.key)], parts: [], audience: 'place' },
      selection: '{}',
      shown: [],
      ...(row.number === 1 && { thread: [edition('e#2', { number: 2, parent: 'e#1', selection: '{}' })] }),
    }),
  })
  const find = fake.platform.findPost
  fake.platform.findPost = (place, key, range) => {
    searchedThreads.push(range.under)
    return find(place, key, range)
  }
  await store.ledger.add([edition()])
  fake.queueOutcomes('works', 'cut after')
  expect(await run()).toEqual(['sent'])
  expect(await run()).toEqual(['unknown'])
  pass(TIMES.leaseMs + 1)
  expect(await run()).toEqual(['sent'])
  expect(searchedThreads).toEqual(['1'])
  expect(fake.messages.map(message => [message.key, message.ref.under])).toEqual([
    ['e#1', undefined],
    ['e#2', '1'],
  ])
})

test('a row with a message is edited; an edit whose end is unknown is simply made again', async () => {
  const { store, fake, run, pass } = await setUp()
  await store.ledger.add([edition()])
  await run()
  await markWrong(store, 'e#1', 's')
  fake.queueOutcomes('hangs up')
  expect(await run()).toEqual(['again'])
  pass(10)
  expect(await run()).toEqual(['sent'])
  expect(fake.messages).toHaveLength(1)
  expect(fake.messages[0]).toMatchObject({ edits: 1 })
  expect(await store.corrections.causes()).toMatchObject([{ repaired: 1, pending: 0, impossible: 0 }])
})

test('a place of a platform that is off waits for it', async () => {
  const { store, run, state } = await setUp()
  await store.ledger.add([edition('n', { place: 'nowhere:1' })])
  expect(await run()).toEqual(['again'])
  expect(await state('n')).toMatchObject({ state: 'due', error: 'deliver: no platform for nowhere:1' })
})
