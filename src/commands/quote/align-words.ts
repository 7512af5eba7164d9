import { fold, tokens } from '../../content/fold.ts'
import { hasWordsWithoutSpaces, splitIntoWords } from '../../content/segments.ts'

/** A word of a text with the punctuation at it, and the form in which it is compared. */
export type Word = { text: string; start: number; end: number; key: string }
/** Words in a row of ours and of theirs, as ranges of the two lists, that correspond to each other. */
export type Run = { isSame: boolean; ours: [number, number]; theirs: [number, number] }

const ELLIPSIS = /[[(](?:…|\.{3})[\])]|…+|\.{3,4}/
/** An ellipsis, or what is between spaces and ellipses. */
const CHUNK = new RegExp(`${ELLIPSIS.source}|(?:(?!${ELLIPSIS.source})\\S)+`, 'g')

/** Splits a text at spaces and around ellipses, and where a script has no spaces, between words. */
export function splitWords(text: string): Word[] {
  return [...text.matchAll(CHUNK)].flatMap(({ 0: run, index }) => {
    let start = index
    return (hasWordsWithoutSpaces(run) ? splitIntoWords(run) : [run]).map((word): Word => {
      const placed = { text: word, start, end: start + word.length, key: comparisonKey(word) }
      start += word.length
      return placed
    })
  })
}

/** The form in which words are aligned: punctuation around a word is ignored, punctuation alone is kept. */
const comparisonKey = (word: string) =>
  PLAIN_WORD.test(word) ? word.toLowerCase() : tokens(word).join(' ') || fold(word)

/** Most words, for which nothing has to be folded. */
const PLAIN_WORD = /^[a-z0-9]+$/i

/** Aligning more of our words would take long, and be no help to a reader. */
const MAX_WINDOW = 600

// What it costs to align words. Of equal ways, ours has another word there, rather than none. Leaving many of our words
// out costs little more than leaving one out: people shorten.
const OTHER_WORD = 1
const ADDED_WORD = 1.05
const ADDED_ELLIPSIS = 0.1
const FIRST_LEFT_OUT = 0.9
const NEXT_LEFT_OUT = 0.02
/** Of two places, the one with the same punctuation and capitals is meant. */
const OTHER_PUNCTUATION = 0.01

const MATCH = 0
const ADDED = 1
const LEFT_OUT = 2

/**
 * Aligns their words with the stretch of ours that is most like them, wherever it begins and ends: the fewest words that
 * are other ones, added, or left out, as words of a text are found in a longer one.
 */
export function alignClosest(ourWords: Word[], theirWords: Word[]): Run[] {
  const window = closestWindow(ourWords, theirWords)
  const steps = cheapestSteps(ourWords.slice(window.start, window.end), theirWords)
  const runs: Run[] = []
  for (const { step, our, their } of steps) {
    const at = window.start + our
    const isSame = step === MATCH && ourWords[at]!.key === theirWords[their]!.key
    const ours: [number, number] = step === ADDED ? [at, at] : [at, at + 1]
    const theirs: [number, number] = step === LEFT_OUT ? [their, their] : [their, their + 1]
    const last = runs.at(-1)
    if (last?.isSame !== isSame) runs.push({ isSame, ours, theirs })
    else {
      last.ours[1] = ours[1]
      last.theirs[1] = theirs[1]
    }
  }
  return runs.map(run => ({ ...run, isSame: run.isSame || isSameText(ourWords, theirWords, run) }))
}

/** Whether two runs have the same letters, split differently: a dictionary splits a word by what is around it. */
function isSameText(ourWords: Word[], theirWords: Word[], { ours, theirs }: Run): boolean {
  const [ourText, theirText] = [ourWords.slice(...ours), theirWords.slice(...theirs)].map(words =>
    words.map(word => word.text).join(''),
  )
  return ourText === theirText && hasWordsWithoutSpaces(theirText!)
}

type Step = { step: number; our: number; their: number }

/** The cheapest way through both lists, by Gotoh's method, that may begin and end anywhere in ours. */
function cheapestSteps(ours: Word[], theirs: Word[]): Step[] {
  const width = ours.length + 1
  // For each pair of positions and last step: what it costs to get there, and the step before that.
  const costs = new Float32Array(3 * width * (theirs.length + 1)).fill(Number.POSITIVE_INFINITY)
  const cameFrom = new Uint8Array(costs.length)
  const cell = (our: number, their: number) => 3 * (their * width + our)
  for (let our = 0; our < width; our++) costs[cell(our, 0)] = 0
  const reach = (to: number, from: number, cost: number, next = cost) => {
    for (let before = 0; before < 3; before++) {
      const total = costs[from + before]! + (before === LEFT_OUT ? next : cost)
      if (total >= costs[to]!) continue
      costs[to] = total
      cameFrom[to] = before
    }
  }
  for (const [their, { key, text }] of theirs.entries()) {
    const added = ELLIPSIS.test(text) ? ADDED_ELLIPSIS : ADDED_WORD
    for (let our = 0; our < width; our++) {
      const here = cell(our, their + 1)
      reach(here + ADDED, cell(our, their), added)
      if (our === 0) continue
      const ourWord = ours[our - 1]!
      const cost = ourWord.key !== key ? OTHER_WORD : ourWord.text === text ? 0 : OTHER_PUNCTUATION
      reach(here + MATCH, cell(our - 1, their), cost)
      reach(here + LEFT_OUT, cell(our - 1, their + 1), FIRST_LEFT_OUT, NEXT_LEFT_OUT)
    }
  }
  return stepsBack(costs, cameFrom, cell, width, theirs.length)
}

function stepsBack(
  costs: Float32Array,
  cameFrom: Uint8Array,
  cell: (our: number, their: number) => number,
  width: number,
  length: number,
): Step[] {
  let [our, their, step] = [0, length, MATCH]
  let least = Number.POSITIVE_INFINITY
  for (let end = 0; end < width; end++) {
    for (const last of [MATCH, ADDED]) {
      if (costs[cell(end, length) + last]! >= least) continue
      least = costs[cell(end, length) + last]!
      ;[our, step] = [end, last]
    }
  }
  const steps: Step[] = []
  while (their > 0) {
    const before = cameFrom[cell(our, their) + step]!
    if (step !== ADDED) our--
    if (step !== LEFT_OUT) their--
    steps.push({ step, our, their })
    step = before
  }
  return steps.toReversed()
}

/** Finds the stretch of our words that shares most with theirs, if ours are too many to be aligned in whole. */
function closestWindow(ourWords: Word[], theirWords: Word[]): { start: number; end: number } {
  if (ourWords.length <= MAX_WINDOW) return { start: 0, end: ourWords.length }
  const theirKeys = new Set(theirWords.map(word => word.key))
  const shared = ourWords.map((word): number => (theirKeys.has(word.key) ? 1 : 0))
  const length = Math.min(MAX_WINDOW, 2 * theirWords.length + 2)
  let sum = shared.slice(0, length).reduce((total, isShared) => total + isShared, 0)
  let best = { start: 0, sum }
  for (let start = 1; start + length <= ourWords.length; start++) {
    sum += shared[start + length - 1]! - shared[start - 1]!
    if (sum > best.sum) best = { start, sum }
  }
  const start = Math.max(0, Math.min(best.start - (MAX_WINDOW - length) / 2, ourWords.length - MAX_WINDOW))
  return { start: Math.floor(start), end: Math.floor(start) + MAX_WINDOW }
}
