import type { Caller, Place } from '../../chat/platform.ts'
import { splitCommand } from '../../commands/line.ts'
import type { IncomingCall } from '../responder.ts'
import type { ViewState } from './form-view.ts'
import { parseMetadata } from './view.ts'

/** A slash command as Slack sends it. */
export type SlashPayload = {
  command: string
  text?: string
  team_id: string
  channel_id: string
  user_id: string
  user_name?: string
  trigger_id: string
}

/** An event with its envelope; only what is read here. */
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

/** A pressed button, with the message it stands under. */
export type ActionPayload = {
  team?: { id: string } | null
  user: { id: string; team_id?: string; username?: string; name?: string }
  channel?: { id: string }
  container?: { channel_id?: string; thread_ts?: string }
  message?: { thread_ts?: string }
  trigger_id: string
  actions: { value?: string }[]
  view?: ViewPayload
}

/** A modal of ours as Slack hands it back. */
type ViewPayload = {
  id: string
  hash?: string
  private_metadata?: string
  previous_view_id?: string | null
  title?: { text: string }
  state?: ViewState
}

/** What somebody does in a modal: they submit it, or choose something in it. */
export type FormPayload = {
  team?: { id: string } | null
  user: { id: string; team_id?: string; username?: string; name?: string }
  trigger_id: string
  view: ViewPayload
  actions?: { selected_option?: { value: string } | null }[]
}

/** A shortcut that was picked at a message. */
export type ShortcutPayload = {
  team?: { id: string } | null
  user: { id: string; team_id?: string; username?: string; name?: string }
  channel: { id: string }
  trigger_id: string
  message: { ts?: string; bot_id?: string; text?: string; thread_ts?: string }
}

/** A slash command as a call. Its text comes as it was typed: the manifest does not ask Slack to escape it. */
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
    key: body.trigger_id,
  }
}

/**
 * A mention or a direct message as a call; `undefined` for what nobody asked: messages of bots, edits, joins.
 * A mention is answered in its thread, a direct message where it stands.
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
    ...(under !== undefined && { under }),
  }
}

/** A pressed button as the call of the line that it stands for; only whoever pressed it sees the answer. */
export function actionCall(body: ActionPayload, at: number): IncomingCall {
  const under = body.container?.thread_ts ?? body.message?.thread_ts
  // A modal stands in no channel, but remembers for which one it was opened.
  const channel = body.view
    ? parseMetadata(body.view).channel
    : (body.container?.channel_id ?? body.channel?.id ?? '')
  return {
    call: {
      ...splitCommand(body.actions[0]?.value ?? ''),
      ...placeAndCaller(body, channel),
      at,
      fromButton: true,
    },
    key: body.trigger_id,
    ...(under !== undefined && { under }),
  }
}

/** A line that somebody asks for in a modal, as a call. */
export function formCall(body: FormPayload, typed: string, at: number): IncomingCall {
  const { channel } = parseMetadata(body.view)
  return { call: { ...splitCommand(typed), ...placeAndCaller(body, channel), at }, key: body.trigger_id }
}

/** A shortcut at a message as a call of a command. */
export function shortcutCall(body: ShortcutPayload, command: string, at: number): IncomingCall {
  return { call: { command, text: '', ...placeAndCaller(body, body.channel.id), at }, key: body.trigger_id }
}

/** The text of an event as it was typed: without the mention of the bot, links as they read, signs unescaped. */
export function readableText(text: string, botUserId?: string): string {
  const bot = botUserId === undefined ? /^\s*<@[UW][^>]*>/ : new RegExp(`<@${botUserId}(\\|[^>]*)?>`, 'g')
  return plainMessageText(text.replace(bot, ' '))
    .trim()
    .replace(/^[:,]\s*/, '')
}

/** The text of a message as it reads: names and links as they are shown, signs unescaped. */
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

/** A message that somebody wrote, with a file or shown in the channel too; no join, no change, no deletion. */
const isWrittenMessage = (subtype?: string) =>
  subtype === undefined || subtype === 'file_share' || subtype === 'thread_broadcast'

// headOf also takes "@nutgraf …"; here an @ that is left names a person, not a command.
const parseMentionText = (typed: string) =>
  typed.startsWith('/') ? splitCommand(typed) : { command: 'nutgraf', text: typed }

function placeAndCaller({ team, user }: Pick<FormPayload, 'team' | 'user'>, channel: string) {
  const workspace = team?.id ?? user.team_id ?? ''
  return {
    place: placeOf(workspace, channel),
    caller: caller(workspace, user.id, channel, user.username ?? user.name),
    audience: 'caller' as const,
  }
}

const placeOf = (team: string, channel: string): Place => `slack:${team}/${channel}`

/** Slack's conversations between two have ids with a D: what such a one receives is for whoever talks to us there. */
const caller = (team: string, user: string, channel: string, name?: string): Caller => ({
  id: `slack:${team}/${user}`,
  ...(name !== undefined && { name }),
  rights: channel.startsWith('D') ? ['manage', 'member'] : ['member'],
})
