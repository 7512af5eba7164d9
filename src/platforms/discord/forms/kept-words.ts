import type { FormValues } from '../../../chat/form.ts'
import { type Block, list, note, type Reply, text } from '../../../chat/reply.ts'
import { phrases } from '../../../phrases/phrases.ts'
import { render } from '../render.ts'

/** What was filled in is shown again from so many characters on: what is shorter is a choice, or typed in a moment. */
const MIN_WORDS = 12

/**
 * A reply that refuses a submitted form, with the line that the form stood for: Discord closes a form when it is submitted,
 * and nothing that people wrote may be lost.
 */
export const withTypedLine = (reply: Reply, line: string): Reply =>
  withKept(reply, [note(phrases.discord.yourLine), text({ code: line })])

/** The same where no line could be made of it: with the words that were filled in. */
export function withTypedWords(reply: Reply, filled: FormValues): Reply {
  const words = Object.values(filled)
    .flat()
    .filter(value => value.length >= MIN_WORDS)
  return words.length === 0
    ? reply
    : withKept(reply, [note(phrases.discord.yourWords), list(words.map(value => [{ code: value }]))])
}

/** Adds blocks where there is room for them. */
function withKept(reply: Reply, blocks: Block[]): Reply {
  const kept = { ...reply, blocks: [...reply.blocks, ...blocks] }
  try {
    render(kept)
    return kept
  } catch {
    return reply
  }
}
