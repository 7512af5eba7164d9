import { type Action, type Block, note, type Reply, refusal } from '../../chat/reply.ts'
import { UNPRINTABLE } from '../../chat/safe-text.ts'
import { phrases } from '../../phrases/phrases.ts'
import { line, type Words } from '../line.ts'

/** A line that is longer is not read, from a button or not. Of words that may be repeated nowhere, none are kept for one. */
const MOST_LINE = 900
const MOST_KEPT_NOWHERE = 90

/** Why words that an editor typed (after a flag, or as a reason) cannot stand in a message; undefined where they can. */
export function wordsProblem(words: string, most: number, flag?: string): Reply | undefined {
  if (words.length > most) return refusal([phrases.correction.tooLong(flag, words.length, most)])
  return UNPRINTABLE.test(words) ? refusal([phrases.correction.unseen(flag)]) : undefined
}

/** How a line is confirmed: by a button where its words have room in one, else by sending it again. */
export function confirmation({ args, flags }: Words): { blocks: Block[]; actions: Action[] } {
  const whole = `/desk ${line({ args, flags: { ...flags, confirm: true } })}`
  const most = flags['no-repeat'] === undefined ? MOST_LINE : MOST_KEPT_NOWHERE
  return whole.length <= most
    ? { blocks: [], actions: [{ label: phrases.correction.confirm, line: whole }] }
    : { blocks: [note(...phrases.correction.confirmByHand())], actions: [] }
}
