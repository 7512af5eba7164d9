import type { Caller, Place, Suggest } from '../../chat/platform.ts'
import { type Command, FLAG_DESCRIPTIONS, type Subcommand } from '../../commands/command.ts'
import { formatLine, type ParsedLine, parseLine, splitCommand } from '../../commands/line.ts'
import type { IncomingCall } from '../responder.ts'
import type { ModalData } from './forms/modal.ts'
import { isFlat } from './manifest.ts'
import { ADMINISTRATOR, maySend } from './permissions.ts'

/** An interaction as the gateway sends it; only the fields that are read here. */
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
  /** The message of a pressed button or of a menu. */
  message?: { flags?: number }
  data?: ModalData & {
    type?: number
    /** What was picked in a menu. */
    values?: string[]
    name?: string
    options?: OptionPayload[]
    target_id?: string
    resolved?: {
      messages?: Record<string, Pick<MessagePayload, 'content' | 'mentions'> & { author?: { id: string } }>
    }
  }
}

/** A message as the gateway sends it; only the fields that are read here. */
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
  mention_roles?: string[]
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

/** Types of interaction: a command, a press of a button or option, a value that is still being typed, a submitted form. */
export const INTERACTION_TYPE = { command: 2, button: 3, typing: 4, form: 5 }

const SUBCOMMAND = 1
/** Administrator, Manage Channels or Manage Server. */
const MANAGE_PERMISSIONS = ADMINISTRATOR | (1n << 4n) | (1n << 5n)

/** Reads a command as a call. Its values are data: `formatLine` quotes them, so that none of them becomes a flag. */
export function commandCall(
  interaction: InteractionPayload,
  command: Command | undefined,
  at: number,
): IncomingCall {
  const { name = '', options = [] } = interaction.data ?? {}
  const text = formatLine(optionWords(options, command))
  return { call: { command: name, text, ...placeAndCaller(interaction), at }, key: interaction.id }
}

/** Makes the call of the line that a pressed button runs. Only the person who pressed it sees the answer. */
export function buttonCall(interaction: InteractionPayload, typed: string, at: number): IncomingCall {
  return {
    call: { ...splitCommand(typed), ...placeAndCaller(interaction), at, fromButton: true },
    key: interaction.id,
  }
}

/** Makes the call of the line that a submitted form means. */
export function formCall(interaction: InteractionPayload, typed: string, at: number): IncomingCall {
  return { call: { ...splitCommand(typed), ...placeAndCaller(interaction), at }, key: interaction.id }
}

/** Makes the query for suggestions while somebody types a value; undefined where no value is being typed. */
export function typingQuery(
  { data }: InteractionPayload,
  command: Command | undefined,
  at: number,
): Parameters<Suggest>[0] | undefined {
  const chosen = data?.options?.find(option => option.type === SUBCOMMAND)
  const focused = (chosen?.options ?? data?.options)?.find(option => option.focused)
  if (!focused || data?.name === undefined) return undefined
  const verb = chosen ? undefined : verbOf(focused.name, command)
  return {
    command: data.name,
    subcommand: chosen?.name ?? verb?.name,
    argument: verb?.argument?.name ?? focused.name,
    typed: String(focused.value ?? ''),
    at,
  }
}

/** Reads the sub-command, the values and the flags of a command as words. */
function optionWords(options: OptionPayload[], command: Command | undefined): ParsedLine {
  const chosen = options.find(option => option.type === SUBCOMMAND)
  const values = chosen ? (chosen.options ?? []) : options
  const args = chosen ? [chosen.name] : []
  const flags: ParsedLine['flags'] = {}
  // A verb among the options wins over the value, which belongs to the command without a verb.
  const verb = chosen ? undefined : values.find(({ name, value }) => verbOf(name, command) && value !== false)
  if (verb) args.push(verb.name, ...(verb.value === true ? [] : valueWords(String(verb.value))))
  const subcommand = command?.subcommands?.find(({ name }) => name === chosen?.name)
  const known = subcommand?.moreArguments ?? []
  // An argument may be called as a flag of another verb is.
  const own = [(subcommand ?? command)?.argument, ...known].map(argument => argument?.name)
  for (const { name, value } of values) {
    if (value === undefined || value === false) continue
    if (name in FLAG_DESCRIPTIONS && !own.includes(name)) flags[name] = value === true ? true : String(value)
    else if (!verb) args.push(...argumentWords(name, String(value), known))
  }
  return { args, flags }
}

/** Reads the value of an option with what stands before it in a line: then it is one word, with its quotation marks. */
function argumentWords(
  name: string,
  value: string,
  known: NonNullable<Subcommand['moreArguments']>,
): string[] {
  const prefix = known.find(argument => argument.name === name)?.prefix
  return prefix === undefined ? valueWords(value) : [`${prefix} ${value}`]
}

/**
 * Reads the value of an option. Words written just as we print them (`"jeff sessions" #2`) are read as they are in a typed
 * line. Any other text is one word, whatever it holds, so that nothing of it is lost. A value never becomes a flag.
 */
function valueWords(value: string): string[] {
  const { args } = parseLine(value)
  return args.length > 0 && formatLine({ args, flags: {} }) === value.trim().replace(/\s+/g, ' ')
    ? args
    : [value]
}

const verbOf = (name: string, command: Command | undefined) =>
  command && isFlat(command) ? command.subcommands?.find(subcommand => subcommand.name === name) : undefined

/** Reads where an interaction was made, and by whom. */
export function placeAndCaller({ guild_id, channel_id = '', channel, member, user }: InteractionPayload) {
  const author = member?.user ?? user ?? { id: '', username: '' }
  const isMuted = member && !maySend(BigInt(member.permissions), channel?.type)
  return {
    place: placeOf(guild_id, channel_id),
    caller: { ...callerOf(author, guild_id, member), mayPost: isMuted ? (false as const) : undefined },
    audience: 'caller' as const,
  }
}

/**
 * Reads who made a call. In a direct message they may manage what they receive. On a server an interaction says what
 * they may do, but a message does not: then they may only read.
 */
export function callerOf(
  user: UserPayload,
  guild: string | undefined,
  { nick, permissions = '0', roles = [] }: MemberPayload = {},
): Caller {
  const mayManage = guild === undefined || (BigInt(permissions) & MANAGE_PERMISSIONS) !== 0n
  return {
    id: `discord:${user.id}`,
    name: nick ?? nameOf(user),
    rights: mayManage ? ['manage', 'member'] : ['member'],
    groups:
      guild !== undefined && roles.length > 0 ? roles.map(role => `discord:${guild}/${role}`) : undefined,
  }
}

/** The name of a user as Discord shows it. */
export const nameOf = (user: UserPayload | undefined) => user?.global_name ?? user?.username

/** The place of a channel; without a server, of a direct message. */
export const placeOf = (guild: string | undefined, channel: string): Place =>
  `discord:${guild ?? '@me'}/${channel}`
