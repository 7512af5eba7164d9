import type { Caller, Place, Suggest } from '../../chat/platform.ts'
import { type Command, FLAG_DESCRIPTIONS } from '../../commands/command.ts'
import { formatLine, type ParsedLine, splitCommand } from '../../commands/line.ts'
import type { IncomingCall } from '../responder.ts'
import type { ModalData } from './form-modal.ts'
import { isFlat } from './manifest.ts'
import { ADMINISTRATOR, maySend } from './permissions.ts'

/** An interaction as the gateway sends it; only what is read here. */
export type InteractionPayload = {
  id: string
  application_id: string
  token: string
  type: number
  guild_id?: string
  channel_id?: string
  channel?: { type: number }
  member?: { user: UserPayload; nick?: string | null; permissions: string; roles?: string[] }
  user?: UserPayload
  data?: ModalData & {
    type?: number
    name?: string
    options?: OptionPayload[]
    target_id?: string
    resolved?: {
      messages?: Record<string, Pick<MessagePayload, 'content' | 'mentions'> & { author?: { id: string } }>
    }
  }
}

/** A message as the gateway sends it. */
export type MessagePayload = {
  id: string
  type: number
  channel_id: string
  guild_id?: string
  webhook_id?: string
  author: UserPayload
  member?: { nick?: string | null; roles?: string[] }
  content: string
  mentions?: UserPayload[]
}

type UserPayload = {
  id: string
  username: string
  global_name?: string | null
  bot?: boolean
  system?: boolean
}

type MemberPayload = { nick?: string | null; permissions?: string; roles?: string[] }

type OptionPayload = {
  type: number
  name: string
  value?: string | number | boolean
  focused?: boolean
  options?: OptionPayload[]
}

/** Kinds of interaction: a picked command, a pressed button, a value that is still being typed, a submitted form. */
export const INTERACTION_TYPE = { command: 2, button: 3, typing: 4, form: 5 }

const SUBCOMMAND = 1
const MANAGE_PERMISSIONS = ADMINISTRATOR | (1n << 4n) | (1n << 5n)
/** Kinds of message that somebody wrote: a plain one and a reply. */
const WRITTEN_MESSAGE_TYPES = [0, 19]

/** A picked command as a call. Its values are data: `line` quotes them, so none becomes a flag. */
export function commandCall(
  interaction: InteractionPayload,
  command: Command | undefined,
  at: number,
): IncomingCall {
  const { name = '', options = [] } = interaction.data ?? {}
  const text = formatLine(optionWords(options, command))
  return { call: { command: name, text, ...placeAndCaller(interaction), at }, key: interaction.id }
}

/** A pressed button as the call of the line that it stands for; only whoever pressed it sees the answer. */
export function buttonCall(interaction: InteractionPayload, typed: string, at: number): IncomingCall {
  return {
    call: { ...splitCommand(typed), ...placeAndCaller(interaction), at, fromButton: true },
    key: interaction.id,
  }
}

/** A filled form as the call of the line that it stands for. */
export function formCall(interaction: InteractionPayload, typed: string, at: number): IncomingCall {
  return { call: { ...splitCommand(typed), ...placeAndCaller(interaction), at }, key: interaction.id }
}

/** What somebody is typing as a question for suggestions; nothing where no value is being typed. */
export function typingQuery(
  { data }: InteractionPayload,
  command: Command | undefined,
  at: number,
): Parameters<Suggest>[0] | undefined {
  const [sub] = data?.options?.filter(option => option.type === SUBCOMMAND) ?? []
  const focused = (sub?.options ?? data?.options)?.find(option => option.focused)
  if (!focused || data?.name === undefined) return undefined
  const verb = sub ? undefined : verbOf(focused.name, command)
  const subcommand = sub?.name ?? verb?.name
  return {
    command: data.name,
    ...(subcommand !== undefined && { subcommand }),
    argument: verb?.argument?.name ?? focused.name,
    typed: String(focused.value ?? ''),
    at,
  }
}

/**
 * A mention or a direct message as a call; `undefined` for what nobody asked: messages of bots and webhooks, and what
 * only answers one of ours or calls everybody.
 */
