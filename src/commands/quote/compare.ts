import { isInsideWord } from '../../content/word-edges.ts'
import { alignClosest, type Run, splitWords, type Word } from './align-words.ts'

/**
 * One place where two texts differ: the words of ours and of the other, their ranges in the two texts, and the word
 * before them in ours.
 */
export type Difference = {
  ours: string
  theirs: string
  after: string
  start: number
  end: number
  theirStart: number
  theirEnd: number
}

/** A piece of our words, with the space before it if there is one, and its range in our text. */
export type Piece = { text: string; differs: boolean; gap: string; start: number; end: number }

/** The part of our words that corresponds to the other text, in pieces, and every place where the two differ. */
export type Comparison = {
  /** Our text. */
  text: string
  pieces: Piece[]
  differences: Difference[]
  /** The range of our text that was compared. */
  start: number
  end: number
  /** Whether our text has more before or after the compared part. */
  before: boolean
  after: boolean
  /** The share of the other's words that ours has in the same order. */
  share: number
}

/** Compares a text with the part of ours that is most like it. What ours has before and after that part is ignored. */
export function compare(ours: string, theirs: string): Comparison {
  const ourWords = splitWords(ours)
  const theirWords = splitWords(theirs)
  const runs = withWholeEnds(ours, ourWords, alignClosest(ourWords, theirWords))
  const first = runs[0]?.ours[0] ?? 0
  const last = runs.at(-1)?.ours[1] ?? 0
  const start = ourWords[first]?.start ?? 0
  const end = ourWords[last - 1]?.end ?? 0
  const described = describe(ours, theirs, ourWords, theirWords, runs, true)
  const countWords = (words: Word[]) => words.filter(({ text }) => /[\p{L}\p{N}]/u.test(text)).length
  const shared = runs.flatMap(({ isSame, theirs }) => (isSame ? theirWords.slice(...theirs) : []))
  return {
    text: ours,
    // Marks that are left out at the ends go without saying, unless nothing else differs.
    ...(described.differences.length > 0
      ? described
      : describe(ours, theirs, ourWords, theirWords, runs, false)),
    start,
    end,
    before: first > 0,
    after: last < ourWords.length,
    share: countWords(shared) / Math.max(1, countWords(theirWords)),
  }
}

/** Takes in the words of ours that an end of the compared part cuts off, such as the sign of “$ 20”. */
function withWholeEnds(ours: string, ourWords: Word[], runs: Run[]): Run[] {
  const first = runs[0]
  const last = runs.at(-1)
  if (!first || !last) return runs
  let [from, to] = [first.ours[0], last.ours[1]]
  while (from > 0 && ourWords[from] && isInsideWord(ours, ourWords[from]!.start)) from--
  while (to > 0 && to < ourWords.length && isInsideWord(ours, ourWords[to - 1]!.end)) to++
  const cutBefore: Run = {
    isSame: false,
    ours: [from, first.ours[0]],
    theirs: [first.theirs[0], first.theirs[0]],
  }
  const cutAfter: Run = { isSame: false, ours: [last.ours[1], to], theirs: [last.theirs[1], last.theirs[1]] }
  return [cutBefore, ...runs, cutAfter].filter(
    ({ ours: [start, end], theirs: [theirStart, theirEnd] }) => end > start || theirEnd > theirStart,
  )
}

/** Lists the differences, and our words in pieces that differ and pieces that do not. */
function describe(
  ours: string,
  theirs: string,
  ourWords: Word[],
  theirWords: Word[],
  runs: Run[],
  ignoresEnds: boolean,
): { pieces: Piece[]; differences: Difference[] } {
  const pieces: Piece[] = []
  const differences: Difference[] = []
  let open: Run | undefined
  let after = ''
  const close = () => {
    if (!open) return
    const [start, end] = rangeOf(ourWords, open.ours)
    const [theirStart, theirEnd] = rangeOf(theirWords, open.theirs)
    differences.push({
      ...{ ours: ours.slice(start, end), theirs: theirs.slice(theirStart, theirEnd), after },
      ...{ start, end, theirStart, theirEnd },
    })
    open = undefined
  }
  for (const run of runs.flatMap(run => splitRun(run, ourWords, theirWords, ignoresEnds))) {
    const [from, to] = run.ours
    if (from < to) {
      const [start, end] = rangeOf(ourWords, run.ours)
      const gap = from > 0 && ourWords[from - 1]!.end < start ? ' ' : ''
      appendPiece(pieces, { text: ours.slice(start, end), differs: !run.isSame, gap, start, end })
    }
    if (run.isSame) {
      close()
      after = ourWords[to - 1]!.text
    } else if (open) {
      open = { ...open, ours: [open.ours[0], to], theirs: [open.theirs[0], run.theirs[1]] }
    } else open = run
  }
  close()
  return { pieces, differences }
}

/** The range of some words in their text; an empty one where they would begin. */
function rangeOf(words: Word[], [from, to]: [number, number]): [number, number] {
  const start = words[from]?.start ?? words.at(-1)?.end ?? 0
  return [start, from < to ? words[to - 1]!.end : start]
}

/** Splits a run of the same words into single ones; those with other punctuation or capitals differ after all. */
function splitRun(run: Run, ourWords: Word[], theirWords: Word[], ignoresEnds: boolean): Run[] {
  const { isSame, ours, theirs } = run
  if (!isSame || ours[1] - ours[0] !== theirs[1] - theirs[0]) return [run]
  return Array.from({ length: ours[1] - ours[0] }, (_, index): Run => {
    const [at, theirAt] = [ours[0] + index, theirs[0] + index]
    const [ourWord, theirWord] = [ourWords[at]!.text, theirWords[theirAt]!.text]
    const same =
      ourWord === theirWord || (ignoresEnds && isSameAtEnds(ourWord, theirWord, theirAt, theirWords.length))
    return { isSame: same, ours: [at, at + 1], theirs: [theirAt, theirAt + 1] }
  })
}

const MARKS_BEFORE = /^[(["“„‟«»‘‚「『]+/u
const MARKS_BEHIND = /(?<![.,。、，)\]"“”’»«」』])[.,。、，)\]"“”’»«」』]+$/u

/** Whether their first or last word is ours but for marks around it, which people leave out where they begin and end. */
function isSameAtEnds(ourWord: string, theirWord: string, index: number, count: number): boolean {
  const fromStart = index === 0 ? ourWord.replace(MARKS_BEFORE, '') : ourWord
  return [ourWord, fromStart].some(
    word => word === theirWord || (index === count - 1 && word.replace(MARKS_BEHIND, '') === theirWord),
  )
}

/** Adds words to the last piece if both differ or neither does, otherwise as a new piece. */
function appendPiece(pieces: Piece[], piece: Piece) {
  const last = pieces.at(-1)
  if (last?.differs !== piece.differs) pieces.push(pieces.length > 0 ? piece : { ...piece, gap: '' })
  else {
    last.text += piece.gap + piece.text
    last.end = piece.end
  }
}
