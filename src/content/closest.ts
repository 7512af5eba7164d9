import { distance } from 'fastest-levenshtein'
import { fold } from './fold.ts'

/**
 * Names that can be mistyped, ready to be compared: made once, asked often. They stand in the order of their lengths;
 * those of a length begin at `starts[length]`. `signs` holds two numbers a name, which tell what signs it is made of.
 */
export type Known = { names: string[]; folded: string[]; starts: number[]; signs: Int32Array }

const MOST = 3

/** Makes names ready to be compared; a name that is there twice counts once. */
export function known(names: Iterable<string>): Known {
  const all = [...new Set(names)].map(name => ({ name, folded: fold(name) }))
  all.sort((a, b) => a.folded.length - b.folded.length)
  const starts: number[] = []
  const signs = new Int32Array(2 * all.length)
  for (const [index, { folded }] of all.entries()) {
    while (starts.length <= folded.length) starts.push(index)
    signs[2 * index] = presentIn(folded)
    signs[2 * index + 1] = twiceIn(folded)
  }
  starts.push(all.length)
  return { names: all.map(one => one.name), folded: all.map(one => one.folded), starts, signs }
}

/**
 * At most three known names that begin with what was typed or are close to it, the closest first. They are offers,
 * never used silently.
 */
export function closest(typed: string, ...lists: Known[]): string[] {
  const wanted = fold(typed)
  const present = presentIn(wanted)
  const twice = twiceIn(wanted)
  const best: { name: string; away: number }[] = []
  let reach = Math.min(Math.ceil(wanted.length / 2), 3 + Math.floor(wanted.length / 12))

  const offer = (name: string, away: number) => {
    if (best.length === MOST && !before({ name, away }, best[MOST - 1]!)) return
    if (best.some(one => one.name === name)) return
    best.push({ name, away })
    best.sort((a, b) => (before(a, b) ? -1 : 1))
    if (best.length > MOST) best.length = MOST
    if (best.length === MOST) reach = Math.min(reach, best[MOST - 1]!.away)
  }
  // Cheap tests first: with thousands of stories nearly every name ends at the numbers.
  const near = ({ names, folded, signs }: Known, from: number, to: number) => {
    for (let index = from; index < to; index++) {
      const own = signs[2 * index]!
      const ownTwice = signs[2 * index + 1]!
      if (bits(present & ~own) + bits(twice & ~ownTwice) > reach) continue
      if (bits(own & ~present) + bits(ownTwice & ~twice) > reach) continue
      const away = distance(wanted, folded[index]!)
      if (away <= reach && away < folded[index]!.length) offer(names[index]!, away)
    }
  }
  const begun = ({ names, folded, signs }: Known, from: number, to: number) => {
    for (let index = from; index < to; index++) {
      if ((present & ~signs[2 * index]!) === 0 && folded[index]!.startsWith(wanted)) offer(names[index]!, 0)
    }
  }
  for (const list of lists) {
    const from = (length: number) => list.starts[Math.min(length, list.starts.length - 1)] ?? 0
    const { length } = wanted
    if (length > 1) begun(list, from(length), list.names.length)
    // Those as long as what was typed come first: the sooner three are close, the fewer are looked at.
    for (let more = 0; more <= reach; more++) {
      near(list, from(length + more), from(length + more + 1))
      if (more > 0 && more <= length) near(list, from(length - more), from(length - more + 1))
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

// Each edit of a word clears and sets at most one bit of each kind, over both numbers together: else a near name
// would be passed over.
const LETTERS = 26
const OTHERS = 6
const CLASSES = 22

const letterAt = (word: string, at: number) => word.charCodeAt(at) - 97
const digitAt = (word: string, at: number) => word.charCodeAt(at) - 48

/** Which signs a word has: a bit for each letter, six for all that is neither letter nor digit. */
function presentIn(word: string): number {
  let mask = 0
  for (let at = 0; at < word.length; at++) {
    const letter = letterAt(word, at)
    const digit = digitAt(word, at)
    if (letter >= 0 && letter < LETTERS) mask |= 1 << letter
    else if (digit < 0 || digit > 9) mask |= 1 << (LETTERS + (word.charCodeAt(at) % OTHERS))
  }
  return mask
}

/** Which digits a word has, and in which classes of letters one that it has more than once. */
function twiceIn(word: string): number {
  let mask = 0
  let seen = 0
  for (let at = 0; at < word.length; at++) {
    const letter = letterAt(word, at)
    const digit = digitAt(word, at)
    if (digit >= 0 && digit <= 9) mask |= 1 << (CLASSES + digit)
    if (letter < 0 || letter >= LETTERS) continue
    if ((seen & (1 << letter)) !== 0) mask |= 1 << (letter % CLASSES)
    seen |= 1 << letter
  }
  return mask
}

/** How many bits are set, counted in pairs, fours and bytes at once. */
function bits(mask: number): number {
  const pairs = mask - ((mask >>> 1) & 0x55555555)
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333)
  return (((fours + (fours >>> 4)) & 0x0f0f0f0f) * 0x01010101) >>> 24
}
