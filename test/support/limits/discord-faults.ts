import type { DiscordEmbed, DiscordMessage } from '../../../src/platforms/discord/render.ts'
import { parseNodes as parsedNodes } from '../discord/drawn-message.ts'
import { normalizeUrl } from './slack-faults.ts'

/** What Discord takes, as its pages have it (docs.discord.com/developers/resources/message, …/components/reference). */
const MAX = { content: 2_000, embeds: 10, together: 6_000, rows: 5, buttons: 5, label: 80, id: 100 }
const IN_EMBED = { title: 256, description: 4_096, footer: 2_048 }

/** Markup that makes more of words than words. What an answer itself looks like is told by its blocks. */
const LOOKS = ['text', 'br', 'newline', 'twemoji', 'strong', 'em', 'inlineCode', 'blockQuote', 'subtext']
const LINKS = ['link', 'url', 'autolink']

type Json = Record<string, unknown>
type Node = ReturnType<typeof parsedNodes>[number]

let last: { text: string; found: Node[] } | undefined

/** What the parser finds; it takes its time, so what was asked last is kept. */
function nodes(text: string): Node[] {
  if (last?.text !== text) last = { text, found: parsedNodes(text) }
  return last.found
}

/** What a reader sees on Discord, but for the names of sources. */
export const visibleOnDiscord = ({ content }: DiscordMessage): string =>
  nodes(content)
    .map(({ type, name, content: inner }) => {
      if (type === 'br' || type === 'newline') return '\n'
      return type === 'twemoji' ? name : typeof inner === 'string' ? inner : ''
    })
    .join('')

/**
 * Everything that Discord would refuse of a message, or make more of than words. `room` is what must be left in its
 * content; `links` are the addresses that may be linked, `dates` whether it may have moments of time.
 */
export function discordFaults(
  message: DiscordMessage,
  { room, links, dates = false }: { room: number; links: Set<string>; dates?: boolean },
) {
  const faults: string[] = []
  const fault = (one: string) => void faults.push(`discord: ${one}`)
  const within = (what: string, text: string, most: number) => {
    if (text.trim().length === 0 || text.length > most) fault(`${what}: ${text.length} of 1 to ${most}`)
  }
  const parsed = (text: string) => {
    for (const node of nodes(text)) {
      if (LINKS.includes(node.type)) {
        if (!links.has(normalizeUrl(node.target ?? ''))) fault(`a link that nobody wrote: ${node.target}`)
      } else if (!LOOKS.includes(node.type) && !(dates && node.type === 'timestamp'))
        fault(`${node.type} in ${JSON.stringify(text)}`)
    }
    for (const row of text.split('\n'))
      if (/^\s*(?:#{1,3} |>>> |```|\d+\. |[+*] )/.test(row)) fault(`a layout in ${JSON.stringify(row)}`)
  }
  const { content, embeds = [], components = [], allowed_mentions } = message
  faults.push(...discordLengthFaults(message, room))
  if (JSON.stringify(allowed_mentions) !== '{"parse":[]}') fault('mentions are on')
  if (embeds.length > MAX.embeds) fault(`${embeds.length} embeds`)
  for (const embed of embeds) {
    for (const [name, most] of Object.entries(IN_EMBED)) {
      const text = textIn(embed, name)
      if (text !== undefined) within(name, text, most)
    }
    parsed(embed.description ?? '')
  }
  // Last, for whoever wants to read the same.
  parsed(content)
  const together = embeds.flatMap(embed =>
    Object.keys(IN_EMBED).map(name => textIn(embed, name)?.length ?? 0),
  )
  // The mark of a post goes into a footer.
  if (together.reduce((sum, one) => sum + one, 0) + 30 > MAX.together) fault('embeds with too many letters')
  const rows = components as unknown as { type: number; components: Json[] }[]
  if (rows.length > MAX.rows) fault(`${rows.length} rows`)
  const ids = rows.flatMap(row => row.components.map(one => one.custom_id))
  if (new Set(ids).size < ids.length) fault('a custom_id twice')
  for (const row of rows) {
    if (row.components.length === 0 || row.components.length > MAX.buttons) fault('buttons in a row')
    for (const { type, label, custom_id } of row.components) {
      if (type !== 2) fault(`a component of the type ${type}`)
      within('a label', String(label), MAX.label)
      within('a custom_id', String(custom_id), MAX.id)
    }
  }
  return faults
}

/** Whether its words are too many, or none. */
export function discordLengthFaults({ content, embeds = [] }: DiscordMessage, room: number): string[] {
  const most = MAX.content - room
  const fits = content.length <= most && (content.trim() !== '' || embeds.length > 0)
  return fits ? [] : [`discord: content: ${content.length} of 1 to ${most}`]
}

function textIn(embed: DiscordEmbed, name: string): string | undefined {
  const value = (embed as Json)[name]
  return typeof value === 'object' ? (value as { text: string }).text : (value as string | undefined)
}
