import { createHash } from 'node:crypto'
import { DEFAULT_TINT, type DiscordEmbed, type DiscordMessage } from './render.ts'

const hashKey = (key: string) => createHash('sha256').update(key).digest('hex')

/** The nonce of a post: within minutes, Discord makes a repeat with the same nonce the same message. */
export const nonceOf = (key: string) => hashKey(key).slice(0, 24)

/** The mark of a post: small print that identifies it in the channel's history. */
export const markOf = (key: string) => `nutgraf · ref ${hashKey(key).slice(0, 12)}`

const MARK = /^nutgraf · ref [0-9a-f]{12}$/

/** Reads the mark of a message; undefined where it has none. */
export const markIn = (message: { embeds?: DiscordEmbed[] }): string | undefined =>
  message.embeds?.map(embed => embed.footer?.text ?? '').find(text => MARK.test(text))

/** Adds the mark to a message: as the footer of its last embed, or of an embed of its own. */
export function withMark(message: DiscordMessage, mark: string): DiscordMessage {
  const [last = { color: DEFAULT_TINT }, ...others] = [...(message.embeds ?? [])].reverse()
  return { ...message, embeds: [...others.reverse(), { ...last, footer: { text: mark } }] }
}
