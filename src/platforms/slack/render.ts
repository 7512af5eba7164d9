import { plain, plainInlines } from '../../chat/plain-text.ts'
import {
  type Action,
  assertNever,
  type Block,
  CORRECTION_ROOM,
  type Inline,
  MOST_ACTIONS,
  MOST_ALT,
  type PictureBlock,
  printedWords,
  type Reply,
  type SourceLine,
} from '../../chat/reply.ts'
import { phrases } from '../../phrases/phrases.ts'
import { DATE_FORMATS, escaped, linkAddress, mrkdwn } from './mrkdwn.ts'

/**
 * Slack's limits, from docs.slack.dev/reference/block-kit and …/methods/chat.update. Two are lower than documented:
 * `text`, since `chat.update` refuses more than 4,000 and a correction needs room; and `blockText`, since posts with
 * about 11,000 characters in blocks were refused with `msg_blocks_too_long` (bolt-js #2509).
 */
const LIMITS = {
  text: 3_400,
  blocks: 50,
  blockText: 9_000,
  header: 150,
  context: 3_000,
  buttonLabel: 75,
  buttonLine: 2_000,
}

/** One block of Block Kit, as JSON. */
export type SlackBlock = { type: string; [field: string]: unknown }

/** A reply as Slack takes it: the blocks, and all of it once more as text, which is what screen readers are given. */
export type SlackMessage = { text: string; blocks: SlackBlock[] }

/** A message whose picture is a file on Slack. */
export const withFile = (message: SlackMessage, id: string): SlackMessage => ({
  ...message,
  blocks: message.blocks.map(block => ('slack_file' in block ? { ...block, slack_file: { id } } : block)),
})

/** What stands beside every message: addresses in our text are never fetched, previewed or turned into links. */
export const QUIET = { unfurl_links: false, unfurl_media: false, parse: 'none' } as const

/**
 * Draws a reply for Slack. What people wrote goes into rich text and plain text, which Slack never parses: nothing in
 * it can ping, link or break the layout. Throws where a limit is passed; nothing is ever cut.
 */
export function render(reply: Reply): SlackMessage {
  const text = escaped(plain(reply))
  const corrections = reply.corrections ?? []
  atMost('text', text.length, LIMITS.text + (corrections.length > 0 ? CORRECTION_ROOM : 0))
  const blocks = [
    ...(reply.label ? small([reply.label.line]) : []),
    ...corrections.flatMap(line => rich(section(line))),
    ...(reply.title ? title(reply.title) : []),
    ...reply.blocks.flatMap(drawn),
    ...buttons(reply.actions ?? []),
  ]
  if (blocks.length > LIMITS.blocks)
    throw new Error(`slack: ${blocks.length} blocks, at most ${LIMITS.blocks}`)
  atMost('the blocks', textLength(blocks), LIMITS.blockText)
  return { text, blocks }
}

/** One block of an answer as Slack's blocks. */
export function drawn(block: Block): SlackBlock[] {
  switch (block.kind) {
    case 'text':
      return rich(section(block.text))
    case 'quote':
      // One block, so that nothing comes between the words, who said them and the editor's note.
      return rich(
        { type: 'rich_text_quote', elements: runs([printedWords(block)]) },
        section(block.attribution),
        section(block.note && plainInlines(block.note) !== '' ? ['\n', ...block.note] : []),
      )
    case 'list':
      return rich({
        type: 'rich_text_list',
        style: 'bullet',
        elements: block.items.map(item => section(plainInlines(item) === '' ? [' '] : item)),
      })
    case 'fields':
      return rich(
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
      return small(block.text)
    case 'sources':
      return small(sources(block))
    case 'divider':
      return [{ type: 'divider' }]
    default:
      return assertNever(block)
  }
}

type Part = { type: string; style?: string; elements: unknown[] }

function rich(...parts: Part[]): SlackBlock[] {
  const elements = parts.filter(part => part.elements.length > 0)
  return elements.length > 0 ? [{ type: 'rich_text', elements }] : []
}

const section = (inlines: Inline[]): Part => ({ type: 'rich_text_section', elements: runs(inlines) })

// Slack refuses an element without text.
const runs = (inlines: Inline[]) => inlines.filter(inline => plainInlines([inline]) !== '').map(run)

function run(inline: Inline): object {
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
    return { type: 'date', timestamp, format: DATE_FORMATS[inline.style], fallback: plainInlines([inline]) }
  }
  return assertNever(inline)
}

function title(words: string): SlackBlock[] {
  return words.length <= LIMITS.header
    ? [{ type: 'header', text: plainText(words) }]
    : rich(section([{ bold: words }]))
}

/** Small print. Slack's has no rich text: bare words are plain text, links are mrkdwn, and what is neither is text. */
function small(inlines: Inline[]): SlackBlock[] {
  const words = plainInlines(inlines)
  if (words.trim() === '') return []
  atMost('a note', words.length, LIMITS.context)
  if (inlines.every(inline => typeof inline === 'string')) return [context(plainText(words))]
  const text = mrkdwn(inlines)
  if (text === undefined || text.length > LIMITS.context) return rich(section(inlines))
  // Without verbatim Slack would look for channels, people and addresses in our words.
  return [context({ type: 'mrkdwn', text, verbatim: true })]
}

const context = (element: object): SlackBlock => ({ type: 'context', elements: [element] })

/** Words that Slack shows as they are: `emoji: true` would turn :words: between colons into pictures. */
export const plainText = (text: string) => ({ type: 'plain_text', text, emoji: false })

function sources(block: { sources: SourceLine[]; checked?: string }): Inline[] {
  const numbers = block.sources.flatMap(({ number, url }, index): Inline[] => [
    index > 0 ? ', ' : '',
    url === undefined ? `${number}` : { link: url, text: `${number}` },
  ])
  if (numbers.length === 0) return [block.checked ?? '']
  const named = phrases.slack.sources(numbers, block.sources.length)
  return block.checked ? [...named, ' · ', block.checked] : named
}

/** Stands for the file of the picture until that is on Slack. */
export const NO_FILE_YET = 'F00000000'

function picture({ alt }: PictureBlock): SlackBlock[] {
  atMost('the description of a picture', alt.length, MOST_ALT)
  return [{ type: 'image', slack_file: { id: NO_FILE_YET }, alt_text: alt }]
}

function buttons(actions: Action[]): SlackBlock[] {
  if (actions.length === 0) return []
  if (actions.length > MOST_ACTIONS)
    throw new Error(`slack: ${actions.length} buttons, at most ${MOST_ACTIONS}`)
  const elements = actions.map(({ label, line }, index) => {
    if (label === '' || line === '') throw new Error('slack: a button needs a label and a line')
    atMost('the label of a button', label.length, LIMITS.buttonLabel)
    atMost('the line of a button', line.length, LIMITS.buttonLine)
    return { type: 'button', action_id: `run:${index}`, text: plainText(label), value: line }
  })
  return [{ type: 'actions', elements }]
}

const SHOWN = new Set(['text', 'url', 'alt_text', 'fallback'])

function textLength(value: unknown, field = ''): number {
  if (typeof value === 'string') return SHOWN.has(field) ? value.length : 0
  if (typeof value !== 'object' || value === null) return 0
  return Object.entries(value).reduce((sum, [key, inner]) => sum + textLength(inner, key), 0)
}

function atMost(what: string, length: number, most: number) {
  if (length > most)
    throw new Error(
      `slack: ${what} has ${length.toLocaleString('en-US')} characters, at most ${most.toLocaleString('en-US')}`,
    )
}
