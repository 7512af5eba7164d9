import { createHmac, randomUUID } from 'node:crypto'

export const TEAM = 'T1'
export const BOT = { user_id: 'UBOT', bot_id: 'BBOT' }
export const SECRET = 'loopback-signing-secret'

/** A slash command, as typed. */
export function slashBody(line: string) {
  const [command = '', ...words] = line.split(' ')
  return {
    command,
    text: words.join(' '),
    team_id: TEAM,
    team_domain: 'loopback',
    channel_id: 'C1',
    channel_name: 'general',
    user_id: 'U1',
    user_name: 'dana',
    api_app_id: 'A1',
    trigger_id: randomUUID(),
  }
}

/** An event in its envelope. */
export function eventBody(event: object, fields: object = {}) {
  return {
    type: 'event_callback',
    team_id: TEAM,
    api_app_id: 'A1',
    event_id: `Ev${randomUUID()}`,
    event_time: 1,
    event: { user: 'U1', channel: 'C1', ts: '1700000000.000100', ...event },
    authorizations: [{ team_id: TEAM, user_id: BOT.user_id, is_bot: true }],
    ...fields,
  }
}

/** A pressed button. */
export function pressBody(value: string) {
  return {
    type: 'block_actions',
    team: { id: TEAM, domain: 'loopback' },
    user: { id: 'U1', username: 'dana', team_id: TEAM },
    channel: { id: 'C1', name: 'general' },
    container: { type: 'message', channel_id: 'C1', message_ts: '1700000000.000100' },
    api_app_id: 'A1',
    trigger_id: randomUUID(),
    actions: [{ type: 'button', action_id: 'run:0', block_id: 'b', value, action_ts: '1' }],
  }
}

/** Posts a body as Slack does: form-encoded commands and buttons, JSON events, and a signature. */
export function signedRequest(
  url: string,
  body: object,
  how: { timestamp?: number; secret?: string; headers?: Record<string, string> } = {},
) {
  const { timestamp = Math.floor(Date.now() / 1000), secret = SECRET } = how
  const kind = (body as { type?: string }).type
  const form = kind === 'block_actions' ? { payload: JSON.stringify(body) } : body
  const raw =
    kind === 'event_callback' || kind === 'url_verification'
      ? JSON.stringify(body)
      : new URLSearchParams(form as Record<string, string>).toString()
  const signature = `v0=${createHmac('sha256', secret).update(`v0:${timestamp}:${raw}`).digest('hex')}`
  const type = raw.startsWith('{') ? 'application/json' : 'application/x-www-form-urlencoded'
  const headers = {
    'content-type': type,
    'x-slack-request-timestamp': String(timestamp),
    'x-slack-signature': signature,
    ...how.headers,
  }
  return fetch(url, { method: 'POST', headers, body: raw })
}
