import { distance } from 'fastest-levenshtein'
import { fold } from './fold.ts'

/**
 * Names prepared once, so that typed text can be compared with them often. They are sorted by length; names of a length
 * begin at `starts[length]`. `characterMasks` has two numbers for each name: the bits of the characters in it.
 */
export type NameIndex = { names: string[]; folded: string[]; starts: number[]; characterMasks: Int32Array }

/** Three suggestions can be read at a glance. */
const MAX_OFFERS = 3

/** Indexes names for `closestNames`. Duplicates count once. */
export function nameIndex(names: Iterable<string>): NameIndex {
  const entries = [...new Set(names)].map(name => ({ name, folded: fold(name) }))
  entries.sort((a, b) => a.folded.length - b.folded.length)
  const starts: number[] = []
  const characterMasks = new Int32Array(2 * entries.length)
  for (const [index, { folded }] of entries.entries()) {
    while (starts.length <= folded.length) starts.push(index)
    characterMasks[2 * index] = characterMask(folded)
    characterMasks[2 * index + 1] = digitAndRepeatMask(folded)
  }
  starts.push(entries.length)
  return {
    names: entries.map(({ name }) => name),
    folded: entries.map(({ folded }) => folded),
    starts,
    characterMasks,
  }
}

/**
 * The names, at most three, that begin with the typed text or are spelled like it, the closest first. Offer them to the
 * reader; never use one silently.
 */
export function closestNames(typed: string, ...indexes: NameIndex[]): string[] {
  const wanted = fold(typed)
  const { length } = wanted
  const wantedMask = characterMask(wanted)
  const wantedRepeats = digitAndRepeatMask(wanted)
  const best: Offer[] = []
  let maxEdits = Math.min(Math.ceil(length / 2), 3 + Math.floor(length / 12))

  const offer = (name: string, edits: number) => {
    if (best.length === MAX_OFFERS && !isBefore({ name, edits }, best[MAX_OFFERS - 1]!)) return
    if (best.some(offered => offered.name === name)) return
    best.push({ name, edits })
    best.sort((a, b) => (isBefore(a, b) ? -1 : 1))
    if (best.length > MAX_OFFERS) best.length = MAX_OFFERS
    if (best.length === MAX_OFFERS) maxEdits = Math.min(maxEdits, best[MAX_OFFERS - 1]!.edits)
  }
  // Cheap tests first: with thousands of stories, nearly every name is ruled out by its bits.
  const offerSimilar = ({ names, folded, characterMasks }: NameIndex, from: number, to: number) => {
    for (let index = from; index < to; index++) {
      const mask = characterMasks[2 * index]!
      const repeats = characterMasks[2 * index + 1]!
      if (countBits(wantedMask & ~mask) + countBits(wantedRepeats & ~repeats) > maxEdits) continue
      if (countBits(mask & ~wantedMask) + countBits(repeats & ~wantedRepeats) > maxEdits) continue
      const edits = distance(wanted, folded[index]!)
      if (edits <= maxEdits && edits < folded[index]!.length) offer(names[index]!, edits)
    }
  }
  const offerBeginning = ({ names, folded, characterMasks }: NameIndex, from: number, to: number) => {
    for (let index = from; index < to; index++) {
      if ((wantedMask & ~characterMasks[2 * index]!) === 0 && folded[index]!.startsWith(wanted))
        offer(names[index]!, 0)
    }
  }
  for (const index of indexes) {
    const startOf = (size: number) => index.starts[Math.min(size, index.starts.length - 1)] ?? 0
    if (length > 1) offerBeginning(index, startOf(length), index.names.length)
    // Names as long as the typed text first: the sooner three are close, the fewer must be compared.
    for (let more = 0; more <= maxEdits; more++) {
      offerSimilar(index, startOf(length + more), startOf(length + more + 1))
      if (more > 0 && more <= length) offerSimilar(index, startOf(length - more), startOf(length - more + 1))
    }
  }
  return best.map(({ name }) => name)
}

/**
 * The words spelled most like the typed one, if they are near enough: one edit, or two in a word of six or more
 * letters.
 */
export function nearestSpellings(typed: string, words: string[]): string[] {
  const edits = words.map(word => distance(typed, word))
  const fewest = Math.min(...edits)
  return fewest <= (typed.length > 5 ? 2 : 1) ? words.filter((_, index) => edits[index] === fewest) : []
}

type Offer = { name: string; edits: number }

const isBefore = (a: Offer, b: Offer) => (a.edits === b.edits ? a.name < b.name : a.edits < b.edits)

// One edit of a word may clear at most one bit and set at most one bit, over both masks together. Otherwise a near name
// would be ruled out. 26 + 6 (letters, other characters) and 22 + 10 (repeated letters, digits) fill 32 bits each.
const LETTER_BITS = 26
const OTHER_CHARACTER_BITS = 6
const LETTER_CLASSES = 22

const letterAt = (word: string, at: number) => word.charCodeAt(at) - 97
const digitAt = (word: string, at: number) => word.charCodeAt(at) - 48

/** The characters of a word: a bit for each letter, and six bits for everything that is neither letter nor digit. */
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

/** The digits of a word, and the classes of the letters that it has more than once. */
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

/** The number of bits that are set, added up in pairs, fours and bytes at once. */
function countBits(mask: number): number {
  const pairs = mask - ((mask >>> 1) & 0x55555555)
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333)
  return (((fours + (fours >>> 4)) & 0x0f0f0f0f) * 0x01010101) >>> 24
}
