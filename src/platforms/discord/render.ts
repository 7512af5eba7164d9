import { keepForObject, keepResults } from '../../chat/keep-results.ts'
import {
  assertNever,
  type Block,
  CORRECTION_RESERVE,
  type Inline,
  type NoteBlock,
  pictureOf,
  printedWords,
  type Reply,
  type SourcesBlock,
  type StoryState,
  withPictureAsText,
} from '../../chat/reply.ts'
import { drawControls, type Row } from './controls.ts'
import { markdown } from './markdown.ts'

/**
 * Discord's limits, from docs.discord.com/developers/resources/message and …/components/reference. `content` is 600
 * lower than documented, since a correction that is added later needs room.
 */
const LIMITS = {
  content: 1_400,
  embedText: 6_000,
  description: 4_096,
}

/** Colours of the edge of the sources, by the story's state: an old story looks old before a word is read. */
const TINTS: Record<StoryState, number> = { developing: 0xd9822b, settled: 0x2e7d5b, archived: 0x6b7280 }
/** The colour where there is no story. */
export const DEFAULT_TINT = 0x1d3557

/** Each story has a few. */
const MAX_KEPT_LABELS = 500

/** An embed, as JSON for Discord; only the fields that are used here. */
export type DiscordEmbed = {
  color?: number
  description?: string
  footer?: { text: string }
}

/** A message for Discord. Everything that must be read is in `content`; embeds, which a reader may hide, add links. */
export type DiscordMessage = {
  content: string
  embeds?: DiscordEmbed[]
  components?: Row[]
  allowed_mentions: { parse: [] }
}

/**
 * Draws a reply for Discord. The words are the message's text, label first, so that they read the same in a
 * notification and without embeds. The sources are in an embed, by name and with links. Links in the words move to the
 * embed when there is no room for their addresses. What people wrote is escaped, so nothing in it can ping, link or
 * break the layout. Throws where a limit is exceeded; it never cuts anything.
 */
export function render(reply: Reply): DiscordMessage {
  const { rows, lines } = drawControls(reply)
  const blocks = [...withPictureAsText(reply).blocks, ...lines]
  const links: Inline[][] = []
  const limit = LIMITS.content + (reply.corrections ? CORRECTION_RESERVE : 0)
  let content = renderText(reply, blocks, markdown)
  if (content.length > limit)
    content = renderText(reply, blocks, inlines => {
      links.push(...inlines.filter(isLink).map(link => [link]))
      return markdown(inlines.map(inline => (isLink(inline) ? inline.text : inline)))
    })
  if (reply.previews) content = withFirstPreview(content)
  assertAtMost('a message', content.length, limit)
  const embeds = sourceEmbeds(blocks, links, reply.label ? TINTS[reply.label.state] : DEFAULT_TINT)
  if (content.trim() === '' && embeds.length === 0) throw new Error('discord: there is nothing to send')
  return {
    content,
    ...(embeds.length > 0 && { embeds }),
    ...(rows.length > 0 && { components: rows }),
    allowed_mentions: { parse: [] },
  }
}

/** Lets Discord show what the first link leads to: an address between < and > has no preview. */
const withFirstPreview = (content: string): string => content.replace(/\]\(<([^<>]*)>\)/, ']($1)')

/**
 * Draws a reply that is sent with its picture. A chart says its words itself, and its description has them; a card has
 * them below it too, since people copy quotations.
 */
export const renderWithFile = (reply: Reply): DiscordMessage =>
  render(
    pictureOf(reply)?.picture.kind === 'chart'
      ? { ...reply, blocks: reply.blocks.filter(({ kind }) => kind !== 'picture') }
      : reply,
  )

/** Draws text, with its links or without them. */
type RenderInlines = (inlines: Inline[]) => string

/**
 * Draws the text of a message. Lists and small print after small print follow directly, all else after an empty line.
 */
