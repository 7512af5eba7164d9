import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { text } from '../../src/chat/reply.ts'
import type { Library } from '../../src/content/library.ts'
import type { Pipeline, PipelineOptions } from '../../src/delivery/pipeline.ts'
import { createSqliteEngine } from '../../src/store/sqlite.ts'
import { openStore, type Store } from '../../src/store/store.ts'
import { dailySubscription, dueEdition, minutesAgo } from '../support/delivery/due-rows.ts'
import { fakePlatform } from '../support/delivery/fake-platform.ts'
import { markWrong } from '../support/delivery/mark-wrong.ts'
import { createTestPipeline, morningLibrary } from '../support/delivery/test-pipeline.ts'
import { temporaryFolder } from '../support/start-process.ts'

const open: Store[] = []
const running: Pipeline[] = []
afterEach(async () => {
  for (const pipeline of running.splice(0)) await pipeline.stop()
  for (const store of open.splice(0)) await store.close()
})

async function startPipeline(more: Partial<PipelineOptions> = {}) {
  const store = await openStore(createSqliteEngine(join(temporaryFolder(), 'db')))
  open.push(store)
  const fake = fakePlatform()
  const { pipeline, log } = createTestPipeline(store, fake.platform, more)
  running.push(pipeline)
  const state = (key: string) =>
    expect.poll(async () => (await store.ledger.find(key))?.state, { timeout: 20_000 })
  return { store, fake, pipeline, log, state }
}

test('a subscription whose time has come is brought at the start, with what it shows written down', async () => {
  const { store, fake, pipeline, state } = await startPipeline()
  const slot = minutesAgo(1)
  await store.subscriptions.save([dailySubscription('fake:1', slot)])
  await pipeline.start()
  const { key } = dueEdition('fake:1', slot)
  await state(key).toBe('sent')
  expect(fake.messages[0]!.text).toContain('The bridge on Main Street')
  expect(fake.messages[0]!.text).toContain('Why it closed.')
  const shown = await store.ledger.shownParts(key)
  expect(shown).toContainEqual({ part: 'bridge/label', revision: 1 })
  expect((await store.subscriptions.find('fake:1', 'morning'))?.newsFrom).toBeGreaterThan(slot)
})

test('a day without news brings nothing, and a change brings just that', async () => {
  let library: Library = morningLibrary()
  const { store, fake, pipeline, state } = await startPipeline({ library: () => library })
  const slot = minutesAgo(3)
  await store.subscriptions.save([dailySubscription('fake:1', slot)])
  await pipeline.start()
  await state(dueEdition('fake:1', slot).key).toBe('sent')
  await store.ledger.add([dueEdition('fake:1', slot + 60_000)])
  pipeline.wake()
  await state(dueEdition('fake:1', slot + 60_000).key).toBe('quiet')
  library = Object.assign(morningLibrary('Why it closed, and when it opens.'), { revision: 'next' })
  await pipeline.refresh()
  await store.ledger.add([dueEdition('fake:1', slot + 120_000)])
  pipeline.wake()
  await state(dueEdition('fake:1', slot + 120_000).key).toBe('sent')
  expect(fake.messages).toHaveLength(2)
  expect(fake.messages[1]!.text).toContain('REVISED')
})

test('a channel that is gone pauses its subscription; the desk hears once, and once of the end', async () => {
  const { store, fake, pipeline, state } = await startPipeline({ deskPlace: 'fake:desk' })
  const { platform } = fake
  const { post } = platform
  let gone = true
  platform.post = (place, ...more) => {
    if (place === 'fake:1' && gone) fake.queueOutcomes('gone')
    return post(place, ...more)
  }
  await store.subscriptions.save([dailySubscription('fake:1', minutesAgo(-60))])
  await pipeline.start()
  const slot = minutesAgo(3)
  for (const at of [slot, slot + 1]) {
    await store.ledger.add([dueEdition('fake:1', at)])
    pipeline.wake()
    await state(dueEdition('fake:1', at).key).toBe('failed')
  }
  expect(await store.subscriptions.find('fake:1', 'morning')).toMatchObject({
    state: 'paused',
    reason: 'The channel is gone.',
  })
  gone = false
  await store.ledger.add([dueEdition('fake:1', slot + 2)])
  pipeline.wake()
  await state(dueEdition('fake:1', slot + 2).key).toBe('sent')
  const deskMessages = () =>
    fake.messages.filter(({ ref }) => ref.place === 'fake:desk').map(({ text }) => text)
  await expect.poll(deskMessages, { timeout: 20_000 }).toHaveLength(2)
  expect(deskMessages()).toEqual([
    'Problem with the digest “morning” in fake:1: The channel is gone.',
    expect.stringMatching(/^Resolved: the digest “morning” in fake:1 went through/),
  ])
})

test('a published answer that is due again is answered anew and edited', async () => {
  const { store, fake, pipeline, state } = await startPipeline({
    redraw: async row => ({ blocks: [text(`anew ${row.key}`)], parts: [], audience: 'place' }),
  })
  const message = await fake.platform.post(
    'fake:1',
    { blocks: [text('old')], parts: [], audience: 'place' },
    { key: 'answer' },
  )
  const row = dueEdition('fake:1', 1, { key: 'answer', kind: 'answer' })
  const shown = [{ part: 'road/label', revision: 1 }]
  await store.ledger.addClaimed(row, { owner: pipeline.owner, leaseMs: 1_000, shown })
  await store.ledger.markSent({ key: 'answer', owner: pipeline.owner }, message)
  await pipeline.start()
  await markWrong(store, 'answer', 'road')
  pipeline.wake()
  await expect.poll(() => fake.messages[0]!.text, { timeout: 20_000 }).toBe('anew answer')
  await state('answer').toBe('sent')
  expect(fake.messages).toHaveLength(1)
})

test('an answer that cannot be made anew for a fault of ours stays as it is, and is tried again', async () => {
  const { store, fake, pipeline } = await startPipeline({ redraw: () => Promise.reject(new Error('a bug')) })
  const message = await fake.platform.post(
    'fake:1',
    { blocks: [text('old')], parts: [], audience: 'place' },
    { key: 'answer' },
  )
  const shown = [{ part: 'road/label', revision: 1 }]
  const row = dueEdition('fake:1', 1, { key: 'answer', kind: 'answer' })
  await store.ledger.addClaimed(row, { owner: pipeline.owner, leaseMs: 1_000, shown })
  await store.ledger.markSent({ key: 'answer', owner: pipeline.owner }, message)
  await pipeline.start()
  await markWrong(store, 'answer', 'road')
  pipeline.wake()
  await expect
    .poll(async () => (await store.ledger.find('answer'))?.error, { timeout: 20_000 })
    .toMatch(/a bug/)
  expect(await store.ledger.find('answer')).toMatchObject({ state: 'due' })
  expect(fake.messages[0]!.text).toBe('old')
  expect((await store.corrections.causes())[0]).toMatchObject({ pending: 1, impossible: 0 })
})

test('stopping ends with nothing under way, and the content let go', async () => {
  const { store, pipeline } = await startPipeline()
  await pipeline.start()
  expect(await store.revisions.isContentLeased()).toBe(true)
  await pipeline.stop()
  expect(await store.revisions.isContentLeased()).toBe(false)
})
