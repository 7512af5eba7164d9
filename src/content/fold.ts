import { hasWordsWithoutSpaces, segmentWords } from './segments.ts'

/**
 * Text in the form in which words are compared. Case, accents, curly quotes, long dashes, spaces, invisible characters
 * and a full stop at the end do not matter.
 */
export function fold(text: string): string {
  if (SIMPLE_WORD.test(text)) return text.toLowerCase()
  // Most text is ASCII and has nothing to strip; this skips the slow half.
  const plain = ASCII.test(text) ? text : stripAdornments(text)
  return withoutLastStops(
    plain
      .replace(/`/g, "'")
      .replace(/[\s\p{Cc}]+/gu, ' ')
      .trim(),
  ).toLowerCase()
}

/** A text without the full stops at its end and the spaces before them. A pattern would look at each run once a sign. */
function withoutLastStops(text: string): string {
  let end = text.length
  while (text[end - 1] === '.') end--
  return end === text.length ? text : text.slice(0, end).trimEnd()
}

/** A word of ASCII without a sign that is folded. */
const SIMPLE_WORD = /^[!-\-/-_a-~]*$/
// biome-ignore lint/suspicious/noControlCharactersInRegex: all of ASCII is meant
const ASCII = /^[\x00-\x7f]*$/

/**
 * Accents, and the points of Hebrew and Arabic, which people leave out when they type. The vowel signs of Hindi or Thai
 * and the marks of kana are none of them: without them it is another word.
 */
const ACCENTS =
  /[[\p{M}&&[\p{Script=Inherited}\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Hebrew}\p{Script=Arabic}]]--[\u3099\u309a]]/gv

/** Letters that no accent can be taken from, as people type them on a keyboard without them. */
const PLAIN_LETTERS: Record<string, string> = {
  ł: 'l',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  ɖ: 'd',
  þ: 'th',
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ı: 'i',
  ħ: 'h',
  ŧ: 't',
  ŋ: 'n',
  ə: 'a',
  ǝ: 'a',
}
const SPECIAL_LETTERS = new RegExp(`[${Object.keys(PLAIN_LETTERS).join('')}]`, 'g')

/** Decomposing took these apart, and they are one letter: marked kana, and the Thai and Lao vowel AM. */
const SPLIT_LETTERS = /[\u3041-\u30ff][\u3099\u309a]|\u0e4d\u0e32|\u0ecd\u0eb2/g
const WHOLE_LETTERS: Record<string, string> = { '\u0e4d\u0e32': '\u0e33', '\u0ecd\u0eb2': '\u0eb3' }

function stripAdornments(text: string): string {
  const stripped = withoutAccents(text.normalize('NFKD'))
    .replace(/\p{Cf}/gu, '')
    .replace(/[‘’‛′´]/g, "'")
    .replace(/[“”„‟″«»]/g, '"')
    .replace(/[‐‑‒–—―−]/g, '-')
  return stripped.replace(SPLIT_LETTERS, letter => WHOLE_LETTERS[letter] ?? letter.normalize('NFC'))
}

/** A text in lower case, with its letters as people type them without accents: `Łódź` is `lodz`. */
export const withoutAccents = (text: string): string =>
  text
    .normalize('NFD')
    .replace(ACCENTS, '')
    .toLowerCase()
    // Lower case may bring back a mark: that of İ.
    .replace(ACCENTS, '')
    .replace(SPECIAL_LETTERS, letter => PLAIN_LETTERS[letter]!)

const WORD = /[\p{L}\p{N}\p{M}]+/gu
const RAW_WORD = /[\p{L}\p{N}\p{M}\p{Cf}]+/gu

/** Text without anything to fold in its words: ASCII, and the usual quotation marks and dashes. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: all of ASCII is meant
const PLAIN_TEXT = /^[\x00-\x7f·‘’“”–—…]*$/
const PLAIN_WORD = /[a-z0-9]+/g

/** The words of a text as they are compared: folded, without punctuation. */
export function tokens(text: string): string[] {
  if (PLAIN_TEXT.test(text)) return text.toLowerCase().match(PLAIN_WORD) ?? []
  const words: string[] = fold(text).match(WORD) ?? []
  return hasWordsWithoutSpaces(text) ? words.flatMap(splitRun) : words
}

const splitRun = (run: string): string[] => (hasWordsWithoutSpaces(run) ? segmentWords(run) : [run])

type PlacedToken = { token: string; start: number; end: number }

/** The words of a text as they are compared, each with its position in the text. */
export function tokensWithOffsets(text: string): PlacedToken[] {
  if (PLAIN_TEXT.test(text)) return placePlainWords(text)
  return [...text.matchAll(RAW_WORD)].flatMap(({ 0: raw, index }) =>
    hasWordsWithoutSpaces(raw)
      ? placeSegments(raw, index)
      : tokens(raw).map(token => ({ token, start: index, end: index + raw.length })),
  )
}

/** The same for text with nothing to fold but capitals, which most is. */
function placePlainWords(text: string): PlacedToken[] {
  const placed: PlacedToken[] = []
  for (const { 0: token, index: start } of text.toLowerCase().matchAll(PLAIN_WORD))
    placed.push({ token, start, end: start + token.length })
  return placed
}

/** The words of a run of letters without spaces. Each letter is folded by itself, which tells how long it becomes. */
function placeSegments(run: string, offset: number): PlacedToken[] {
  const letters = [...run.matchAll(/[\p{L}\p{N}][\p{M}\p{Cf}]*|[\p{M}\p{Cf}]+/gu)].map(
    ({ 0: raw, index }) => ({
      length: fold(raw).length,
      start: offset + index,
      end: offset + index + raw.length,
    }),
  )
  const placed: PlacedToken[] = []
  let next = 0
  for (const token of tokens(run)) {
    const first = letters[next]
    for (let length = 0; next < letters.length && length < token.length; next++)
      length += letters[next]!.length
    const last = letters[next - 1]
    if (first && last) placed.push({ token, start: first.start, end: last.end })
  }
  return placed
}

/** The position of words that follow each other in a text, whatever is between them; undefined if they do not. */
export function findWords(words: string, text: string): { start: number; end: number } | undefined {
  const wanted = tokens(words)
  const placed = tokensWithOffsets(text)
  const first = placed.findIndex((_, at) => wanted.every((word, next) => placed[at + next]?.token === word))
  const last = placed[first + wanted.length - 1]
  return first < 0 || !last ? undefined : { start: placed[first]!.start, end: last.end }
}
