import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type Loopback, startSlack } from '../../support/loopback/slack.ts'
import { connectSlackOverHttp } from '../../support/slack/connected-platform.ts'
import { postSignedRequest, SECRET } from '../../support/slack/payloads.ts'
import { waitUntil } from '../../support/wait-until.ts'

let loopback: Loopback
let bot: Awaited<ReturnType<typeof connectSlackOverHttp>>

beforeAll(async () => {
  loopback = await startSlack()
  bot = await connectSlackOverHttp(loopback)
})
afterAll(async () => {
  await bot.stop()
  await loopback.close()
})
beforeEach(() => {
  loopback.messages.length = loopback.calls.length = loopback.responses.length = bot.calls.length = 0
})

const send = (body: object, how = {}) => postSignedRequest(bot.url, body, how)
const ask = async (line: string) => (await send(loopback.slash(line))).json()

test('a signed slash command is answered in the acknowledgement itself, for its caller alone', async () => {
  const reply = await ask('/lawsuit summary --page 2')
  expect(reply).toMatchObject({
    response_type: 'ephemeral',
    text: 'lawsuit: summary --page 2',
    unfurl_links: false,
  })
  expect(bot.calls[0]).toMatchObject({
    command: 'lawsuit',
    text: 'summary --page 2',
    place: 'slack:T1/C1',
    caller: { id: 'slack:T1/U1', name: 'dana', rights: ['member'] },
    audience: 'caller',
  })
  expect(loopback.calls).toEqual([])
})

test('any command is answered, since only the product knows which there are', async () => {
  expect(await ask('/unheard-of')).toMatchObject({ text: 'unheard-of: ' })
})

test('Slack is asked only once who we are', async () => {
  await ask('/lawsuit')
  expect(loopback.callsTo('auth.test')).toHaveLength(0)
  expect(bot.platform.state()).toEqual({ state: 'connected', account: '@nutgraf in Loopback' })
})

test.each([
  ['a wrong signature', { secret: 'another' }],
  ['a stale time stamp', { timestamp: Math.floor(Date.now() / 1000) - 310 }],
  ['a time stamp in the future', { timestamp: Math.floor(Date.now() / 1000) + 310 }],
  ['no signature at all', { headers: { 'x-slack-signature': '' } }],
  ['a time stamp that is no number', { headers: { 'x-slack-request-timestamp': 'soon' } }],
])('%s is refused, and nobody is asked', async (_, how) => {
  expect((await send(loopback.slash('/lawsuit'), how)).status).toBe(401)
  expect(bot.calls).toEqual([])
})

test('clocks may differ by some minutes either way', async () => {
  for (const seconds of [-200, 200]) {
    const timestamp = Math.floor(Date.now() / 1000) + seconds
    expect((await send(loopback.slash('/lawsuit'), { timestamp })).status).toBe(200)
  }
})

test('a check of the certificate and of the address are answered', async () => {
  const ssl = await postSignedRequest(bot.url, { ssl_check: '1', token: 'x' }, { secret: 'none' })
  expect(ssl.status).toBe(200)
  const challenge = await send({ type: 'url_verification', challenge: 'abc' })
  expect(await challenge.json()).toEqual({ challenge: 'abc' })
})

test('--public posts in the channel under the key of the interaction, and tells the caller', async () => {
  const body = loopback.slash('/lawsuit summary --public')
  const reply = await (await send(body)).json()
  expect(reply).toMatchObject({ response_type: 'ephemeral', text: 'Posted in this channel.' })
  expect(loopback.messages).toMatchObject([
    {
      channel: 'C1',
      text: 'lawsuit: summary --public\n\nShared by Dana',
      metadata: {
        event_type: 'nutgraf_post',
        event_payload: { key: expect.stringMatching(/^answer slack:T1\/C1 [\w-]{22}$/) },
      },
    },
  ])
  expect(loopback.callsTo('chat.postMessage')[0]?.args).toMatchObject({
    unfurl_links: 'false',
    unfurl_media: 'false',
    parse: 'none',
  })
})

test('where the bot may not post, the caller is told how to invite it', async () => {
  const reply = await (await send(loopback.slash('/lawsuit --public', { channel_id: 'CNONE' }))).json()
  expect(reply.text).toBe('I can’t post in this channel. Type /invite @nutgraf, then send this again.')
  expect(loopback.messages).toEqual([])
})

test('a refusal is never posted, even with --public', async () => {
  expect(await ask('/nothing --public')).toMatchObject({ text: 'There is no such thing.' })
  expect(loopback.messages).toEqual([])
})

