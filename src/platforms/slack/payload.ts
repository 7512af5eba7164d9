import { hash } from 'node:crypto'
import type { Caller, Place } from '../../chat/platform.ts'
import { splitCommand } from '../../commands/line.ts'
import type { IncomingCall } from '../responder.ts'
import type { ViewState } from './form-view.ts'
import { parseMetadata } from './view.ts'

/** A slash command as Slack sends it; only the fields that are read here. */
export type SlashPayload = {
  command: string
  text?: string
  team_id: string
  channel_id: string
  user_id: string
  user_name?: string
  trigger_id: string
}

/** An event with its envelope; only the fields that are read here. */
export type EventPayload = {
  team_id: string
  event_id?: string
  authorizations?: { team_id?: string | null }[]
  event: {
    type: string
    subtype?: string
    channel: string
    channel_type?: string
    user?: string
    bot_id?: string
    text?: string
    ts: string
    thread_ts?: string
    edited?: unknown
  }
}

/** A pressed button or an option that was picked in a menu, with the message or the modal that it is in. */
export type ActionPayload = {
  team?: { id: string } | null
  user: { id: string; team_id?: string; username?: string; name?: string }
  channel?: { id: string }
  container?: { channel_id?: string; thread_ts?: string; is_ephemeral?: boolean }
  message?: { thread_ts?: string }
  trigger_id: string
  actions: { action_id?: string; value?: string; selected_option?: { value: string } | null }[]
  view?: ViewPayload
}

/** A modal of ours as Slack sends it back. */
type ViewPayload = {
  id: string
  hash?: string
  private_metadata?: string
  previous_view_id?: string | null
  title?: { text: string }
  state?: ViewState
}

/** A modal that was submitted, or in which something was chosen. */
export type FormPayload = {
  team?: { id: string } | null
  user: { id: string; team_id?: string; username?: string; name?: string }
  trigger_id: string
  view: ViewPayload
  actions?: { selected_option?: { value: string } | null }[]
}

/** A shortcut that was picked in the menu of a message. */
export type ShortcutPayload = {
  team?: { id: string } | null
  user: { id: string; team_id?: string; username?: string; name?: string }
  channel: { id: string }
  trigger_id: string
  message: { ts?: string; bot_id?: string; text?: string; thread_ts?: string }
}

/** The fields in which a payload of any kind names its workspace. */
export type TeamFields = {
  team_id?: string
  team?: { id: string } | null
  authorizations?: { team_id?: string | null }[]
}

/**
 * Makes a payload name the workspace that we are installed in. Of what people of another company do in a shared channel,
 * Slack may name theirs, and then the place would be another one than for everybody else there.
 */
export function setInstalledTeam(body: TeamFields, team: string | undefined): void {
  if (team === undefined) return
  body.team_id = team
  body.team = { ...body.team, id: team }
  body.authorizations = [{ ...body.authorizations?.[0], team_id: team }]
}

/** Makes the key of an interaction. With its trigger anybody could open a modal for a moment, so it is kept nowhere. */
const interactionKey = (trigger: string) => hash('sha256', trigger, 'base64url').slice(0, 22)

