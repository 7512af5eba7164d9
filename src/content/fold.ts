/**
 * Text in the form in which words are compared. Case, accents, curly quotes, long dashes, spaces, invisible characters
 * and a full stop at the end do not matter.
 */
export function fold(text: string): string {
  // Most text is ASCII and has nothing to strip; this skips the slow half.
  const plain = ASCII.test(text) ? text : stripAdornments(text)
  return plain
    .replace(/`/g, "'")
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim()
    .replace(/\s*\.+$/, '')
    .toLowerCase()
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: all of ASCII is meant
const ASCII = /^[\x00-\x7f]*$/

const stripAdornments = (text: string) =>
  text
    .normalize('NFKD')
    .replace(/[\p{M}\p{Cf}]/gu, '')
    .replace(/[‘’‛′´]/g, "'")
    .replace(/[“”„‟″«»]/g, '"')
    .replace(/[‐‑‒–—―−]/g, '-')

const WORD = /[\p{L}\p{N}]+/gu
const RAW_WORD = /[\p{L}\p{N}\p{M}\p{Cf}]+/gu

/** The words of a text as they are compared: folded, without punctuation. */
export const tokens = (text: string): string[] => fold(text).match(WORD) ?? []

/** The words of a text as they are compared, each with its position in the text. */
export function tokensWithOffsets(text: string): { token: string; start: number; end: number }[] {
  return [...text.matchAll(RAW_WORD)].flatMap(({ 0: raw, index }) =>
    tokens(raw).map(token => ({ token, start: index, end: index + raw.length })),
  )
}

/** The position of words that follow each other in a text, whatever is between them; undefined if they do not. */
export function findWords(words: string, text: string): { start: number; end: number } | undefined {
  const wanted = tokens(words)
  const placed = tokensWithOffsets(text)
  const first = placed.findIndex((_, at) => wanted.every((word, next) => placed[at + next]?.token === word))
  const last = placed[first + wanted.length - 1]
  return first < 0 || !last ? undefined : { start: placed[first]!.start, end: last.end }
}
