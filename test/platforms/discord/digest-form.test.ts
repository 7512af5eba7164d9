import { beforeEach, describe, expect, test } from 'vitest'
import type { DiscordPlatform } from '../../../src/platforms/discord/discord.ts'
import { type DiscordDigestBot, startDigestBotOnDiscord } from '../../support/discord/digest-bot.ts'
import { CHANNEL, GUILD, type Json, messageBody, type OptionValues } from '../../support/discord/payloads.ts'

const PLACE = `discord:${GUILD}/${CHANNEL}` as const
const MANAGE = { permissions: String(1n << 4n) }
let loopback: DiscordDigestBot['loopback']
let bot: DiscordDigestBot['bot']

beforeEach(async () => {
  ;({ loopback, bot } = await startDigestBotOnDiscord())
})

const here = () => bot.store.subscriptions.list(PLACE)
const field = (modal: Json, name: string): Json =>
  modal.components.find(({ component }: Json) => component.custom_id === name).component
async function openForm(values: OptionValues = {}): Promise<Json> {
  const { type, data } = await loopback.command('/digest settings', values, MANAGE)
  expect(type).toBe(9)
  return data
}
async function submitForm(modal: Json, filled: Json = {}, fields: object = MANAGE): Promise<string> {
  const { type, data } = await loopback.submit(modal, filled, fields)
  expect([type, data.flags]).toEqual([4, 64])
  return data.content
}

