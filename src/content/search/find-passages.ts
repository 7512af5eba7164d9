import { tokens } from '../fold.ts'
import { hasWordsWithoutSpaces } from '../segments.ts'
import { type IndexView, type Scope, storiesWithAll, storiesWithWords } from './index-view.ts'
import { type Numbers, wordsOf } from './story-index.ts'
import { blockOf, foldedOf, isOfKind, postingsOf, sequenceAt, unspacedPassages } from './text-index.ts'

/** Passages of one story that were found: how many, and which, in ascending order, when somebody asks. */
export type BlockMatches = { block: number; count: number; passages(): number[] }

/** How many passages of rare words are looked at to find close ones: enough to rank them, and never slow. */
const CLOSEST_PASSAGES = 2_000

/**
 * The passages that contain at least one word of each group, by story, in the order of the stories; of `most` stories, if
 * more would be no use.
 */
export function passagesMatching(
  view: IndexView,
  groups: string[][],
  scope: Scope,
  most = Number.POSITIVE_INFINITY,
): BlockMatches[] {
  const { index } = view
  const wanted = groups.map(group => group.flatMap(word => index.entries.get(word) ?? []))
  const found: BlockMatches[] = []
  for (const { block, words } of storiesWithAll(view, wanted, scope)) {
    if (found.length >= most) break
    const { kinds } = index.blocks[block]!
    const isWanted = (passage: number) => (kinds[passage]! & scope.kind) !== 0
    const [only] = words[0]!
    if (words.length === 1 && words[0]!.length === 1) {
      // A common word has thousands of passages, of which mostly only the number is shown.
      const postings = postingsOf(index, only!)
      const count = countOf(postings, isWanted)
      if (count > 0) found.push({ block, count, passages: () => Array.from(postings).filter(isWanted) })
      continue
    }
    const lists = words.map(numbers => unionOf(numbers.map(number => postingsOf(index, number))))
    const rarest = lists.reduce((a, b) => (b.length < a.length ? b : a))
    let passages: number[] = []
    // Most are of another kind.
    for (let at = 0; at < rarest.length; at++) if (isWanted(rarest[at]!)) passages.push(rarest[at]!)
    for (const list of lists)
      if (passages.length > 0 && list !== rarest) passages = intersectionOf(passages, list)
    if (passages.length > 0) found.push({ block, count: passages.length, passages: () => passages })
  }
  return found
}

function countOf(numbers: AnyNumbers, isWanted: (number: number) => boolean): number {
  let count = 0
  for (let at = 0; at < numbers.length; at++) if (isWanted(numbers[at]!)) count++
  return count
}

/** The passages that contain these words next to each other in this order, yielded as they are found. */
export function* passagesWithPhrase(
  view: IndexView,
  phrase: string,
  scope: Scope,
): Iterable<[number, number]> {
  const wanted = tokens(phrase)
  if (wanted.length === 0) return
  if (hasWordsWithoutSpaces(phrase)) return yield* passagesHolding(view, wanted, ' ', scope)
  const { index } = view
  const entries = wanted.flatMap(word => index.entries.get(word) ?? [])
  if (entries.length < wanted.length) return
  // Of all stories: to look up how rare each word is in each one takes longer than a few passages more.
  const rarest = entries.indexOf(entries.reduce((a, b) => (b.passages < a.passages ? b : a)))
  for (const { block, row } of storiesWithWords(view, entries, scope)) {
    const { starts, postings, kinds, sequence, ends } = index.blocks[block]!
    const last = starts[row[rarest]! + 1]!
    for (let at = starts[row[rarest]!]!; at < last; at++) {
      const passage = postings[at]!
      if ((kinds[passage]! & scope.kind) === 0) continue
      if (findRow(sequence, row, passage === 0 ? 0 : ends[passage - 1]!, ends[passage]!) >= 0)
        yield [block, passage]
    }
  }
}

/** Where some words stand in a row among those of a passage, all as their numbers; -1 if they do not. */
export const rowAt = (passage: Numbers, row: number[]): number => findRow(passage, row, 0, passage.length)

function findRow(words: Numbers, row: number[], start: number, end: number): number {
  const [first] = row
  for (let at = start; at <= end - row.length; at++) {
    if (words[at] !== first) continue
    let next = 1
    while (next < row.length && words[at + next] === row[next]) next++
    if (next === row.length) return at - start
  }
  return -1
}

