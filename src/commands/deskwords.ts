import { type Action, type Block, note, type Reply, refusal } from '../reply.ts'
import { line, type Words } from './line.ts'

/** A line that is longer is not read, from a button or not. Of words that may be repeated nowhere, none are kept for one. */
const MOST_LINE = 900
const MOST_KEPT_NOWHERE = 90
// What nobody sees, or what turns the direction of what follows, has no place in words that many will read.
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}]/u

/** Why words that an editor typed cannot stand in a message; undefined where they can. */
export function wordsProblem(name: string, words: string, most: number): Reply | undefined {
  if (words.length > most)
    return refusal([
      `${name} has ${words.length} characters, at most ${most}: say it shorter. Nothing was changed.`,
    ])
  return UNPRINTABLE.test(words)
    ? refusal([`${name} has signs in it that cannot be seen. Type it anew. Nothing was changed.`])
    : undefined
}

/** How a line is confirmed: by a button where its words have room in one, else by sending it again. */
export function confirmation({ args, flags }: Words): { blocks: Block[]; actions: Action[] } {
  const whole = `/desk ${line({ args, flags: { ...flags, confirm: true } })}`
  const most = flags['no-repeat'] === undefined ? MOST_LINE : MOST_KEPT_NOWHERE
  return whole.length <= most
    ? { blocks: [], actions: [{ label: 'Confirm', line: whole }] }
    : {
        blocks: [note('To do it, send the same line again with ', { code: '--confirm' }, ' at its end.')],
        actions: [],
      }
}
