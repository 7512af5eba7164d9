import { plainInline, plainInlines } from '../../chat/plain-text.ts'
import type { Inline } from '../../chat/reply.ts'
import { firstSentence } from '../../content/first-sentence.ts'

/**
 * Splits runs of text after their first sentence. Where the end of a sentence is not certain, the first part is longer.
 * Links and styles stay as they are; a run that holds the end of the sentence is split in two.
 */
export function splitFirstSentence(inlines: Inline[]): { first: Inline[]; rest: Inline[] } {
  const { length } = firstSentence(plainInlines(inlines))
  const first: Inline[] = []
  const rest: Inline[] = []
  let at = 0
  for (const inline of inlines) {
    const words = plainInline(inline)
    const room = length - at
    at += words.length
    if (words.length <= room) first.push(inline)
    else if (room <= 0) rest.push(inline)
    else {
      first.push(withWords(inline, words.slice(0, room)))
      rest.push(withWords(inline, words.slice(room)))
    }
  }
  return { first: trimEnd(first), rest: plainInlines(rest).trim() === '' ? [] : trimStart(rest) }
}

/** A run with other words. A moment has none of its own, so it becomes plain text. */
function withWords(inline: Inline, words: string): Inline {
  if (typeof inline === 'string' || 'time' in inline) return words
  if ('bold' in inline) return { bold: words }
  if ('italic' in inline) return { italic: words }
  return 'code' in inline ? { code: words } : { ...inline, text: words }
}

const trimEnd = (inlines: Inline[]) =>
  inlines.map((inline, index) =>
    index === inlines.length - 1 && typeof inline === 'string' ? inline.trimEnd() : inline,
  )

const trimStart = ([first, ...more]: Inline[]): Inline[] =>
  typeof first === 'string' ? [first.trimStart(), ...more] : first === undefined ? [] : [first, ...more]
