import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { ALL_PERMISSIONS, PERMISSION_BITS } from '../../support/discord/loopback-channels.ts'
import {
  APP,
  BOT_ROLE,
  CHANNEL,
  guildBody,
  type Json,
  messageBody,
  snowflake,
  withoutForeignContent,
} from '../../support/discord/payloads.ts'
import { type Loopback, startDiscord } from '../../support/loopback/discord.ts'

/** What the real Discord refuses, the loopback refuses too: a kinder one would hide our faults. */
const THREAD = '300000000000000020'
const OTHER_CHANNEL = '300000000000000002'
const HOUR_MS = 3_600_000
let loopback: Loopback
beforeAll(async () => {
  loopback = await startDiscord()
  loopback.threads.set(THREAD, CHANNEL)
})
afterAll(() => loopback.close())
beforeEach(() => {
  loopback.messages.length = 0
  loopback.threadStates.clear()
  loopback.channelPermissions.delete(CHANNEL)
  loopback.forgetNonces()
  loopback.oldEdits.left = Number.POSITIVE_INFINITY
})

/** Makes a request as a client does. Resolves with its status and Discord's code, and the body. */
async function request(method: string, path: string, body?: object): Promise<Json> {
  const response = await fetch(`${loopback.apiUrl}/v10${path}`, {
    method,
    headers: { authorization: `Bot ${loopback.token}` },
    ...(body && { body: JSON.stringify(body) }),
  })
  const answer = (await response.json()) as Json
  return { ...answer, status: response.status, retryAfter: response.headers.get('retry-after') }
}
const post = (channel: string, body: object) => request('POST', `/channels/${channel}/messages`, body)
const edit = (channel: string, id: string) =>
  request('PATCH', `/channels/${channel}/messages/${id}`, { content: 'y' })

test('a reply needs Read Message History, whether or not the message that it replies to is there', async () => {
  const { id } = await post(CHANNEL, { content: 'x' })
  loopback.channelPermissions.set(CHANNEL, ALL_PERMISSIONS & ~PERMISSION_BITS.history)
  for (const message_id of [id, snowflake()]) {
    const message_reference = { message_id, fail_if_not_exists: false }
    expect(await post(CHANNEL, { content: 'x', message_reference })).toMatchObject({
      status: 403,
      code: 160002,
    })
  }
  expect(await post(CHANNEL, { content: 'x' })).toMatchObject({ status: 200 })
})

test('in an archived thread nothing is edited; a message opens it, and so does whoever may', async () => {
  const { id } = await post(THREAD, { content: 'x' })
  loopback.threadStates.set(THREAD, { archived: true })
  expect(await edit(THREAD, id)).toMatchObject({ status: 400, code: 50083 })
  await post(THREAD, { content: 'x' })
  expect(await edit(THREAD, id)).toMatchObject({ status: 200 })
  loopback.threadStates.set(THREAD, { archived: true, locked: true })
  for (const refused of [
    await post(THREAD, { content: 'x' }),
    await request('PATCH', `/channels/${THREAD}`, { archived: false }),
  ])
    expect(refused).toMatchObject({ status: 403, code: 160005 })
  loopback.threadStates.set(THREAD, { locked: true })
  expect(await edit(THREAD, id)).toMatchObject({ status: 403, code: 160005 })
})

test('too many edits of old messages are a 429 with its code and its time', async () => {
  const { id } = await post(CHANNEL, { content: 'x' })
  loopback.oldEdits.left = 0
  expect(await edit(CHANNEL, id)).toMatchObject({ status: 200 })
  loopback.messages[0]!.timestamp = new Date(Date.now() - HOUR_MS - 1).toISOString()
  expect(await edit(CHANNEL, id)).toMatchObject({ status: 429, code: 30046, retryAfter: '3600' })
})

test('a nonce is one message of its author in all channels, and none once that message was deleted', async () => {
  const once = { content: 'x', nonce: 'n', enforce_nonce: true }
  const { id } = await post(CHANNEL, once)
  expect(await post(OTHER_CHANNEL, once)).toMatchObject({ status: 200, id })
  loopback.messages.length = 0
  expect(await post(CHANNEL, once)).toMatchObject({ status: 404, code: 10008 })
})

test('the bot has a role of its own; who mentions only that does not mention the bot, and shows it no words', async () => {
  const { roles } = guildBody('1', 'Loopback')
  expect(roles.find(({ id }) => id === BOT_ROLE)).toMatchObject({ managed: true, tags: { bot_id: APP } })
  const shown = withoutForeignContent(messageBody(`<@&${BOT_ROLE}> lawsuit status`))
  expect(shown).toMatchObject({ content: '', mentions: [], mention_roles: [BOT_ROLE] })
  expect(withoutForeignContent(messageBody(`<@${APP}> lawsuit`)).content).toBe(`<@${APP}> lawsuit`)
})

const options = (count: number, more: object = {}) =>
  Array.from({ length: count }, (_, index) => ({ label: `Event ${index}`, value: `${index}:x`, ...more }))
const menu = (custom_id: string, choices: object[], more: object = {}) => ({
  type: 3,
  custom_id,
  options: choices,
  ...more,
})
const row = (...components: object[]) => ({ type: 1, components })
const button = (custom_id: string) => ({ type: 2, style: 2, label: 'x', custom_id })

test.each<[string, object[], number]>([
  [
    'two menus of 25 options, each in its row',
    [row(menu('a', options(25))), row(menu('b', options(25)))],
    200,
  ],
  ['26 options', [row(menu('a', options(26)))], 400],
  ['no option', [row(menu('a', []))], 400],
  ['a value twice', [row(menu('a', options(2, { value: 'x' })))], 400],
  ['a value of 101 characters', [row(menu('a', options(1, { value: 'x'.repeat(101) })))], 400],
  ['a label of 101 characters', [row(menu('a', options(1, { label: 'x'.repeat(101) })))], 400],
  ['a placeholder of 151 characters', [row(menu('a', options(1), { placeholder: 'x'.repeat(151) }))], 400],
  ['a menu beside a button', [row(menu('a', options(1)), button('b'))], 400],
  ['two menus in a row', [row(menu('a', options(1)), menu('b', options(1)))], 400],
  ['a custom_id twice', [row(menu('a', options(1))), row(button('a'))], 400],
  ['six rows', Array.from({ length: 6 }, (_, index) => row(button(`${index}`))), 400],
])('below a message: %s', async (_, components, status) => {
  expect(await post(CHANNEL, { content: 'x', components })).toMatchObject({ status })
})

test('an update is a response to a press alone, changes that message, and keeps what it does not name', async () => {
  const respond = async (id: string, body: object) =>
    (
      await fetch(`${loopback.apiUrl}/v10/interactions/${id}/interaction-${id}/callback`, {
        method: 'POST',
        body: JSON.stringify(body),
      })
    ).status
  const update = { type: 7, data: { content: 'next' } }
  const message: Json = {
    ...messageBody('x'),
    embeds: [{ description: 'sources' }],
    components: [row(button('a'))],
  }
  const command = loopback.expectResponse(snowflake())
  expect(await respond(command, update)).toBe(400)
  const press = loopback.expectResponse(snowflake(), message)
  expect(await respond(press, update)).toBe(204)
  expect(message).toMatchObject({ content: 'next', embeds: [{ description: 'sources' }], edits: 1 })
})
