import { distance } from 'fastest-levenshtein'
import { fold } from '../fold.ts'

/**
 * Names prepared once, so that typed text can be compared with them often: those of each length, as they are compared.
 * `counts` leaves out some of them.
 */
export type NameIndex = { byLength: (SameLength | undefined)[]; counts?(name: string): boolean }

/** `characterMasks` has two numbers for each name: the bits of the characters in it. */
type SameLength = { names: string[]; folded: string[]; characterMasks: number[] }

/** Three suggestions can be read at a glance. */
const MAX_OFFERS = 3

/** Indexes names for `closestNames`. Duplicates count once. */
export function nameIndex(names: Iterable<string>): NameIndex {
  const index: NameIndex = { byLength: [] }
  for (const name of new Set(names)) addFolded(index, name, fold(name))
  return index
}

/** Adds a name that is not in the index yet, with the form in which it is compared. */
export function addFolded({ byLength }: NameIndex, name: string, folded: string): void {
  byLength[folded.length] ??= { names: [], folded: [], characterMasks: [] }
  const group = byLength[folded.length]!
  group.names.push(name)
  group.folded.push(folded)
  group.characterMasks.push(characterMask(folded), digitAndRepeatMask(folded))
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

  const offer = (name: string, edits: number, { counts }: NameIndex) => {
    if (best.length === MAX_OFFERS && !isBefore({ name, edits }, best[MAX_OFFERS - 1]!)) return
    if (best.some(offered => offered.name === name) || counts?.(name) === false) return
    best.push({ name, edits })
    best.sort((a, b) => (isBefore(a, b) ? -1 : 1))
    if (best.length > MAX_OFFERS) best.length = MAX_OFFERS
    if (best.length === MAX_OFFERS) maxEdits = Math.min(maxEdits, best[MAX_OFFERS - 1]!.edits)
  }
  // Cheap tests first: with thousands of stories, nearly every name is ruled out by its bits.
  const offerSimilar = (index: NameIndex, size: number) => {
    const { names, folded, characterMasks } = index.byLength[size] ?? NO_NAMES
    for (let at = 0; at < names.length; at++) {
      const mask = characterMasks[2 * at]!
      const repeats = characterMasks[2 * at + 1]!
      if (countBits(wantedMask & ~mask) + countBits(wantedRepeats & ~repeats) > maxEdits) continue
      if (countBits(mask & ~wantedMask) + countBits(repeats & ~wantedRepeats) > maxEdits) continue
      const edits = distance(wanted, folded[at]!)
      if (edits <= maxEdits && edits < folded[at]!.length) offer(names[at]!, edits, index)
    }
  }
  const offerBeginning = (index: NameIndex, size: number) => {
    const { names, folded, characterMasks } = index.byLength[size] ?? NO_NAMES
    for (let at = 0; at < names.length; at++) {
      if ((wantedMask & ~characterMasks[2 * at]!) === 0 && folded[at]!.startsWith(wanted))
        offer(names[at]!, 0, index)
    }
  }
  for (const index of indexes) {
    if (length > 1) for (let size = length; size < index.byLength.length; size++) offerBeginning(index, size)
    // Names as long as the typed text first: the sooner three are close, the fewer must be compared.
    for (let more = 0; more <= maxEdits; more++) {
      offerSimilar(index, length + more)
      if (more > 0 && more <= length) offerSimilar(index, length - more)
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

/** How many letters are changed, added or left out between two words. */
export const editsBetween = (one: string, other: string): number => distance(one, other)

const NO_NAMES: SameLength = { names: [], folded: [], characterMasks: [] }

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
