import type { Answer, Handlers } from '../../chat/platform.ts'
import { note, refusal } from '../../chat/reply.ts'
import { safeText } from '../../chat/safe-text.ts'
import { tokens } from '../../content/fold.ts'
import { readQuotations } from '../../content/quotation-marks.ts'
import { phrases } from '../../phrases/phrases.ts'
import { formatLine } from '../line.ts'
import { lengthProblem } from './check.ts'
import { shortenMiddle } from './differences.ts'

const MIN_WORDS = 3

/**
 * Runs `/quote check` on a message that somebody chose. It checks the longest passage in quotation marks, or the whole
 * message if there is none; the answer says which words were checked.
 */
export const checkMessage =
  (answer: Answer): NonNullable<Handlers['checkMessage']> =>
  async (call, message) => {
    const passages = quotedPassages(message)
    const [longest] = passages
    const words = longest ?? withoutMarks(message)
    if (words === '') return refusal([phrases.quoteCheck.noWords])
    const problem = lengthProblem(words)
    if (problem) return problem
    const text = formatLine({ args: ['check', words], flags: {} })
    const reply = await answer({ ...call, command: 'quote', text })
    const checkedWords = phrases.quoteCheck.checkedWords(shortenMiddle(safeText(words)), passages.length)
    return { ...reply, blocks: [note(checkedWords), ...reply.blocks] }
  }

/** The passages in quotation marks that are long enough to check, longest first. */
function quotedPassages(message: string): string[] {
  const text = withoutMarks(message)
  return readQuotations(text)
    .map(({ start, end, repeats }) => {
      // From the last to the first, so that the offsets of those before it stay right.
      const withoutRepeats = repeats
        .toReversed()
        .reduce(
          (words, repeat) => `${words.slice(0, repeat.start - start)} ${words.slice(repeat.end - start)}`,
          text.slice(start, end),
        )
      return withoutRepeats.replace(/\s+/g, ' ').trim()
    })
    .filter(words => tokens(words).length >= MIN_WORDS)
    .sort((a, b) => b.length - a.length)
}

/** Removes the `>` that marks quoted lines in chat, and bold, italic or code marks around the whole message. */
const withoutMarks = (message: string): string =>
  message
    .replace(/^[^\S\r\n\u2028\u2029]*>{1,3}[^\S\n]?/gm, '')
    .trim()
    .replace(/^([*_~`]{1,3})([^*_~`]+)\1$/s, '$2')
    .trim()
