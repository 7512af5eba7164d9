import type { DiscordEmbed, DiscordMessage } from '../../../src/platforms/discord/render.ts'
import { componentProblem } from '../discord/components.ts'
import { parseNodes } from '../discord/drawn-message.ts'
import { normalizeUrl } from './slack-faults.ts'

/** The limits of Discord from its documentation: docs.discord.com/developers/resources/message, …/components/reference. */
const MAX = { content: 2_000, embeds: 10, together: 6_000 }
/** How much of an embed the mark of our posts takes, in its footer. */
const MARK_LENGTH = 30
const IN_EMBED = { title: 256, description: 4_096, footer: 2_048 }

/** Kinds of nodes that only change how words look; whether they look as they should, other tests check. */
const STYLES = ['text', 'br', 'newline', 'twemoji', 'strong', 'em', 'inlineCode', 'blockQuote', 'subtext']
const LINKS = ['link', 'url', 'autolink']

type Json = Record<string, unknown>
type Node = ReturnType<typeof parseNodes>[number]

let lastParsed: { text: string; nodes: Node[] } | undefined

/** Parses Discord's Markdown. The parser is slow, so the last result is kept. */
function nodesIn(text: string): Node[] {
  if (lastParsed?.text !== text) lastParsed = { text, nodes: parseNodes(text) }
  return lastParsed.nodes
}

/** The text of a message that a reader sees on Discord, without its embeds. */
export const visibleOnDiscord = ({ content }: DiscordMessage): string =>
  nodesIn(content)
    .map(({ type, name, content: inner }) => {
      if (type === 'br' || type === 'newline') return '\n'
      return type === 'twemoji' ? name : typeof inner === 'string' ? inner : ''
    })
    .join('')

/**
 * Finds what Discord would refuse in a message, or show as more than words. `room` is how many characters must be left in
 * its content, `links` are the addresses that may be linked, and `dates` says whether it may show times.
 */
export function discordFaults(
  message: DiscordMessage,
  { room, links, dates = false }: { room: number; links: Set<string>; dates?: boolean },
) {
  const faults: string[] = []
  const addFault = (fault: string) => void faults.push(`discord: ${fault}`)
  const checkLength = (what: string, text: string, max: number) => {
    if (text.trim().length === 0 || text.length > max) addFault(`${what}: ${text.length} of 1 to ${max}`)
  }
  const checkMarkup = (text: string) => {
    for (const node of nodesIn(text)) {
      if (LINKS.includes(node.type)) {
        if (!links.has(normalizeUrl(node.target ?? ''))) addFault(`a link that nobody wrote: ${node.target}`)
      } else if (!STYLES.includes(node.type) && !(dates && node.type === 'timestamp'))
        addFault(`${node.type} in ${JSON.stringify(text)}`)
    }
    for (const row of text.split('\n'))
      if (/^\s*(?:#{1,3} |>>> |```|\d+\. |[+*] )/.test(row)) addFault(`a layout in ${JSON.stringify(row)}`)
  }
  const { content, embeds = [], components = [], allowed_mentions } = message
  faults.push(...discordLengthFaults(message, room))
  if (JSON.stringify(allowed_mentions) !== '{"parse":[]}') addFault('mentions are on')
  if (embeds.length > MAX.embeds) addFault(`${embeds.length} embeds`)
  for (const embed of embeds) {
    for (const [name, max] of Object.entries(IN_EMBED)) {
      const text = textIn(embed, name)
      if (text !== undefined) checkLength(name, text, max)
    }
    checkMarkup(embed.description ?? '')
  }
  // Parsed last, so that `visibleOnDiscord` of the same message finds it kept.
  checkMarkup(content)
  const lengths = embeds.flatMap(embed => Object.keys(IN_EMBED).map(name => textIn(embed, name)?.length ?? 0))
  if (lengths.reduce((sum, length) => sum + length, 0) + MARK_LENGTH > MAX.together)
    addFault('embeds with too many characters')
  const inRows = componentProblem(components)
  if (inRows) addFault(inRows)
  return faults
}

/** Finds whether a message has too much text, or none. */
export function discordLengthFaults({ content, embeds = [] }: DiscordMessage, room: number): string[] {
  const max = MAX.content - room
  const fits = content.length <= max && (content.trim() !== '' || embeds.length > 0)
  return fits ? [] : [`discord: content: ${content.length} of 1 to ${max}`]
}

function textIn(embed: DiscordEmbed, name: string): string | undefined {
  const value = (embed as Json)[name]
  return typeof value === 'object' ? (value as { text: string }).text : (value as string | undefined)
}
