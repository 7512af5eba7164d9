import { createHash } from 'node:crypto'
import { DEFAULT_TINT, type DiscordEmbed, type DiscordMessage } from './render.ts'

const hashKey = (key: string) => createHash('sha256').update(key).digest('hex')

/** What Discord is given so that a repeat of a post within minutes becomes the same message. It is kept nowhere. */
export const nonceOf = (key: string) => hashKey(key).slice(0, 24)

/** The small print by which a post is known again in the channel's history. */
export const markOf = (key: string) => `nutgraf · ref ${hashKey(key).slice(0, 12)}`

const MARK = /^nutgraf · ref [0-9a-f]{12}$/

/** The mark that a message in the channel carries. */
export const markIn = (message: { embeds?: DiscordEmbed[] }): string | undefined =>
  message.embeds?.map(embed => embed.footer?.text ?? '').find(text => MARK.test(text))

/** A message with its mark under the last embed, or under one of its own. */
export function withMark(message: DiscordMessage, mark: string): DiscordMessage {
  const [last = { color: DEFAULT_TINT }, ...others] = [...(message.embeds ?? [])].reverse()
  return { ...message, embeds: [...others.reverse(), { ...last, footer: { text: mark } }] }
}
