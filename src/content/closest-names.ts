import { distance } from 'fastest-levenshtein'
import { fold } from './fold.ts'

/**
 * Names that can be mistyped, ready to be compared: made once, asked often. They stand in the order of their lengths;
 * those of a length begin at `starts[length]`. `signs` holds two numbers a name, which tell what signs it is made of.
 */
export type NameIndex = { names: string[]; folded: string[]; starts: number[]; characterMasks: Int32Array }

const MAX_OFFERS = 3

/** Makes names ready to be compared; a name that is there twice counts once. */
export function nameIndex(names: Iterable<string>): NameIndex {
  const all = [...new Set(names)].map(name => ({ name, folded: fold(name) }))
  all.sort((a, b) => a.folded.length - b.folded.length)
  const starts: number[] = []
  const characterMasks = new Int32Array(2 * all.length)
  for (const [index, { folded }] of all.entries()) {
    while (starts.length <= folded.length) starts.push(index)
    characterMasks[2 * index] = characterMask(folded)
    characterMasks[2 * index + 1] = digitAndRepeatMask(folded)
  }
  starts.push(all.length)
  return { names: all.map(one => one.name), folded: all.map(one => one.folded), starts, characterMasks }
}

/**
 * At most three known names that begin with what was typed or are close to it, the closest first. They are offers,
 * never used silently.
 */
export function closestNames(typed: string, ...lists: NameIndex[]): string[] {
  const wanted = fold(typed)
  const present = characterMask(wanted)
  const twice = digitAndRepeatMask(wanted)
  const best: { name: string; away: number }[] = []
  let reach = Math.min(Math.ceil(wanted.length / 2), 3 + Math.floor(wanted.length / 12))

  const offer = (name: string, away: number) => {
    if (best.length === MAX_OFFERS && !isBefore({ name, away }, best[MAX_OFFERS - 1]!)) return
    if (best.some(one => one.name === name)) return
    best.push({ name, away })
    best.sort((a, b) => (isBefore(a, b) ? -1 : 1))
    if (best.length > MAX_OFFERS) best.length = MAX_OFFERS
    if (best.length === MAX_OFFERS) reach = Math.min(reach, best[MAX_OFFERS - 1]!.away)
  }
  // Cheap tests first: with thousands of stories nearly every name ends at the numbers.
  const near = ({ names, folded, characterMasks }: NameIndex, from: number, to: number) => {
    for (let index = from; index < to; index++) {
      const own = characterMasks[2 * index]!
      const ownTwice = characterMasks[2 * index + 1]!
      if (countBits(present & ~own) + countBits(twice & ~ownTwice) > reach) continue
      if (countBits(own & ~present) + countBits(ownTwice & ~twice) > reach) continue
      const away = distance(wanted, folded[index]!)
      if (away <= reach && away < folded[index]!.length) offer(names[index]!, away)
    }
  }
  const begun = ({ names, folded, characterMasks }: NameIndex, from: number, to: number) => {
    for (let index = from; index < to; index++) {
      if ((present & ~characterMasks[2 * index]!) === 0 && folded[index]!.startsWith(wanted))
        offer(names[index]!, 0)
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
export function nearestSpellings(typed: string, words: string[]): string[] {
  const away = words.map(word => distance(typed, word))
  const least = Math.min(...away)
  return least <= (typed.length > 5 ? 2 : 1) ? words.filter((_, index) => away[index] === least) : []
}

const isBefore = (a: { name: string; away: number }, b: { name: string; away: number }) =>
  a.away === b.away ? a.name < b.name : a.away < b.away

// Each edit of a word clears and sets at most one bit of each kind, over both numbers together: else a near name
// would be passed over.
const LETTER_BITS = 26
const OTHER_CHARACTER_BITS = 6
const LETTER_CLASSES = 22

const letterAt = (word: string, at: number) => word.charCodeAt(at) - 97
const digitAt = (word: string, at: number) => word.charCodeAt(at) - 48

/** Which signs a word has: a bit for each letter, six for all that is neither letter nor digit. */
function characterMask(word: string): number {
  let mask = 0
  for (let at = 0; at < word.length; at++) {
    const letter = letterAt(word, at)
    const digit = digitAt(word, at)
    if (letter >= 0 && letter < LETTER_BITS) mask |= 1 << letter
    else if (digit < 0 || digit > 9) mask |= 1 << (LETTER_BITS + (word.charCodeAt(at) % OTHER_CHARACTER_BITS))
  }
  return mask
}

/** Which digits a word has, and in which classes of letters one that it has more than once. */
function digitAndRepeatMask(word: string): number {
  let mask = 0
  let seen = 0
  for (let at = 0; at < word.length; at++) {
    const letter = letterAt(word, at)
    const digit = digitAt(word, at)
    if (digit >= 0 && digit <= 9) mask |= 1 << (LETTER_CLASSES + digit)
    if (letter < 0 || letter >= LETTER_BITS) continue
    if ((seen & (1 << letter)) !== 0) mask |= 1 << (letter % LETTER_CLASSES)
    seen |= 1 << letter
  }
  return mask
}

/** How many bits are set, counted in pairs, fours and bytes at once. */
function countBits(mask: number): number {
  const pairs = mask - ((mask >>> 1) & 0x55555555)
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333)
  return (((fours + (fours >>> 4)) & 0x0f0f0f0f) * 0x01010101) >>> 24
}