/** Reads a slash command as a call. The text is as it was typed: the manifest does not ask Slack to escape it. */
export function slashCall(body: SlashPayload, at: number): IncomingCall {
  return {
    call: {
      command: body.command.replace(/^\//, '').toLowerCase(),
      text: body.text ?? '',
      place: placeOf(body.team_id, body.channel_id),
      caller: caller(body.team_id, body.user_id, body.channel_id, body.user_name),
      audience: 'caller',
      at,
    },
    get key() {
      return interactionKey(body.trigger_id)
    },
  }
}

/**
 * Reads a mention or a direct message as a call; undefined for messages of bots, edits and joins, which ask nothing.
 * A mention is answered in its thread, a direct message in the conversation itself.
 */
export function eventCall(
  body: EventPayload,
  botUserId: string | undefined,
  at: number,
): IncomingCall | undefined {
  const { event } = body
  const direct = event.type === 'message' && event.channel_type === 'im'
  if (event.type !== 'app_mention' && !direct) return undefined
  if (event.bot_id !== undefined || event.edited !== undefined || !isWrittenMessage(event.subtype))
    return undefined
  if (event.user === undefined || event.user === botUserId) return undefined
  const typed = readableText(event.text ?? '', botUserId)
  const team = body.authorizations?.[0]?.team_id ?? body.team_id
  const under = direct ? event.thread_ts : (event.thread_ts ?? event.ts)
  return {
    call: {
      ...parseMentionText(typed),
      place: placeOf(team, event.channel),
      caller: caller(team, event.user, event.channel),
      audience: 'place',
      at,
    },
    key: body.event_id ?? `${event.channel}/${event.ts}`,
    under,
  }
}

/** Makes the call of the line that a press means. Only the person who pressed it sees the answer. */
export function actionCall(body: ActionPayload, line: string, at: number): IncomingCall {
  const under = body.container?.thread_ts ?? body.message?.thread_ts
  // A modal is in no channel, but remembers the one that it was opened for.
  const channel = body.view
    ? parseMetadata(body.view).channel
    : (body.container?.channel_id ?? body.channel?.id ?? '')
  return {
    call: {
      ...splitCommand(line),
      ...placeAndCaller(body, channel),
      at,
      fromButton: true,
    },
    get key() {
      return interactionKey(body.trigger_id)
    },
    under,
  }
}

/** Makes the call of a line that a submitted modal means. */
export function formCall(body: FormPayload, typed: string, at: number): IncomingCall {
  const { channel } = parseMetadata(body.view)
  return {
    call: { ...splitCommand(typed), ...placeAndCaller(body, channel), at },
    get key() {
      return interactionKey(body.trigger_id)
    },
  }
}

/** Makes the call of a command that a shortcut means. */
export function shortcutCall(body: ShortcutPayload, command: string, at: number): IncomingCall {
  return {
    call: { command, text: '', ...placeAndCaller(body, body.channel.id), at },
    get key() {
      return interactionKey(body.trigger_id)
    },
  }
}

/** Reads the text of an event as it was typed: without the mention of the bot, links as words, nothing escaped. */
export function readableText(text: string, botUserId?: string): string {
  const mention =
    botUserId === undefined ? /^\s*<@[UW][^<>]*>/ : new RegExp(`<@${botUserId}(\\|[^<>]*)?>`, 'g')
  return plainMessageText(text.replace(mention, ' '))
    .trim()
    .replace(/^[:,]\s*/, '')
}

/** Reads the text of a message as it is shown: names and links as words, nothing escaped. */
export function plainMessageText(text: string): string {
  return text
    .replace(/<([^<>|]+)(?:\|([^<>]*))?>/g, (_, target: string, label?: string) =>
      referenceLabel(target, label),
    )
    .replace(/&(lt|gt|amp);/g, (_, name: 'lt' | 'gt' | 'amp') => ({ lt: '<', gt: '>', amp: '&' })[name])
}

function referenceLabel(target: string, label = ''): string {
  const sign = { '@': '@', '#': '#', '!': '@' }[target[0] ?? '']
  if (sign === undefined) return label || target.replace(/^mailto:/, '')
  if (target.startsWith('!date^')) return label
  const name = label || target.slice(1).replace(/^subteam\^/, '')
  return name.startsWith(sign) ? name : `${sign}${name}`
}

/** Whether a person wrote a message, with a file or shown in the channel too: no join, no edit, no deletion. */
const isWrittenMessage = (subtype?: string) =>
  subtype === undefined || subtype === 'file_share' || subtype === 'thread_broadcast'

// splitCommand would also accept "@nutgraf …", but an @ that is left here names a person, not a command.
const parseMentionText = (typed: string) =>
  typed.startsWith('/') ? splitCommand(typed) : { command: 'nutgraf', text: typed }

function placeAndCaller({ team, user }: Pick<FormPayload, 'team' | 'user'>, channel: string) {
  // Never the workspace of the person: they may be of another company.
  const workspace = team?.id ?? ''
  return {
    place: placeOf(workspace, channel),
    caller: caller(workspace, user.id, channel, user.username ?? user.name),
    audience: 'caller' as const,
  }
}

const placeOf = (team: string, channel: string): Place => `slack:${team}/${channel}`

/** A conversation between two has an id that begins with D: there the person may manage what they receive. */
const caller = (team: string, user: string, channel: string, name?: string): Caller => ({
  id: `slack:${team}/${user}`,
  name,
  rights: channel.startsWith('D') ? ['manage', 'member'] : ['member'],
})
