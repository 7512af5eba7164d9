import { fold, tokens } from '../content/fold.ts'

/**
 * The words by which a place chose its news: an entry is told if any wanted word or phrase is in it, and no unwanted one.
 * Each is written as people typed it, without signs.
 */
export type WordFilter = { wanted: string[]; unwanted: string[] }

/** Why typed words are no filter; `word` is the one that is meant. */
export type WordFilterProblem = {
  problem: 'unclosed' | 'onlyUnwanted' | 'both' | 'tooLong' | 'noWord'
  word: string
}

/** The maximum length of a filter as it is written. */
export const MAX_FILTER_CHARACTERS = 200

/** A word with the sign before it, or a phrase in quotation marks; the last group is there if the mark is closed. */
const TERM = /([-+‐‑‒–—−]?)(?:["“”„«»]([^"“”„«»]*)(["“”„«»]?)|([^\s,;"“”„«»]+))/gu
const LETTERS = /[\p{L}\p{N}\p{M}]+/gu

/**
 * Reads a filter: `ordinance, "7th circuit" -sports`. Nothing, and `all`, is a filter that lets everything through. A
 * word with signs in it is the phrase of its pieces, as in search: `grant-conditions`.
 */
export function parseWordFilter(typed: string): { filter: WordFilter } | WordFilterProblem {
  const wanted = new Map<string, string>()
  const unwanted = new Map<string, string>()
  for (const [written, sign = '', phrase, closing, bare] of typed.matchAll(TERM)) {
    if (phrase !== undefined && closing === '') return { problem: 'unclosed', word: phrase }
    const words = (phrase ?? bare ?? '').match(LETTERS)?.join(' ')
    const key = tokens(words ?? '').join(' ')
    if (words === undefined || key === '') return { problem: 'noWord', word: written }
    const terms = sign === '' || sign === '+' ? wanted : unwanted
    if (!terms.has(key)) terms.set(key, words)
  }
  const filter = { wanted: [...wanted.values()], unwanted: [...unwanted.values()] }
  const isAll = unwanted.size === 0 && wanted.size === 1 && fold(filter.wanted[0]!) === 'all'
  if (isAll) return { filter: { wanted: [], unwanted: [] } }
  const [twice] = [...wanted.keys()].filter(key => unwanted.has(key))
  if (twice !== undefined) return { problem: 'both', word: wanted.get(twice)! }
  const [left] = filter.unwanted
  if (left !== undefined && wanted.size === 0) return { problem: 'onlyUnwanted', word: left }
  if (formatWordFilter(filter).length > MAX_FILTER_CHARACTERS) return { problem: 'tooLong', word: '' }
  return { filter }
}

/** Writes a filter so that `parseWordFilter` reads it back: `ordinance, "7th circuit" -sports`. */
export const formatWordFilter = ({ wanted, unwanted }: WordFilter): string =>
  [wanted.map(quoted).join(', '), ...unwanted.map(words => `-${quoted(words)}`)].filter(Boolean).join(' ')

const quoted = (words: string) => (words.includes(' ') ? `"${words}"` : words)

/** Search lets a typed word of more letters than this also find words that begin with it. */
const SHORT_WORD_LENGTH = 4

/**
 * Makes the test of a stored filter for texts in the form of `filterText`. As in search, the end of what is wanted may be
 * the beginning of a longer word (`ordinance` finds ordinances); what is unwanted is only just that word, so that no more
 * is left out than people asked for.
 */
export function matcherOf(stored: string): (text: string) => boolean {
  const parsed = parseWordFilter(stored)
  if (!('filter' in parsed) || parsed.filter.wanted.length === 0) return () => true
  return matcherOfWords(parsed.filter)
}

/** Makes the test of words and phrases that an editor wrote, however many; with nothing wanted, nothing passes. */
export function matcherOfWords(filter: WordFilter): (text: string) => boolean {
  const wanted = filter.wanted.map(words => {
    const keys = tokens(words)
    return ` ${keys.join(' ')}${(keys.at(-1) ?? '').length > SHORT_WORD_LENGTH ? '' : ' '}`
  })
  const unwanted = filter.unwanted.map(words => filterText([words]))
  return text => wanted.some(words => text.includes(words)) && !unwanted.some(words => text.includes(words))
}

/** Texts in the form in which filters compare words: folded, with a space around each, and a gap between two texts. */
export const filterText = (texts: string[]): string =>
  texts.map(text => ` ${tokens(text).join(' ')} `).join('|')
