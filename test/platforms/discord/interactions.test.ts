import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { connectDiscord } from '../../support/discord/connected-platform.ts'
import {
  APP,
  BOT,
  BOT_ROLE,
  CHANNEL,
  DANA,
  DM,
  GUILD,
  guildBody,
  type Json,
  messageBody,
} from '../../support/discord/payloads.ts'
import { type Loopback, startDiscord } from '../../support/loopback/discord.ts'
import { waitUntil } from '../../support/wait-until.ts'

let loopback: Loopback
let bot: Awaited<ReturnType<typeof connectDiscord>>

beforeAll(async () => {
  loopback = await startDiscord()
  bot = await connectDiscord(loopback)
  await waitUntil(() => loopback.callsTo('PUT /applications/:id/commands').length > 0)
})
afterAll(async () => {
  await bot.platform.stop()
  await loopback.close()
})
beforeEach(() => {
  loopback.messages.length = loopback.calls.length = bot.calls.length = bot.log.lines.length = 0
})

const THREAD = '300000000000000021'
const CALLBACK = 'POST /interactions/:id/:token/callback'
const MESSAGES = 'POST /channels/:id/messages'
const content = async (asked: Promise<Json>) => (await asked).data.content

test('a command is answered with the first response, for its caller alone', async () => {
  const response = await loopback.command('/lawsuit summary', { page: 2 }, { permissions: '8' })
  expect(response).toEqual({
    type: 4,
    data: { content: 'lawsuit: summary --page 2', allowed_mentions: { parse: [] }, flags: 64 },
  })
  expect(bot.calls[0]).toMatchObject({
    command: 'lawsuit',
    text: 'summary --page 2',
    place: `discord:${GUILD}/${CHANNEL}`,
    caller: { id: 'discord:400000000000000001', name: 'dana', rights: ['manage', 'member'] },
    audience: 'caller',
  })
  expect(loopback.calls.map(call => call.route)).toEqual([CALLBACK])
})

test('a value is data, whatever it looks like', async () => {
  const asked = loopback.command('/quote', { of: '--public "sessions" @everyone' })
  expect(await content(asked)).toBe(String.raw`quote: "--public \\"sessions\\" \@everyone"`)
  expect(loopback.messages).toEqual([])
})

test('the state has our name and our server', () => {
  expect(bot.platform.state()).toEqual({ state: 'connected', account: 'nutgraf#1234 · Loopback' })
})

test('values are suggested while one types, at most 25 and none too long', async () => {
  const response = await loopback.autocomplete('/lawsuit quotes', { speaker: 'ses', since: 'x' }, 'speaker')
  expect(response.type).toBe(8)
  expect(response.data.choices).toHaveLength(25)
  expect(response.data.choices[0]).toEqual({ name: 'quotes speaker 0', value: 'ses0' })
  for (const { name, value } of response.data.choices)
    expect(Math.max(name.length, value.length)).toBeLessThan(101)
})

test('public posts in the channel under the key of the interaction, and tells the caller', async () => {
  expect(await content(loopback.command('/lawsuit summary', { public: true }))).toBe(
    'Posted in this channel.',
  )
  expect(loopback.messages).toMatchObject([
    {
      channel_id: CHANNEL,
      content: 'lawsuit: summary --public\n\n-# Shared by dana',
      embeds: [{ footer: { text: expect.stringMatching(/^nutgraf · ref [0-9a-f]{12}$/) } }],
    },
  ])
  const [post] = loopback.callsTo(MESSAGES)
  expect(post?.body).toMatchObject({
    nonce: expect.stringMatching(/^[0-9a-f]{24}$/),
    enforce_nonce: true,
    allowed_mentions: { parse: [] },
  })
  expect(post?.authorization).toBe(`Bot ${loopback.token}`)
})

test('where the bot may not post, the caller is told which permissions it lacks', async () => {
  const asked = loopback.command('/lawsuit summary', { public: true }, { channel_id: '300000000000000006' })
  expect(await content(asked)).toMatch(
    /^I can’t post in this channel\. Give nutgraf the permissions View Channel/,
  )
})

test('a refusal is never posted, even when public', async () => {
  expect(await content(loopback.command('/nothing', { public: true }))).toBe('There is no such thing.')
  expect(loopback.messages).toEqual([])
})

