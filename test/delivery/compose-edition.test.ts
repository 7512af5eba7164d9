import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import type { Place } from '../../src/chat/platform.ts'
import { commandLinesFor } from '../../src/commands/digest/command-lines.ts'
import type { Library } from '../../src/content/library.ts'
import { partsOfAll } from '../../src/content/parts.ts'
import type { DeliverOptions } from '../../src/delivery/attempt.ts'
import { createComposeEdition } from '../../src/delivery/compose-edition.ts'
import { deliver } from '../../src/delivery/deliver.ts'
import { editionKey } from '../../src/digests/schedule.ts'
import type { Delivery, NewDelivery } from '../../src/store/delivery.ts'
import { createSqliteEngine } from '../../src/store/sqlite.ts'
import { openStore, type Store } from '../../src/store/store.ts'
import type { Subscription } from '../../src/store/subscriptions.ts'
import { libraryFromFiles, type StoryFields, storyFiles } from '../support/content/story-files.ts'
import { fakePlatform } from '../support/delivery/fake-platform.ts'
import { fixedSnapshots } from '../support/delivery/fixed-snapshots.ts'
import { moment } from '../support/digests/recorded-revisions.ts'
import { recordingLog } from '../support/recording-log.ts'
import { temporaryFolder } from '../support/start-process.ts'

const PLACE: Place = 'fake:1'
const START = moment('2026-05-04T12:30:00Z')
const DAY = 86_400_000
const open: Store[] = []
afterEach(() => Promise.all(open.splice(0).map(store => store.close())))

const digests = { path: 'digests.yml', origin: 'digests.yml' }
const MORNING = '- { name: morning, title: Morning brief, time: "07:30", days: daily, zone: America/Chicago }'
const content = (written: StoryFields = {}, text = MORNING) =>
  libraryFromFiles(storyFiles('bridge', written), [{ ...digests, text }])
const event = (date: string, text: string) => ({ date, text, confidence: 'high', sources: [1] })
const OLD = event('2025-12-30', 'Rust.')

const SUBSCRIPTION: Subscription = {
  ...{ place: PLACE, digest: 'morning', time: '07:30', zone: 'America/Chicago', days: 'mon', stories: '' },
  ...{
    quiet: 'note',
    state: 'on',
    setBy: 'fake:u',
    setAt: 0,
    nextSlot: START + 3 * DAY,
    nextDate: '2026-05-07',
  },
}

/** A store, a platform in memory, and content that changes from day to day. */
async function newsroom(first: Library) {
  let now = START - DAY
  let library = first
  const engine = createSqliteEngine(join(temporaryFolder(), 'db'), { clock: () => now })
  const store = await openStore(engine)
  open.push(store)
  const fake = fakePlatform('fake')
  const notices: string[] = []
  const snapshots = fixedSnapshots(store, () => library, store.clock)
  const composeEdition = createComposeEdition({
    store,
    snapshots,
    commandLines: commandLinesFor,
    zone: 'UTC',
  })
  const compose = (row: Delivery) => composeEdition(row, library)
  const work: DeliverOptions = {
    ...{ store, owner: 'me', compose, platform: () => fake.platform, log: recordingLog() },
    reportTrouble: async (_, { message }) => void notices.push(message),
    reportMended: async () => {},
    closeTrouble: async () => {},
    pauseDigest: async (_, reason) => void notices.push(`paused: ${reason}`),
    times: { leaseMs: 1_000, requestTimeoutMs: 500, backOffMs: 1, maxBackOffMs: 2, giveUpAfterMs: DAY },
  }
  const row = (slot: number): NewDelivery => ({
    key: editionKey({ place: PLACE, digest: 'morning' }, slot),
    ...{ kind: 'edition', place: PLACE, lane: 'fake', digest: 'morning', number: 1, state: 'due' },
    ...{ slot, date: new Date(slot).toISOString().slice(0, 10), dueAt: slot },
  })
  const run = async () => {
    const claimed = await store.ledger.claim({
      owner: 'me',
      leaseMs: 1_000,
      max: 9,
      platforms: ['fake'],
      pace: () => undefined,
    })
    for (const delivery of claimed) await deliver(delivery, work)
    return claimed.length
  }
  // A minute later: what is recorded in the very moment of an edition could belong to it.
  const publish = async (next: Library) => {
    library = next
    now += 60_000
    await store.revisions.record(partsOfAll(library))
  }
  await publish(first)
  return {
    ...{ engine, store, fake, notices, run, publish, compose, row },
    /** Posts the edition that is due some days after the start, and gives its messages. */
    day: async (days: number) => {
      now = START + days * DAY
      const before = fake.messages.length
      await store.ledger.add([row(now)])
      while ((await run()) > 0);
      return fake.messages.slice(before).map(message => message.text)
    },
  }
}

