/**
 * Which texts may hold some words in a row. Every pair of neighbouring words sets one of 128 bits of its text, so that
 * most texts which have all words, but not side by side, are told apart without reading them.
 */
export type WordPairs = { mayHold(index: number, wanted: Int32Array): boolean }

const NUMBERS_PER_TEXT = 4
const BITS_PER_TEXT = 32 * NUMBERS_PER_TEXT
const SPACE_CODE = 32

/** The bits of the pairs in a text that has a space before and after each word. */
function markPairs(text: string, into: Int32Array, from: number): void {
  let before = 0
  let hash = 0
  for (let at = 1; at < text.length; at++) {
    const sign = text.charCodeAt(at)
    if (sign !== SPACE_CODE) {
      hash = (Math.imul(hash, 31) + sign) | 0
      continue
    }
    if (before !== 0) {
      const mixed = Math.imul(Math.imul(before, 0x9e3779b1) ^ hash, 0x85ebca6b)
      const bit = (mixed >>> 16) & (BITS_PER_TEXT - 1)
      into[from + (bit >> 5)]! |= 1 << (bit & 31)
    }
    before = hash
    hash = 0
  }
}

/** Reads the pairs of all texts, once. */
export function wordPairs(texts: string[]): WordPairs {
  const all = new Int32Array(NUMBERS_PER_TEXT * texts.length)
  for (const [index, text] of texts.entries()) markPairs(text, all, NUMBERS_PER_TEXT * index)
  return {
    mayHold: (index, wanted) => {
      for (let number = 0; number < NUMBERS_PER_TEXT; number++)
        if ((wanted[number]! & ~all[NUMBERS_PER_TEXT * index + number]!) !== 0) return false
      return true
    },
  }
}

/** What `mayHold` takes: the pairs of a phrase, with a space before and after each word. */
export function pairMaskOf(phrase: string): Int32Array {
  const wanted = new Int32Array(NUMBERS_PER_TEXT)
  markPairs(phrase, wanted, 0)
  return wanted
}
