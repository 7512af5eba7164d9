import type { Config } from '../config.ts'
import { invitationUrl } from '../platforms/discord/gateway/account.ts'
import type { Rest } from '../platforms/discord/rest.ts'
import { type Finding, findingsFor } from './finding.ts'
import { NoAnswer } from './http-client.ts'

const { error, warning, note, ok } = findingsFor('discord')

const PORTAL = 'https://discord.com/developers/applications'
/** The privileged intents, with the bits of an application's flags that say it may use them. */
const INTENTS: [string, number][] = [
  ['Presence Intent', (1 << 12) | (1 << 13)],
  ['Server Members Intent', (1 << 14) | (1 << 15)],
  ['Message Content Intent', (1 << 18) | (1 << 19)],
]
/** The most servers that Discord lists on one page. */
const PAGE_SIZE = 200
/** Of a thousand starts a day so few are left only if something restarts the bot all the time. */
const FEW_STARTS = 20

/** The application, once Discord has accepted its token, with the first page of servers that it is on. */
type DiscordApp = { appId: string; userId: string; guilds: string[] }

type Application = {
  id: string
  flags?: number
  bot_require_code_grant?: boolean
  interactions_endpoint_url?: string | null
}

/** Asks Discord itself about the token, the application, and the servers that it is on. */
export async function diagnoseDiscordApp(
  { guildId }: Pick<NonNullable<Config['discord']>, 'guildId'>,
  rest: Rest,
): Promise<{ findings: Finding[]; app?: DiscordApp }> {
  let me: { id: string; username: string }
  try {
    me = (await rest('GET', '/users/@me')) as typeof me
  } catch (cause) {
    return { findings: [refusedFinding(cause)] }
  }
  const [application, guilds, gateway] = await Promise.all([
    getIfAllowed<Application>(rest, '/applications/@me'),
    getIfAllowed<{ id: string }[]>(rest, '/users/@me/guilds'),
    getIfAllowed<{ session_start_limit?: { remaining: number } }>(rest, '/gateway/bot'),
  ])
  const accepted = ok('token', `Discord accepts DISCORD_TOKEN: ${me.username}.`)
  if (!application?.id || !Array.isArray(guilds))
    return {
      findings: [
        accepted,
        warning('not-told', 'Discord gave no details of the application.', 'Run doctor again in a minute.'),
      ],
    }
  const ids = guilds.map(({ id }) => id)
  return {
    app: { appId: application.id, userId: me.id, guilds: ids },
    findings: [
      accepted,
      ...applicationFindings(application),
      ...serverFindings(application.id, ids, guildId),
      ...startFindings(gateway?.session_start_limit?.remaining),
    ],
  }
}

function applicationFindings({ id, flags = 0, ...application }: Application): Finding[] {
  const intents = INTENTS.filter(([, bits]) => (flags & bits) !== 0).map(([name]) => name)
  const findings: Finding[] = []
  if (application.interactions_endpoint_url)
    findings.push(
      error(
        'endpoint-set',
        'The application has an Interactions Endpoint URL: Discord sends commands there, not to nutgraf.',
        `Empty “Interactions Endpoint URL” at ${PORTAL}/${id}/information and save.`,
      ),
    )
  if (application.bot_require_code_grant)
    findings.push(
      error(
        'code-grant',
        '“Requires OAuth2 Code Grant” is on: inviting the bot fails.',
        `Switch it off at ${PORTAL}/${id}/bot and save.`,
      ),
    )
  if (intents.length > 0)
    findings.push(
      warning(
        'intents-surplus',
        `The application has privileged intents that nutgraf does not need: ${intents.join(', ')}.`,
        `Switch ${intents.length > 1 ? 'them' : 'it'} off at ${PORTAL}/${id}/bot → Privileged Gateway Intents.`,
      ),
    )
  return findings
}

function serverFindings(appId: string, guilds: string[], guildId: string | undefined): Finding[] {
  const invite = `Open ${invitationUrl(appId)} and choose the server.`
  if (guilds.length === 0) return [warning('no-server', 'nutgraf is on no Discord server yet.', invite)]
  const pageIsFull = guilds.length >= PAGE_SIZE
  const count = pageIsFull
    ? `${PAGE_SIZE} servers or more`
    : guilds.length === 1
      ? '1 server'
      : `${guilds.length} servers`
  const findings = [
    ok('servers', `nutgraf is on ${count}.`),
    note('invitation', `The link that invites it, with the permissions it needs: ${invitationUrl(appId)}`),
  ]
  if (guildId !== undefined && !pageIsFull && !guilds.includes(guildId))
    findings.push(
      error('guild-not-joined', 'nutgraf is not on the server that DISCORD_GUILD_ID names.', invite),
    )
  return findings
}

const startFindings = (left: number | undefined): Finding[] =>
  left !== undefined && left < FEW_STARTS
    ? [
        warning(
          'few-starts',
          `Discord lets nutgraf connect ${left} more times today; after that it resets the token.`,
          'Find out why it restarts so often, in its log or with: systemctl status nutgraf',
        ),
      ]
    : []

function refusedFinding(cause: unknown): Finding {
  const { status, message } = cause as { status?: number; message?: string }
  if (status === 401)
    return error(
      'token-refused',
      'Discord does not accept DISCORD_TOKEN (401).',
      `Press Reset Token at ${PORTAL} → your application → Bot, and copy what it shows into DISCORD_TOKEN.`,
    )
  const why = cause instanceof NoAnswer ? cause.code : status === undefined ? message : `HTTP ${status}`
  return error(
    'unreachable',
    `Discord cannot be reached (${why}).`,
    'Let this machine reach https://discord.com; through a proxy, set HTTPS_PROXY and NODE_USE_ENV_PROXY=1.',
  )
}

const getIfAllowed = <Result>(rest: Rest, path: `/${string}`): Promise<Result | undefined> =>
  rest('GET', path).then(
    result => result as Result,
    () => undefined,
  )
