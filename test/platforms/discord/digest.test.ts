import { beforeEach, expect, test } from 'vitest'
import { type DiscordDigestBot, startDigestBotOnDiscord } from '../../support/discord/digest-bot.ts'
import { ALL_PERMISSIONS, PERMISSION_BITS } from '../../support/discord/loopback-channels.ts'
import { APP, CHANNEL, DM, GUILD, type OptionValues } from '../../support/discord/payloads.ts'
import { waitUntil } from '../../support/wait-until.ts'

const PLACE = `discord:${GUILD}/${CHANNEL}` as const
const MANAGE_CHANNELS = { permissions: String(1n << 4n) }
let loopback: DiscordDigestBot['loopback']
let bot: DiscordDigestBot['bot']

beforeEach(async () => {
  ;({ loopback, bot } = await startDigestBotOnDiscord())
})

const ask = async (
  path: string,
  values: OptionValues = {},
  fields: object = MANAGE_CHANNELS,
): Promise<string> => (await loopback.command(path, values, fields)).data.content
const here = () => bot.store.subscriptions.list(PLACE)

test('its sub-commands take each value by name, and autocomplete digests and zones', async () => {
  const digest = loopback.commands.get('')?.find(command => command.name === 'digest')
  const names = digest?.options.map((option: { name: string }) => option.name)
  expect(names).toEqual(['status', 'settings', 'on', 'off', 'set', 'quiet', 'now', 'preview', 'help'])
  const [, , on] = digest!.options
  expect(on.options.map(({ name, required }: OptionValues) => [name, required ?? false])).toEqual([
    ['name', true],
    ['time', false],
    ['zone', false],
    ['days', false],
    ['stories', false],
    ['words', false],
  ])
  const choices = async (values: OptionValues, focused: string) =>
    (await loopback.autocomplete('/digest on', values, focused)).data.choices
  expect(await choices({ name: 'mor' }, 'name')).toEqual([
    { name: 'morning: Morning brief', value: 'morning' },
  ])
  expect((await choices({ name: 'morning', zone: 'chic' }, 'zone'))[0]).toEqual({
    name: 'Chicago time (America/Chicago)',
    value: 'America/Chicago',
  })
})

test('on, status, off: each confirmed in the channel', async () => {
  const values = {
    name: 'morning',
    time: '7.30am',
    zone: 'America/Chicago',
    days: 'mon,wed',
    stories: 'old-bridge',
  }
  expect(await ask('/digest on', values)).toBe('Done. I posted a confirmation in this channel.')
  expect(loopback.messages[0]?.content).toMatch(
    /^\*\*Morning brief is on\*\* in #general, set by dana\nMon, Wed 07:30 Chicago time/,
  )
  expect(await here()).toMatchObject([
    { time: '07:30', zone: 'America/Chicago', days: 'mon,wed', stories: 'old-bridge' },
  ])
  const status = await ask('/digest status', {}, {})
  expect(status).toContain('**Digests in #general**')
  expect(status).toContain('can post ✓ · can correct ✓ · can look back ✓')
  await ask('/digest quiet', { policy: 'note' })
  expect(await here()).toMatchObject([{ quiet: 'note' }])
  await ask('/digest off', { name: 'morning' })
  expect(await here()).toEqual([])
  expect(loopback.messages).toHaveLength(3)
})

test.each([
  { time: '7.30 am', zone: 'new york', days: 'mon fri', stories: 'old-bridge' },
  { time: '07:30', zone: 'New York', days: 'Monday, Friday', stories: 'old-bridge' },
  { time: '7:30am', zone: 'America/New_York', days: 'mon,fri', stories: 'old-bridge' },
])('values of several words are understood as they are when a line is typed: $time, $days', async values => {
  await ask('/digest on', { name: 'morning', ...values })
  expect(await here()).toMatchObject([
    { time: '07:30', zone: 'America/New_York', days: 'mon,fri', stories: 'old-bridge' },
  ])
})

test('without Manage Channels or Manage Server nothing is changed, and all may look', async () => {
  const refused = await ask('/digest on', { name: 'morning' }, {})
  expect(refused).toMatch(/^Changing digests needs the permission Manage Channels or Manage Server/)
  expect(loopback.messages).toEqual([])
  expect(await here()).toEqual([])
  expect(await ask('/digest preview', { name: 'morning' }, {})).toContain(
    'Morning brief: where each story stands',
  )
  expect(await ask('/digest on', { name: 'morning' }, { permissions: String(1n << 5n) })).toMatch(/^Done/)
})

test('a mention does not tell what somebody may do, so it points to the slash command', async () => {
  loopback.say(`<@${APP}> digest on morning`)
  await waitUntil(() => loopback.messages.length > 1)
  expect(loopback.messages[1]?.content).toContain('the slash command does: `/digest`')
  expect(await here()).toEqual([])
})

test('a direct message is its owner’s', async () => {
  expect(await ask('/digest on', { name: 'morning' }, { dm: true })).toMatch(/^Done/)
  expect(await bot.store.subscriptions.list()).toMatchObject([
    { place: `discord:@me/${DM}`, zone: 'Europe/London' },
  ])
})

test('where it may not post it says what it needs, and changes nothing', async () => {
  const channel_id = '300000000000000006'
  expect(await ask('/digest on', { name: 'morning' }, { ...MANAGE_CHANNELS, channel_id })).toMatch(
    /^I can’t post in this channel\. Give nutgraf the permissions .*Nothing was changed\.$/,
  )
  expect(await bot.store.subscriptions.list()).toEqual([])
  expect(await ask('/digest status', {}, { channel_id })).toContain('Give nutgraf here: Send Messages.')
})

test('without Embed Links it says that it cannot look back', async () => {
  loopback.channelPermissions.set(CHANNEL, ALL_PERMISSIONS & ~PERMISSION_BITS.embed)
  expect(await ask('/digest status')).toContain('can’t look back ✗: if a crash leaves it unclear')
})
