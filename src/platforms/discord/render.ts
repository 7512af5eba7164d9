import {
  assertNever,
  type Block,
  type Button,
  CORRECTION_RESERVE,
  type Inline,
  MAX_BUTTONS,
  type NumberedSource,
  printedWords,
  type Reply,
  type StoryState,
  withPictureAsText,
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
export const DEFAULT_TINT = 0x1d3557

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
  const { buttons, lines } = renderActions(reply.buttons ?? [])
  const blocks = [...withPictureAsText(reply).blocks, ...lines]
  const links: Inline[][] = []
  const most = LIMITS.content + (reply.corrections ? CORRECTION_RESERVE : 0)
  let content = renderText(reply, blocks, markdown)
  if (content.length > most)
    content = renderText(reply, blocks, inlines => {
      links.push(...inlines.filter(isLink).map(link => [link]))
      return markdown(inlines.map(inline => (isLink(inline) ? inline.text : inline)))
    })
  assertAtMost('a message', content.length, most)
  const embeds = sourceEmbeds(blocks, links, reply.label ? TINTS[reply.label.state] : DEFAULT_TINT)
  if (content.trim() === '' && embeds.length === 0) throw new Error('discord: there is nothing to send')
  return {
    content,
    ...(embeds.length > 0 && { embeds }),
    ...(buttons.length > 0 && { components: [{ type: 1, components: buttons }] }),
    allowed_mentions: { parse: [] },
  }
}

/** How runs of text are drawn: with their links, or without. */
type RenderInlines = (inlines: Inline[]) => string

/** The text of a message. Lists and runs of small print stand close to what is above them, all else a line apart. */
function renderText({ label, title, corrections = [] }: Reply, blocks: Block[], draw: RenderInlines): string {
  let drawn = nonEmpty([
    label ? smallPrint([label.line], draw) : '',
    ...corrections.map(draw),
    title ? draw([{ bold: title }]) : '',
  ]).join('\n')
  let above: string | undefined = title ? 'title' : label && 'label'
  for (const block of blocks) {
    const text = renderBlock(block, draw)
    if (text === '') continue
    const close =
      above === 'label' ||
      block.kind === 'list' ||
      (SMALL_PRINT_KINDS.has(block.kind) && SMALL_PRINT_KINDS.has(above ?? ''))
    drawn += above === undefined ? text : `${close ? '\n' : '\n\n'}${text}`
    above = block.kind
  }
  return drawn
}

const SMALL_PRINT_KINDS = new Set(['note', 'sources'])

/** What a block says in the text of the message. */
function renderBlock(block: Block, draw: RenderInlines): string {
  switch (block.kind) {
    case 'text':
      return draw(block.text)
    case 'quote': {
      // No empty line in between: what reads as one piece is shown, copied and quoted as one.
      const said = splitLines(draw([printedWords(block)])).map(row => `> ${row}`)
      const notes = block.note ? [smallPrint(block.note, draw)] : []
      return [...said, ...nonEmpty([draw(block.attribution), ...notes])].join('\n')
    }
    case 'list':
      return nonEmpty(block.items.map(item => nonEmpty(splitLines(draw(item))).join('\n  ')))
        .map(item => `- ${item.trimStart()}`)
        .join('\n')
    case 'fields':
      return block.fields.map(({ name, value }) => draw([{ bold: `${name}:` }, ' ', ...value])).join('\n')
    case 'picture':
      return nonEmpty(block.fallback.map(one => renderBlock(one, draw))).join('\n\n')
    case 'note':
      return smallPrint(block.text, draw)
    case 'sources':
      return smallPrint([block.line], draw)
    case 'divider':
      return ''
    default:
      return assertNever(block)
  }
}

/** Small print: each line anew, since Discord's ends with its line. */
const smallPrint = (inlines: Inline[], draw: RenderInlines) =>
  nonEmpty(splitLines(draw(inlines)))
    .map(row => `-# ${row.trim()}`)
    .join('\n')

const splitLines = (text: string) => text.split('\n')
const nonEmpty = (texts: string[]) => texts.filter(text => text.trim() !== '')

/** The embed: links that found no room, and the sources by name with their links. */
function sourceEmbeds(blocks: Block[], links: Inline[][], color: number): DiscordEmbed[] {
  const sources = blocks.map(block => (block.kind === 'sources' ? sourceLinks(block.sources) : ''))
  const description = nonEmpty([...links.map(markdown), ...sources]).join('\n')
  assertAtMost('the links and sources', description.length, LIMITS.description)
  return description === '' ? [] : [{ color, description }]
}

const sourceLinks = (sources: NumberedSource[]) =>
  markdown(
    sources.flatMap(({ number, name, url }, index): Inline[] => [
      index > 0 ? ' · ' : '',
      url === undefined ? `${number} ${name}` : { link: url, text: `${number} ${name}` },
    ]),
  )

/** Buttons, and as small print a second one for the same line: Discord takes each identifier once. */
function renderActions(all: Button[]): { buttons: object[]; lines: Block[] } {
  if (all.length > MAX_BUTTONS) throw new Error(`discord: ${all.length} buttons, at most ${MAX_BUTTONS}`)
  const buttons = new Map<string, object>()
  const lines: Block[] = []
  for (const { label, line } of all) {
    if (label.trim() === '' || line === '') throw new Error('discord: a button needs a label and a line')
    assertAtMost('the label of a button', label.length, LIMITS.buttonLabel)
    const id = buttonId(line)
    if (buttons.has(id)) lines.push({ kind: 'note', text: [`${label}: `, { code: line }] })
    else buttons.set(id, { type: 2, style: 2, label, custom_id: id })
  }
  return { buttons: [...buttons.values()], lines }
}

const isLink = (inline: Inline): inline is { link: string; text: string } =>
  typeof inline === 'object' && 'link' in inline

function assertAtMost(what: string, length: number, most: number) {
  if (length > most)
    throw new Error(
      `discord: ${what} has ${length.toLocaleString('en-US')} characters, at most ${most.toLocaleString('en-US')}`,
    )
}
