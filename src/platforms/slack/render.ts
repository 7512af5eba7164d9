import { keepForObject, keepResults } from '../../chat/keep-results.ts'
import { plainInline, plainInlines, toPlainText } from '../../chat/plain-text.ts'
import {
  assertNever,
  type Block,
  CORRECTION_RESERVE,
  type Inline,
  MAX_ALT,
  type NoteBlock,
  type PictureBlock,
  printedWords,
  type Reply,
  type SourcesBlock,
} from '../../chat/reply.ts'
import { phrases } from '../../phrases/phrases.ts'
import { drawControls } from './controls/draw.ts'
import { DATE_FORMATS, escapeText, linkAddress, mrkdwn, plainText } from './mrkdwn.ts'

/**
 * Slack's limits, from docs.slack.dev/reference/block-kit and …/methods/chat.update. Two are lower than documented:
 * `text`, since `chat.update` refuses more than 4,000 characters and a correction needs room; and `blockText`, since
 * Slack refused posts with about 11,000 characters in blocks with `msg_blocks_too_long` (bolt-js #2509).
 */
const LIMITS = {
  text: 3_400,
  blocks: 50,
  blockText: 9_000,
  header: 150,
  context: 3_000,
}

/** Each story has a few. */
const MAX_KEPT_LABELS = 500

/** One block of Block Kit, as JSON. */
export type SlackBlock = { type: string; [field: string]: unknown }

/** A message for Slack: the blocks, and the same words as plain text, which screen readers read. */
export type SlackMessage = { text: string; blocks: SlackBlock[] }

/** Puts the uploaded file `id` into the picture block of a message. */
export const withFile = (message: SlackMessage, id: string): SlackMessage => ({
  ...message,
  blocks: message.blocks.map(block => ('slack_file' in block ? { ...block, slack_file: { id } } : block)),
})

/** Options of every message: Slack must not fetch, preview or link addresses in our text. */
export const MESSAGE_OPTIONS = { unfurl_links: false, unfurl_media: false, parse: 'none' } as const

/** The options of a message whose digest asks for previews of what its link leads to. */
export const PREVIEWS = { unfurl_links: true, unfurl_media: true } as const

/**
 * Draws a reply for Slack. What people wrote goes into rich text and plain text, which Slack never parses: nothing in
 * it can ping, link or break the layout. Throws where a limit is exceeded; it never cuts anything.
 */
export function render(reply: Reply): SlackMessage {
  const text = escapeText(toPlainText(reply))
  const corrections = reply.corrections ?? []
  assertAtMost('text', text.length, LIMITS.text + (corrections.length > 0 ? CORRECTION_RESERVE : 0))
  const blocks = [
    ...(reply.lead ? richText(section(reply.lead)) : []),
    ...(reply.label ? labelBlocks(reply.label.line) : []),
    ...corrections.flatMap(line => richText(section(line))),
    ...(reply.title ? title(reply.title) : []),
    ...reply.blocks.flatMap(renderBlock),
    ...drawControls(reply, text),
  ]
  if (blocks.length > LIMITS.blocks)
    throw new Error(`slack: ${blocks.length} blocks, at most ${LIMITS.blocks}`)
  assertAtMost('the blocks', textLength(blocks), LIMITS.blockText)
  return { text, blocks }
}

/** Draws one block of a reply as Slack's blocks; an empty block as none. */
export function renderBlock(block: Block): SlackBlock[] {
  switch (block.kind) {
    case 'text':
      return richText(section(block.text))
    case 'quote':
      // One block, so that nothing separates the words, their speaker and the editor's note.
      return richText(
        { type: 'rich_text_quote', elements: inlineElements([printedWords(block)]) },
        section(block.attribution),
        section(block.note && plainInlines(block.note) !== '' ? ['\n', ...block.note] : []),
      )
    case 'list':
      return richText({
        type: 'rich_text_list',
        style: 'bullet',
        elements: block.items.map(item => section(plainInlines(item) === '' ? [' '] : item)),
      })
    case 'fields':
      return richText(
        section(
          block.fields.flatMap((field, index) => [
            index > 0 ? '\n' : '',
            { bold: `${field.name}:` },
            ' ',
            ...field.value,
          ]),
        ),
      )
    case 'picture':
      return picture(block)
    case 'note':
      return block.text.length > 1 ? drawNote(block) : smallPrint(block.text)
    case 'sources':
      return drawSources(block)
    case 'divider':
      return [{ type: 'divider' }]
    default:
      return assertNever(block)
  }
}

