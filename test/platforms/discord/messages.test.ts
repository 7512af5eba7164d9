import nock from 'nock'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import type { DeliveryError, Place } from '../../../src/chat/platform.ts'
import type { DiscordPlatform } from '../../../src/platforms/discord/discord.ts'
import { connectDiscord, discordPlatformFor } from '../../support/discord/connected-platform.ts'
import { BOT, CHANNEL, DANA, GUILD, snowflake } from '../../support/discord/payloads.ts'
import { sentenceReply } from '../../support/echo-answer.ts'
import { type InjectedFailure, type Loopback, startDiscord } from '../../support/loopback/discord.ts'
import { recordingLog } from '../../support/recording-log.ts'
import { waitUntil } from '../../support/wait-until.ts'

const PLACE: Place = `discord:${GUILD}/${CHANNEL}`
const POST = 'POST /channels/:id/messages'
const GET = 'GET /channels/:id/messages'
const GET_ONE = 'GET /channels/:id/messages/:id'
const PATCH = 'PATCH /channels/:id/messages/:id'
let loopback: Loopback
let platform: DiscordPlatform

beforeAll(async () => {
  loopback = await startDiscord()
  ;({ platform } = await connectDiscord(loopback))
  await waitUntil(() => loopback.callsTo('PUT /applications/:id/commands').length > 0)
})
afterAll(async () => {
  await platform.stop()
  await loopback.close()
})
beforeEach(() => {
  loopback.messages.length = loopback.calls.length = 0
})
// Its hold on connections would last for the test files after this one, which share the process.
beforeAll(() => {
  if (!nock.isActive()) nock.activate()
})
afterAll(() => nock.restore())
afterEach(() => nock.cleanAll())

const errorOf = async (work: Promise<unknown>): Promise<DeliveryError> => {
  const cause = await work.catch((reason: unknown) => reason)
  expect(cause).toMatchObject({ name: 'DeliveryError' })
  return cause as DeliveryError
}
const channel = (id: string): Place => `discord:${GUILD}/${id}`

test('a post is one message with a mark, a nonce, and nobody pinged', async () => {
  const ref = await platform.post(PLACE, sentenceReply('@everyone'), { key: 'k1', under: '123' })
  expect(ref).toEqual({ place: PLACE, id: loopback.messages[0]?.id, under: '123' })
  expect(loopback.calls[0]?.body).toEqual({
    content: '\\@everyone',
    embeds: [{ color: 0x1d3557, footer: { text: expect.stringMatching(/^nutgraf · ref [0-9a-f]{12}$/) } }],
    allowed_mentions: { parse: [] },
    nonce: expect.stringMatching(/^[0-9a-f]{24}$/),
    enforce_nonce: true,
    message_reference: { message_id: '123', fail_if_not_exists: false },
  })
})

test('the same key within minutes is the same message, another key is not', async () => {
  const [first, repeat, other] = [
    await platform.post(PLACE, sentenceReply('x'), { key: 'same' }),
    await platform.post(PLACE, sentenceReply('x'), { key: 'same' }),
    await platform.post(PLACE, sentenceReply('x'), { key: 'other' }),
  ]
  expect(repeat).toEqual(first)
  expect(other.id).not.toBe(first.id)
  expect(loopback.messages).toHaveLength(2)
  loopback.forgetNonces()
  expect((await platform.post(PLACE, sentenceReply('x'), { key: 'same' })).id).not.toBe(first.id)
})

test('an edit replaces everything but the mark, and pings nobody', async () => {
  const buttons = [{ label: 'Next', line: '/quote x' }]
  const ref = await platform.post(PLACE, sentenceReply('first', { buttons }), { key: 'k2' })
  const mark = loopback.messages[0]?.embeds[0].footer
  await platform.edit(ref, sentenceReply('second'))
  expect(loopback.messages).toMatchObject([{ content: 'second', components: [], embeds: [{ footer: mark }] }])
  expect(loopback.callsTo(PATCH)[0]?.body.allowed_mentions).toEqual({ parse: [] })
  expect(await platform.findPost(PLACE, 'k2', { since: Date.now() })).toEqual(ref)
})

