import type { Answer, Handlers } from '../../chat/platform.ts'
import { note, refusal } from '../../chat/reply.ts'
import { safeText } from '../../chat/safe-text.ts'
import { tokens } from '../../content/fold.ts'
import { phrases } from '../../phrases/phrases.ts'
import { formatLine } from '../line.ts'
import { lengthProblem, shortenMiddle } from './check.ts'

const MIN_WORDS = 3

/**
 * `/quote check` for a message that somebody points at. What stands in its quotation marks is checked, the longest of
 * several passages, else all of it; the answer says which words that were.
 */
export const checkMessage =
  (answer: Answer): NonNullable<Handlers['checkMessage']> =>
  async (call, message) => {
    const passages = quotedPassages(message)
    const [first] = passages
    const words = first ?? withoutMarks(message)
    if (words === '') return refusal([phrases.quoteCheck.noWords])
    const long = lengthProblem(words)
    if (long) return long
    const text = formatLine({ args: ['check', words], flags: {} })
    const reply = await answer({ ...call, command: 'quote', text })
    const which = phrases.quoteCheck.checkedWords(shortenMiddle(safeText(words)), passages.length)
    return { ...reply, blocks: [note(which), ...reply.blocks] }
  }

/** The passages in quotation marks that are long enough to be checked, the longest first. */
function quotedPassages(message: string): string[] {
  const found = withoutMarks(message).matchAll(/[“„]([^“”„]+)[“”]|"([^"]+)"/g)
  return [...found]
    .map(([, curly, straight]) => (curly ?? straight ?? '').trim())
    .filter(words => tokens(words).length >= MIN_WORDS)
    .sort((a, b) => b.length - a.length)
}

/** A message without what makes its lines a quotation in chat, and without the marks around all of it. */
const withoutMarks = (message: string): string =>
  message
    .replace(/^[^\S\n]*>{1,3}[^\S\n]?/gm, '')
    .trim()
    .replace(/^([*_~`]{1,3})([^*_~`]+)\1$/s, '$2')
    .trim()
