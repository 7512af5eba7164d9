import type { Place } from './chat/platform.ts'
import { zoneProblem } from './dates/zone-problem.ts'
import { dataFolder, expandHome } from './store/data-folder.ts'
import { databaseUrlProblem } from './store/postgres/address.ts'
import { type HookSetting, isHookVariable, readHookSettings } from './web/hook-settings.ts'
import { isWebhookVariable, readWebhookSettings, type Webhook } from './web/webhook-settings.ts'

/** All settings from the environment. A platform is on if its token is set. */
export type Config = {
  slack?: {
    token: string
    signingSecret?: string
    appToken?: string
    apiUrl?: string
    /** Begins the names of all commands on Slack. */
    commandPrefix?: string
  }
  discord?: { token: string; guildId?: string; apiUrl?: string }
  /** The channels that are reached by an address alone: `webhook:<name>`. */
  webhooks: Webhook[]
  contentDir: string
  dataDir: string
  databaseUrl?: string
  deskPlace?: Place
  /** Who may use /desk: people and groups, named like `Caller.id` and `Caller.groups`. */
  deskUsers: string[]
  /** After this many days without a check, a story is marked as stale; 0 means never. */
  staleDays: number
  postTimeoutMs: number
  /** For how many days everything about a post is kept. */
  keepDays: number
  /** For how many days items on the wire are kept that no feed has any more and no message shows. */
  wireDays: number
  /** Hosts of the own network whose feeds may be asked: otherwise only those of the public internet are. */
  feedHosts: string[]
  host: string
  port: number
  /** Whether PORT was set. If so, even a process that does not need a server listens. */
  portGiven: boolean
  publicUrl?: string
  /** Whether what briefs tell is served to feed readers, below /feeds/ of the public address. */
  feeds: boolean
  /** The systems that may call POST /hooks/<name>. */
  hooks: HookSetting[]
  preview: boolean
  /** Whether GET /metrics is served, on the same port as everything else. */
  metrics: boolean
  logLevel: string
  zone: string
}

/** The environment variables, each with the line that `.env.example` has for it. */
export const VARIABLES: Record<string, string> = {
  SLACK_BOT_TOKEN: 'Slack: bot token (xoxb-…). Turns Slack on',
  SLACK_APP_TOKEN: 'Slack: app-level token (xapp-…) for Socket Mode; no public address needed',
  SLACK_SIGNING_SECRET: 'Slack: signing secret, for HTTP instead of Socket Mode',
  SLACK_COMMAND_PREFIX:
    'Slack: begins the name of every command (ng- makes /ng-quote), where another app has one of them; as in the manifest',
  SLACK_API_URL: 'Slack: another API address, for tests',
  DISCORD_TOKEN: 'Discord: bot token. Turns Discord on',
  DISCORD_GUILD_ID: 'Discord: register commands on this server only (they appear at once)',
  DISCORD_API_URL: 'Discord: another API address without version, for tests',
  WEBHOOK_NAME:
    'Address of a channel where no app may be installed (a webhook of Discord or Slack, a workflow of Teams), one variable each: WEBHOOK_CITY_DESK is the place webhook:city-desk',
  DATABASE_URL:
    'PostgreSQL (postgres://…), for several processes or hosts without permanent disks (default: a file in DATA_DIR)',
  CONTENT_DIR: 'Folder of the stories (default content)',
  DATA_DIR:
    'Folder for the bot’s own data: which channel gets which digest, what was posted where (default data)',
  HOST: 'Address to listen on (default 127.0.0.1 for the preview, 0.0.0.0 with a platform)',
  PORT: 'Port to listen on (default 3000)',
  PUBLIC_URL: 'Public address of this server, for Slack over HTTP and feeds (https://bot.example.org)',
  FEEDS:
    '1 serves what is new in stories and digests to feed readers, to anyone: PUBLIC_URL/feeds/STORY.rss, .atom or .json (default off)',
  HOOK_SECRET_NAME:
    'Secret of a system that calls POST /hooks/name when it publishes, one variable each: write its name for NAME, such as HOOK_SECRET_GHOST',
  HOOK_OUTLET_NAME: 'Under which outlet the items of that system stand, such as HOOK_OUTLET_GHOST=City Paper',
  PREVIEW: '1 serves the preview alongside the platforms; without any token it is always on',
  METRICS:
    '1 serves GET /metrics for Prometheus on PORT, to anyone who can reach it: block it from outside (default off)',
  DESK_USERS:
    'Who may use /desk, separated by commas: slack:T0123/U0456, a Slack user group slack:T0123/S0456, discord:USER, a role discord:SERVER/ROLE (default nobody)',
  DESK_CHANNEL: 'Channel for fault reports, such as slack:T0123/C0456 or discord:SERVER/CHANNEL',
  STALE_DAYS:
    'Days without a check after which a story’s label says so (default 30; 0 for never; never for archived stories)',
  POST_TIMEOUT_MS:
    'Milliseconds that one post may take (default 12000); a second process waits more than twice as long',
  KEEP_DAYS:
    'Days after which the bot forgets posts that failed, were missed or had nothing new, and who shared an answer (default 400, at least 30)',
  FEED_HOSTS:
    'Hosts of your own network whose feeds may be asked, separated by commas, such as wire.intranet:8080 (default none: only the public internet)',
  WIRE_DAYS:
    'Days after which the bot forgets reports from feeds that no feed has any more and no message shows (default 90, at least 30)',
  LOG_LEVEL: 'debug, info, warn or error (default info)',
  TZ_DEFAULT: 'Time zone for people whose own is not known, such as America/Chicago (default UTC)',
}

