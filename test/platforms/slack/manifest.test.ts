import { describe, expect, test } from 'vitest'
import type { Command } from '../../../src/commands/command.ts'
import { createHandler } from '../../../src/commands/handler.ts'
import { RESERVED_NAMES, slackManifest, slackNameProblems } from '../../../src/platforms/slack/manifest.ts'
import { STORIES } from '../../support/conversations/digest-conversation.ts'
import { sentenceReply } from '../../support/echo-answer.ts'
import { recordingLog } from '../../support/recording-log.ts'

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

const VARIANTS: [string, Parameters<typeof slackManifest>[1]][] = [
  ['plain', { mode: 'socket' }],
  ['with all names', { mode: 'socket', all: true }],
  ['with user groups', { mode: 'socket', groups: true }],
  ['with a prefix', { mode: 'socket', prefix: 'ng-' }],
  ['over HTTP', { mode: 'http', url: 'https://bot.example.org', all: true, groups: true, prefix: 'ng-' }],
]
const manyCommands = Array.from({ length: 50 }, (_, index) => command(`story-${index}`))

/** The limits of docs.slack.dev/reference/app-manifest and slackapi/manifest-schema (manifest.schema.2.0.0.json). */
describe.each(VARIANTS)('the manifest keeps every documented limit: %s', (_, options) => {
  const manifest = slackManifest(options.all ? manyCommands : commands, options)
  const { display_information: shown, features, oauth_config, settings } = manifest

  test('what is displayed', () => {
    expect(shown.name.length).toBeLessThanOrEqual(35)
    expect(shown.description.length).toBeLessThanOrEqual(140)
    expect(shown.long_description.length).toBeGreaterThanOrEqual(175)
    expect(shown.long_description.length).toBeLessThanOrEqual(4000)
    expect(shown.background_color).toMatch(/^#[0-9a-f]{6}$/)
    expect(features.bot_user.display_name).toMatch(/^[a-z0-9._-]{1,80}$/)
  })

  test('commands', () => {
    const slashCommands = features.slash_commands as {
      command: string
      description: string
      usage_hint?: string
      url?: string
    }[]
    expect(slashCommands.length).toBeGreaterThanOrEqual(1)
    expect(slashCommands.length).toBeLessThanOrEqual(50)
    expect(new Set(slashCommands.map(({ command }) => command)).size).toBe(slashCommands.length)
    for (const { command, description, usage_hint = 'x', url = 'x' } of slashCommands) {
      expect(command).toMatch(/^\/.{1,31}$/)
      expect(description).toMatch(/^[\s\S]{1,2000}$/)
      expect(usage_hint).toMatch(/^[\s\S]{1,1000}$/)
      expect(url.length).toBeLessThanOrEqual(3000)
    }
  })

  test('shortcuts', () => {
    expect(features.shortcuts.length).toBeLessThanOrEqual(10)
    for (const { name, callback_id, description, type } of features.shortcuts) {
      expect(name).toMatch(/^.{1,24}$/)
      expect(callback_id).toMatch(/^.{1,255}$/)
      expect(description).toMatch(/^.{1,150}$/)
      expect(['global', 'message']).toContain(type)
    }
  })

  test('scopes and events', () => {
    const { bot, bot_optional } = oauth_config.scopes
    for (const list of [bot, bot_optional, settings.event_subscriptions.bot_events]) {
      expect(list.length).toBeGreaterThanOrEqual(1)
      expect(list.length).toBeLessThanOrEqual(100)
      expect(new Set(list).size).toBe(list.length)
    }
    // An optional scope must stand in both lists, or it is never granted.
    expect(bot).toEqual(expect.arrayContaining(bot_optional))
    expect(settings.event_subscriptions.bot_events).toEqual(['app_home_opened', 'app_mention', 'message.im'])
  })

  test('the Home tab and direct messages are on', () => {
    expect(features.app_home).toEqual({
      home_tab_enabled: true,
      messages_tab_enabled: true,
      messages_tab_read_only_enabled: false,
    })
  })

  test('no list is empty and nothing is undefined: Slack refuses both', () => {
    const walk = (value: unknown): void => {
      expect(value).not.toBeUndefined()
      if (Array.isArray(value)) expect(value.length).toBeGreaterThan(0)
      if (typeof value === 'object' && value !== null) Object.values(value).forEach(walk)
    }
    walk(JSON.parse(JSON.stringify(manifest)))
  })
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

test('a hint is brief: one that would be long names the first verbs, and says that there are more', () => {
  const subcommands = Array.from({ length: 60 }, (_, index) => ({
    name: `verb${index}`,
    about: '…',
    argument: { name: 'something long', about: '…', required: false },
  }))
  const argument = { name: 'words', about: '…', required: true }
  const [slashCommand] = slackManifest([command('long', { argument, subcommands })], { mode: 'socket' })
    .features.slash_commands
  const { usage_hint = '' } = slashCommand as { usage_hint?: string }
  expect(usage_hint).toMatch(/^<words> \| verb0 \| verb1 .* \| …$/)
  expect(usage_hint.length).toBeLessThanOrEqual(80)
})

test('the hint of every command of ours is brief', async () => {
  const { commands } = createHandler(
    { library: () => STORIES, version: '', zone: 'UTC', deskUsers: [] },
    recordingLog(),
  )
  const { slash_commands } = slackManifest(commands(), { mode: 'socket', all: true }).features
  for (const { usage_hint = '' } of slash_commands as { usage_hint?: string }[])
    expect(usage_hint.length).toBeLessThanOrEqual(80)
})

test('who is in a user group may be asked only where that is needed', () => {
  const scopes = (groups: boolean) =>
    slackManifest(commands, { mode: 'socket', groups }).oauth_config.scopes.bot
  expect(scopes(true)).toContain('usergroups:read')
  expect(scopes(false)).not.toContain('usergroups:read')
})
