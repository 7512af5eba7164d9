import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { slackManifest } from '../../../src/platforms/slack/manifest.ts'
import { type Loopback, startSlack } from '../../support/loopback/slack.ts'
import type { Json } from '../../support/slack/loopback-workspace.ts'

/** What the real Slack refuses, the loopback refuses too: a kinder one would hide our faults. */
let loopback: Loopback
beforeAll(async () => {
  loopback = await startSlack()
})
afterAll(() => loopback.close())
beforeEach(() => {
  loopback.messages.length = loopback.files.stored.length = loopback.files.processing.next.length = 0
})

const OTHER_TOKEN = 'xoxb-other'

/** Calls a method as a web client does. */
async function call(
  method: string,
  args: Json = {},
  { at = loopback, token }: { at?: Loopback; token?: string } = {},
) {
  const fields = Object.entries(args).map(([name, value]) => [
    name,
    typeof value === 'string' ? value : JSON.stringify(value),
  ])
  const response = await fetch(`${at.apiUrl}${method}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token ?? at.botToken}` },
    body: new URLSearchParams(Object.fromEntries(fields)),
  })
  const scopes = response.headers.get('x-oauth-scopes')?.split(',').sort()
  return { answer: (await response.json()) as Json, scopes }
}

const errorOf = async (...asked: Parameters<typeof call>) => (await call(...asked)).answer.error

const PNG = '\x89PNG\r\n\x1a\n'

/** Uploads a file that Slack needs some time to look through. Resolves with its id. */
async function upload(processingMs: number, bytes = PNG): Promise<string> {
  loopback.files.processing.next.push(processingMs)
  const { answer } = await call('files.getUploadURLExternal', { filename: 'a.png', length: bytes.length })
  await fetch(answer.upload_url, { method: 'POST', body: Buffer.from(bytes, 'latin1') })
  await call('files.completeUploadExternal', { files: [{ id: answer.file_id }] })
  return answer.file_id
}

const showing = (id: string) => [{ type: 'image', alt_text: 'a card', slack_file: { id } }]
const post = (id: string) => ({ channel: 'C1', text: 'x', blocks: showing(id) })

const { bot, bot_optional } = slackManifest([], { mode: 'socket' }).oauth_config.scopes

test('it grants the scopes that the printed manifest lists for the bot, and no other', async () => {
  expect((await call('auth.test')).scopes).toEqual([...bot].sort())
  const at = await startSlack({ optional: false })
  expect((await call('auth.test', {}, { at })).scopes).toEqual(
    bot.filter(scope => !bot_optional.includes(scope)).sort(),
  )
  for (const [method, channel] of [
    ['files.getUploadURLExternal', undefined],
    ['conversations.history', 'C1'],
    ['conversations.replies', 'G1'],
    ['conversations.history', 'M1'],
  ] as const)
    expect(await errorOf(method, { ...(channel && { channel }) }, { at })).toBe('missing_scope')
  expect(await errorOf('chat.postMessage', { channel: 'COUT', text: 'x' }, { at })).toBe('not_in_channel')
  await at.close()
})

test('it knows no method that our table of scopes does not have', async () => {
  expect(await errorOf('team.info')).toBe('unknown_method')
})

test('it shows a file only once it knows that it is a picture', async () => {
  const id = await upload(150)
  expect(await errorOf('chat.postMessage', post(id))).toBe('invalid_blocks')
  await expect.poll(() => errorOf('chat.postMessage', post(id)), { interval: 40 }).toBeUndefined()
})

test('it shows only files that are pictures, whatever they are called', async () => {
  for (const [bytes, error] of [
    [PNG, undefined],
    ['\xff\xd8\xff\xe0', undefined],
    ['GIF89a', undefined],
    ['<svg/>', 'invalid_blocks'],
    ['words', 'invalid_blocks'],
    ['%PDF-1.7', 'invalid_blocks'],
  ] as const)
    expect([bytes, await errorOf('chat.postMessage', post(await upload(0, bytes)))]).toEqual([bytes, error])
})

test('it shows no file that does not exist, that another app uploaded, or whose id has no such shape', async () => {
  const id = await upload(0)
  loopback.tokens.add(OTHER_TOKEN)
  expect(await errorOf('chat.postMessage', post(id), { token: OTHER_TOKEN })).toBe('invalid_blocks')
  loopback.tokens.delete(OTHER_TOKEN)
  for (const wrong of ['F999999999', 'F1', 'f000000001', ''])
    expect(await errorOf('chat.postMessage', post(wrong))).toBe('invalid_blocks')
  expect(await errorOf('chat.postMessage', post(id))).toBeUndefined()
})

const respond = (url: string, blocks: object[]) =>
  fetch(url, { method: 'POST', body: JSON.stringify({ text: 'x', blocks }) })

test('a picture in a private answer is seen by nobody but the app, in a message by whoever reads the channel', async () => {
  const id = await upload(0)
  const { response_url } = loopback.slash('/quote')
  expect((await respond(response_url, showing(id))).status).toBe(200)
  expect([...loopback.files.stored[0]!.sharedIn]).toEqual([])
  await call('chat.postMessage', post(id))
  expect([...loopback.files.stored[0]!.sharedIn]).toEqual(['C1'])
})