/** Whether something reads a variable of this name. */
export const isSetting = (name: string): boolean =>
  Object.hasOwn(VARIABLES, name) || isHookVariable(name) || isWebhookVariable(name)

/** Reads the environment, or returns all problems with it at once. Nothing else in the program reads it. */
export function readConfig(env: NodeJS.ProcessEnv): { config: Config } | { problems: string[] } {
  const problems: string[] = []
  const value = (name: string) => env[name]?.trim() || undefined
  // A request cannot carry such a value, and its error would show it.
  for (const name of ['SLACK_BOT_TOKEN', 'SLACK_APP_TOKEN', 'SLACK_SIGNING_SECRET', 'DISCORD_TOKEN']) {
    if (!/^[\x21-\x7e]*$/.test(value(name) ?? ''))
      problems.push(
        `${name} must be one piece: a space, a line break or a sign that no token has is in it. Copy it again`,
      )
  }
  const slackToken = value('SLACK_BOT_TOKEN')
  const discordToken = value('DISCORD_TOKEN')
  if (slackToken && !/^xoxb-/.test(slackToken))
    problems.push('SLACK_BOT_TOKEN must begin with xoxb- (the “Bot User OAuth Token”)')
  const appToken = value('SLACK_APP_TOKEN')
  if (appToken && !/^xapp-/.test(appToken))
    problems.push('SLACK_APP_TOKEN must begin with xapp- (an “App-Level Token” with connections:write)')
  const signingSecret = value('SLACK_SIGNING_SECRET')
  if (slackToken && !appToken && !signingSecret) {
    problems.push(
      'SLACK_BOT_TOKEN needs SLACK_APP_TOKEN (Socket Mode) or SLACK_SIGNING_SECRET (HTTP) as well',
    )
  }
  const commandPrefix = value('SLACK_COMMAND_PREFIX')
  if (commandPrefix && !COMMAND_PREFIX_PATTERN.test(commandPrefix))
    problems.push('SLACK_COMMAND_PREFIX must be 1 to 10 small letters, digits, - or _, such as ng-')
  if (!slackToken && (appToken || signingSecret)) {
    problems.push('SLACK_BOT_TOKEN is missing (SLACK_APP_TOKEN or SLACK_SIGNING_SECRET is set)')
  }
  for (const name of ['SLACK_API_URL', 'DISCORD_API_URL', 'PUBLIC_URL']) {
    const address = value(name)
    if (address && !URL.canParse(address)) problems.push(`${name} is not an address like https://example.org`)
  }
  if (isYes(value('FEEDS')) && !/^https?:/i.test(value('PUBLIC_URL') ?? ''))
    problems.push('FEEDS needs PUBLIC_URL, the address of this server for readers, like https://example.org')
  const port = Number(value('PORT') ?? 3000)
  if (!Number.isInteger(port) || port < 0 || port > 65535)
    problems.push('PORT must be a number from 0 to 65535')
  const logLevel = value('LOG_LEVEL') ?? 'info'
  if (!['debug', 'info', 'warn', 'error'].includes(logLevel))
    problems.push('LOG_LEVEL must be debug, info, warn or error')
  const deskPlace = value('DESK_CHANNEL')
  if (deskPlace && !/^(?:slack|discord|preview|webhook):\S+$/.test(deskPlace))
    problems.push('DESK_CHANNEL must be a place like slack:T0123/C0456 or discord:SERVER/CHANNEL')
  const deskUsers = listed(value('DESK_USERS'))
  problems.push(...deskUsers.flatMap(deskUserProblems))
  const staleDays = Number(value('STALE_DAYS') ?? 30)
  if (!Number.isInteger(staleDays) || staleDays < 0 || staleDays > 36_500)
    problems.push('STALE_DAYS must be a number of days, such as 30, or 0 for never')
  const databaseUrl = value('DATABASE_URL')
  const addressProblem = databaseUrl && databaseUrlProblem(databaseUrl)
  if (addressProblem) problems.push(addressProblem)
  const postTimeoutMs = Number(value('POST_TIMEOUT_MS') ?? 12_000)
  if (!Number.isInteger(postTimeoutMs) || postTimeoutMs < 50 || postTimeoutMs > 60_000)
    problems.push('POST_TIMEOUT_MS must be a number from 50 to 60000')
  const keepDays = Number(value('KEEP_DAYS') ?? 400)
  if (!Number.isInteger(keepDays) || keepDays < 30 || keepDays > 36_500)
    problems.push('KEEP_DAYS must be a number of days from 30 to 36500, such as 400')
  const feedHosts = listed(value('FEED_HOSTS'))
  for (const host of feedHosts)
    if (!/^(?:[\w.-]+|\[[\da-f:.]+\])(?::\d+)?$/i.test(host))
      problems.push(`FEED_HOSTS: “${host}” is not a host: write its name, such as wire.intranet:8080`)
  const wireDays = Number(value('WIRE_DAYS') ?? 90)
  if (!Number.isInteger(wireDays) || wireDays < 30 || wireDays > 36_500)
    problems.push('WIRE_DAYS must be a number of days from 30 to 36500, such as 90')
  const zone = value('TZ_DEFAULT') ?? 'UTC'
  const zoneIsWrong = zoneProblem(zone)
  if (zoneIsWrong !== undefined) problems.push(`TZ_DEFAULT must be a time zone: ${zoneIsWrong}`)
  for (const name of ['HOOK_SECRET_NAME', 'HOOK_OUTLET_NAME'])
    if (value(name))
      problems.push(`${name}: write the sender’s name for NAME, such as ${name.replace(/NAME$/, 'GHOST')}`)
  const { hooks, problems: hookProblems } = readHookSettings(env)
  problems.push(...hookProblems)
  if (value('WEBHOOK_NAME'))
    problems.push('WEBHOOK_NAME: write the channel’s name for NAME, such as WEBHOOK_CITY_DESK')
  const { webhooks, problems: webhookProblems } = readWebhookSettings(env)
  problems.push(...webhookProblems)
  if (problems.length > 0) return { problems }

  const hasPlatform = Boolean(slackToken || discordToken)
  const config: Config = {
    slack: slackToken
      ? { token: slackToken, appToken, signingSecret, apiUrl: value('SLACK_API_URL'), commandPrefix }
      : undefined,
    discord: discordToken
      ? { token: discordToken, guildId: value('DISCORD_GUILD_ID'), apiUrl: value('DISCORD_API_URL') }
      : undefined,
    publicUrl: value('PUBLIC_URL'),
    hooks,
    webhooks,
    databaseUrl,
    deskPlace: deskPlace as Place | undefined,
    deskUsers: [...new Set(deskUsers)],
    staleDays,
    postTimeoutMs,
    keepDays,
    wireDays,
    feedHosts,
    contentDir: expandHome(value('CONTENT_DIR') ?? 'content'),
    dataDir: dataFolder(value('DATA_DIR')),
    host: value('HOST') ?? (hasPlatform ? '0.0.0.0' : '127.0.0.1'),
    port,
    portGiven: value('PORT') !== undefined,
    feeds: isYes(value('FEEDS')),
    preview: !hasPlatform || isYes(value('PREVIEW')),
    metrics: isYes(value('METRICS')),
    logLevel,
    zone,
  }
  return { config }
}

/** What may begin the names of commands on Slack: a name has at most 32 characters. */
export const COMMAND_PREFIX_PATTERN = /^[a-z0-9_-]{1,10}$/

/** Reads a list that is separated by commas. */
const listed = (value = '') =>
  value
    .split(',')
    .map(entry => entry.trim())
    .filter(Boolean)

const isYes = (value = '') => ['1', 'true', 'yes'].includes(value.toLowerCase())

/** Matches a person or group by their Slack or Discord ID, or the user of the preview. */
const DESK_USER_PATTERN = /^(?:slack:[TE][A-Z0-9]+\/[UWS][A-Z0-9]+|discord:\d+(?:\/\d+)?|preview:you)$/

function deskUserProblems(user: string): string[] {
  if (!DESK_USER_PATTERN.test(user))
    return [
      `DESK_USERS: “${user}” is not a user ID: write slack:T0123/U0456, slack:T0123/S0456, discord:USER, discord:SERVER/ROLE or preview:you`,
    ]
  // The ID of the role that everybody on a server has is that of the server.
  return /^discord:(\d+)\/\1$/.test(user) ? [`DESK_USERS: “${user}” is everybody on that server`] : []
}
