import { type Block, type Button, note, type Reply, refusal } from '../../chat/reply.ts'
import { UNPRINTABLE } from '../../chat/safe-text.ts'
import { phrases } from '../../phrases/phrases.ts'
import { formatLine, type ParsedLine } from '../line.ts'

/** The longest line behind a button: below the 1,000 characters up to which any line is read. */
const MAX_LINE = 900
/**
 * The longest line that every platform keeps inside the button: words that may be repeated nowhere must not be stored.
 */
const MAX_UNSTORED_LINE = 90

/** Says why an editor's words (after a flag, or as a reason) cannot go into a message; undefined where they can. */
export function textProblem(words: string, maxCharacters: number, flag?: string): Reply | undefined {
  if (words.length > maxCharacters)
    return refusal([phrases.correction.tooLong(flag, words.length, maxCharacters)])
  return UNPRINTABLE.test(words) ? refusal([phrases.correction.invisibleCharacters(flag)]) : undefined
}

/** How to confirm a line: with a button where it fits into one, otherwise by sending it again with `--confirm`. */
export function confirmation({ args, flags }: ParsedLine): { blocks: Block[]; buttons: Button[] } {
  const line = `/desk ${formatLine({ args, flags: { ...flags, confirm: true } })}`
  const maxCharacters = flags['no-repeat'] === undefined ? MAX_LINE : MAX_UNSTORED_LINE
  return line.length <= maxCharacters
    ? { blocks: [], buttons: [{ label: phrases.correction.confirm, line }] }
    : { blocks: [note(...phrases.correction.howToConfirm())], buttons: [] }
}

/** A reply of the desk that shows no story, so nothing of it is recorded. */
export const deskReply = (blocks: Block[], buttons?: Button[]): Reply => ({
  blocks,
  ...(buttons && { buttons }),
  parts: [],
  audience: 'caller',
  guide: true,
})
