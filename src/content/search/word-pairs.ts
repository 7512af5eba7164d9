/**
 * Tells which texts may contain a phrase. Every pair of neighbouring words sets one of 128 bits of its text. So most
 * texts that have all the words, but not side by side, are ruled out without reading them.
 */
export type WordPairs = { mayHold(index: number, wanted: Int32Array): boolean }

/** Four numbers of 32 bits: 128 bits rule out most texts and take 16 bytes a text. */
const NUMBERS_PER_TEXT = 4
const BITS_PER_TEXT = 32 * NUMBERS_PER_TEXT
const SPACE_CODE = 32

/** Sets the bits of the word pairs in a text that has a space before and after each word. */
function markPairs(text: string, into: Int32Array, from: number): void {
  let before = 0
  let hash = 0
  for (let at = 1; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code !== SPACE_CODE) {
      hash = (Math.imul(hash, 31) + code) | 0
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

/** Indexes the word pairs of all texts. */
export function wordPairs(texts: string[]): WordPairs {
  const masks = new Int32Array(NUMBERS_PER_TEXT * texts.length)
  for (const [index, text] of texts.entries()) markPairs(text, masks, NUMBERS_PER_TEXT * index)
  return {
    mayHold: (index, wanted) => {
      for (let number = 0; number < NUMBERS_PER_TEXT; number++)
        if ((wanted[number]! & ~masks[NUMBERS_PER_TEXT * index + number]!) !== 0) return false
      return true
    },
  }
}

/** The bits of the word pairs in a phrase, for `mayHold`. The phrase has a space before and after each word. */
export function pairMaskOf(phrase: string): Int32Array {
  const mask = new Int32Array(NUMBERS_PER_TEXT)
  markPairs(phrase, mask, 0)
  return mask
}
