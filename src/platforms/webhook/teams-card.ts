import { plainInline, plainInlines, toPlainText } from '../../chat/plain-text.ts'
import { assertNever, type Block, type Inline, printedWords, type Reply } from '../../chat/reply.ts'

/**
 * Teams accepts messages of about 28 KB (learn.microsoft.com/connectors/teams), which fails in the workflow, after we were
 * told that it was accepted.
 */
const MAX_BYTES = 26_000

/** A message for a workflow of Teams: one adaptive card. */
export type TeamsMessage = {
  type: 'message'
  attachments: { contentType: string; contentUrl: null; content: AdaptiveCard }[]
}

type AdaptiveCard = { type: 'AdaptiveCard'; version: string; body: Line[]; [field: string]: unknown }

/** One line of text. Rich text has no markup: nothing in it can style, link or mention. */
type Line = { type: 'RichTextBlock'; inlines: Run[]; spacing?: 'None' | 'Small' | 'Medium' }
type Run = { type: 'TextRun'; text: string; [style: string]: unknown }

/**
 * Draws a reply as a card for Teams. Pictures are said in words, and controls are left out: nobody could press them. Throws
 * where the card is too large; it never cuts anything.
 */
export function drawTeamsCard(reply: Reply): TeamsMessage {
  const { lead, label, corrections = [], title, blocks } = reply
  const body = [
    ...(lead ? paragraph(lead) : []),
    ...(label ? smallPrint([label.line]) : []),
    ...corrections.flatMap(line => paragraph(line)),
    ...(title ? lines([{ bold: title }], { size: 'Medium' }, 'Medium') : []),
    ...blocks.flatMap(drawBlock),
  ]
  if (body.length === 0) throw new Error('webhook: there is nothing to send to Teams')
  const message: TeamsMessage = {
    type: 'message',
    attachments: [
      {
        contentType: 'application/vnd.microsoft.card.adaptive',
        contentUrl: null,
        content: {
          $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
          type: 'AdaptiveCard',
          version: '1.4',
          // What a client shows that draws no cards.
          fallbackText: toPlainText(reply),
          body,
          msteams: { width: 'Full' },
        },
      },
    ],
  }
  const bytes = Buffer.byteLength(JSON.stringify(message))
  if (bytes > MAX_BYTES) throw new Error(`webhook: a card for Teams has ${bytes} bytes, at most ${MAX_BYTES}`)
  return message
}

function drawBlock(block: Block): Line[] {
  switch (block.kind) {
    case 'text':
      return paragraph(block.text)
    case 'quote':
      return [
        ...lines([printedWords(block)], { italic: true }, 'Medium'),
        ...lines(block.attribution, {}, 'None'),
        ...(block.note && plainInlines(block.note) !== '' ? smallPrint(block.note) : []),
      ]
    case 'list':
      return block.items.flatMap(item => paragraph(['• ', ...item], 'Small'))
    case 'fields':
      return block.fields.flatMap(({ name, value }) =>
        paragraph([{ bold: `${name}:` }, ' ', ...value], 'Small'),
      )
    case 'picture':
      return block.fallback.flatMap(drawBlock)
    case 'note':
      return smallPrint(block.text)
    case 'sources':
      return smallPrint([
        block.line,
        ...block.sources.flatMap(({ number, name, url }): Inline[] => [
          ' · ',
          url === undefined ? `${number} ${name}` : { link: url, text: `${number} ${name}` },
        ]),
      ])
    case 'divider':
      return []
    default:
      return assertNever(block)
  }
}

const paragraph = (inlines: Inline[], spacing: Line['spacing'] = 'Medium') => lines(inlines, {}, spacing)
const smallPrint = (inlines: Inline[]) => lines(inlines, { size: 'Small', isSubtle: true }, 'Small')

/** Draws text, one block a line: not every client breaks a line within a block. */
function lines(inlines: Inline[], style: object, spacing: Line['spacing']): Line[] {
  const drawn: Run[][] = [[]]
  for (const inline of inlines)
    for (const [index, words] of plainInline(inline)
      .split(/\r\n?|\n/)
      .entries()) {
      if (index > 0) drawn.push([])
      drawn.at(-1)!.push(...runs(words, { ...style, ...styleOf(inline) }))
    }
  return drawn
    .filter(line => line.some(({ text }) => text.trim() !== ''))
    .map((line, index) => ({
      type: 'RichTextBlock',
      inlines: line,
      spacing: index === 0 ? spacing : 'None',
    }))
}

/** Two opening braces never stand in one run: clients take `{{DATE(…)}}` for a date of ours. */
const runs = (words: string, style: object): Run[] =>
  words
    .split(/(?<=\{)(?=\{)/)
    .filter(text => text !== '')
    .map(text => ({ type: 'TextRun', text, ...style }))

function styleOf(inline: Inline): object {
  if (typeof inline === 'string' || 'time' in inline) return {}
  if ('bold' in inline) return { weight: 'Bolder' }
  if ('italic' in inline) return { italic: true }
  if ('code' in inline) return { fontType: 'Monospace' }
  if ('link' in inline) {
    const url = URL.parse(inline.link)
    return url && /^https?:$/.test(url.protocol)
      ? { selectAction: { type: 'Action.OpenUrl', url: url.href } }
      : {}
  }
  return assertNever(inline)
}
