import {
  type Action,
  assertNever,
  type Block,
  CORRECTION_ROOM,
  type Inline,
  inWords,
  MOST_ACTIONS,
  printedWords,
  type Reply,
  type SourceLine,
  type StoryState,
} from '../../chat/reply.ts'
import { buttonId } from './button-id.ts'
import { markdown } from './markdown.ts'

/**
 * Discord's limits, from docs.discord.com/developers/resources/message and …/components/reference. `content` is 600
 * lower than documented, since a correction is edited in and needs room.
 */
const LIMITS = {
  content: 1_400,
  embedText: 6_000,
  description: 4_096,
  buttonLabel: 80,
}

/** How the edge of the sources is tinted, so that an old story looks old before a word is read. */
const TINTS: Record<StoryState, number> = { developing: 0xd9822b, settled: 0x2e7d5b, archived: 0x6b7280 }
/** The tint where there is no story. */
export const TINT = 0x1d3557

/** The part of an embed that is used here, as JSON. */
export type DiscordEmbed = {
  color?: number
  description?: string
  footer?: { text: string }
}

/** A reply as Discord takes it. All that must be read stands in `content`; embeds, which a reader may hide, add links. */
export type DiscordMessage = {
  content: string
  embeds?: DiscordEmbed[]
  components?: { type: number; [field: string]: unknown }[]
  allowed_mentions: { parse: [] }
}

/**
 * Draws a reply: the words as the message's text, label first, so that they read the same in a notification and with
 * embeds switched off; the sources by name, with their links, in an embed. Links in the words stay there as long as
 * there is room for their addresses. Data is escaped, so nothing in it can ping, link or break the layout. Throws
 * where a limit is passed; nothing is ever cut.
 */
export function render(reply: Reply): DiscordMessage {
  const { buttons, lines } = actions(reply.actions ?? [])
  const blocks = [...inWords(reply).blocks, ...lines]
  const links: Inline[][] = []
  const most = LIMITS.content + (reply.corrections ? CORRECTION_ROOM : 0)
  let content = words(reply, blocks, markdown)
  if (content.length > most)
    content = words(reply, blocks, inlines => {
      links.push(...inlines.filter(isLink).map(link => [link]))
      return markdown(inlines.map(inline => (isLink(inline) ? inline.text : inline)))
    })
  atMost('a message', content.length, most)
  const embeds = embedded(blocks, links, reply.label ? TINTS[reply.label.state] : TINT)
  if (content.trim() === '' && embeds.length === 0) throw new Error('discord: there is nothing to send')
  return {
    content,
    ...(embeds.length > 0 && { embeds }),
    ...(buttons.length > 0 && { components: [{ type: 1, components: buttons }] }),
    allowed_mentions: { parse: [] },
  }
}

/** How runs of text are drawn: with their links, or without. */
type Draw = (inlines: Inline[]) => string

/** The text of a message. Lists and runs of small print stand close to what is above them, all else a line apart. */
function words({ label, title, corrections = [] }: Reply, blocks: Block[], draw: Draw): string {
  let drawn = shown([
    label ? small([label.line], draw) : '',
    ...corrections.map(draw),
    title ? draw([{ bold: title }]) : '',
  ]).join('\n')
  let above: string | undefined = title ? 'title' : label && 'label'
  for (const block of blocks) {
    const text = blockWords(block, draw)
    if (text === '') continue
    const close =
      above === 'label' || block.kind === 'list' || (SMALL.has(block.kind) && SMALL.has(above ?? ''))
    drawn += above === undefined ? text : `${close ? '\n' : '\n\n'}${text}`
    above = block.kind
  }
  return drawn
}

const SMALL = new Set(['note', 'sources'])

/** What a block says in the text of the message. */
function blockWords(block: Block, draw: Draw): string {
  switch (block.kind) {
    case 'text':
      return draw(block.text)
    case 'quote': {
      // No empty line in between: what reads as one piece is shown, copied and quoted as one.
      const said = rows(draw([printedWords(block)])).map(row => `> ${row}`)
      const notes = block.note ? [small(block.note, draw)] : []
      return [...said, ...shown([draw(block.attribution), ...notes])].join('\n')
    }
    case 'list':
      return shown(block.items.map(item => shown(rows(draw(item))).join('\n  ')))
        .map(item => `- ${item.trimStart()}`)
        .join('\n')
    case 'fields':
      return block.fields.map(({ name, value }) => draw([{ bold: `${name}:` }, ' ', ...value])).join('\n')
    case 'picture':
      return shown(block.says.map(one => blockWords(one, draw))).join('\n\n')
    case 'note':
      return small(block.text, draw)
    case 'sources':
      return small([block.line], draw)
    case 'divider':
      return ''
    default:
      return assertNever(block)
  }
}

/** Small print: each line anew, since Discord's ends with its line. */
const small = (inlines: Inline[], draw: Draw) =>
  shown(rows(draw(inlines)))
    .map(row => `-# ${row.trim()}`)
    .join('\n')

const rows = (text: string) => text.split('\n')
const shown = (texts: string[]) => texts.filter(text => text.trim() !== '')

/** The embed: links that found no room, and the sources by name with their links. */
function embedded(blocks: Block[], links: Inline[][], color: number): DiscordEmbed[] {
  const sources = blocks.map(block => (block.kind === 'sources' ? named(block.sources) : ''))
  const description = shown([...links.map(markdown), ...sources]).join('\n')
  atMost('the links and sources', description.length, LIMITS.description)
  return description === '' ? [] : [{ color, description }]
}

const named = (sources: SourceLine[]) =>
  markdown(
    sources.flatMap(({ number, name, url }, index): Inline[] => [
      index > 0 ? ' · ' : '',
      url === undefined ? `${number} ${name}` : { link: url, text: `${number} ${name}` },
    ]),
  )

/** Buttons, and as small print a second one for the same line: Discord takes each identifier once. */
function actions(all: Action[]): { buttons: object[]; lines: Block[] } {
  if (all.length > MOST_ACTIONS) throw new Error(`discord: ${all.length} buttons, at most ${MOST_ACTIONS}`)
  const buttons = new Map<string, object>()
  const lines: Block[] = []
  for (const { label, line } of all) {
    if (label.trim() === '' || line === '') throw new Error('discord: a button needs a label and a line')
    atMost('the label of a button', label.length, LIMITS.buttonLabel)
    const id = buttonId(line)
    if (buttons.has(id)) lines.push({ kind: 'note', text: [`${label}: `, { code: line }] })
    else buttons.set(id, { type: 2, style: 2, label, custom_id: id })
  }
  return { buttons: [...buttons.values()], lines }
}

const isLink = (inline: Inline): inline is { link: string; text: string } =>
  typeof inline === 'object' && 'link' in inline

function atMost(what: string, length: number, most: number) {
  if (length > most)
    throw new Error(
      `discord: ${what} has ${length.toLocaleString('en-US')} characters, at most ${most.toLocaleString('en-US')}`,
    )
}
