import type { Config } from '../config.ts'
import { slackManifest } from '../platforms/slack/manifest.ts'
import { type Diagnosis, type Finding, type FindingCode, findingsFor, type ManualCheck } from './finding.ts'
import { NoAnswer } from './http-client.ts'
import type { SlackCall } from './slack-api.ts'

const { error, warning, note, ok } = findingsFor('slack')

const APP = 'https://api.slack.com/apps → your app'
const SCOPES = `${APP} → OAuth & Permissions → Scopes → Bot Token Scopes`
const REINSTALL = 'then press “Reinstall to Workspace” above it'

type MissingScope = { id: FindingCode; without: string }

const historyScope = (where: string): MissingScope => ({
  id: 'scope-history',
  without: `if a crash interrupts a post, nutgraf cannot check whether it arrived in ${where}`,
})

/** What does not work without an optional scope. Optional scopes that are not listed only make more possible. */
const OPTIONAL_SCOPES: Record<string, MissingScope> = {
  'channels:history': historyScope('a public channel'),
  'groups:history': historyScope('a private channel'),
  'mpim:history': historyScope('a group conversation'),
  'files:write': {
    id: 'scope-pictures',
    without: 'cards and timelines are shown as text, never as pictures',
  },
}

/** The app, once Slack has accepted its bot token. */
type SlackApp = { team: string; scopes?: string[] }

/** Asks Slack itself about the tokens, the scopes and Socket Mode of the app. */
export async function diagnoseSlackApp(
  { token, appToken }: NonNullable<Config['slack']>,
  { call, groups }: { call: SlackCall; groups: boolean },
): Promise<Diagnosis & { app?: SlackApp }> {
  const [bot, sockets] = await Promise.all([
    diagnoseBotToken(call, token, groups),
    appToken === undefined ? [] : diagnoseSocketMode(call, token, appToken),
  ])
  return { ...bot, findings: [...bot.findings, ...sockets], byEye: manualChecks(appToken !== undefined) }
}

async function diagnoseBotToken(
  call: SlackCall,
  token: string,
  groups: boolean,
): Promise<{ findings: Finding[]; app?: SlackApp }> {
  const me = await call('auth.test', token).catch((cause: unknown) => cause as NoAnswer)
  if (me instanceof Error) return { findings: [unreachableFinding(me)] }
  if (!me.ok) {
    const cure = `Copy the “Bot User OAuth Token” (xoxb-…) again at ${APP} → OAuth & Permissions.`
    return {
      findings: [error('token-refused', `Slack does not accept SLACK_BOT_TOKEN (${me.error}).`, cure)],
    }
  }
  const { team_id, team, user, bot_id } = me.json as Record<string, string | undefined>
  const findings = [
    ok('token', `Slack accepts SLACK_BOT_TOKEN: @${user ?? 'nutgraf'} in ${team ?? team_id}.`),
  ]
  if (bot_id === undefined)
    findings.push(
      error(
        'token-of-a-person',
        'SLACK_BOT_TOKEN is the token of a person, not of a bot.',
        `Copy the “Bot User OAuth Token” (xoxb-…) at ${APP} → OAuth & Permissions.`,
      ),
    )
  const app = { team: team_id ?? '', scopes: me.scopes }
  return { app, findings: [...findings, ...(me.scopes ? scopeFindings(me.scopes, groups) : [])] }
}

function scopeFindings(present: string[], groups: boolean): Finding[] {
  const { bot, bot_optional } = slackManifest([], { mode: 'socket', groups }).oauth_config.scopes
  const findings = [
    ...bot
      .filter(scope => !bot_optional.includes(scope) && !present.includes(scope))
      .map(scope =>
        error(
          'scope-missing',
          `The Slack app lacks the scope ${scope}.`,
          `Add ${scope} at ${SCOPES}, ${REINSTALL}.`,
        ),
      ),
    ...bot_optional
      .filter(scope => !present.includes(scope))
      .map(scope => {
        const missing = OPTIONAL_SCOPES[scope]
        if (!missing)
          return note(
            'scope-optional',
            `The Slack app does not have the optional scope ${scope}: nutgraf posts only where it was invited.`,
          )
        return warning(
          missing.id,
          `The Slack app lacks the scope ${scope}: ${missing.without}.`,
          `Add ${scope} at ${SCOPES}, ${REINSTALL}.`,
        )
      }),
    ...present
      .filter(scope => !bot.includes(scope))
      .map(scope =>
        warning(
          'scope-surplus',
          `The Slack app has the scope ${scope}, which nutgraf does not use.`,
          `Remove ${scope} at ${SCOPES}, ${REINSTALL}.`,
        ),
      ),
  ]
  return findings.some(({ severity }) => severity !== 'note')
    ? findings
    : [ok('scopes', 'The Slack app has the scopes of the manifest.'), ...findings]
}