test('a command that fails, or whose answer does not fit, gets an honest sentence and a log line', async () => {
  expect(await content(loopback.command('/broken'))).toMatch(/went wrong on our side/)
  expect(await content(loopback.command('/huge'))).toMatch(/does not fit/)
  expect(await content(loopback.command('/huge', { public: true }))).toMatch(/does not fit/)
  expect(bot.log.lines.filter(line => line.level === 'error')).toHaveLength(2)
})

test('an answer that takes too long becomes an honest sentence before Discord gives up', async () => {
  expect(await content(loopback.command('/slow'))).toMatch(/longer than Discord waits/)
})

test('a button runs its line for whoever pressed it, and may share', async () => {
  expect(await loopback.press('run:/quote "sessions" #2')).toMatchObject({
    type: 4,
    data: { content: 'quote: "sessions" #2', flags: 64 },
  })
  await loopback.press('run:/lawsuit summary --public')
  expect(loopback.messages).toMatchObject([{ content: 'lawsuit: summary --public\n\n-# Shared by dana' }])
})

test('an interaction that Discord gave up on, or that was answered, leaves a warning and nothing worse', async () => {
  loopback.sendExpired('/lawsuit summary')
  await waitUntil(() => bot.log.lines.length > 0)
  loopback.failNext(CALLBACK, { cut: 'after' })
  await loopback.command('/lawsuit summary')
  await waitUntil(() => bot.log.lines.length > 1)
  expect(bot.log.lines.map(({ level, message }) => `${level} ${message}`)).toEqual([
    'warn discord: an answer was too late: Discord had given up on it',
    'warn discord: an interaction had its answer already',
  ])
})

test('a first response that fails on the way is tried once more', async () => {
  loopback.failNext(CALLBACK, { status: 502 })
  expect(await content(loopback.command('/lawsuit summary'))).toBe('lawsuit: summary')
  loopback.failNext(CALLBACK, { cut: 'before' })
  expect(await content(loopback.command('/lawsuit summary'))).toBe('lawsuit: summary')
  loopback.failNext(CALLBACK, { hang: true })
  expect(await content(loopback.command('/lawsuit summary'))).toBe('lawsuit: summary')
})

test('a response that Discord refuses is logged, without the ticket of the interaction', async () => {
  loopback.failNext(CALLBACK, { status: 429, retryAfter: 1 }, { status: 500 }, { status: 500 })
  loopback.sendExpired('/lawsuit summary')
  await waitUntil(() => bot.log.lines.length > 0)
  loopback.sendExpired('/lawsuit summary')
  await waitUntil(() => bot.log.lines.length > 1)
  expect(bot.log.lines.every(({ level }) => level === 'error')).toBe(true)
  const lines = bot.log.lines.map(({ details }) => String((details as { err: unknown }).err)).join('\n')
  expect(lines).not.toMatch(/interaction-\d|loopbk/)
})

test('a mention is answered in the open, as a reply, once', async () => {
  const asked = loopback.say(`<@${APP}> lawsuit who`)
  loopback.deliver('MESSAGE_CREATE', asked)
  await waitUntil(() => loopback.messages.length > 1)
  await new Promise(resolve => setTimeout(resolve, 30))
  expect(loopback.messages.slice(1)).toMatchObject([
    {
      content: 'nutgraf: lawsuit who',
      message_reference: { message_id: asked.id, fail_if_not_exists: false },
      allowed_mentions: { parse: [] },
    },
  ])
  expect(bot.calls).toMatchObject([{ audience: 'place', place: `discord:${GUILD}/${CHANNEL}` }])
})

test('a direct message is answered where it stands, and may name a command with its slash', async () => {
  loopback.say('/quote sessions', { channel_id: DM, guild_id: undefined })
  await waitUntil(() => loopback.messages.length > 1)
  expect(loopback.messages[1]).toMatchObject({ channel_id: DM, content: 'quote: sessions' })
  expect(bot.calls).toMatchObject([{ place: `discord:@me/${DM}` }])
  const response = await loopback.command('/lawsuit summary', {}, { dm: true })
  expect(response.data.content).toBe('lawsuit: summary')
})

