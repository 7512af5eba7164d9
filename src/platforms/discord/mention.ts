import { splitCommand } from '../../commands/line.ts'
import type { IncomingCall } from '../responder.ts'
import { callerOf, type MessagePayload, nameOf, placeOf } from './payload.ts'

/** Who we are on Discord: our id, and whether a role of a server is the one that Discord made for us. */
export type Self = { id: string | undefined; isOwnRole(guild: string, role: string): boolean }

/**
 * A message as a call. `how` says how it reached us: as a line, in a reply to a message of ours that mentions us in no
 * other way, or unreadable, since Discord does not show us what is written beside a mention of our role.
 */
export type HeardMessage = IncomingCall & { how: 'line' | 'reply' | 'unreadable' }

/** Types of message that people write: a plain one and a reply. */
const PLAIN = 0
const REPLY = 19

/**
 * Reads a mention, a reply or a direct message as a call; undefined for messages of bots and webhooks, and for those that
 * are not for us.
 *
 * When an app is invited with permissions, Discord makes a role with its name, and shows both in the list of mentions. A
 * message that mentions the role alone has no `mentions`, and its `content` is empty without the privileged intent
 * (docs.discord.com/developers/events/gateway#message-content-intent).
 */
export function messageCall(message: MessagePayload, self: Self, at: number): HeardMessage | undefined {
  const { author, guild_id, channel_id } = message
  const isWritten = message.type === PLAIN || message.type === REPLY
  if (author.bot || author.system || message.webhook_id !== undefined || !isWritten) return undefined
  const how = author.id === self.id ? undefined : howHeard(message, self)
  if (how === undefined) return undefined
  const typed = readableText(message, self)
  return {
    call: {
      // splitCommand would also accept "@nutgraf …", but an @ that is left here names a person, not a command.
      ...(typed.startsWith('/') ? splitCommand(typed) : { command: 'nutgraf', text: typed }),
      place: placeOf(guild_id, channel_id),
      caller: callerOf(author, guild_id, message.member),
      audience: 'place',
      at,
    },
    key: message.id,
    under: message.id,
    how,
  }
}

function howHeard(
  { guild_id, type, content, mentions = [], mention_roles = [] }: MessagePayload,
  { id, isOwnRole }: Self,
): HeardMessage['how'] | undefined {
  if (guild_id === undefined || new RegExp(`<@!?${id}>`).test(content)) return 'line'
  if (mention_roles.some(role => isOwnRole(guild_id, role))) return content === '' ? 'unreadable' : 'line'
  return type === REPLY && mentions.some(user => user.id === id) ? 'reply' : undefined
}

/** Reads the text of a message as it is shown: without the mention of the bot, with names where Discord writes ids. */
export function readableText(
  {
    content,
    guild_id = '',
    mentions = [],
  }: Pick<MessagePayload, 'content' | 'mentions'> & { guild_id?: string },
  self?: Self,
) {
  return content
    .replace(new RegExp(`<@!?${self?.id}>`, 'g'), ' ')
    .replace(
      /<@!?(\d+)>/g,
      (_, id: string) => `@${nameOf(mentions.find(user => user.id === id)) ?? 'someone'}`,
    )
    .replace(/<@&(\d+)>/g, (_, role: string) => (self?.isOwnRole(guild_id, role) ? ' ' : '@role'))
    .replace(/<#\d+>/g, '#channel')
    .replace(/<a?(:\w+:)\d+>/g, '$1')
    .replace(/<\/([^:<>]+):\d+>/g, '/$1')
    .replace(/<(https?:\/\/[^\s<>]+)>/g, '$1')
    .trim()
    .replace(/^[:,]\s*/, '')
}
