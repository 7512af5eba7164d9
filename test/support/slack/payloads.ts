import { createHmac, randomUUID } from 'node:crypto'
import type { Json } from './loopback-workspace.ts'

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

/** A shortcut that was picked at a message. */
export function shortcutBody(text: string) {
  return {
    type: 'message_action',
    callback_id: 'check_quote',
    team: { id: TEAM, domain: 'loopback' },
    user: { id: 'U1', username: 'dana', team_id: TEAM, name: 'dana' },
    channel: { id: 'C1', name: 'general' },
    api_app_id: 'A1',
    trigger_id: randomUUID(),
    message_ts: '1700000000.000100',
    message: { type: 'message', user: 'U2', ts: '1700000000.000100', text },
  }
}

/** A submitted modal. Its state is what stands in its fields, but for what was filled in by their names. */
export function submitBody(view: Json, filled: Json = {}) {
  return {
    type: 'view_submission',
    team: { id: TEAM, domain: 'loopback' },
    user: { id: 'U1', username: 'dana', name: 'dana', team_id: TEAM },
    api_app_id: 'A1',
    trigger_id: randomUUID(),
    view: { ...view, state: stateOf(view, filled) },
    response_urls: [],
  }
}

/** Something was chosen in a modal: a button, or a field that tells of it at once. */
export function chosenBody(view: Json, action: Json) {
  return {
    type: 'block_actions',
    team: { id: TEAM, domain: 'loopback' },
    user: { id: 'U1', username: 'dana', team_id: TEAM },
    api_app_id: 'A1',
    trigger_id: randomUUID(),
    container: { type: 'view', view_id: view.id },
    view: { ...view, state: stateOf(view, {}) },
    actions: [{ block_id: 'b', action_ts: '1', ...action }],
  }
}

/** What is asked for while somebody types in a field of a modal. */
export const typingBody = (view: Json, actionId: string, value: string) => ({
  type: 'block_suggestion',
  team: { id: TEAM, domain: 'loopback' },
  user: { id: 'U1', username: 'dana', team_id: TEAM },
  api_app_id: 'A1',
  container: { type: 'view', view_id: view.id },
  view,
  action_id: actionId,
  block_id: 'b',
  value,
})

/** What stands in the fields of a modal, but for what was filled in by their names. */
export function stateOf(view: Json, filled: Json) {
  const inputs = view.blocks.filter((block: Json) => block.type === 'input')
  const values = inputs.map(({ block_id, element }: Json) => {
    const given = filled[element.action_id.replace('field:', '')]
    const { type, initial_option, initial_options, initial_time } = element
    const option = (value: string) => ({ text: { type: 'plain_text', text: value }, value })
    const state =
      type === 'plain_text_input'
        ? { value: given ?? null }
        : type === 'timepicker'
          ? { selected_time: given === undefined ? (initial_time ?? null) : given }
          : /^multi|checkboxes/.test(type)
            ? { selected_options: given?.map(option) ?? initial_options ?? [] }
            : { selected_option: given === undefined ? (initial_option ?? null) : given && option(given) }
    return [block_id, { [element.action_id]: { type, ...state } }]
  })
  return { values: Object.fromEntries(values) }
}

/** Posts a body as Slack does: form-encoded commands and buttons, JSON events, and a signature. */
export function postSignedRequest(
  url: string,
  body: object,
  how: { timestamp?: number; secret?: string; headers?: Record<string, string> } = {},
) {
  const { timestamp = Math.floor(Date.now() / 1000), secret = SECRET } = how
  const kind = (body as { type?: string }).type
  const events = kind === 'event_callback' || kind === 'url_verification'
  const form = kind === undefined || events ? body : { payload: JSON.stringify(body) }
  const raw = events ? JSON.stringify(body) : new URLSearchParams(form as Record<string, string>).toString()
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