test('the form opens with what stands here; submitting it is the typed line, and the channel is told', async () => {
  const modal = await openForm()
  expect([modal.title, modal.custom_id]).toEqual(['Morning brief', 'form:morning'])
  expect(modal.components.map(({ label }: Json) => label)).toEqual([
    'In this channel',
    'Time and time zone',
    'Days',
    'Stories',
    'Only with these words',
  ])
  expect(field(modal, 'time').value).toBe('07:30 Europe/London')
  const filled = {
    time: '6.15pm berlin',
    words: 'bridge, "Main Street" -police',
    days: ['sat', 'sun'],
    stories: 'old-bridge',
    sent: ['note'],
  }
  expect(await submitForm(modal, filled)).toBe('Done. I posted a confirmation in this channel.')
  expect(await here()).toMatchObject([
    { time: '18:15', zone: 'Europe/Berlin', days: 'sat,sun', stories: 'old-bridge', quiet: 'note' },
  ])
  expect(await here()).toMatchObject([{ words: 'bridge, "Main Street" -police' }])
  expect(loopback.messages[0]?.content).toMatch(/^\*\*Morning brief is on\*\* in #general, set by dana/)
  const reopened = await openForm({ name: 'morning' })
  expect(field(reopened, 'stories').value).toBe('old-bridge')
  expect(field(reopened, 'days').options.filter((option: Json) => option.default)).toHaveLength(2)
  expect(field(reopened, 'time').value).toBe('18:15 Europe/Berlin')
  expect(field(reopened, 'words').value).toBe('bridge, "Main Street" -police')
  // A time alone leaves the zone as it is, and an empty field is no filter.
  await submitForm(reopened, { time: '9:00', words: '' })
  expect(await here()).toMatchObject([{ time: '09:00', zone: 'Europe/Berlin', words: undefined }])
  await submitForm(reopened, { sent: ['off'] })
  expect(await here()).toEqual([])
})

test('what cannot be followed is asked back with a line to press, and changes nothing', async () => {
  const modal = await openForm({ name: 'weekly' })
  expect(modal.title).toBe('Week in review')
  const { data } = await loopback.submit(modal, { time: '07:30 chicgo' }, MANAGE)
  expect(data.content).toContain('I don’t know “chicgo”. Did you mean:')
  expect(data.content).toContain('Nothing was changed.')
  expect(await submitForm(modal, { time: ' ', words: '-police' })).toMatch(
    /^Choose a time\. Name at least one word that you want, not only -police: .* Nothing was changed\.$/,
  )
  expect(await submitForm(modal, { stories: '--public @everyone' })).toMatch(/Nothing was changed/)
  expect(await here()).toEqual([])
  expect(loopback.messages).toEqual([])
})

test('whoever may only look is shown what comes, and cannot submit a form either', async () => {
  const modal = await openForm()
  const { type, data } = await loopback.command('/digest settings', {}, { permissions: '0' })
  expect([type, data.flags]).toEqual([4, 64])
  expect(data.content).toContain('**Digests in #general**')
  expect(data.content).toContain('needs the permission Manage Channels or Manage Server')
  expect(await submitForm(modal, {}, { permissions: '0' })).toMatch(/^Changing digests needs the permission/)
  expect(await here()).toEqual([])
})

describe('a press on “Change or stop” under a brief', () => {
  const press = (fields: object) => loopback.press('run:/digest settings morning', fields)

  test('opens the form, whose submission changes the digest', async () => {
    const { type, data } = await press(MANAGE)
    expect([type, data.custom_id]).toEqual([9, 'form:morning'])
    await submitForm(data, { sent: ['note'] })
    expect(await here()).toMatchObject([{ digest: 'morning', quiet: 'note' }])
  })

  test('shows what comes to whoever may only look', async () => {
    const { type, data } = await press({ permissions: '0' })
    expect([type, data.flags]).toEqual([4, 64])
    expect(data.content).toContain('needs the permission Manage Channels or Manage Server')
  })
})

test('a store that does not answer in time costs a sentence, not the command', async () => {
  bot.store.subscriptions.list = () => new Promise(() => {})
  const { type, data } = await loopback.command('/digest settings', {}, MANAGE)
  expect([type, data.content]).toEqual([4, 'The form was not ready in time. Please try again in a moment.'])
  expect(bot.outcomes).toEqual(['late'])
})

test('a form that cannot be made is said, and counted as that', async () => {
  bot.store.subscriptions.list = () => Promise.reject(new Error('boom'))
  const { type, data } = await loopback.command('/digest settings', {}, MANAGE)
  expect([type, data.content]).toEqual([
    4,
    'Something went wrong on our side, and it has been logged. Please try again.',
  ])
  expect(bot.outcomes).toEqual(['failed'])
})

test('a message is checked from its menu, for whoever picked it alone', async () => {
  const registered = loopback.commands.get('')?.filter(command => command.type === 3)
  expect(registered?.map(({ name }) => name)).toContain('Check this quote')
  const check = async (content: string) => {
    const { type, data } = await loopback.pick('Check this quote', messageBody(content))
    expect([type, data.flags, data.allowed_mentions]).toEqual([4, 64, { parse: [] }])
    return data.content as string
  }
  const exact = await check('> She said “The bridge stays shut until it is safe”, I think.')
  expect(exact).toContain('Checked from that message: “The bridge stays shut until it is safe”')
  expect(exact).toContain('**Exact match**')
  const hostile = await check('@everyone **never** `said` <@400000000000000001> [x](https://evil.example)')
  expect(hostile).toContain('**Not found**')
  expect(hostile).toContain('\\@everyone')
  expect(await check('')).toBe('That message has no words to check.')
  expect(loopback.messages).toEqual([])
})

test('other commands in menus stay, and what is registered is not written again', async () => {
  const known = loopback.commands.get('')!
  const other = { id: '500000000000000009', type: 3, name: 'Of somebody else', description: '', version: '1' }
  known.push(other)
  const before = loopback.callsTo('PUT /applications/:id/commands').length
  await (bot.platform as DiscordPlatform).register()
  expect(loopback.callsTo('PUT /applications/:id/commands')).toHaveLength(before)
  known.splice(
    known.findIndex(({ name }) => name === 'Check this quote'),
    1,
  )
  await (bot.platform as DiscordPlatform).register()
  const names = loopback.commands.get('')?.map(({ name }) => name)
  expect(names?.filter(name => name === 'Check this quote')).toHaveLength(1)
  expect(names).toContain('Of somebody else')
})

test('words are one option of the command, with their quotation marks', async () => {
  const values = { name: 'morning', time: '7:30', words: 'bridge, "Main Street" -police' }
  const { data } = await loopback.command('/digest on', values, MANAGE)
  expect(data.content).toBe('Done. I posted a confirmation in this channel.')
  expect(await here()).toMatchObject([{ time: '07:30', words: 'bridge, "Main Street" -police' }])
  expect(loopback.messages.at(-1)?.content).toContain('Only news with words: bridge, "Main Street" -police')
  await loopback.command('/digest set', { words: 'all' }, MANAGE)
  expect(await here()).toMatchObject([{ words: undefined }])
})
