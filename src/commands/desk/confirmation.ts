import { type Block, type Button, note, type Reply, refusal } from '../../chat/reply.ts'
import { UNPRINTABLE } from '../../chat/safe-text.ts'
import { phrases } from '../../phrases/phrases.ts'
import { formatLine, type ParsedLine } from '../line.ts'

/** A line that is longer is not read, from a button or not. Of words that may be repeated nowhere, none are kept for one. */
const MAX_LINE = 900
const MAX_UNSTORED_LINE = 90

/** Why words that an editor typed (after a flag, or as a reason) cannot stand in a message; undefined where they can. */
export function textProblem(words: string, most: number, flag?: string): Reply | undefined {
  if (words.length > most) return refusal([phrases.correction.tooLong(flag, words.length, most)])
  return UNPRINTABLE.test(words) ? refusal([phrases.correction.invisibleCharacters(flag)]) : undefined
}

/** How a line is confirmed: by a button where its words have room in one, else by sending it again. */
export function confirmation({ args, flags }: ParsedLine): { blocks: Block[]; actions: Button[] } {
  const whole = `/desk ${formatLine({ args, flags: { ...flags, confirm: true } })}`
  const most = flags['no-repeat'] === undefined ? MAX_LINE : MAX_UNSTORED_LINE
  return whole.length <= most
    ? { blocks: [], actions: [{ label: phrases.correction.confirm, line: whole }] }
    : { blocks: [note(...phrases.correction.howToConfirm())], actions: [] }
}
