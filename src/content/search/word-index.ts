import { tokens } from '../fold.ts'
import { hasWordsWithoutSpaces } from '../segments.ts'
import { pairMaskOf, type WordPairs, wordPairs } from './word-pairs.ts'

/** Finds texts by their words. Results are indexes into the list of texts, in ascending order. */
export type WordIndex = {
  /** Every word of the texts. */
  words(): Iterable<string>
  /** A text as folded words, with a space before and after each. */
  foldedText(index: number): string
  /** The texts that contain at least one word of each group. */
  textsMatching(groups: string[][]): Int32Array
  /** The texts that contain these words next to each other in this order, yielded as they are found. */
  textsWithPhrase(words: string): Iterable<number>
  /**
   * The texts that contain these letters in a row, also inside words, where the letters are of a script without spaces:
   * what is one word there depends on the words around it. None for other scripts.
   */
  textsWithLetters(letters: string): Int32Array
  /** At most `max` texts that share the rarest words with this one, the best first. */
  closestTexts(text: string, max: number): number[]
}

const NONE = new Int32Array()
/** Enough for the beginnings of words that are typed often; each union may be as long as the list of texts. */
const MAX_UNIONS = 50
/** How many entries of rare words are looked at to find close texts: enough to rank them, and never slow. */
const CLOSEST_ENTRIES = 2_000

/** Indexes texts by their words. */
export function wordIndex(texts: Iterable<string>): WordIndex {
  const { lists, foldedTexts } = listTextsByWord(texts)
  const unionOf = createUnionCache()
  // Built with the first search for a phrase.
  let pairs: WordPairs | undefined
  let withoutSpaces: Int32Array | undefined
  const textsHolding = (wanted: string[], edge: string): Int32Array => {
    if (wanted.length === 0) return NONE
    const pattern = new RegExp(edge + joinLetters(wanted) + edge, 'u')
    withoutSpaces ??= Int32Array.from(
      foldedTexts.flatMap((text, index) => (hasWordsWithoutSpaces(text) ? [index] : [])),
    )
    return withoutSpaces.filter(index => pattern.test(foldedTexts[index]!))
  }

  return {
    words: () => lists.keys(),
    foldedText: index => foldedTexts[index]!,
    textsMatching(groups) {
      const matches = groups.map(group => unionOf(group.flatMap(word => lists.get(word) ?? [])))
      matches.sort(shortestFirst)
      return matches.slice(1).reduce(intersection, matches[0] ?? NONE)
    },
    *textsWithPhrase(words) {
      const wanted = tokens(words)
      if (hasWordsWithoutSpaces(words)) return yield* textsHolding(wanted, ' ')
      const phrase = ` ${wanted.join(' ')} `
      // The rarest word and the pairs leave few texts: intersecting with the lists of the other words would cost more.
      const [rarest = NONE] = wanted.map(word => lists.get(word) ?? NONE).sort(shortestFirst)
      if (wanted.length === 1) return yield* rarest
      pairs ??= wordPairs(foldedTexts)
      const phrasePairs = pairMaskOf(phrase)
      for (const index of rarest) {
        if (pairs.mayHold(index, phrasePairs) && foldedTexts[index]!.includes(phrase)) yield index
      }
    },
    textsWithLetters: letters => (hasWordsWithoutSpaces(letters) ? textsHolding(tokens(letters), '') : NONE),
    closestTexts(text, max) {
      const rarestFirst = [...new Set(tokens(text))]
        .flatMap(word => lists.get(word) ?? [])
        .sort(shortestFirst)
      const scores = new Map<number, number>()
      let entries = 0
      for (const list of rarestFirst) {
        entries += list.length
        if (entries > CLOSEST_ENTRIES && scores.size > 0) break
        for (const index of list.subarray(0, CLOSEST_ENTRIES))
          scores.set(index, (scores.get(index) ?? 0) + 1 / Math.sqrt(list.length))
      }
      return [...scores]
        .sort((a, b) => b[1] - a[1] || a[0] - b[0])
        .slice(0, max)
        .map(([index]) => index)
    },
  }
}

/** A pattern for words in a row, wherever a dictionary may split those of scripts without spaces. */
function joinLetters(words: string[]): string {
  let pattern = ''
  let before = true
  for (const word of words) {
    const isJoined = hasWordsWithoutSpaces(word)
    if (pattern !== '') pattern += before || isJoined ? ' ?' : ' '
    pattern += isJoined ? [...word].join(' ?') : word
    before = isJoined
  }
  return pattern
}

/** For each word, the indexes of the texts that have it, in ascending order; and the texts as folded words. */
function listTextsByWord(texts: Iterable<string>) {
  const indexesByWord = new Map<string, number[]>()
  const foldedTexts: string[] = []
  for (const text of texts) {
    const words = tokens(text)
    const index = foldedTexts.push(` ${words.join(' ')} `) - 1
    for (const word of words) {
      const indexes = indexesByWord.get(word)
      if (!indexes) indexesByWord.set(word, [index])
      else if (indexes[indexes.length - 1] !== index) indexes.push(index)
    }
  }
  const lists = new Map<string, Int32Array>()
  for (const [word, indexes] of indexesByWord) lists.set(word, Int32Array.from(indexes))
  return { lists, foldedTexts }
}

/** Computes unions of lists, and keeps the last ones: the common beginnings of words are searched again and again. */
function createUnionCache(): (lists: Int32Array[]) => Int32Array {
  const cache = new Map<Int32Array, { lists: Int32Array[]; union: Int32Array }>()
  return lists => {
    const [first] = lists
    if (!first || lists.length === 1) return first ?? NONE
    const cached = cache.get(first)
    if (cached?.lists.length === lists.length && cached.lists.every((list, at) => list === lists[at]))
      return cached.union
    if (cache.size >= MAX_UNIONS) cache.clear()
    const result = union(lists)
    cache.set(first, { lists, union: result })
    return result
  }
}

const shortestFirst = (a: Int32Array, b: Int32Array) => a.length - b.length

/** The union of ascending lists. Each index sets a bit, so that nothing has to be sorted. */
function union(lists: Int32Array[]): Int32Array {
  const highest = Math.max(...lists.map(list => list.at(-1)!))
  const bits = new Uint32Array((highest >> 5) + 1)
  let count = 0
  for (const list of lists) {
    for (const index of list) bits[index >> 5]! |= 1 << (index & 31)
    count += list.length
  }
  const result = new Int32Array(count)
  count = 0
  for (let word = 0; word < bits.length; word++) {
    // Takes the lowest bit that is set, until none is left.
    for (let rest = bits[word]!; rest !== 0; rest &= rest - 1)
      result[count++] = (word << 5) + (31 - Math.clz32(rest & -rest))
  }
  return result.subarray(0, count)
}

/** The intersection of two ascending lists. A much shorter list is looked up in the other by binary search. */
function intersection(short: Int32Array, long: Int32Array): Int32Array {
  const both = new Int32Array(short.length)
  let count = 0
  let at = 0
  const leap = short.length * 16 < long.length
  for (const index of short) {
    if (leap) at = lowerBound(long, index, at)
    else while (at < long.length && long[at]! < index) at++
    if (long[at] === index) both[count++] = index
  }
  return both.subarray(0, count)
}

/** The first position, from `from` on, whose entry is at least `value`. */
export function lowerBound(list: Int32Array, value: number, from = 0): number {
  let low = from
  let high = list.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (list[middle]! < value) low = middle + 1
    else high = middle
  }
  return low
}