test('a command that fails, or whose answer does not fit, gets an honest sentence and a log line', async () => {
  expect((await ask('/broken')).text).toMatch(/went wrong on our side/)
  expect((await ask('/huge')).text).toMatch(/does not fit/)
  expect((await ask('/huge --public')).text).toMatch(/does not fit/)
  expect(bot.log.lines.filter(line => line.level === 'error')).toHaveLength(2)
})

test('an answer that takes too long becomes an honest sentence before Slack gives up', async () => {
  const from = Date.now()
  expect((await ask('/slow')).text).toMatch(/longer than Slack waits/)
  expect(Date.now() - from).toBeLessThan(2_900)
})

test('a mention is answered in its thread, once, however often Slack sends it', async () => {
  const mention = loopback.event({
    type: 'app_mention',
    text: '<@UBOT> lawsuit who &amp; <#C9|desk>',
    thread_ts: '1.5',
  })
  await Promise.all([send(mention), send(mention, { headers: { 'x-slack-retry-num': '1' } })])
  await send(mention)
  await waitUntil(() => loopback.messages.length > 0)
  expect(loopback.messages).toMatchObject([
    { channel: 'C1', thread_ts: '1.5', text: 'nutgraf: lawsuit who &amp; #desk' },
  ])
  expect(bot.calls).toMatchObject([{ command: 'nutgraf', text: 'lawsuit who & #desk', audience: 'place' }])
  expect(loopback.callsTo('chat.postMessage')[0]?.args.reply_broadcast).toBeUndefined()
})

test('a mention outside a thread starts one, and may name a command with its slash', async () => {
  await send(loopback.event({ type: 'app_mention', text: '<@UBOT> /quote sessions', ts: '9.1' }))
  await waitUntil(() => loopback.messages.length > 0)
  expect(loopback.messages).toMatchObject([{ thread_ts: '9.1', text: 'quote: sessions' }])
})

test('a direct message is answered where it stands', async () => {
  await send(loopback.event({ type: 'message', channel_type: 'im', channel: 'D1', text: 'quote sessions' }))
  await waitUntil(() => loopback.messages.length > 0)
  expect(loopback.messages[0]).toMatchObject({ channel: 'D1', text: 'nutgraf: quote sessions' })
  expect(loopback.messages[0]).not.toHaveProperty('thread_ts')
})

test('nobody answers bots, edits, joins or what is said in a channel without a mention', async () => {
  const im = { type: 'message', channel_type: 'im', channel: 'D1', text: 'hello' }
  for (const event of [
    { ...im, bot_id: 'BBOT' },
    { ...im, subtype: 'message_changed' },
    { ...im, user: 'UBOT' },
    { ...im, channel_type: 'channel', channel: 'C1' },
    { type: 'app_mention', text: '<@UBOT> x', edited: { user: 'U1', ts: '1' } },
  ])
    expect((await send(loopback.event(event))).status).toBe(200)
  await new Promise(resolve => setTimeout(resolve, 50))
  expect(bot.calls).toEqual([])
})

test('a button runs its line for whoever pressed it', async () => {
  expect((await send(loopback.press('/quote "sessions" --page=2'))).status).toBe(200)
  await waitUntil(() => loopback.responses.length > 0)
  expect(loopback.responses).toMatchObject([
    { response_type: 'ephemeral', replace_original: false, text: 'quote: "sessions" --page=2' },
  ])
})

test('a button that shares posts in the thread of its message', async () => {
  const container = { channel_id: 'C1', thread_ts: '7.7' }
  await send(loopback.press('/lawsuit --public', { container }))
  await waitUntil(() => loopback.responses.length > 0)
  expect(loopback.messages).toMatchObject([{ thread_ts: '7.7' }])
  expect(loopback.responses).toMatchObject([{ text: 'Posted in this channel.', thread_ts: '7.7' }])
})

test('a button whose answer cannot be delivered leaves a log line and nothing worse', async () => {
  await send(loopback.press('/quote x', { response_url: 'http://127.0.0.1:9/gone' }))
  await waitUntil(() => bot.log.lines.some(line => /not delivered/.test(line.message)))
})

test('no log line holds a secret', () => {
  const lines = JSON.stringify(bot.log.lines)
  for (const secret of [SECRET, loopback.botToken]) expect(lines).not.toContain(secret)
})

test('other paths are not found', async () => {
  expect((await fetch(bot.url.replace('events', 'else'), { method: 'POST' })).status).toBe(404)
})
