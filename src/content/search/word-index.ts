import { tokens } from '../fold.ts'
import { pairMaskOf, type WordPairs, wordPairs } from './word-pairs.ts'

/** Texts by their words. Every answer is a list of indexes into the texts, rising. */
export type WordIndex = {
  /** Every word that stands in a text. */
  words(): Iterable<string>
  /** A text as its words are compared, a space before and after each. */
  foldedText(index: number): string
  /** The texts that hold one word of each group. */
  textsMatching(groups: string[][]): Int32Array
  /** The texts that hold some words in a row, one after the other as they are found. */
  textsWithPhrase(words: string): Iterable<number>
  /** The texts that share the most telling words with another, the best first. */
  closestTexts(text: string, most: number): number[]
}

const NONE = new Int32Array()
const MAX_UNIONS = 50
/** How many entries of rare words are looked at to find what is close: enough to tell, and never slow. */
const CLOSEST_ENTRIES = 2_000

/** Indexes texts by their words. */
export function wordIndex(texts: Iterable<string>): WordIndex {
  const building = new Map<string, number[]>()
  const joined: string[] = []
  for (const text of texts) {
    const words = tokens(text)
    const index = joined.push(` ${words.join(' ')} `) - 1
    for (const word of words) {
      const list = building.get(word)
      if (!list) building.set(word, [index])
      else if (list[list.length - 1] !== index) list.push(index)
    }
  }
  const lists = new Map<string, Int32Array>()
  for (const [word, list] of building) lists.set(word, Int32Array.from(list))

  // Only for who asks for words in a row.
  let neighbours: WordPairs | undefined

  // The common beginnings of words are asked for again and again. What is kept belongs to these texts alone.
  const unions = new Map<Int32Array, { of: Int32Array[]; all: Int32Array }>()
  const unionOf = (each: Int32Array[]): Int32Array => {
    const [first] = each
    if (!first || each.length === 1) return first ?? NONE
    const kept = unions.get(first)
    if (kept?.of.length === each.length && kept.of.every((list, index) => list === each[index]))
      return kept.all
    if (unions.size >= MAX_UNIONS) unions.clear()
    const all = union(each)
    unions.set(first, { of: each, all })
    return all
  }

  const textsMatching = (groups: string[][]): Int32Array => {
    const each = groups.map(group => unionOf(group.flatMap(word => lists.get(word) ?? [])))
    each.sort(shortestFirst)
    return each.slice(1).reduce(intersection, each[0] ?? NONE)
  }
  return {
    words: () => lists.keys(),
    foldedText: index => joined[index]!,
    textsMatching,
    *textsWithPhrase(words) {
      const wanted = tokens(words)
      const phrase = ` ${wanted.join(' ')} `
      // The rarest word and the pairs leave so few texts that narrowing them down by the others costs more.
      const [found = NONE] = wanted.map(word => lists.get(word) ?? NONE).sort(shortestFirst)
      if (wanted.length === 1) return yield* found
      neighbours ??= wordPairs(joined)
      const sides = pairMaskOf(phrase)
      for (const index of found) {
        if (neighbours.mayHold(index, sides) && joined[index]!.includes(phrase)) yield index
      }
    },
    closestTexts(text, most) {
      const rare = [...new Set(tokens(text))].flatMap(word => lists.get(word) ?? []).sort(shortestFirst)
      const scores = new Map<number, number>()
      let looked = 0
      for (const list of rare) {
        looked += list.length
        if (looked > CLOSEST_ENTRIES && scores.size > 0) break
        for (const index of list.subarray(0, CLOSEST_ENTRIES))
          scores.set(index, (scores.get(index) ?? 0) + 1 / Math.sqrt(list.length))
      }
      return [...scores]
        .sort((a, b) => b[1] - a[1] || a[0] - b[0])
        .slice(0, most)
        .map(([index]) => index)
    },
  }
}

const shortestFirst = (a: Int32Array, b: Int32Array) => a.length - b.length

/** All of some rising lists: each index is marked with a bit, so that nothing has to be sorted. */
function union(lists: Int32Array[]): Int32Array {
  const highest = Math.max(...lists.map(list => list.at(-1)!))
  const bits = new Uint32Array((highest >> 5) + 1)
  let count = 0
  for (const list of lists) {
    for (const index of list) bits[index >> 5]! |= 1 << (index & 31)
    count += list.length
  }
  const all = new Int32Array(count)
  count = 0
  for (let word = 0; word < bits.length; word++) {
    // The lowest bit that is set, until none is left.
    for (let rest = bits[word]!; rest !== 0; rest &= rest - 1)
      all[count++] = (word << 5) + (31 - Math.clz32(rest & -rest))
  }
  return all.subarray(0, count)
}

/** What two rising lists share; where one is much shorter, it is looked up in the other. */
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

/** The first place from `from` on whose entry is not below `value`. */
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