type RichTextElement = { type: string; style?: string; elements: unknown[] }

function richText(...parts: RichTextElement[]): SlackBlock[] {
  const elements = parts.filter(part => part.elements.length > 0)
  return elements.length > 0 ? [{ type: 'rich_text', elements }] : []
}

const section = (inlines: Inline[]): RichTextElement => ({
  type: 'rich_text_section',
  elements: inlineElements(inlines),
})

// Slack refuses an element without text.
const inlineElements = (inlines: Inline[]) =>
  inlines.filter(inline => plainInline(inline) !== '').map(inlineElement)

function inlineElement(inline: Inline): object {
  if (typeof inline === 'string') return { type: 'text', text: inline }
  if ('bold' in inline) return { type: 'text', text: inline.bold, style: { bold: true } }
  if ('italic' in inline) return { type: 'text', text: inline.italic, style: { italic: true } }
  if ('code' in inline) return { type: 'text', text: inline.code, style: { code: true } }
  if ('link' in inline) {
    const url = linkAddress(inline.link)
    return url === undefined ? { type: 'text', text: inline.text } : { type: 'link', url, text: inline.text }
  }
  if ('time' in inline) {
    const timestamp = Math.floor(inline.time / 1000)
    return { type: 'date', timestamp, format: DATE_FORMATS[inline.style], fallback: plainInline(inline) }
  }
  return assertNever(inline)
}

function title(words: string): SlackBlock[] {
  return words.length <= LIMITS.header
    ? [{ type: 'header', text: plainText(words) }]
    : richText(section([{ bold: words }]))
}

/**
 * Draws small print: words alone as plain text, links as mrkdwn. A context block has no rich text, so what mrkdwn
 * cannot show safely is drawn as normal text.
 */
function smallPrint(inlines: Inline[]): SlackBlock[] {
  const words = plainInlines(inlines)
  if (words.trim() === '') return []
  assertAtMost('a note', words.length, LIMITS.context)
  if (inlines.every(inline => typeof inline === 'string')) return [context(plainText(words))]
  const text = mrkdwn(inlines)
  if (text === undefined || text.length > LIMITS.context) return richText(section(inlines))
  // Without verbatim, Slack would link the channels, people and addresses that it finds in our words.
  return [context({ type: 'mrkdwn', text, verbatim: true })]
}

/** Draws the label, which is the same for all answers of one kind about a story. */
const labelBlocks = keepResults(line => smallPrint([line]), MAX_KEPT_LABELS)

/** Draws sources once: the same ones are below many answers. */
const drawSources = keepForObject((block: SourcesBlock) => smallPrint(sources(block)))

/** Draws a note of several pieces once: the same footer may be below many answers. */
const drawNote = keepForObject((block: NoteBlock) => smallPrint(block.text))

const context = (element: object): SlackBlock => ({ type: 'context', elements: [element] })

function sources(block: SourcesBlock): Inline[] {
  const numbers = block.sources.flatMap(({ number, url }, index): Inline[] => [
    index > 0 ? ', ' : '',
    url === undefined ? `${number}` : { link: url, text: `${number}` },
  ])
  if (numbers.length === 0) return [block.checked ?? '']
  const line = phrases.slack.sources(numbers, block.sources.length)
  return block.checked ? [...line, ' · ', block.checked] : line
}

/** A placeholder for the file of a picture until it is uploaded. */
export const NO_FILE_YET = 'F00000000'

function picture({ alt }: PictureBlock): SlackBlock[] {
  assertAtMost('the description of a picture', alt.length, MAX_ALT)
  return [{ type: 'image', slack_file: { id: NO_FILE_YET }, alt_text: alt }]
}

/** The characters of what is shown, and of addresses. */
function textLength(value: unknown, field = ''): number {
  if (typeof value === 'string') {
    const isShown = field === 'text' || field === 'url' || field === 'alt_text' || field === 'fallback'
    return isShown ? value.length : 0
  }
  if (typeof value !== 'object' || value === null) return 0
  let length = 0
  if (Array.isArray(value)) for (const inner of value) length += textLength(inner)
  else for (const key in value) length += textLength(value[key as keyof typeof value], key)
  return length
}

function assertAtMost(what: string, length: number, limit: number) {
  if (length > limit)
    throw new Error(
      `slack: ${what} has ${length.toLocaleString('en-US')} characters, at most ${limit.toLocaleString('en-US')}`,
    )
}