function renderText(
  { lead, label, title, corrections = [] }: Reply,
  blocks: Block[],
  draw: RenderInlines,
): string {
  let drawn = nonEmpty([
    lead ? draw(lead) : '',
    label ? labelLine(label.line) : '',
    ...corrections.map(draw),
    title ? draw([{ bold: title }]) : '',
  ]).join('\n')
  let above: string | undefined = title ? 'title' : label || lead ? 'label' : undefined
  for (const block of blocks) {
    const text = renderBlock(block, draw)
    if (text === '') continue
    const isClose =
      above === 'label' ||
      block.kind === 'list' ||
      (SMALL_PRINT_KINDS.has(block.kind) && SMALL_PRINT_KINDS.has(above ?? ''))
    drawn += above === undefined ? text : `${isClose ? '\n' : '\n\n'}${text}`
    above = block.kind
  }
  return drawn
}

const SMALL_PRINT_KINDS = new Set(['note', 'sources'])

/** Draws a block as text. */
function renderBlock(block: Block, draw: RenderInlines): string {
  switch (block.kind) {
    case 'text':
      return draw(block.text)
    case 'quote': {
      // No empty lines, so that the quote, its speaker and its note are shown, copied and quoted as one piece.
      const quote = splitLines(draw([printedWords(block)])).map(line => `> ${line}`)
      const notes = block.note ? [smallPrint(block.note, draw)] : []
      return [...quote, ...nonEmpty([draw(block.attribution), ...notes])].join('\n')
    }
    case 'list':
      return nonEmpty(block.items.map(item => nonEmpty(splitLines(draw(item))).join('\n  ')))
        .map(item => `- ${item.trimStart()}`)
        .join('\n')
    case 'fields':
      return block.fields.map(({ name, value }) => draw([{ bold: `${name}:` }, ' ', ...value])).join('\n')
    case 'picture':
      return nonEmpty(block.fallback.map(inner => renderBlock(inner, draw))).join('\n\n')
    case 'note':
      return draw === markdown && block.text.length > 1 ? drawNote(block) : smallPrint(block.text, draw)
    case 'sources':
      return smallPrint([block.line], draw)
    case 'divider':
      return ''
    default:
      return assertNever(block)
  }
}

/** Draws small print. Each line gets its own mark, since Discord's small print ends with its line. */
function smallPrint(inlines: Inline[], draw: RenderInlines): string {
  const drawn = draw(inlines)
  if (!drawn.includes('\n')) return drawn.trim() === '' ? '' : `-# ${drawn.trim()}`
  return nonEmpty(splitLines(drawn))
    .map(line => `-# ${line.trim()}`)
    .join('\n')
}

/** Draws a note of several pieces once: the same footer may be below many answers. */
const drawNote = keepForObject((block: NoteBlock) => smallPrint(block.text, markdown))

/** Draws the label, which is the same for all answers of one kind about a story. It has no links. */
const labelLine = keepResults(line => smallPrint([line], markdown), MAX_KEPT_LABELS)

const splitLines = (text: string) => text.split('\n')
const nonEmpty = (texts: string[]) => texts.filter(text => text.trim() !== '')

/** Makes the embed: the links that had no room in the text, and the sources by name with their links. */
function sourceEmbeds(blocks: Block[], links: Inline[][], color: number): DiscordEmbed[] {
  const sources = blocks.map(block => (block.kind === 'sources' ? sourceLinks(block) : ''))
  // Several entries may rest on the same page.
  const description = nonEmpty([...new Set(links.map(markdown)), ...sources]).join('\n')
  assertAtMost('the links and sources', description.length, LIMITS.description)
  return description === '' ? [] : [{ color, description }]
}

/** Draws sources by name once: the same ones are below many answers. */
const sourceLinks = keepForObject(({ sources }: SourcesBlock) =>
  markdown(
    sources.flatMap(({ number, name, url }, index): Inline[] => [
      index > 0 ? ' · ' : '',
      url === undefined ? `${number} ${name}` : { link: url, text: `${number} ${name}` },
    ]),
  ),
)

const isLink = (inline: Inline): inline is { link: string; text: string } =>
  typeof inline === 'object' && 'link' in inline

function assertAtMost(what: string, length: number, limit: number) {
  if (length > limit)
    throw new Error(
      `discord: ${what} has ${length.toLocaleString('en-US')} characters, at most ${limit.toLocaleString('en-US')}`,
    )
}
