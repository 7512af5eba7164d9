import { assertNever, type Block, type Inline, printedWords, type Reply, withPictureAsText } from './reply.ts'

/**
 * A reply as plain text: what the terminal prints, what a screen reader is given, and what the phone budget counts.
 * Label first, then what was corrected, the title, then every block; nothing is left out.
 */
export function toPlainText(reply: Reply): string {
  const { label, corrections = [], title, blocks } = withPictureAsText(reply)
  return [label?.line, ...corrections.map(plainInlines), title, ...blocks.map(plainBlock)]
    .filter(Boolean)
    .join('\n\n')
}

/** How many letters of a reply count for what a phone shows: all but the warnings in its label. */
export const phoneLength = (reply: Reply): number => toPlainText(reply).length - (reply.label?.warnings ?? 0)

/** Runs of text without their looks. Times are given in UTC, since plain text knows no reader's zone. */
export function plainInlines(inlines: Inline[]): string {
  return inlines.map(plainInline).join('')
}

function plainBlock(block: Block): string {
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

function plainInline(inline: Inline): string {
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
