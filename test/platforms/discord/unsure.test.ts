import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { DeliveryError, Place } from '../../../src/chat/platform.ts'
import type { DiscordPlatform } from '../../../src/platforms/discord/discord.ts'
import { connected } from '../../support/discord/connected-platform.ts'
import { ALL, BITS } from '../../support/discord/loopback-server.ts'
import { CHANNEL, DANA, GUILD } from '../../support/discord/payloads.ts'
import { said } from '../../support/echo-platform.ts'
import { type Loopback, startDiscord } from '../../support/loopback/discord.ts'

const PLACE: Place = `discord:${GUILD}/${CHANNEL}`
let loopback: Loopback
let platform: DiscordPlatform

beforeAll(async () => {
  loopback = await startDiscord()
  ;({ platform } = await connected(loopback))
})
afterAll(async () => {
  await platform.stop()
  await loopback.close()
})
beforeEach(() => {
  loopback.messages.length = 0
  loopback.allowed.delete(CHANNEL)
})

const failed = (made: Promise<unknown>): Promise<DeliveryError> =>
  made.then(
    () => Promise.reject(new Error('it did not fail')),
    cause => cause,
  )

test('without Embed Links the mark is dropped: a look-up says that nobody can tell, not that nothing is there', async () => {
  loopback.allowed.set(CHANNEL, ALL & ~BITS.embed)
  const since = Date.now()
  await platform.post(PLACE, said('x'), { key: 'bare' })
  expect(loopback.messages).toMatchObject([{ content: 'x', embeds: [] }])
  const failure = await failed(platform.find(PLACE, 'bare', { since }))
  expect(failure).toMatchObject({ outcome: 'unknown', human: expect.stringContaining('Embed Links') })
  expect(failure.retryInMs).toBeUndefined()
  // Given back, it does not help: the post that was made meanwhile stays without a mark.
  loopback.allowed.delete(CHANNEL)
  expect((await failed(platform.find(PLACE, 'bare', { since }))).outcome).toBe('unknown')
  const later = await platform.post(PLACE, said('x'), { key: 'marked' })
  expect(await platform.find(PLACE, 'marked', { since })).toEqual(later)
})

test('what others wrote, and our own arrival, need no mark', async () => {
  loopback.store({ content: 'hello', author: DANA })
  loopback.store({ type: 7 })
  expect(await platform.find(PLACE, 'none', { since: Date.now() })).toBeUndefined()
})

test('without Read Message History Discord gives an empty list: nobody can tell', async () => {
  const since = Date.now()
  await platform.post(PLACE, said('x'), { key: 'hidden' })
  loopback.allowed.set(CHANNEL, ALL & ~BITS.history)
  const failure = await failed(platform.find(PLACE, 'hidden', { since }))
  expect(failure).toMatchObject({
    outcome: 'unknown',
    human: expect.stringContaining('Read Message History'),
  })
  expect(failure.retryInMs).toBeUndefined()
})

test('a look-up that cannot learn what it may see is made again', async () => {
  loopback.failNext('GET /guilds/:id/roles', { status: 503 })
  expect(await failed(platform.find(PLACE, 'none', { since: Date.now() }))).toMatchObject({
    retryInMs: 10_000,
  })
})
