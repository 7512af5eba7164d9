import nock from 'nock'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import type { DeliveryError, Place } from '../../../src/chat/platform.ts'
import type { SlackPlatform } from '../../../src/platforms/slack/slack.ts'
import { sentenceReply } from '../../support/echo-answer.ts'
import { type InjectedFailure, type Loopback, startSlack } from '../../support/loopback/slack.ts'
import { recordingLog } from '../../support/recording-log.ts'
import { connectSlack, slackPlatformFor } from '../../support/slack/connected-platform.ts'
import { BOT } from '../../support/slack/payloads.ts'

let loopback: Loopback
let platform: SlackPlatform

beforeAll(async () => {
  loopback = await startSlack()
  platform = (await connectSlack(loopback)).platform
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

const errorOf = (work: Promise<unknown>): Promise<DeliveryError> =>
  work.then(
    () => Promise.reject(new Error('it did not fail')),
    cause => cause,
  )
const post = (place: Place = 'slack:T1/C1', options = {}) =>
  platform.post(place, sentenceReply('hello'), { key: 'k', ...options })

test('a post can be found by its key, edited, and found again', async () => {
  const since = Date.now()
  const message = await post()
  expect(message).toEqual({ place: 'slack:T1/C1', id: loopback.messages[0]?.ts })
  expect(await platform.findPost('slack:T1/C1', 'k', { since })).toEqual(message)
  await platform.edit(message, sentenceReply('corrected'))
  expect(loopback.messages).toMatchObject([{ text: 'corrected', edited: true }])
  expect(await platform.findPost('slack:T1/C1', 'k', { since })).toEqual(message)
  expect(await platform.findPost('slack:T1/C1', 'another', { since })).toBeUndefined()
})

test('a post in a thread is found in the thread, and only there', async () => {
  const parent = loopback.storeMessage({ channel: 'C1', text: 'what is new?' })
  const message = await post('slack:T1/C1', { under: parent.ts })
  expect(message).toMatchObject({ under: parent.ts })
  expect(await platform.findPost('slack:T1/C1', 'k', { since: Date.now(), under: parent.ts })).toEqual(
    message,
  )
  expect(await platform.findPost('slack:T1/C1', 'k', { since: Date.now() })).toBeUndefined()
})

test('a post is found behind hundreds of others, and not one that is older than the first attempt', async () => {
  const message = await post()
  for (let index = 0; index < 450; index++) loopback.storeMessage({ channel: 'C1', text: 'chatter' })
  expect(await platform.findPost('slack:T1/C1', 'k', { since: Date.now() })).toEqual(message)
  expect(loopback.callsTo('conversations.history')).toHaveLength(3)
  expect(await platform.findPost('slack:T1/C1', 'k', { since: Date.now() + 120_000 })).toBeUndefined()
})

test('the same metadata from somebody else is not ours', async () => {
  const metadata = { event_type: 'nutgraf_post', event_payload: { key: 'k' } }
  loopback.storeMessage({ channel: 'C1', metadata, user: 'UX', bot_id: 'BX' })
  expect(await platform.findPost('slack:T1/C1', 'k', { since: Date.now() })).toBeUndefined()
  loopback.storeMessage({ channel: 'C1', metadata, user: BOT.user_id, bot_id: BOT.bot_id })
  expect(await platform.findPost('slack:T1/C1', 'k', { since: Date.now() })).toBeDefined()
})

test.each<[string, InjectedFailure, object, number]>([
  ['429', { status: 429, retryAfter: 7 }, { outcome: 'unsent', retryInMs: 7_000 }, 0],
  ['429 without a time', { status: 429 }, { outcome: 'unsent', retryInMs: 30_000 }, 0],
  ['500', { status: 500 }, { outcome: 'unknown', retryInMs: 10_000 }, 0],
  ['403 of a proxy', { status: 403 }, { outcome: 'unsent', retryInMs: 60_000 }, 0],
  ['a connection cut before the message was stored', { cut: 'before' }, { outcome: 'unknown' }, 0],
  ['a connection cut after it was stored', { cut: 'after' }, { outcome: 'unknown' }, 1],
  ['internal_error', { error: 'internal_error' }, { outcome: 'unknown', retryInMs: 10_000 }, 0],
  ['ratelimited', { error: 'ratelimited' }, { outcome: 'unsent', retryInMs: 30_000 }, 0],
])('a post that meets %s is tried once and called what it is', async (_, failure, outcome, stored) => {
  loopback.failNext('chat.postMessage', failure)
  expect(await errorOf(post())).toMatchObject({ name: 'DeliveryError', ...outcome })
  expect(loopback.callsTo('chat.postMessage')).toHaveLength(1)
  expect(loopback.messages).toHaveLength(stored)
})

test.each([
  ['CNONE', 'channel_not_found', /\/invite @nutgraf/],
  ['COUT', 'not_in_channel', /\/invite @nutgraf/],
  ['COLD', 'is_archived', /archived/],
])('a post to %s will never work, and says what to do', async (channel, code, human) => {
  loopback.scopes.delete('chat:write.public')
  const error = await errorOf(post(`slack:T1/${channel}`))
  loopback.scopes.add('chat:write.public')
  expect(error.message).toBe(`slack: chat.postMessage: ${code} (slack:T1/${channel})`)
  expect(error).toMatchObject({ outcome: 'unsent', human: expect.stringMatching(human) })
  expect(error.retryInMs).toBeUndefined()
})

test('a post that was given up while Slack was silent may have arrived; one given up before was not sent', async () => {
  loopback.failNext('chat.postMessage', { hang: true })
  const from = Date.now()
  expect(await errorOf(post('slack:T1/C1', { signal: AbortSignal.timeout(100) }))).toMatchObject({
    outcome: 'unknown',
  })
  expect(Date.now() - from).toBeLessThan(1_000)
  expect(await errorOf(post('slack:T1/C1', { signal: AbortSignal.abort() }))).toMatchObject({
    outcome: 'unsent',
  })
  expect(loopback.callsTo('chat.postMessage')).toHaveLength(1)
})

test('where nobody listens, the post was certainly not sent', async () => {
  const gone = await startSlack()
  await gone.close()
  const lonely = slackPlatformFor(gone, { log: recordingLog(), appToken: 'xapp-1' })
  expect(await errorOf(lonely.post('slack:T1/C1', sentenceReply('x'), { key: 'k' }))).toMatchObject({
    outcome: 'unsent',
    retryInMs: 5_000,
    message: 'slack: chat.postMessage: ECONNREFUSED (slack:T1/C1)',
  })
})

test('an answer of Slack that cannot be read leaves the post in doubt', async () => {
  nock.enableNetConnect()
  nock('http://slack.test').post('/api/chat.postMessage').reply(200, '<html>')
  const behind = slackPlatformFor(
    { ...loopback, apiUrl: 'http://slack.test/api' },
    { log: recordingLog(), appToken: 'xapp-1' },
  )
  expect(await errorOf(behind.post('slack:T1/C1', sentenceReply('x'), { key: 'k' }))).toMatchObject({
    outcome: 'unknown',
  })
})

test('an edit or a look-up that is refused says so too', async () => {
  const gone = { place: 'slack:T1/C1', id: '1.1' } as const
  expect(await errorOf(platform.edit(gone, sentenceReply('x')))).toMatchObject({
    message: 'slack: chat.update: message_not_found (slack:T1/C1)',
  })
  loopback.failNext('conversations.history', { error: 'missing_scope' })
  const error = await errorOf(platform.findPost('slack:T1/C1', 'k', { since: 0 }))
  expect(error).toMatchObject({ outcome: 'unsent', human: expect.stringContaining('permission') })
})

test('an edit in an archived channel, after the time for edits, or while a channel is moved says what it is', async () => {
  const message = await post()
  const editError = () => errorOf(platform.edit(message, sentenceReply('x')))
  loopback.channelErrors.set('C1', 'is_archived')
  expect(await editError()).toMatchObject({
    message: 'slack: chat.update: is_inactive (slack:T1/C1)',
    human: 'The channel is archived. Somebody can unarchive it.',
    curable: true,
  })
  loopback.channelErrors.set('C1', 'external_channel_migrating')
  expect(await editError()).toMatchObject({ outcome: 'unsent', retryInMs: 300_000 })
  loopback.channelErrors.delete('C1')
  loopback.rules.editWindowMs = -1
  expect(await editError()).toMatchObject({
    human: expect.stringMatching(/administrator can allow/),
    curable: true,
  })
  loopback.rules.editWindowMs = undefined
  await platform.edit(message, sentenceReply('x'))
})

test('history is read only with the scope, and only where the bot is a member', async () => {
  const look = (channel: string) => platform.findPost(`slack:T1/${channel}`, 'k', { since: Date.now() })
  expect((await errorOf(look('COUT'))).message).toMatch(/not_in_channel/)
  loopback.scopes.delete('channels:history')
  expect((await errorOf(look('C1'))).message).toMatch(/missing_scope/)
  loopback.scopes.add('channels:history')
  expect(await look('C1')).toBeUndefined()
})

test('a reply that does not fit, a place that is none, and a workspace without us are refused before anything is sent', async () => {
  expect(
    await errorOf(platform.post('slack:T1/C1', sentenceReply('x'.repeat(4_000)), { key: 'k' })),
  ).toMatchObject({
    outcome: 'unsent',
    message: 'slack: text has 4,000 characters, at most 3,400 (slack:T1/C1)',
  })
  expect(await errorOf(post('discord:1/2'))).toMatchObject({ outcome: 'unsent' })
  const nowhere = slackPlatformFor(loopback, {
    log: recordingLog(),
    appToken: 'xapp-1',
    installations: { get: async () => undefined, put: async () => {}, delete: async () => {} },
  })
  expect(await errorOf(nowhere.post('slack:T9/C1', sentenceReply('x'), { key: 'k' }))).toMatchObject({
    outcome: 'unsent',
    message: 'slack: chat.postMessage: no_installation (slack:T9/C1)',
  })
  expect(loopback.calls).toEqual([])
})

test('each workspace is written to with its own token', async () => {
  const get = async (team?: string) => ({ token: `xoxb-${team}` })
  const many = slackPlatformFor(loopback, {
    log: recordingLog(),
    appToken: 'xapp-1',
    installations: { get, put: async () => {}, delete: async () => {} },
  })
  for (const team of ['T1', 'T2', 'T1'])
    await errorOf(many.post(`slack:${team}/C1`, sentenceReply('x'), { key: 'k' }))
  expect(loopback.calls.map(call => call.token)).toEqual(['xoxb-T1', 'xoxb-T2', 'xoxb-T1'])
})
