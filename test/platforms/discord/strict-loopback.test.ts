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
