import { createHmac, randomUUID } from 'node:crypto'
import type { Json } from './loopback-workspace.ts'

export const TEAM = 'T1'
export const BOT = { user_id: 'UBOT', bot_id: 'BBOT' }
export const SECRET = 'loopback-signing-secret'

/** The body of a slash command, from a typed line. */
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

/** The body of an event, with its envelope. */
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

/** The body of a pressed button. */
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

/** The body of a shortcut that was picked in the menu of a message. */
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

/** The body of a submitted modal: its fields have their initial values, except those that are filled in by name. */
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

/** The body of a choice in a modal: a button, or a field that is sent at once. */
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

/** The body of a request for options, while somebody types in a field of a modal. */
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

/** Makes the state of a modal: initial values, except for the fields that are filled in by name. */
export function stateOf(view: Json, filled: Json) {
  const inputs = view.blocks.filter((block: Json) => block.type === 'input')
  const values = inputs.map(({ block_id, element }: Json) => {
    const value = filled[element.action_id.replace('field:', '')]
    const { type, initial_option, initial_options, initial_time, initial_date, initial_value } = element
    const option = (words: string) => ({ text: { type: 'plain_text', text: words }, value: words })
    const state =
      type === 'plain_text_input'
        ? { value: value === undefined ? (initial_value ?? null) : value }
        : type === 'timepicker'
          ? { selected_time: value === undefined ? (initial_time ?? null) : value }
          : type === 'datepicker'
            ? { selected_date: value === undefined ? (initial_date ?? null) : value }
            : /^multi|checkboxes/.test(type)
              ? { selected_options: value?.map(option) ?? initial_options ?? [] }
              : { selected_option: value === undefined ? (initial_option ?? null) : value && option(value) }
    return [block_id, { [element.action_id]: { type, ...state } }]
  })
  return { values: Object.fromEntries(values) }
}

/** Posts a body as Slack does: commands and buttons as a form, events as JSON, with a signature. */
export function postSignedRequest(
  url: string,
  body: object,
  options: { timestamp?: number; secret?: string; headers?: Record<string, string> } = {},
) {
  const { timestamp = Math.floor(Date.now() / 1000), secret = SECRET } = options
  const { type: bodyType } = body as { type?: string }
  const isEvent = bodyType === 'event_callback' || bodyType === 'url_verification'
  const form = bodyType === undefined || isEvent ? body : { payload: JSON.stringify(body) }
  const raw = isEvent ? JSON.stringify(body) : new URLSearchParams(form as Record<string, string>).toString()
  return postSigned(url, raw, { ...options, timestamp, secret })
}

/** Posts any text with a signature, whatever it says. */
export const postSignedText = (url: string, raw: string) =>
  postSigned(url, raw, { timestamp: Math.floor(Date.now() / 1000), secret: SECRET })

function postSigned(
  url: string,
  raw: string,
  { timestamp, secret, ...options }: { timestamp: number; secret: string; headers?: Record<string, string> },
) {
  const signature = `v0=${createHmac('sha256', secret).update(`v0:${timestamp}:${raw}`).digest('hex')}`
  const type = /^(?:payload|\w+)=/.test(raw) ? 'application/x-www-form-urlencoded' : 'application/json'
  const headers = {
    'content-type': type,
    'x-slack-request-timestamp': String(timestamp),
    'x-slack-signature': signature,
    ...options.headers,
  }
  return fetch(url, { method: 'POST', headers, body: raw })
}