async function diagnoseSocketMode(call: SlackCall, token: string, appToken: string): Promise<Finding[]> {
  const opened = await call('apps.connections.open', appToken).catch((cause: unknown) => cause as NoAnswer)
  if (opened instanceof Error) return [unreachableFinding(opened)]
  if (opened.ok)
    return [ok('socket', 'Socket Mode can be opened.'), ...(await diagnoseAppMismatch(call, token, appToken))]
  const generate = `Under ${APP} → Basic Information → App-Level Tokens press “Generate Token and Scopes”, add connections:write, and copy the token (xapp-…) into SLACK_APP_TOKEN.`
  if (opened.error === 'missing_scope')
    return [error('app-token-scope', 'SLACK_APP_TOKEN lacks the scope connections:write.', generate)]
  if (
    /^(?:invalid_auth|not_authed|account_inactive|token_revoked|token_expired|not_allowed_token_type)$/.test(
      opened.error ?? '',
    )
  )
    return [error('app-token-refused', `Slack does not accept SLACK_APP_TOKEN (${opened.error}).`, generate)]
  return [
    error(
      'socket-refused',
      `Slack does not open Socket Mode (${opened.error}).`,
      `Switch it on under ${APP} → Socket Mode → Enable Socket Mode.`,
    ),
  ]
}

/** Checks that both tokens are of one app. An app-level token names its app; for a bot token Slack is asked. */
async function diagnoseAppMismatch(call: SlackCall, token: string, appToken: string): Promise<Finding[]> {
  const own = /^xapp-\d-(A[A-Z0-9]+)-/.exec(appToken)?.[1]
  if (own === undefined) return []
  try {
    const me = await call('auth.test', token)
    const bot = await call('bots.info', token, { bot: String(me.json.bot_id ?? '') })
    const other = (bot.json.bot as { app_id?: string } | undefined)?.app_id
    if (other === undefined || other === own) return []
    return [
      error(
        'two-apps',
        `SLACK_APP_TOKEN belongs to the app ${own}, and SLACK_BOT_TOKEN to the app ${other}: no command would arrive.`,
        `Take both from one app: open https://api.slack.com/apps/${other} → Basic Information → App-Level Tokens.`,
      ),
    ]
  } catch {
    return []
  }
}

const unreachableFinding = (cause: Error) =>
  error(
    'unreachable',
    `Slack cannot be reached (${cause instanceof NoAnswer ? cause.code : cause.message}).`,
    'Let this machine reach https://slack.com; through a proxy, set HTTPS_PROXY and NODE_USE_ENV_PROXY=1.',
  )

/** Lists what a person must check: Slack shows the subscriptions of an app to its owner only. */
function manualChecks(socket: boolean): ManualCheck[] {
  const { features, settings } = slackManifest([], { mode: 'socket' })
  const { bot_events } = settings.event_subscriptions
  return [
    ...(socket
      ? []
      : [
          {
            what: 'the Request URL of every command, of events and of interactivity is PUBLIC_URL/slack/events',
            where: `${APP} → App Manifest`,
          },
          {
            what: 'Slack has verified the Request URL of events: nutgraf must be running when you press the link there. Until then commands work, but mentions, direct messages and the Home tab do not',
            where: `${APP} → App Manifest, and Event Subscriptions`,
          },
        ]),
    { what: `Socket Mode is ${socket ? 'on' : 'off'}`, where: `${APP} → Socket Mode` },
    { what: `the bot events are ${bot_events.join(', ')}`, where: `${APP} → Event Subscriptions` },
    {
      what: `Interactivity is on, with the shortcuts ${features.shortcuts.map(({ name }) => `“${name}”`).join(', ')}`,
      where: `${APP} → Interactivity & Shortcuts`,
    },
    {
      what: `the Messages Tab is ${features.app_home.messages_tab_enabled ? 'on' : 'off'}, the Home Tab ${features.app_home.home_tab_enabled ? 'on' : 'off'}`,
      where: `${APP} → App Home`,
    },
  ]
}