test('the first edition says where the stories stand, the next ones what is new since, a quiet day so', async () => {
  const { day, publish, store } = await newsroom(content({ timeline: [OLD] }))
  await store.subscriptions.save([SUBSCRIPTION])
  expect((await day(0))[0]).toContain('Morning brief: where each story stands. From now on: what is new.')
  await publish(content({ timeline: [OLD, event('2026-05-04', 'The mayor resigns.')] }))
  const [second] = await day(1)
  expect(second).toMatch(/^The mayor resigns\.\n\nThe bridge on Main Street · developing/)
  expect(second).toContain('\n\nNEW Mon 4 May [The Paper]\n\nMorning brief · since Mon 07:30')
  expect(await day(2)).toEqual(['Nothing new since Tue 07:30 · 1 story · next brief Thu 07:30'])
  expect(await store.ledger.shownParts(editionKey(SUBSCRIPTION, START + DAY))).toEqual([
    { part: 'bridge/event:2026-05-04-1', revision: 1 },
    { part: 'bridge/label', revision: 1 },
  ])
})

test('what has no room goes into a thread reply with a row of its own, once', async () => {
  const { day, publish, store, fake } = await newsroom(content({ timeline: [OLD] }))
  await store.subscriptions.save([SUBSCRIPTION])
  await day(0)
  const many = Array.from({ length: 9 }, (_, at) =>
    event(`2026-05-0${at + 1}`, `Event ${at + 1}. ${'word '.repeat(40)}`),
  )
  await publish(content({ timeline: [OLD, ...many], meta: { coversTo: '2026-05-09' } }))
  const [message, reply, ...others] = await day(1)
  expect(message!.match(/Event \d/g)).toEqual(['Event 9', 'Event 8', 'Event 7'])
  expect(reply).toContain('Event 6')
  expect(others).toEqual([])
  expect(fake.messages.at(-1)!.ref.under).toBe(fake.messages.at(-2)!.ref.id)
  const key = editionKey(SUBSCRIPTION, START + DAY, 2)
  expect(await store.ledger.find(key)).toMatchObject({
    ...{
      kind: 'edition',
      number: 2,
      state: 'sent',
      place: PLACE,
      lane: 'fake',
      digest: 'morning',
      slot: START + DAY,
    },
    ...{ date: '2026-05-05', parent: editionKey(SUBSCRIPTION, START + DAY) },
  })
  expect((await store.subscriptions.find(PLACE, 'morning'))!.newsFrom).toBe(START + DAY)
})

test('a row that has a selection is drawn from it, with no second thread row', async () => {
  const { day, publish, store, compose } = await newsroom(content({ timeline: [OLD] }))
  await store.subscriptions.save([SUBSCRIPTION])
  await day(0)
  await publish(content({ timeline: [OLD, event('2026-05-04', 'The mayor resigns.')] }))
  await day(1)
  const row = (await store.ledger.find(editionKey(SUBSCRIPTION, START + DAY))) as Delivery
  await publish(
    content({ timeline: [OLD, event('2026-05-04', 'The mayor stays.'), event('2026-05-05', 'Later.')] }),
  )
  const { reply, shown, selection, thread } = (await compose(row))!
  expect(JSON.stringify(reply)).toContain('The mayor stays.')
  expect(JSON.stringify(reply)).not.toContain('Later.')
  expect(shown).toContainEqual({ part: 'bridge/event:2026-05-04-1', revision: 2 })
  expect(selection).toBe(row.selection)
  expect(thread).toBeUndefined()
})

