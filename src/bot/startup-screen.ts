import type { Platform } from '../chat/platform.ts'
import { firstSpeaker } from '../commands/help.ts'
import type { Config } from '../config.ts'
import type { Library } from '../content/library.ts'
import { approvalProblems } from '../digests/approval-settings.ts'
import { phrases } from '../phrases/phrases.ts'
import type { Role } from './roles.ts'

type Row = [name: string, value: string]

const MAX_STORY_NAMES = 8
const SAMPLE =
  'its first report comes within half a minute; a headline changes after one minute, and a report is taken back after two'

/** Renders the screen that `start` prints: platforms and accounts, stories, warnings, and what to do next. */
export function startupScreen(facts: {
  version: string
  config: Config
  platforms: Platform[]
  library: Library
  role: Role
  port: number | undefined
  prompt: boolean
  sampleFeed?: boolean
}): string {
  const { version, role, config, platforms, library, port, prompt } = facts
  const address = `http://localhost:${port}`
  const rows: Row[] = [
    [
      'Slack',
      config.slack ? platformState(platforms, 'slack') : 'off (set SLACK_BOT_TOKEN and SLACK_APP_TOKEN)',
    ],
    ['Discord', config.discord ? platformState(platforms, 'discord') : 'off (set DISCORD_TOKEN)'],
    ...(config.webhooks.length > 0 ? [['Webhooks', webhookNames(config)] satisfies Row] : []),
    ['Preview', previewState(config, role, address)],
    ['Stories', `${library.stories.length}: ${storyNames(library)}`],
    ...(config.feeds && port !== undefined ? [feedsRow(config, library)] : []),
    ...(config.hooks.length > 0 && port !== undefined ? [hooksRow(config, address)] : []),
    ...(facts.sampleFeed ? [['Sample', SAMPLE] satisfies Row] : []),
    ['Health', port === undefined ? 'not served (PORT is not set)' : `${address}/health · ${address}/ready`],
    ...warnings(config, role, library).map((warning): Row => ['Warning', warning]),
    ['Next', nextStep(config, library, `${prompt ? 'here or ' : ''}at ${address}`)],
  ]
  const name = role === 'all' ? '' : ` · role ${role}`
  return `nutgraf ${version}${name}\n${rows.map(([name, value]) => `  ${name.padEnd(9)}${value}\n`).join('')}\n`
}

function platformState(platforms: Platform[], name: string): string {
  const state = platforms.find(platform => platform.name === name)?.state()
  if (!state) return 'off'
  const isFailing = state.state === 'connecting' && state.detail !== undefined
  const words = isFailing ? 'not connected, tried again until it is' : state.state
  return [words, state.account && `as ${state.account}`, state.detail].filter(Boolean).join(' · ')
}

const webhookNames = ({ webhooks }: Config) =>
  webhooks.map(({ name, kind }) => `${name} (${phrases.webhook.services[kind]})`).join(', ')

function previewState({ preview }: Config, role: Role, address: string): string {
  if (role !== 'all') return 'off (only the role all has it)'
  return preview ? address : 'off (PREVIEW=1 turns it on)'
}

const feedsRow = ({ publicUrl }: Config, { stories: [story] }: Library): Row => [
  'Feeds',
  `${publicUrl?.replace(/\/+$/, '')}/feeds/${story?.slug ?? 'STORY'}.rss · open to anyone`,
]

const hooksRow = ({ hooks, publicUrl }: Config, address: string): Row => [
  'Hooks',
  `${hooks.map(({ name }) => name).join(', ')} may call ${publicUrl?.replace(/\/+$/, '') ?? address}/hooks/…`,
]

function storyNames(library: Library): string {
  const slugs = library.stories.map(story => story.slug)
  const more = slugs.length - MAX_STORY_NAMES
  return more > 0 ? `${slugs.slice(0, MAX_STORY_NAMES).join(', ')} and ${more} more` : slugs.join(', ')
}

function warnings(config: Config, role: Role, library: Library): string[] {
  const { slack, publicUrl } = config
  return [
    ...approvalProblems(library.digests, config).map(({ problem }) => problem),
    slack &&
      !slack.appToken &&
      ['all', 'web'].includes(role) &&
      `Slack calls over HTTP: Slack must reach ${publicUrl === undefined ? '/slack/events on this server' : `${publicUrl}/slack/events`} from outside`,
    library.stories.length === 0 && 'there is no story yet: content/README.md explains how to add one',
  ].filter(warning => typeof warning === 'string')
}

function nextStep(config: Config, library: Library, where: string): string {
  const story = library.stories.find(({ command }) => command)
  const first = story ? `/${story.command} summary` : '/nutgraf story list'
  if (config.slack || config.discord) return `type ${first} in a channel, or @nutgraf help in a thread`
  const speaker = firstSpeaker(library)?.name.split(' ').at(-1)?.toLowerCase()
  const second = speaker ? ` or /quote ${speaker}` : ''
  return `type ${first}${second}, ${where}`
}
