import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { DeliveryError, Place } from '../../../src/chat/platform.ts'
import type { DiscordPlatform } from '../../../src/platforms/discord/discord.ts'
import { connectDiscord } from '../../support/discord/connected-platform.ts'
import { ALL_PERMISSIONS, PERMISSION_BITS } from '../../support/discord/loopback-channels.ts'
import { CHANNEL, DANA, GUILD } from '../../support/discord/payloads.ts'
import { sentenceReply } from '../../support/echo-answer.ts'
import { type Loopback, startDiscord } from '../../support/loopback/discord.ts'

const PLACE: Place = `discord:${GUILD}/${CHANNEL}`
let loopback: Loopback
let platform: DiscordPlatform

beforeAll(async () => {
  loopback = await startDiscord()
  ;({ platform } = await connectDiscord(loopback))
})
afterAll(async () => {
  await platform.stop()
  await loopback.close()
})
beforeEach(() => {
  loopback.messages.length = 0
  loopback.channelPermissions.delete(CHANNEL)
})

const errorOf = (work: Promise<unknown>): Promise<DeliveryError> =>
  work.then(
    () => Promise.reject(new Error('it did not fail')),
    cause => cause,
  )

test('without Embed Links the mark is dropped: a look-up says that nobody can tell, not that nothing is there', async () => {
  loopback.channelPermissions.set(CHANNEL, ALL_PERMISSIONS & ~PERMISSION_BITS.embed)
  const since = Date.now()
  await platform.post(PLACE, sentenceReply('x'), { key: 'bare' })
  expect(loopback.messages).toMatchObject([{ content: 'x', embeds: [] }])
  const failure = await errorOf(platform.findPost(PLACE, 'bare', { since }))
  expect(failure).toMatchObject({ outcome: 'unknown', human: expect.stringContaining('Embed Links') })
  expect(failure.retryInMs).toBeUndefined()
  // The permission is back, but the post that was made without it has no mark.
  loopback.channelPermissions.delete(CHANNEL)
  expect((await errorOf(platform.findPost(PLACE, 'bare', { since }))).outcome).toBe('unknown')
  const later = await platform.post(PLACE, sentenceReply('x'), { key: 'marked' })
  expect(await platform.findPost(PLACE, 'marked', { since })).toEqual(later)
})

test('what others wrote, and our own arrival, need no mark', async () => {
  loopback.storeMessage({ content: 'hello', author: DANA })
  loopback.storeMessage({ type: 7 })
  expect(await platform.findPost(PLACE, 'none', { since: Date.now() })).toBeUndefined()
})

test('without Read Message History Discord gives an empty list: nobody can tell', async () => {
  const since = Date.now()
  await platform.post(PLACE, sentenceReply('x'), { key: 'hidden' })
  loopback.channelPermissions.set(CHANNEL, ALL_PERMISSIONS & ~PERMISSION_BITS.history)
  const failure = await errorOf(platform.findPost(PLACE, 'hidden', { since }))
  expect(failure).toMatchObject({
    outcome: 'unknown',
    human: expect.stringContaining('Read Message History'),
  })
  expect(failure.retryInMs).toBeUndefined()
})

test('a look-up that cannot learn what it may see is made again', async () => {
  loopback.failNext('GET /guilds/:id/roles', { status: 503 })
  expect(await errorOf(platform.findPost(PLACE, 'none', { since: Date.now() }))).toMatchObject({
    retryInMs: 10_000,
  })
})
