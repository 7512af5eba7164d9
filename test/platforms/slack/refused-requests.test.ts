import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type Loopback, startSlack } from '../../support/loopback/slack.ts'
import { connectSlackOverHttp } from '../../support/slack/connected-platform.ts'
import { postSignedRequest, postSignedText } from '../../support/slack/payloads.ts'

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
  bot.log.errors.length = 0
})

const send = (body: object, how = {}) => postSignedRequest(bot.url, body, how)
const ask = async (line: string) => (await send(loopback.slash(line))).json()

test.each<[string, object | string]>([
  [
    'an interaction of no kind that we know',
    { type: 'block_actions', actions: [{ action_id: 'x' }], user: {}, trigger_id: 'x' },
  ],
  [
    'a modal that is not ours',
    { type: 'view_submission', view: { callback_id: 'other' }, user: {}, team: {}, trigger_id: 'x' },
  ],
  ['an object of nothing', '{}'],
  ['a list', '[]'],
  ['nothing', 'null'],
  ['nothing as a payload', 'payload=null'],
  ['a word', '"x"'],
  ['no JSON', '{"type":'],
  ['an event without an event', '{"type":"event_callback","event":null}'],
  ['an event in a channel of no kind', '{"type":"event_callback","event":{"type":"x","channel":null}}'],
  ['a mention whose words are none', '{"type":"event_callback","event":{"type":"app_mention","text":5}}'],
  ['a command of nobody', 'command=%2Flawsuit&text=status'],
  ['a button of nobody', { type: 'block_actions', actions: [{ action_id: 'run:0', value: '/quote x' }] }],
  ['a press of no button', { type: 'block_actions', actions: null, user: {}, trigger_id: 'x' }],
  ['a modal of nothing', { type: 'view_submission', user: {}, team: {}, trigger_id: 'x' }],
  ['a shortcut on no message', { type: 'message_action', callback_id: 'check_quote', user: {}, team: {} }],
])('signed nonsense is refused at once, and logs no error: %s', async (_, body) => {
  const answers = typeof body === 'string' ? postSignedText(bot.url, body) : send(body)
  // Bolt alone would let it wait for three seconds; the time here is only the limit of a loaded machine.
  const answer = await Promise.race([answers, new Promise<undefined>(r => setTimeout(r, 2_000))])
  expect([400, 404]).toContain(answer?.status)
  expect(await ask('/lawsuit status')).toMatchObject({ text: 'lawsuit: status' })
  expect(bot.log.errors).toEqual([])
})

test('signed nonsense is logged once, without what it says', async () => {
  for (const event of [null, 5, 'words that nobody should log'])
    await postSignedText(bot.url, JSON.stringify({ type: 'event_callback', event }))
  const lines = bot.log.lines.filter(({ message }) => /no payload of Slack/.test(message))
  expect(lines).toMatchObject([{ level: 'warn', details: {} }])
  expect(JSON.stringify(bot.log.lines)).not.toContain('words that nobody should log')
})

test('requests from the future are refused, and logged once', async () => {
  const timestamp = Math.floor(Date.now() / 1000) + 3_600
  for (let time = 0; time < 3; time++)
    expect((await send(loopback.slash('/lawsuit status'), { timestamp })).status).toBe(401)
  expect(bot.log.lines.filter(({ message }) => /from the future/.test(message))).toHaveLength(1)
})

test('requests without a right signature are refused, and logged once', async () => {
  const body = loopback.slash('/lawsuit status')
  for (let time = 0; time < 3; time++) {
    expect((await send(body, { secret: 'another' })).status).toBe(401)
    expect((await send(body, { timestamp: 1 })).status).toBe(401)
  }
  const lines = bot.log.lines.filter(({ message }) => /SLACK_SIGNING_SECRET/.test(message))
  expect(lines).toMatchObject([{ level: 'warn' }])
})
