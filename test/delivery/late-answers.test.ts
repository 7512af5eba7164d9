import { afterEach, expect, test } from 'vitest'
import type { Call } from '../../src/chat/platform.ts'
import { refusal } from '../../src/chat/reply.ts'
import { createHandler } from '../../src/commands/handler.ts'
import { publishedCall } from '../../src/delivery/publish.ts'
import { startBridgeBot, stopBridgeBots } from '../support/delivery/bridge-bot.ts'
import type { FakeOutcome } from '../support/delivery/fake-platform.ts'
import { recordingLog } from '../support/recording-log.ts'

afterEach(stopBridgeBots)

const MENTION: Call = {
  ...{ command: 'nutgraf', text: 'bridge status', place: 'fake:1', audience: 'place', at: 1 },
  caller: { id: 'fake:u', rights: ['member'] },
}

/** Answers a mention whose post meets these outcomes; resolves once nothing is due any more. */
async function mention(
  outcomes: FakeOutcome[],
  call = MENTION,
  reply = refusal(['There is no such thing.']),
) {
  const bot = await startBridgeBot()
  const answer = call.text === 'bridge status' ? await bot.ask('/nutgraf bridge status') : reply
  bot.fake.queueOutcomes(...outcomes)
  const posted = await bot.createPublisher()(
    call,
    { ...answer, audience: 'place' },
    { key: 'm1', under: '7', mayBeLate: true },
  )
  // The lease of a post whose outcome nobody knows has run out.
  bot.advanceClock(10_000)
  await bot.look()
  return { bot, posted, key: `answer ${call.place} m1` }
}

test.each<FakeOutcome[]>([
  ['limited'],
  ['limited', 'limited', 'limited'],
  ['cut before', 'limited'],
  ['cut after'],
])('an answer to a mention that meets %s is posted once, where it was asked', async (...outcomes) => {
  const { bot, key, posted } = await mention(outcomes)
  expect(posted).toMatchObject({ waits: true })
  expect(bot.fake.messages).toHaveLength(1)
  expect(bot.fake.messages[0]).toMatchObject({ text: expect.stringContaining('bridge') })
  expect(bot.fake.messages[0]?.ref.under).toBe('7')
  const row = (await bot.store.ledger.find(key))!
  expect(row.state).toBe('sent')
  // A correction finds it like any other.
  expect((await bot.store.ledger.shownParts(key)).map(({ part }) => part)).toContain('bridge/label')
})

test('a refusal that comes late says what it said at once', async () => {
  const { bot } = await mention(['limited'], { ...MENTION, text: 'xyz' })
  expect(bot.fake.messages).toMatchObject([{ text: 'There is no such thing.' }])
})

test('what is final stays so, and a command that somebody waits for is not posted later', async () => {
  const final = await mention(['gone'])
  expect(final.posted).not.toHaveProperty('waits')
  expect(final.bot.fake.messages).toEqual([])
  expect(await final.bot.store.ledger.find(final.key)).toMatchObject({ state: 'failed' })
  const bot = await startBridgeBot()
  bot.fake.queueOutcomes('limited')
  await expect(bot.publish('/nutgraf bridge status')).rejects.toThrow(/try again/)
  await bot.waitUntilSettled()
  expect(bot.fake.messages).toEqual([])
})

test('after a quarter of an hour nobody waits for it any more', async () => {
  const bot = await startBridgeBot()
  await bot.pipeline().stop()
  bot.fake.queueOutcomes('limited', 'limited')
  const reply = { ...(await bot.ask('/nutgraf bridge status')), audience: 'place' as const }
  await bot.createPublisher()(MENTION, reply, { key: 'm1', mayBeLate: true })
  bot.advanceClock(16 * 60_000)
  await bot.restart()
  expect(bot.fake.messages).toEqual([])
  expect(await bot.store.ledger.find('answer fake:1 m1')).toMatchObject({ state: 'failed' })
})

test('it is answered from its call alone, by whichever process posts it', async () => {
  const { bot, key } = await mention(['limited'])
  const row = (await bot.store.ledger.find(key))!
  expect(row.selection).not.toContain('blocks')
  const alone = createHandler({ library: bot.library, version: '1', zone: 'UTC' }, recordingLog())
  expect((await alone.answer(publishedCall(row))).parts).toContain('bridge/label')
})
