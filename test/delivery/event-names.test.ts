import { afterEach, expect, test } from 'vitest'
import { toPlainText } from '../../src/chat/plain-text.ts'
import type { Subscription } from '../../src/store/subscriptions.ts'
import { startBridgeBot, stopBridgeBots } from '../support/delivery/bridge-bot.ts'

afterEach(stopBridgeBots)

const event = (text: string) => ({ date: '2026-05-02', text, confidence: 'medium', sources: [1] })
const CLOSES = event('The city closes the bridge at noon.')
const CRACKS = event('An inspector reports cracks in the morning.')
const MENDED = event('The city closes the bridge at ten.')
const CORRECTION = {
  on: '2026-06-01',
  was: 'The city closes the bridge at noon.',
  now: 'The city closes the bridge at ten.',
  why: 'Misread.',
}

const SUBSCRIPTION: Subscription = {
  place: 'fake:digest',
  digest: 'morning',
  time: '08:00',
  zone: 'UTC',
  days: 'daily',
  stories: '',
  quiet: 'skip',
  state: 'on',
  setBy: 'fake:u',
  setAt: 0,
  nextSlot: Date.parse('2099-01-01T08:00:00Z'),
  nextDate: '2099-01-01',
}

test('an event entered before another one of its day takes neither its name, nor its news, nor its corrections', async () => {
  const bot = await startBridgeBot({ first: { timeline: [CLOSES] } })
  await bot.store.subscriptions.save([SUBSCRIPTION])
  await bot.deliverEdition('fake:digest')
  const noon = await bot.publish('/nutgraf bridge timeline', 'fake:1')
  bot.advanceClock(60_000)
  await bot.writeStory({ timeline: [CRACKS, CLOSES] })
  const both = await bot.publish('/nutgraf bridge timeline', 'fake:2')
  const cracks = await bot.publish('/nutgraf bridge find cracks', 'fake:3')

  const told = (await bot.deliverEdition('fake:digest'))!.text
  expect(told).toMatch(/^2 May 2026: An inspector reports cracks.*\nADDED /s)
  expect(told).not.toMatch(/REVISED|noon/)

  bot.advanceClock(60_000)
  // The second event of the day, as the file has them now.
  const correction = { ...CORRECTION, part: 'event:2026-05-02-2' }
  await bot.writeStory({ timeline: [CRACKS, MENDED], corrections: [correction] })
  expect((await bot.store.corrections.causes())[0]).toMatchObject({
    part: 'bridge/event:2026-05-02-1',
    repaired: 2,
  })
  for (const message of [noon, both]) expect(bot.messageAt(message).text).toMatch(/CORRECTED.*at ten/s)
  expect(bot.messageAt(noon).text).not.toContain('cracks')
  expect(bot.messageAt(cracks).text).not.toContain('CORRECTED')

  // Ids are written, each as the file calls its event: nothing happens to what is posted.
  const edits = bot.editCount()
  const withIds = [
    { ...CRACKS, id: '2026-05-02-1' },
    { ...MENDED, id: '2026-05-02-2' },
  ]
  await bot.writeStory({ timeline: withIds })
  await bot.writeStory({ timeline: [event('Police count the cars at dawn.'), ...withIds] })
  expect(bot.editCount()).toBe(edits)
  expect((await bot.store.corrections.causes()).map(({ repaired, pending }) => [repaired, pending])).toEqual([
    [2, 0],
  ])
  expect(toPlainText(await bot.ask('/nutgraf bridge changes'))).toContain('2 messages repaired')
})