test('nobody answers bots, webhooks, joins, @everyone, or what is said without a mention', async () => {
  const mention = `<@${APP}> hello`
  loopback.say(mention, { author: { ...BOT, id: '400000000000000002' } })
  loopback.say(mention, { author: BOT })
  loopback.say(mention, { webhook_id: '400000000000000003' })
  loopback.say(mention, { type: 7 })
  loopback.say('@everyone hello', { mention_everyone: true })
  loopback.say('hello')
  loopback.say('<@&600000000000000002> hello')
  loopback.say('thanks', { type: 19, mentions: [DANA] })
  loopback.deliver('MESSAGE_UPDATE', loopback.say('hello'))
  await new Promise(resolve => setTimeout(resolve, 50))
  expect(bot.calls).toEqual([])
})

const answers = () => loopback.messages.filter(({ author }) => author.id === BOT.id)

test('a mention of our role is told in one sentence how to ask, for Discord hides what it says', async () => {
  const asked = loopback.say(`<@&${BOT_ROLE}> lawsuit status`)
  await waitUntil(() => answers().length > 0)
  expect(answers()).toMatchObject([
    {
      content: expect.stringMatching(/mention nutgraf itself, not its role/),
      message_reference: { message_id: asked.id },
    },
  ])
  expect(bot.calls).toEqual([])
})

test('where Discord shows what it says, a mention of our role is answered', async () => {
  loopback.deliver('MESSAGE_CREATE', messageBody(`<@&${BOT_ROLE}> lawsuit status`))
  await waitUntil(() => answers().length > 0)
  expect(answers()).toMatchObject([{ content: 'nutgraf: lawsuit status' }])
})

test('a role is learned and forgotten as servers and roles come and go', async () => {
  const guild_id = '200000000000000077'
  const mention = (role: string) => loopback.say(`<@&${role}> hello`, { guild_id })
  const role = (id: string) => ({ id, name: 'nutgraf', managed: true, tags: { bot_id: APP } })
  mention('700000000000000001')
  loopback.deliver('GUILD_CREATE', { ...guildBody(guild_id, 'Late'), roles: [role('700000000000000001')] })
  mention('700000000000000001')
  await waitUntil(() => answers().length === 1)
  loopback.deliver('GUILD_ROLE_CREATE', { guild_id, role: role('700000000000000002') })
  mention('700000000000000002')
  await waitUntil(() => answers().length === 2)
  loopback.deliver('GUILD_DELETE', { id: guild_id })
  mention('700000000000000001')
  await loopback.command('/lawsuit summary')
  expect(answers()).toHaveLength(2)
})

test('a reply to a message of ours is answered; one that asks for nothing is told how to ask, and then left alone', async () => {
  const reply = (content: string) => loopback.say(content, { type: 19, mentions: [BOT], channel_id: THREAD })
  reply('lawsuit who')
  await waitUntil(() => answers().length === 1)
  reply('/nothing')
  await waitUntil(() => answers().length === 2)
  reply('/nothing')
  reply('lawsuit status')
  await waitUntil(() => answers().length === 3)
  expect(answers().map(({ content }) => content)).toEqual([
    'nutgraf: lawsuit who',
    expect.stringMatching(/^I don’t know what that asks for\./),
    'nutgraf: lawsuit status',
  ])
})

test('a mention that cannot be answered leaves a log line', async () => {
  loopback.failNext(MESSAGES, { status: 500 })
  loopback.say(`<@${APP}> help`)
  await waitUntil(() => bot.log.lines.length > 0)
  expect(bot.log.lines[0]).toMatchObject({
    level: 'warn',
    message: 'publish: the answer could not be posted',
  })
})

test('no body that was sent can ping anybody', async () => {
  await loopback.command('/lawsuit quotes', { speaker: '@everyone <@1>' })
  await loopback.press('run:/lawsuit @here --public')
  loopback.say(`<@${APP}> @everyone`)
  await waitUntil(() => loopback.callsTo(MESSAGES).length === 2)
  const bodies = loopback.calls.map(({ body }) => body.data ?? body)
  expect(bodies).toHaveLength(4)
  for (const body of bodies) expect(body.allowed_mentions).toEqual({ parse: [] })
})
