import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import type { DeliveryError, Place, Platform } from '../../../src/chat/platform.ts'
import { sentenceReply } from '../../support/echo-answer.ts'
import { type HookFailure, type LoopbackWebhooks, startWebhooks } from '../../support/loopback/webhooks.ts'
import { postingWebhooks } from '../../support/webhook/posting-webhooks.ts'

let loopback: LoopbackWebhooks
let platform: Platform

const KINDS = ['discord', 'slack', 'teams'] as const
const placeOf = (kind: (typeof KINDS)[number]): Place => `webhook:${kind}-desk`

beforeAll(async () => {
  loopback = await startWebhooks()
  const env = {
    ...Object.fromEntries(
      KINDS.map(kind => [`WEBHOOK_${kind.toUpperCase()}_DESK`, loopback.addressOf(kind)]),
    ),
    WEBHOOK_FORUM: `${loopback.addressOf('discord', 2)}?thread_id=77`,
    WEBHOOK_WRONG: loopback.addressOf('discord').replace(/.{3}$/, ''),
    WEBHOOK_AWAY: 'http://127.0.0.1:65531/services/T1/B1/x',
  }
  platform = postingWebhooks(env)
  await platform.start()
})
afterAll(async () => {
  await platform.stop()
  await loopback.close()
})
afterEach(() => {
  expect(loopback.refused).toEqual([])
  loopback.messages.length = loopback.requests.length = 0
})

const post = (place: Place, sentence = 'News', key = 'k') =>
  platform.post(place, sentenceReply(sentence), { key })
const errorOf = async (work: Promise<unknown>): Promise<DeliveryError> => {
  const cause = await work.catch((reason: unknown) => reason)
  expect(cause).toMatchObject({ name: 'DeliveryError' })
  const error = cause as DeliveryError
  // An address is a secret, whatever went wrong.
  const said = [error.message, error.human, error.stack, JSON.stringify(error.cause ?? '')].join(' ')
  for (const secret of [...loopback.secrets, '/services/', 'workflows/', 'webhooks/'])
    expect(said.replaceAll(/file:\S+|\/\S+\.ts\S*/g, '')).not.toContain(secret)
  return error
}

test.each(KINDS)('%s gets one message, without controls, and nobody is pinged', async kind => {
  const buttons = [{ label: 'Next', line: '/quote x' }]
  const menus = [{ label: 'Open', options: [{ label: 'One', line: '/quote 1' }] }]
  const reply = sentenceReply('@everyone <!channel> <at>all</at>', { buttons, menus })
  const ref = await platform.post(placeOf(kind), reply, { key: 'one' })
  expect(ref).toEqual({ place: placeOf(kind), id: expect.stringMatching(/^[0-9a-f]{16,}$/) })
  expect(loopback.messages).toHaveLength(1)
  const { text } = loopback.messages[0]!
  expect(text).not.toMatch(/Next|Open|"(?:actions|static_select)"/)
  if (kind === 'discord') expect(text).toContain('\\\\@everyone')
  if (kind === 'slack') expect(text).toContain('&lt;!channel&gt;')
})

test('at Discord it is edited: all of it, with mentions off again, in its thread', async () => {
  const ref = await post('webhook:forum', 'First')
  await platform.edit(ref, sentenceReply('Second'), { key: 'k' })
  expect(loopback.messages).toMatchObject([{ edits: 1, body: { content: 'Second' } }])
  expect(loopback.requests.map(({ method, path }) => [method, new URL(path, 'http://x').search])).toEqual([
    ['POST', '?thread_id=77&wait=true'],
    ['PATCH', '?thread_id=77'],
  ])
  expect(loopback.requests[1]?.body).toMatchObject({
    embeds: [],
    components: [],
    attachments: [],
    allowed_mentions: { parse: [] },
  })
})

test('each place says how messages get right there', async () => {
  expect(KINDS.map(kind => platform.repairs?.(placeOf(kind)))).toEqual([
    'edits',
    'second message',
    'second message',
  ])
  expect(await Promise.all(KINDS.map(kind => platform.checkAccess?.(placeOf(kind))))).toMatchObject([
    { post: true, correct: true, look: false, name: 'webhook discord-desk (Discord)' },
    { post: true, correct: false, repairs: 'second message', name: 'webhook slack-desk (Slack)' },
    { post: true, correct: false, repairs: 'second message', name: 'webhook teams-desk (Teams)' },
  ])
  const slack = await post(placeOf('slack'))
  expect(await errorOf(platform.edit(slack, sentenceReply('x')))).toMatchObject({ outcome: 'unsent' })
  expect(loopback.messages).toHaveLength(1)
})

