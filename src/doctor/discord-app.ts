import type { Config } from '../config.ts'
import { invitationUrl } from '../platforms/discord/account.ts'
import type { Rest } from '../platforms/discord/rest.ts'
import { type Finding, findingsFor } from './finding.ts'
import { NoAnswer } from './http-client.ts'

const { error, warning, note, ok } = findingsFor('discord')

const PORTAL = 'https://discord.com/developers/applications'
/** Bits of an application's flags that say which privileged intents it may use. */
const INTENTS: [string, number][] = [
  ['Presence Intent', (1 << 12) | (1 << 13)],
  ['Server Members Intent', (1 << 14) | (1 << 15)],
  ['Message Content Intent', (1 << 18) | (1 << 19)],
]
/** Discord gives no more servers a page. */
const PAGE_SIZE = 200
const FEW_STARTS = 20

/** What is known of the application once Discord accepted its token, with the first servers that it is on. */
type DiscordApp = { appId: string; userId: string; guilds: string[] }

type Application = {
  id: string
  flags?: number
  bot_require_code_grant?: boolean
  interactions_endpoint_url?: string | null
}

/** The token, the application, and the servers that it is on, asked of Discord itself. */
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
  const found = [ok('token', `Discord accepts DISCORD_TOKEN: ${me.username}.`)]
  if (!application?.id || !Array.isArray(guilds))
    return {
      findings: [
        ...found,
        warning('not-told', 'Discord does not tell about the application.', 'Run doctor again in a minute.'),
      ],
    }
  const ids = guilds.map(({ id }) => id)
  return {
    app: { appId: application.id, userId: me.id, guilds: ids },
    findings: [
      ...found,
      ...applicationFindings(application),
      ...serverFindings(application.id, ids, guildId),
      ...startFindings(gateway?.session_start_limit?.remaining),
    ],
  }
}

function applicationFindings({ id, flags = 0, ...application }: Application): Finding[] {
  const intents = INTENTS.filter(([, bits]) => (flags & bits) !== 0).map(([name]) => name)
  const found: Finding[] = []
  if (application.interactions_endpoint_url)
    found.push(
      error(
        'endpoint-set',
        'The application has an Interactions Endpoint URL: Discord sends commands there, and none to nutgraf.',
        `Empty “Interactions Endpoint URL” at ${PORTAL}/${id}/information and save.`,
      ),
    )
  if (application.bot_require_code_grant)
    found.push(
      error(
        'code-grant',
        '“Requires OAuth2 Code Grant” is on: the invitation of the bot fails.',
        `Switch it off at ${PORTAL}/${id}/bot and save.`,
      ),
    )
  if (intents.length > 0)
    found.push(
      warning(
        'intents-surplus',
        `The application may use what nutgraf does not need: ${intents.join(', ')}.`,
        `Switch ${intents.length > 1 ? 'them' : 'it'} off at ${PORTAL}/${id}/bot → Privileged Gateway Intents.`,
      ),
    )
  return found
}

function serverFindings(appId: string, guilds: string[], guildId: string | undefined): Finding[] {
  const invite = `Open ${invitationUrl(appId)} and choose the server.`
  if (guilds.length === 0) return [warning('no-server', 'nutgraf is on no server of Discord yet.', invite)]
  const full = guilds.length >= PAGE_SIZE
  const found = [
    ok(
      'servers',
      `nutgraf is on ${full ? `${PAGE_SIZE} servers or more` : guilds.length === 1 ? '1 server' : `${guilds.length} servers`}.`,
    ),
    note('invitation', `The link that invites it, with the permissions it needs: ${invitationUrl(appId)}`),
  ]
  if (guildId !== undefined && !full && !guilds.includes(guildId))
    found.push(error('guild-not-joined', 'nutgraf is not on the server that DISCORD_GUILD_ID names.', invite))
  return found
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
    given => given as Result,
    () => undefined,
  )