export function messageCall(
  message: MessagePayload,
  botId: string | undefined,
  at: number,
): IncomingCall | undefined {
  const { author, guild_id, channel_id } = message
  if (
    author.bot ||
    author.system ||
    message.webhook_id !== undefined ||
    !WRITTEN_MESSAGE_TYPES.includes(message.type)
  )
    return undefined
  const mention = new RegExp(`<@!?${botId}>`)
  if (author.id === botId || (guild_id !== undefined && !mention.test(message.content))) return undefined
  const typed = readableText(message, botId)
  return {
    call: {
      // headOf also takes "@nutgraf …"; here an @ that is left names a person, not a command.
      ...(typed.startsWith('/') ? splitCommand(typed) : { command: 'nutgraf', text: typed }),
      place: placeOf(guild_id, channel_id),
      caller: caller(author, guild_id, message.member),
      audience: 'place',
      at,
    },
    key: message.id,
    under: message.id,
  }
}

/** The text of a message as it reads: without the mention of the bot, and with names where Discord writes ids. */
export function readableText(
  { content, mentions = [] }: Pick<MessagePayload, 'content' | 'mentions'>,
  botId?: string,
) {
  return content
    .replace(new RegExp(`<@!?${botId}>`, 'g'), ' ')
    .replace(
      /<@!?(\d+)>/g,
      (_, id: string) => `@${nameOf(mentions.find(user => user.id === id)) ?? 'someone'}`,
    )
    .replace(/<@&\d+>/g, '@role')
    .replace(/<#\d+>/g, '#channel')
    .replace(/<a?(:\w+:)\d+>/g, '$1')
    .replace(/<\/([^:<>]+):\d+>/g, '/$1')
    .replace(/<(https?:\/\/[^\s<>]+)>/g, '$1')
    .trim()
    .replace(/^[:,]\s*/, '')
}

/** Sub-command, value and flags of a picked command as words. */
function optionWords(options: OptionPayload[], command: Command | undefined): ParsedLine {
  const [sub] = options.filter(option => option.type === SUBCOMMAND)
  const given = sub ? (sub.options ?? []) : options
  const args = sub ? [sub.name] : []
  const flags: ParsedLine['flags'] = {}
  // A verb that stands as an option beside the value decides: the value belongs to the command without verb.
  const verb = sub ? undefined : given.find(({ name, value }) => verbOf(name, command) && value !== false)
  if (verb) args.push(verb.name, ...(verb.value === true ? [] : [String(verb.value)]))
  for (const { name, value } of given) {
    if (value === undefined || value === false) continue
    if (name in FLAG_DESCRIPTIONS) flags[name] = value === true ? true : String(value)
    else if (!verb) args.push(String(value))
  }
  return { args, flags }
}

const verbOf = (name: string, command: Command | undefined) =>
  command && isFlat(command) ? command.subcommands?.find(one => one.name === name) : undefined

/** Where an interaction came from, and whose it is. */
export function placeAndCaller({ guild_id, channel_id = '', channel, member, user }: InteractionPayload) {
  const who = member?.user ?? user ?? { id: '', username: '' }
  return {
    place: placeOf(guild_id, channel_id),
    caller: {
      ...caller(who, guild_id, member),
      ...(member && !maySend(BigInt(member.permissions), channel?.type) && { mayPost: false as const }),
    },
    audience: 'caller' as const,
  }
}

/** In a direct message nobody else is asked; on a server a message, unlike an interaction, does not say what one may do. */
function caller(
  user: UserPayload,
  guild: string | undefined,
  { nick, permissions = '0', roles = [] }: MemberPayload = {},
): Caller {
  const name = nick ?? nameOf(user)
  const manages = guild === undefined || (BigInt(permissions) & MANAGE_PERMISSIONS) !== 0n
  return {
    id: `discord:${user.id}`,
    ...(name !== undefined && { name }),
    rights: manages ? ['manage', 'member'] : ['member'],
    ...(guild !== undefined && roles.length > 0 && { groups: roles.map(role => `discord:${guild}/${role}`) }),
  }
}

const nameOf = (user: UserPayload | undefined) => user?.global_name ?? user?.username

const placeOf = (guild: string | undefined, channel: string): Place => `discord:${guild ?? '@me'}/${channel}`
