import { diffArrays } from 'diff'
import { fold, tokens } from '../../content/fold.ts'

/** One place where two texts differ: what ours has there, what the other has, and the word before it in ours. */
export type Difference = { ours: string; theirs: string; after: string }

/** Our words as far as they answer the other's, in pieces, and every place where the two differ. */
export type Comparison = {
  pieces: { text: string; differs: boolean }[]
  differences: Difference[]
  /** Whether the words are the same, and only signs, capitals or spaces differ. */
  sameWords: boolean
  /** Whether something of ours stands before or after what is compared. */
  before: boolean
  after: boolean
}

/** Compares words with the part of ours that is most like them: what ours has before and after it does not count. */
export function compare(ours: string, theirs: string): Comparison {
  const own = splitWords(ours)
  const other = splitWords(theirs)
  const window = closestWindow(own, other)
  const pairs = alignWords(own.slice(window.start, window.end), other)
  const { compared, before, after: left } = trimEnds(pairs)
  const pieces: Comparison['pieces'] = []
  const differences: Difference[] = []
  let open: Difference | undefined
  let after = ''
  for (const pair of compared) {
    const differs = pair.ours !== pair.theirs
    if (pair.ours !== undefined) appendPiece(pieces, pair.ours, differs)
    if (!differs) {
      after = pair.ours ?? ''
      open = undefined
      continue
    }
    if (!open) {
      open = { ours: '', theirs: '', after }
      differences.push(open)
    }
    open.ours = joinWords(open.ours, pair.ours)
    open.theirs = joinWords(open.theirs, pair.theirs)
  }
  const words = pieces.map(piece => piece.text).join(' ')
  return {
    pieces,
    differences,
    sameWords: tokens(words).join(' ') === tokens(theirs).join(' '),
    before: window.start + before > 0,
    after: window.end - left < own.length,
  }
}

/** Neighbouring words that all differ, or all do not, are one piece. */
function appendPiece(pieces: Comparison['pieces'], word: string, differs: boolean) {
  const last = pieces.at(-1)
  if (last?.differs === differs) last.text += ` ${word}`
  else pieces.push({ text: word, differs })
}

type WordPair = { ours?: string; theirs?: string }

/** Our words and the other's side by side: those that differ in signs or case alone stand together. */
function alignWords(own: string[], other: string[]): WordPair[] {
  let at = 0
  let otherAt = 0
  return diffArrays(own, other, { comparator: (a, b) => comparisonKey(a) === comparisonKey(b) }).flatMap(
    part =>
      part.value.map((): WordPair => {
        if (part.removed) return { ours: own[at++]! }
        if (part.added) return { theirs: other[otherAt++]! }
        return { ours: own[at++]!, theirs: other[otherAt++]! }
      }),
  )
}

/**
 * The pairs from where the other's words begin to where they end. What only ours has at either end was not part of what
 * was typed: it is counted and left out, but for as many words as the other has there in their place.
 */
function trimEnds(pairs: WordPair[]): { compared: WordPair[]; before: number; after: number } {
  const same = (pair: WordPair) => pair.ours !== undefined && pair.theirs !== undefined
  const first = pairs.findIndex(same)
  if (first < 0) return { compared: pairs, before: 0, after: 0 }
  const last = pairs.findLastIndex(same)
  const [head, tail] = [pairs.slice(0, first), pairs.slice(last + 1)].map(end => ({
    ours: end.filter(pair => pair.ours !== undefined),
    theirs: end.filter(pair => pair.theirs !== undefined),
  })) as [EndPairs, EndPairs]
  const before = Math.max(0, head.ours.length - head.theirs.length)
  const kept = tail.ours.slice(0, tail.theirs.length)
  const compared = [
    ...head.ours.slice(before),
    ...head.theirs,
    ...pairs.slice(first, last + 1),
    ...kept,
    ...tail.theirs,
  ]
  return { compared, before, after: tail.ours.length - kept.length }
}

type EndPairs = { ours: WordPair[]; theirs: WordPair[] }

/** A word as it is aligned: signs around it do not count, a sign alone stands for itself. */
const comparisonKey = (word: string) => tokens(word).join(' ') || fold(word)

const joinWords = (words: string, word: string | undefined) => [words, word].filter(Boolean).join(' ')

const splitWords = (text: string) => text.split(/\s+/).filter(word => word !== '')

/** The stretch of our words that shares the most with the other's; a quarter longer, since ours may have more. */
function closestWindow(own: string[], other: string[]): { start: number; end: number } {
  const length = Math.ceil(other.length * 1.25) + 2
  if (own.length <= length) return { start: 0, end: own.length }
  const wanted = new Set(other.map(comparisonKey))
  const shared = own.map(word => (wanted.has(comparisonKey(word)) ? 1 : 0))
  let sum = shared.slice(0, length).reduce<number>((all, one) => all + one, 0)
  let best = { start: 0, sum }
  for (let start = 1; start + length <= own.length; start++) {
    sum += shared[start + length - 1]! - shared[start - 1]!
    if (sum > best.sum) best = { start, sum }
  }
  return { start: best.start, end: best.start + length }
}
