import { diffArrays } from 'diff'
import { fold, tokens } from '../../content/fold.ts'

/** One place where two texts differ: the words of ours, those of the other, and the word before them in ours. */
export type Difference = { ours: string; theirs: string; after: string }

/** The part of our words that corresponds to the other text, in pieces, and every place where the two differ. */
export type Comparison = {
  pieces: { text: string; differs: boolean }[]
  differences: Difference[]
  /** Whether the words are the same, and only punctuation, capitals or spaces differ. */
  sameWords: boolean
  /** Whether our text has more before or after the compared part. */
  before: boolean
  after: boolean
}

/** Compares a text with the part of ours that is most like it. What ours has before and after that part is ignored. */
export function compare(ours: string, theirs: string): Comparison {
  const ourWords = splitWords(ours)
  const theirWords = splitWords(theirs)
  const window = closestWindow(ourWords, theirWords)
  const pairs = alignWords(ourWords.slice(window.start, window.end), theirWords)
  const { compared, before, after: leftOutAtEnd } = trimEnds(pairs)
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
    after: window.end - leftOutAtEnd < ourWords.length,
  }
}

/** Adds a word to the last piece if both differ or neither does, otherwise as a new piece. */
function appendPiece(pieces: Comparison['pieces'], word: string, differs: boolean) {
  const last = pieces.at(-1)
  if (last?.differs === differs) last.text += ` ${word}`
  else pieces.push({ text: word, differs })
}

type WordPair = { ours?: string; theirs?: string }

/** Pairs our words with theirs; words that differ only in punctuation or case are a pair. */
function alignWords(ourWords: string[], theirWords: string[]): WordPair[] {
  let at = 0
  let theirAt = 0
  const comparator = (a: string, b: string) => comparisonKey(a) === comparisonKey(b)
  return diffArrays(ourWords, theirWords, { comparator }).flatMap(part =>
    part.value.map((): WordPair => {
      if (part.removed) return { ours: ourWords[at++]! }
      if (part.added) return { theirs: theirWords[theirAt++]! }
      return { ours: ourWords[at++]!, theirs: theirWords[theirAt++]! }
    }),
  )
}

/**
 * Keeps the pairs from the first to the last of the typed words. Words that only ours has at either end were not typed:
 * they are counted and left out, except for as many as the other text has in their place.
 */
function trimEnds(pairs: WordPair[]): { compared: WordPair[]; before: number; after: number } {
  const isMatch = (pair: WordPair) => pair.ours !== undefined && pair.theirs !== undefined
  const first = pairs.findIndex(isMatch)
  if (first < 0) return { compared: pairs, before: 0, after: 0 }
  const last = pairs.findLastIndex(isMatch)
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

/** The form in which words are aligned: punctuation around a word is ignored, punctuation alone is kept. */
const comparisonKey = (word: string) => tokens(word).join(' ') || fold(word)

const joinWords = (words: string, word: string | undefined) => [words, word].filter(Boolean).join(' ')

const splitWords = (text: string) => text.split(/\s+/).filter(word => word !== '')

/**
 * Finds the stretch of our words that shares most with theirs; a quarter longer than theirs, since ours may have more.
 */
function closestWindow(ourWords: string[], theirWords: string[]): { start: number; end: number } {
  const length = Math.ceil(theirWords.length * 1.25) + 2
  if (ourWords.length <= length) return { start: 0, end: ourWords.length }
  const theirKeys = new Set(theirWords.map(comparisonKey))
  const shared = ourWords.map((word): number => (theirKeys.has(comparisonKey(word)) ? 1 : 0))
  let sum = shared.slice(0, length).reduce((total, isShared) => total + isShared, 0)
  let best = { start: 0, sum }
  for (let start = 1; start + length <= ourWords.length; start++) {
    sum += shared[start + length - 1]! - shared[start - 1]!
    if (sum > best.sum) best = { start, sum }
  }
  return { start: best.start, end: best.start + length }
}
