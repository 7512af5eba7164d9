import { expect, test } from 'vitest'
import type { Command } from '../../../src/commands/command.ts'
import { RESERVED_NAMES, slackManifest, slackNameProblems } from '../../../src/platforms/slack/manifest.ts'
import { sentenceReply } from '../../support/echo-answer.ts'

const command = (name: string, more: Partial<Command> = {}): Command => ({
  name,
  about: `About ${name}`,
  reach: 'always',
  run: () => sentenceReply('x'),
  ...more,
})

const commands = [
  command('nutgraf'),
  command('quote', {
    argument: { name: 'speaker or words', about: '…', required: true },
    subcommands: [{ name: 'check', about: '…' }],
  }),
  command('lawsuit', {
    subcommands: [
      { name: 'summary', about: '…' },
      { name: 'quotes', about: '…', argument: { name: 'speaker', about: '…', required: false } },
    ],
  }),
  command('find', { reach: 'root' }),
]

test('over Socket Mode there are no addresses, and only the commands that are always reached by name', () => {
  const manifest = slackManifest(commands, { mode: 'socket' })
  expect(manifest.features.slash_commands).toEqual([
    { command: '/nutgraf', description: 'About nutgraf', should_escape: false },
    {
      command: '/quote',
      description: 'About quote',
      usage_hint: '<speaker or words> | check',
      should_escape: false,
    },
    {
      command: '/lawsuit',
      description: 'About lawsuit',
      usage_hint: 'summary | quotes [speaker]',
      should_escape: false,
    },
  ])
  expect(JSON.stringify(manifest)).not.toContain('url')
  expect(manifest.settings).toMatchObject({ socket_mode_enabled: true, interactivity: { is_enabled: true } })
})

test('over HTTP every address is the one endpoint, however the address was written', () => {
  for (const url of [
    'https://bot.example.org',
    'https://bot.example.org/',
    'https://bot.example.org/slack/events',
  ]) {
    const manifest = slackManifest(commands, { mode: 'http', url })
    const address = 'https://bot.example.org/slack/events'
    expect(
      manifest.features.slash_commands.every(command => 'url' in command && command.url === address),
    ).toBe(true)
    expect(manifest.settings.event_subscriptions).toMatchObject({ request_url: address })
    expect(manifest.settings.interactivity).toEqual({
      is_enabled: true,
      request_url: address,
      message_menu_options_url: address,
    })
    expect(manifest.settings.socket_mode_enabled).toBe(false)
  }
  expect(() => slackManifest(commands, { mode: 'http' })).toThrow(/needs an address/)
})

test('with all, every command gets a name of its own', () => {
  expect(slackManifest(commands, { mode: 'socket', all: true }).features.slash_commands).toHaveLength(4)
})

test('the manifest keeps the limits of its schema', () => {
  const {
    display_information: shown,
    features,
    oauth_config,
    settings,
  } = slackManifest(commands, { mode: 'socket' })
  expect(shown.name.length).toBeLessThanOrEqual(35)
  expect(shown.description.length).toBeLessThanOrEqual(140)
  expect(shown.long_description.length).toBeGreaterThanOrEqual(175)
  expect(shown.long_description.length).toBeLessThanOrEqual(4000)
  expect(shown.background_color).toMatch(/^#[0-9a-f]{6}$/)
  expect(features.bot_user.display_name).toMatch(/^[a-z0-9._-]{1,80}$/)
  for (const { command, description, usage_hint = 'x' } of features.slash_commands as {
    command: string
    description: string
    usage_hint?: string
  }[]) {
    expect(command).toMatch(/^\/.{1,31}$/)
    expect(description.length).toBeLessThanOrEqual(2000)
    expect(usage_hint.length).toBeLessThanOrEqual(1000)
  }
  const { bot, bot_optional } = oauth_config.scopes
  expect(new Set([...bot, ...bot_optional]).size).toBe(bot.length + bot_optional.length)
  expect(settings.event_subscriptions.bot_events).toEqual(['app_home_opened', 'app_mention', 'message.im'])
  for (const { name, callback_id, description } of features.shortcuts) {
    expect(name.length).toBeLessThanOrEqual(24)
    expect(callback_id.length).toBeLessThanOrEqual(255)
    expect(description.length).toBeLessThanOrEqual(150)
  }
  // conversations.info needs the scope of the conversation's type, and /digest may be typed in every type.
  for (const kind of ['channels', 'groups', 'im', 'mpim']) expect(bot).toContain(`${kind}:read`)
  // For the page of src/platforms/slack/home.ts.
  expect(features.app_home.home_tab_enabled).toBe(true)
})

test('what Slack would refuse is found before it is pasted', () => {
  expect(slackNameProblems(['/nutgraf', 'lawsuit', '/welcoming-city'])).toEqual([])
  for (const name of RESERVED_NAMES) expect(slackNameProblems([`/${name}`])[0]?.problem).toMatch(/itself/)
  const problem = (...names: string[]) =>
    slackNameProblems(names).map(({ name, problem }) => `${name}: ${problem}`)
  expect(problem('a'.repeat(31))).toEqual([])
  expect(problem(`/${'a'.repeat(32)}`)[0]).toMatch(/33 characters/)
  expect(problem('Law')[0]).toMatch(/lower case/)
  expect(problem('/law suit')[0]).toMatch(/^\/law suit: a name may have only letters/)
  expect(problem('')[0]).toMatch(/only letters/)
  expect(problem('/quote', 'quote')).toEqual(['quote: this name is used twice'])
  expect(problem(...Array.from({ length: 51 }, (_, index) => `c${index}`))).toEqual([
    'c50: Slack allows at most 50 commands',
  ])
  expect(() => slackManifest([command('archive')], { mode: 'socket' })).toThrow(
    'slack: archive: Slack keeps this name',
  )
})

test('the hint has every value of a verb', () => {
  const others = [
    { name: 'time', about: '…' },
    { name: 'zone', about: '…' },
  ]
  const on = {
    name: 'on',
    about: '…',
    argument: { name: 'name', about: '…', required: true },
    moreArguments: others,
  }
  const [slashCommand] = slackManifest([command('digest', { subcommands: [on] })], { mode: 'socket' })
    .features.slash_commands
  expect((slashCommand as { usage_hint?: string }).usage_hint).toBe('on <name> [time] [zone]')
})

test('a hint that is too long names the verbs alone', () => {
  const subcommands = Array.from({ length: 60 }, (_, index) => ({
    name: `verb${index}`,
    about: '…',
    argument: { name: 'something long', about: '…', required: false },
  }))
  const [slashCommand] = slackManifest([command('long', { subcommands })], { mode: 'socket' }).features
    .slash_commands
  expect((slashCommand as { usage_hint?: string }).usage_hint).toMatch(/^verb0 \| verb1 .* verb59$/)
})

test('who is in a user group may be asked only where that is needed', () => {
  const scopes = (groups: boolean) =>
    slackManifest(commands, { mode: 'socket', groups }).oauth_config.scopes.bot
  expect(scopes(true)).toContain('usergroups:read')
  expect(scopes(false)).not.toContain('usergroups:read')
})