test('an edition that is edited does not take the next one back to old news', async () => {
  const { day, publish, store, engine, run, fake } = await newsroom(content({ timeline: [OLD] }))
  await store.subscriptions.save([SUBSCRIPTION])
  await day(0)
  await publish(content({ timeline: [OLD], meta: { title: 'The old bridge' } }))
  await day(1)
  // As after a correction, the first edition is due once more.
  const key = editionKey(SUBSCRIPTION, START)
  await engine.query("update deliveries set state = 'due', owner = null where key = $1", [key])
  expect(await run()).toBe(1)
  expect(fake.messages[0]).toMatchObject({ edits: 1, text: expect.stringContaining('The old bridge') })
  expect((await store.subscriptions.find(PLACE, 'morning'))!.newsFrom).toBe(START + DAY)
})

test('where the digest, or every story of it, is gone, the edition says so; once it is back, so is the digest', async () => {
  const { day, publish, store, row, notices } = await newsroom(content())
  await store.subscriptions.save([{ ...SUBSCRIPTION, stories: 'tunnel' }])
  const errorOf = async (days: number) => (await store.ledger.find(row(START + days * DAY).key))?.error
  expect(await day(0)).toEqual([])
  expect(await errorOf(0)).toContain('None of this digest’s stories exists any more.')
  await publish(content({}, '[]'))
  expect(await day(1)).toEqual([])
  expect(await errorOf(1)).toContain('This digest no longer exists.')
  expect(notices.filter(notice => notice.startsWith('paused'))).toEqual([])
  await publish(libraryFromFiles(storyFiles('tunnel', {}), [{ ...digests, text: MORNING }]))
  expect(await day(2)).toHaveLength(1)
})

test('a story that is taken down and comes back owes nothing that was told, and tells what was not', async () => {
  const [first, second] = [event('2026-05-04', 'The mayor resigns.'), event('2026-05-05', 'A new one comes.')]
  const bridge = (...more: object[]) =>
    content({ timeline: [OLD, ...more], meta: { coversTo: '2026-05-05' } })
  const { day, publish, store } = await newsroom(bridge())
  await store.subscriptions.save([SUBSCRIPTION])
  await day(0)
  await publish(bridge(first))
  expect((await day(1))[0]).toContain('The mayor resigns.')
  await publish(bridge(first, second))
  // Another story keeps the digest going.
  await publish(libraryFromFiles(storyFiles('tunnel', {}), [{ ...digests, text: MORNING }]))
  expect((await day(2)).join()).not.toContain('A new one comes.')
  const { owed } = (await store.subscriptions.find(PLACE, 'morning'))!
  expect(owed).toEqual([{ part: 'bridge/event:2026-05-05-1', since: START + DAY }])
  await publish(bridge(first, second))
  const [message] = await day(3)
  expect(message).toContain('NEW')
  expect(message).toContain('A new one comes.')
  expect(message).not.toContain('The mayor resigns.')
  expect((await store.subscriptions.find(PLACE, 'morning'))!.owed).toBeUndefined()
  expect(await day(4)).toEqual([expect.stringContaining('Nothing new')])
})

test('a place without a subscription gets the digest as it is defined', async () => {
  const { day } = await newsroom(content())
  const [message] = await day(0)
  expect(message).toMatch(/ · Mon 4 May · 10 s\n[\s\S]*Morning brief: where each story stands/)
})

test('news that is written down after the moment that counts waits for the next edition', async () => {
  const before = content({ timeline: [OLD] })
  const { store, publish, row } = await newsroom(before)
  const after = content({ timeline: [OLD, event('2026-05-04', 'The mayor resigns.')] })
  await publish(after)
  await store.subscriptions.save([{ ...SUBSCRIPTION, newsFrom: START - DAY + 60_000 }])
  const at = (asOf: number, content: Library) => {
    const snapshots = fixedSnapshots(store, content, asOf)
    const compose = createComposeEdition({ store, snapshots, commandLines: commandLinesFor, zone: 'UTC' })
    return async (row: Delivery) => (await compose(row, content))!
  }
  await store.ledger.add([row(START)])
  const due = (await store.ledger.find(editionKey(SUBSCRIPTION, START)))!
  const early = await at(START - DAY + 90_000, before)(due)
  expect(JSON.stringify(early.reply)).toContain('Nothing new')
  expect(JSON.parse(early.selection)).toMatchObject({ newsTo: START - DAY + 90_000 })
  expect(JSON.stringify((await at(START, after)(due)).reply)).not.toContain('Nothing new')
})