test('nobody can look for a message, so an unclear post stays in doubt', async () => {
  for (const kind of KINDS)
    expect(await errorOf(platform.findPost(placeOf(kind), 'k', { since: 0 }))).toMatchObject({
      outcome: 'unknown',
      retryInMs: undefined,
      human: 'A webhook cannot look into its channel.',
    })
})

const LIMITED = { outcome: 'unsent', deadPlace: undefined }
const UNSURE = { outcome: 'unknown' }
const DEAD = { outcome: 'unsent', retryInMs: undefined, deadPlace: true }
test.each<[(typeof KINDS)[number], HookFailure, object]>([
  ['discord', { status: 429, body: '{"retry_after": 1.2}' }, { ...LIMITED, retryInMs: 1_200 }],
  ['slack', { status: 429, headers: { 'retry-after': '30' } }, { ...LIMITED, retryInMs: 30_000 }],
  ['teams', { status: 429 }, { ...LIMITED, retryInMs: 30_000 }],
  ['discord', { status: 502 }, UNSURE],
  ['slack', { status: 500, body: 'rollup_error' }, UNSURE],
  ['teams', { status: 504 }, UNSURE],
  ['slack', { cut: 'before' }, UNSURE],
  ['discord', { cut: 'after' }, UNSURE],
  // A login page of some network on the way.
  ['slack', { status: 200, body: '<html>' }, UNSURE],
  ['discord', { status: 200, body: '<html>' }, UNSURE],
  ['slack', { status: 410, body: 'channel_is_archived' }, { ...DEAD, human: 'The channel is archived.' }],
  [
    'slack',
    { status: 403, body: 'action_prohibited' },
    { outcome: 'unsent', deadPlace: undefined, human: /does not allow/ },
  ],
  [
    'slack',
    { status: 302, headers: { location: 'https://slack.example/' } },
    { ...DEAD, human: /no longer knows/ },
  ],
  ['slack', { status: 400, body: 'invalid_blocks' }, { outcome: 'unsent', human: /fault of nutgraf/ }],
  ['discord', { status: 404, body: '{"code": 10015}' }, { ...DEAD, human: /WEBHOOK_DISCORD_DESK/ }],
  ['discord', { status: 400, body: '{"code": 220001}' }, { outcome: 'unsent', human: /thread_id=/ }],
  ['discord', { status: 403, body: '{"code": 160005}' }, { outcome: 'unsent', human: /locked or archived/ }],
  [
    'teams',
    { status: 401, body: '{"error":{"code":"DirectApiAuthorizationRequired"}}' },
    { ...DEAD, human: /Copy it again into WEBHOOK_TEAMS_DESK/ },
  ],
  [
    'teams',
    { status: 404, body: '{"error":{"code":"WorkflowTriggerNotFound"}}' },
    { ...DEAD, human: /no longer knows/ },
  ],
  ['teams', { status: 418, body: '{}' }, { outcome: 'unsent', human: /refused it \(HTTP 418\)/ }],
])('%s: %j is told from others', async (kind, failure, expected) => {
  loopback.failNext(failure)
  const error = await errorOf(post(placeOf(kind)))
  for (const [field, value] of Object.entries(expected))
    if (value instanceof RegExp) expect(error.human).toMatch(value)
    else expect(error[field as keyof DeliveryError]).toEqual(value)
})

test('an address that Discord does not know, one that is not set, and a host that is away', async () => {
  expect(await errorOf(post('webhook:wrong'))).toMatchObject({
    deadPlace: true,
    human: expect.stringContaining('WEBHOOK_WRONG'),
  })
  expect(await errorOf(post('webhook:none'))).toMatchObject({
    deadPlace: true,
    human: expect.stringContaining('Set WEBHOOK_NONE'),
  })
  expect(await errorOf(post('webhook:away'))).toMatchObject({ outcome: 'unsent', retryInMs: 5_000 })
  const aborted = platform.post(placeOf('slack'), sentenceReply('x'), {
    key: 'k',
    signal: AbortSignal.abort(),
  })
  expect(await errorOf(aborted)).toMatchObject({ outcome: 'unsent' })
  expect(loopback.messages).toEqual([])
})

test('an edit of a message that is gone is impossible, and says so', async () => {
  const gone = { place: placeOf('discord'), id: '1' }
  expect(await errorOf(platform.edit(gone, sentenceReply('x')))).toMatchObject({
    outcome: 'unsent',
    human: 'The message was deleted.',
    curable: undefined,
  })
})