/**
 * The passages that contain these letters in a row, also inside words, where the letters are of a script without spaces:
 * what is one word there depends on the words around it. None for other scripts.
 */
export function passagesWithLetters(view: IndexView, letters: string, scope: Scope): BlockMatches[] {
  if (!hasWordsWithoutSpaces(letters)) return []
  const found = [...passagesHolding(view, tokens(letters), '', scope)]
  return [...Map.groupBy(found, ([block]) => block)].map(([block, entries]) => ({
    block,
    count: entries.length,
    passages: () => entries.map(([, passage]) => passage),
  }))
}

/** At most `max` passages that share the rarest words with a text, the best first. */
export function closestPassages(
  view: IndexView,
  text: string,
  max: number,
  kind: number,
): [number, number][] {
  const { index, ranks } = view
  const rarestFirst = [...new Set(tokens(text))]
    .flatMap(word => index.entries.get(word) ?? [])
    .sort((a, b) => a.passages - b.passages)
  const scores = new Map<number, number>()
  let looked = 0
  for (const { stories, passages } of rarestFirst) {
    looked += passages
    if (looked > CLOSEST_PASSAGES && scores.size > 0) break
    const weight = 1 / Math.sqrt(passages)
    let left = CLOSEST_PASSAGES
    for (const story of stories) {
      const block = blockOf(story)
      if (!(ranks[block]! >= 0)) continue
      const { kinds } = index.blocks[block]!
      const first = ranks[block]! * MAX_PASSAGES
      const postings = postingsOf(index, story)
      for (let at = 0; at < postings.length; at++) {
        const passage = postings[at]!
        if ((kinds[passage]! & kind) === 0) continue
        const key = first + passage
        scores.set(key, (scores.get(key) ?? 0) + weight)
        left--
      }
      if (left <= 0) break
    }
  }
  return bestOf(scores, max).map(key => [view.blocks[Math.floor(key / MAX_PASSAGES)]!, key % MAX_PASSAGES])
}

/** The `max` keys with the highest scores, of equal ones the lower keys. Of thousands a few are wanted, so they are not sorted. */
function bestOf(scores: Map<number, number>, max: number): number[] {
  const best: [key: number, score: number][] = []
  for (const [key, score] of scores) {
    const last = best[max - 1]
    if (last && (score < last[1] || (score === last[1] && key > last[0]))) continue
    const isBefore = ([otherKey, other]: [number, number]) =>
      other > score || (other === score && otherKey < key)
    let at = best.length
    while (at > 0 && !isBefore(best[at - 1]!)) at--
    best.splice(at, 0, [key, score])
    if (best.length > max) best.pop()
  }
  return best.map(([key]) => key)
}

/** More than a story of 10 MB has lines. */
const MAX_PASSAGES = 2 ** 24

type AnyNumbers = Numbers | number[]

function unionOf(lists: AnyNumbers[]): AnyNumbers {
  if (lists.length === 1) return lists[0]!
  return [...new Set(lists.flatMap(list => [...list]))].sort((a, b) => a - b)
}

/** The numbers that are in both ascending lists. */
function intersectionOf(few: number[], many: AnyNumbers): number[] {
  const both: number[] = []
  let at = 0
  for (const number of few) {
    while (at < many.length && many[at]! < number) at++
    if (many[at] === number) both.push(number)
  }
  return both
}

function* passagesHolding(
  view: IndexView,
  words: string[],
  edge: string,
  { kind, story }: Scope,
): Iterable<[number, number]> {
  if (words.length === 0) return
  const pattern = new RegExp(edge + joinLetters(words) + edge, 'u')
  for (const [rank, block] of view.blocks.entries()) {
    if (story && view.stories[rank] !== story) continue
    const own = unspacedPassages(view.index, block).filter(passage =>
      isOfKind(view.index, block, passage, kind),
    )
    if (own.length === 0) continue
    const blockWords = wordsOf(view.index.blocks[block]!)
    for (const passage of own)
      if (pattern.test(foldedOf(sequenceAt(view.index, block, passage), blockWords))) yield [block, passage]
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