test('a response address answers 404 to blocks that are wrong, each use counts, and five are all', async () => {
  const { response_url } = loopback.slash('/quote')
  const refused = await respond(response_url, showing('F999999999'))
  expect(refused.status).toBe(404)
  expect(await refused.json()).toMatchObject({ ok: false, error: 'invalid_blocks' })
  for (let use = 2; use <= 5; use++) expect((await respond(response_url, [])).status).toBe(200)
  expect((await respond(response_url, [])).status).toBe(404)
})

test('it tells the workspace of everybody, also of people of other companies', async () => {
  const person = async (user: string) => (await call('users.info', { user })).answer.user
  expect(await person('U1')).toMatchObject({ team_id: 'T1' })
  expect(await person('UOTHER')).toMatchObject({ team_id: 'T2', is_stranger: false })
  expect(await person('USTRANGER')).toMatchObject({ is_stranger: true })
})

test('an archived channel refuses an edit by another name than a post, and old messages are not edited where that is set', async () => {
  const { answer } = await call('chat.postMessage', { channel: 'C1', text: 'x' })
  const edit = () => errorOf('chat.update', { channel: 'C1', ts: answer.ts, text: 'y' })
  loopback.channelErrors.set('C1', 'is_archived')
  expect([await errorOf('chat.postMessage', { channel: 'C1', text: 'x' }), await edit()]).toEqual([
    'is_archived',
    'is_inactive',
  ])
  loopback.channelErrors.set('C1', 'external_channel_migrating')
  expect(await edit()).toBe('external_channel_migrating')
  loopback.channelErrors.delete('C1')
  loopback.rules.editWindowMs = -1
  expect(await edit()).toBe('edit_window_closed')
  loopback.rules.editWindowMs = undefined
  expect(await edit()).toBeUndefined()
})

test('history needs membership, also where posting does not', async () => {
  expect(await errorOf('conversations.history', { channel: 'COUT' })).toBe('not_in_channel')
  expect(await errorOf('chat.postMessage', { channel: 'COUT', text: 'x' })).toBeUndefined()
})

const option = (index: number, more: Json = {}) => ({
  text: { type: 'plain_text', text: `Event ${index}` },
  value: `${index}:x`,
  ...more,
})
const menu = (options: object[], more: Json = {}) => ({
  type: 'static_select',
  action_id: 'a',
  placeholder: { type: 'plain_text', text: 'Open' },
  options,
  ...more,
})
const options = (count: number) => Array.from({ length: count }, (_, index) => option(index))

test.each<[string, object[], string | undefined]>([
  ['a menu of 100 options', [menu(options(100))], undefined],
  ['an option whose value has 150 characters', [menu([option(1, { value: 'x'.repeat(150) })])], undefined],
  ['101 options', [menu(options(101))], 'invalid_blocks'],
  ['no option', [menu([])], 'invalid_blocks'],
  ['a value of 151 characters', [menu([option(1, { value: 'x'.repeat(151) })])], 'invalid_blocks'],
  [
    'a label of 76 characters',
    [menu([option(1, { text: { type: 'plain_text', text: 'x'.repeat(76) } })])],
    'invalid_blocks',
  ],
  ['a value twice', [menu([option(1), option(1)])], 'invalid_blocks'],
  [
    'a placeholder of 151 characters',
    [menu(options(1), { placeholder: { type: 'plain_text', text: 'x'.repeat(151) } })],
    'invalid_blocks',
  ],
  ['an action_id twice in a block', [menu(options(1)), menu(options(1))], 'invalid_blocks'],
])('of menus: %s', async (_, elements, error) => {
  expect(
    await errorOf('chat.postMessage', { channel: 'C1', text: 'x', blocks: [{ type: 'actions', elements }] }),
  ).toBe(error)
})

test('a response replaces the message that was pressed, for everybody where it is public, or is a message of its own', async () => {
  const { shown, show, press } = loopback.privately
  shown.length = 0
  const blocks = [{ type: 'actions', elements: [menu(options(2))] }]
  const mine = show({ text: 'mine', blocks })
  const { answer } = await call('chat.postMessage', { channel: 'C1', text: 'ours', blocks })
  const ours = loopback.messages.find(({ ts }) => ts === answer.ts)!
  expect(press(mine, 'Event 1')).toMatchObject({ container: { is_ephemeral: true } })
  expect(press(mine, 'Event 1')).not.toHaveProperty('message')
  expect(press(ours, 'Event 1')).toMatchObject({
    container: { is_ephemeral: false },
    message: { text: 'ours' },
  })
  for (const [where, replace_original] of [
    [mine, false],
    [mine, true],
    [ours, true],
  ] as const)
    await fetch(press(where, 'Event 1').response_url, {
      method: 'POST',
      body: JSON.stringify({ text: 'next', blocks, replace_original }),
    })
  expect([mine.text, mine.edits, ours.text]).toEqual(['next', 1, 'next'])
  expect(shown.map(({ text }) => text)).toEqual(['next', 'next'])
  expect(() => press(mine, 'Event 9')).toThrow('nothing to press')
})
