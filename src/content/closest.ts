import { distance } from 'fastest-levenshtein'
import { fold } from './fold.ts'

/** Names that can be mistyped, ready to be compared: made once, asked often. */
export type Known = { name: string; folded: string; letters: number }[]

const MOST = 3

/** Makes names ready to be compared; a name that is there twice counts once. */
export function known(names: Iterable<string>): Known {
  return [...new Set(names)].map(name => {
    const folded = fold(name)
    return { name, folded, letters: lettersOf(folded) }
  })
}

/**
 * At most three known names that begin with what was typed or are close to it, the closest first. They are offers,
 * never used silently.
 */
export function closest(typed: string, ...lists: Known[]): string[] {
  const wanted = fold(typed)
  const letters = lettersOf(wanted)
  const best: { name: string; away: number }[] = []
  let reach = Math.min(Math.ceil(wanted.length / 2), 3 + Math.floor(wanted.length / 12))
  for (const list of lists) {
    for (const { name, folded, letters: own } of list) {
      let away = 0
      // Cheap tests first: with thousands of stories nearly every name ends here.
      const missing = bits(letters & ~own)
      const begins = missing === 0 && wanted.length > 1 && folded.startsWith(wanted)
      if (!begins) {
        if (missing > reach || Math.abs(folded.length - wanted.length) > reach) continue
        if (missing + bits(own & ~letters) > 2 * reach) continue
        away = distance(wanted, folded)
      }
      if (away > reach || away >= folded.length) continue
      if (best.length === MOST && !before({ name, away }, best[MOST - 1]!)) continue
      if (best.some(one => one.name === name)) continue
      best.push({ name, away })
      best.sort((a, b) => (before(a, b) ? -1 : 1))
      if (best.length > MOST) best.length = MOST
      if (best.length === MOST) reach = Math.min(reach, best[MOST - 1]!.away)
    }
  }
  return best.map(one => one.name)
}

/** Of some words those that are spelled most like a typed one, if that is near enough to be meant. */
export function nearest(typed: string, words: string[]): string[] {
  const away = words.map(word => distance(typed, word))
  const least = Math.min(...away)
  return least <= (typed.length > 5 ? 2 : 1) ? words.filter((_, index) => away[index] === least) : []
}

const before = (a: { name: string; away: number }, b: { name: string; away: number }) =>
  a.away === b.away ? a.name < b.name : a.away < b.away

function lettersOf(word: string): number {
  let mask = 0
  for (let at = 0; at < word.length; at++) mask |= 1 << (word.charCodeAt(at) & 31)
  return mask
}

/** How many bits are set, counted in pairs, fours and bytes at once. */
function bits(mask: number): number {
  const pairs = mask - ((mask >>> 1) & 0x55555555)
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333)
  return (((fours + (fours >>> 4)) & 0x0f0f0f0f) * 0x01010101) >>> 24
}
