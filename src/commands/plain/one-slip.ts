import { editsBetween } from '../../content/names/closest-names.ts'

/** A longer name is typed with two slips as often as a short one with one. */
const LONG = 9

/**
 * Whether a word is a name with one slip of a finger: a letter left out, doubled, another one, or two swapped. A long name
 * may have two. Both are folded.
 */
function isOneSlip(typed: string, name: string): boolean {
  if (typed === name || typed.length < 2) return false
  const slips = editsBetween(typed, name)
  return slips <= (name.length >= LONG ? 2 : 1) || (slips === 2 && isSwapped(typed, name))
}

/** Whether a word is a name with one slip, or one is the plural of the other, with a slip or without: `quot` for `quotes`. */
export function isSlipOf(typed: string, name: string): boolean {
  const own = singularOf(name)
  const word = singularOf(typed)
  return (
    isOneSlip(typed, name) ||
    (own !== undefined && (typed === own || isOneSlip(typed, own))) ||
    (word !== undefined && (word === name || isOneSlip(word, name)))
  )
}

const singularOf = (word: string): string | undefined =>
  /[^s]s$/.test(word) ? word.replace(/ies$/, 'y').replace(/s$/, '') : undefined

/** Whether two neighbours of one word stand the other way round in the other. */
function isSwapped(typed: string, name: string): boolean {
  if (typed.length !== name.length) return false
  const at = [...typed].findIndex((letter, index) => letter !== name[index])
  return (
    typed[at] === name[at + 1] && typed[at + 1] === name[at] && typed.slice(at + 2) === name.slice(at + 2)
  )
}
