import { assertNever, type Block, type Inline, printedWords, type Reply, withPictureAsText } from './reply.ts'

/**
 * A reply as plain text, for terminals, screen readers and the phone budget. The label is first, below its lead where there is one, then the corrections,
 * the title and every block; nothing is left out.
 */
export function toPlainText(reply: Reply): string {
  const { lead = [], label, corrections = [], title, blocks } = withPictureAsText(reply)
  return [plainInlines(lead), label?.line, ...corrections.map(plainInlines), title, ...blocks.map(plainBlock)]
    .filter(Boolean)
    .join(BETWEEN)
}

/** The number of characters of a reply that count towards the phone budget: all but the warnings in its label. */
export function phoneLength(reply: Reply): number {
  const { lead = [], label, corrections = [], title = '', blocks } = withPictureAsText(reply)
  let characters = 0
  let paragraphs = 0
  const count = (paragraph: number) => {
    characters += paragraph
    if (paragraph > 0) paragraphs++
  }
  count(plainInlines(lead).length)
  count(label?.line.length ?? 0)
  for (const correction of corrections) count(plainInlines(correction).length)
  count(title.length)
  for (const block of blocks) count(plainBlock(block).length)
  return characters + BETWEEN.length * Math.max(0, paragraphs - 1) - (label?.warnings ?? 0)
}

/** What stands between two paragraphs. */
export const BETWEEN = '\n\n'

/** Runs of text without formatting. Times are in UTC, because plain text does not know the reader's zone. */
export function plainInlines(inlines: Inline[]): string {
  let text = ''
  for (const inline of inlines) text += plainInline(inline)
  return text
}

/** One block of a reply as plain text. */
export function plainBlock(block: Block): string {
  switch (block.kind) {
    case 'text':
    case 'note':
      return plainInlines(block.text)
    case 'quote':
      return [
        printedWords(block),
        plainInlines(block.attribution),
        block.note && `\n${plainInlines(block.note)}`,
      ]
        .filter(Boolean)
        .join('\n')
    case 'list':
      return block.items.map(item => `• ${plainInlines(item)}`).join('\n')
    case 'fields':
      return block.fields.map(field => `${field.name}: ${plainInlines(field.value)}`).join('\n')
    case 'picture':
      return block.fallback.map(plainBlock).join('\n\n')
    case 'sources':
      return block.line
    case 'divider':
      return ''
    default:
      return assertNever(block)
  }
}

/** One run of text without formatting. */
export function plainInline(inline: Inline): string {
  if (typeof inline === 'string') return inline
  if ('bold' in inline) return inline.bold
  if ('italic' in inline) return inline.italic
  if ('code' in inline) return inline.code
  if ('link' in inline) return inline.text
  if ('time' in inline) return plainTime(inline.time, inline.style)
  return assertNever(inline)
}

function plainTime(time: number, style: 'date' | 'time' | 'datetime'): string {
  const [day = '', clock = ''] = new Date(time).toISOString().split('T')
  if (style === 'date') return day
  return style === 'time' ? `${clock.slice(0, 5)} UTC` : `${day} ${clock.slice(0, 5)} UTC`
}
