import { tokens } from '../content/fold.ts'
import type { Answer, Handlers } from '../platform.ts'
import { note, refusal } from '../reply.ts'
import { line } from './line.ts'

const FEWEST_WORDS = 3
const MOST_CHECKED = 500
const MOST_SHOWN = 80

/**
 * `/quote check` for a message that somebody points at. What stands in its quotation marks is checked, the longest of
 * several passages, else all of it; the answer says which words that were.
 */
export const checkMessage =
  (answer: Answer): NonNullable<Handlers['check']> =>
  async (call, message) => {
    const passages = quotedIn(message)
    const [first] = passages
    const words = first ?? withoutMarks(message)
    if (words === '') return refusal(['That message has no words to check.'])
    if (words.length > MOST_CHECKED)
      return refusal([
        `That has ${words.length.toLocaleString('en-US')} characters. Check at most ${MOST_CHECKED} at a time, sentence by sentence: `,
        { code: '/quote check "…"' },
      ])
    const text = line({ args: ['check', words], flags: {} })
    const reply = await answer({ ...call, command: 'quote', text })
    const which = passages.length > 1 ? ` · the longest of ${passages.length} quotations in it` : ''
    return { ...reply, blocks: [note(`Checked of that message: “${ends(words)}”${which}`), ...reply.blocks] }
  }

/** The passages in quotation marks that are long enough to be checked, the longest first. */
function quotedIn(message: string): string[] {
  const found = withoutMarks(message).matchAll(/[“„]([^“”„]+)[“”]|"([^"]+)"/g)
  return [...found]
    .map(([, curly, straight]) => (curly ?? straight ?? '').trim())
    .filter(words => tokens(words).length >= FEWEST_WORDS)
    .sort((a, b) => b.length - a.length)
}

/** A message without what makes its lines a quotation in chat, and without the marks around all of it. */
const withoutMarks = (message: string): string =>
  message
    .replace(/^[^\S\n]*>{1,3}[^\S\n]?/gm, '')
    .trim()
    .replace(/^([*_~`]{1,3})([^*_~`]+)\1$/s, '$2')
    .trim()

/** Long words by their ends. */
const ends = (words: string): string =>
  words.length <= MOST_SHOWN
    ? words
    : [words.slice(0, MOST_SHOWN / 2), words.slice(-MOST_SHOWN / 2)].map(end => end.trim()).join(' … ')