test('where the bot may not read, it edits all the same', async () => {
  const ref = await platform.post(PLACE, sentenceReply('first'), { key: 'k3' })
  loopback.failNext(GET_ONE, { status: 403, code: 50001 })
  await platform.edit(ref, sentenceReply('second'))
  expect(loopback.messages).toMatchObject([{ content: 'second', embeds: [] }])
})

test('a post whose outcome nobody knows is found again, and only ours', async () => {
  const since = Date.now()
  loopback.failNext(POST, { cut: 'after' })
  const failure = await errorOf(platform.post(PLACE, sentenceReply('x'), { key: 'lost' }))
  expect(failure).toMatchObject({ outcome: 'unknown', retryInMs: 5_000 })
  const ours = loopback.messages[0]
  loopback.storeMessage({ channel_id: CHANNEL, embeds: ours?.embeds ?? [], author: { ...BOT, id: '1' } })
  expect(await platform.findPost(PLACE, 'lost', { since })).toEqual({ place: PLACE, id: ours?.id })
  // It is no reply: a thread that was asked for may have been refused.
  expect((await platform.findPost(PLACE, 'lost', { since, under: '5' }))?.under).toBeUndefined()
  expect(await platform.findPost(PLACE, 'never', { since })).toBeUndefined()
  expect(await platform.findPost(PLACE, 'lost', { since: since + 120_000 })).toBeUndefined()
})

test('a post from which Discord has taken invisible signs is found, and corrected, all the same', async () => {
  const wrong = 'The \u200bbridge is \u200fopen.\u2069'
  const reference = await platform.post(PLACE, sentenceReply(wrong), { key: 'k' })
  const [message] = loopback.messages
  const strip = (text: string) => text.replace(/[\u200b-\u200f\u202a-\u202e\u2060-\u2069]/g, '')
  message!.content = strip(message!.content)
  expect(message!.content).toBe('The bridge is open.')
  expect(await platform.findPost(PLACE, 'k', { since: Date.now() })).toEqual(reference)
  await platform.edit(reference, sentenceReply('The bridge is shut.'), { key: 'k' })
  expect(loopback.messages).toMatchObject([{ content: 'The bridge is shut.' }])
  expect(await platform.findPost(PLACE, 'k', { since: Date.now() })).toEqual(reference)
})

test('it is found behind many other messages', async () => {
  const since = Date.now()
  for (let index = 0; index < 250; index++)
    loopback.storeMessage({ id: snowflake(), content: 'talk', author: DANA })
  const ref = await platform.post(PLACE, sentenceReply('x'), { key: 'deep' })
  expect(await platform.findPost(PLACE, 'deep', { since })).toEqual(ref)
  expect(loopback.callsTo(GET)).toHaveLength(3)
})

test.each<[string, InjectedFailure, object]>([
  ['a 429', { status: 429, retryAfter: 2.5 }, { outcome: 'unsent', retryInMs: expect.closeTo(2_550, -2) }],
  ['a 500', { status: 500 }, { outcome: 'unknown', retryInMs: 10_000 }],
  ['a 503', { status: 503 }, { outcome: 'unknown', retryInMs: 10_000 }],
  ['a cut before the work', { cut: 'before' }, { outcome: 'unknown', retryInMs: 5_000 }],
  ['a missing permission', { status: 403, code: 50013 }, { outcome: 'unsent', retryInMs: undefined }],
  [
    'an old message with too many edits',
    { status: 429, code: 30046, retryAfter: 900 },
    { outcome: 'unsent', retryInMs: 900_000, human: expect.stringMatching(/older than an hour/) },
  ],
  [
    'a token that is refused',
    { status: 401 },
    { outcome: 'unsent', human: expect.stringMatching(/renew its token/) },
  ],
])('%s is told for what it is, and the next post goes through', async (name, failure, expected) => {
  // A channel of its own: discord.js does not use a channel again that asked to wait.
  const place = channel(snowflake())
  loopback.failNext(POST, failure)
  expect(await errorOf(platform.post(place, sentenceReply('x'), { key: name }))).toMatchObject(expected)
  expect(loopback.messages).toEqual([])
  await platform.post(PLACE, sentenceReply('x'), { key: `${name} again` })
  expect(loopback.callsTo(POST)).toHaveLength(2)
})

test('what people can do about a refusal is said in a sentence, what happened in the error', async () => {
  const failure = await errorOf(
    platform.post(channel('300000000000000005'), sentenceReply('x'), { key: 'k' }),
  )
  expect(failure.human).toBe(
    'I can’t post in this channel. Give nutgraf the permissions View Channel, Send Messages and Embed Links, then try again.',
  )
  expect(failure.message).toBe(
    'discord: POST /channels/300000000000000005/messages: Missing Access (discord:200000000000000001/300000000000000005)',
  )
  const gone = await errorOf(platform.edit({ place: PLACE, id: '300000000000000099' }, sentenceReply('x')))
  expect(gone).toMatchObject({ outcome: 'unsent', human: 'The message was deleted.' })
  expect(gone.retryInMs).toBeUndefined()
})

test('a post that is given up in the middle is unknown, before that it is unsent', async () => {
  loopback.failNext(POST, { hang: true })
  const signal = AbortSignal.timeout(30)
  expect(
    await errorOf(platform.post(channel(snowflake()), sentenceReply('x'), { key: 'k', signal })),
  ).toMatchObject({
    outcome: 'unknown',
  })
  expect(await errorOf(platform.post(PLACE, sentenceReply('x'), { key: 'k', signal }))).toMatchObject({
    outcome: 'unsent',
    retryInMs: 0,
  })
})

test('what is no place, and what does not fit, never reaches Discord', async () => {
  for (const place of ['slack:T1/C1', 'discord:1', 'discord:1/../2', 'discord:@me/x'] as Place[])
    expect((await errorOf(platform.post(place, sentenceReply('x'), { key: 'k' }))).outcome).toBe('unsent')
  expect((await errorOf(platform.post(PLACE, sentenceReply('x'.repeat(1_401)), { key: 'k' }))).human).toMatch(
    /does not fit/,
  )
  expect(loopback.calls).toEqual([])
})

test('an answer that is no message leaves the outcome open', async () => {
  nock('http://discord.test').post(`/api/v10/channels/${CHANNEL}/messages`).reply(200, {})
  const other = discordPlatformFor(
    { apiUrl: 'http://discord.test/api/', token: 'x' },
    { log: recordingLog() },
  )
  expect((await errorOf(other.post(PLACE, sentenceReply('x'), { key: 'k' }))).outcome).toBe('unknown')
  nock('http://discord.test')
    .post(/messages/)
    .reply(502, '<html>Bad gateway</html>', { 'content-type': 'text/html' })
  expect((await errorOf(other.post(PLACE, sentenceReply('x'), { key: 'k' }))).message).toContain('HTTP 502')
  nock('http://discord.test')
    .post(/messages/)
    .reply(403, '<html>no</html>', { 'content-type': 'text/html' })
  expect(await errorOf(other.post(PLACE, sentenceReply('x'), { key: 'k' }))).toMatchObject({
    outcome: 'unsent',
  })
})

test('where Discord cannot be reached, nothing was sent', async () => {
  const other = discordPlatformFor({ apiUrl: 'http://127.0.0.1:9/api', token: 'x' }, { log: recordingLog() })
  expect(await errorOf(other.post(PLACE, sentenceReply('x'), { key: 'k' }))).toMatchObject({
    outcome: 'unsent',
    retryInMs: 5_000,
  })
})
