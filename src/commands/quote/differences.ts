import type { Inline } from '../../chat/reply.ts'
import { safeText } from '../../chat/safe-text.ts'
import { phrases } from '../../phrases/phrases.ts'
import type { Comparison, Difference, Piece } from './compare.ts'

/** How many characters of a passage fit into a line of an answer on a phone. */
const MAX_SHOWN = 80

/**
 * Makes one difference of the last ones, so that at most `count` are left and none goes unnamed. The last one has all
 * words from its first to its last difference.
 */
export function mergeDifferencesFrom(comparison: Comparison, theirs: string, count: number): Comparison {
  const { pieces, differences } = comparison
  if (differences.length <= count) return comparison
  const kept = differences.slice(0, count - 1)
  const [first, last] = [differences[count - 1]!, differences.at(-1)!]
  const merged: Difference = {
    ...first,
    ours: comparison.text.slice(first.start, last.end),
    theirs: theirs.slice(first.theirStart, last.theirEnd),
    end: last.end,
    theirEnd: last.theirEnd,
  }
  const before = pieces.filter(piece => piece.end <= first.start)
  const after = pieces.filter(piece => piece.start >= last.end)
  const gap = before.length > 0 && /\s$/.test(comparison.text.slice(0, first.start)) ? ' ' : ''
  const piece: Piece = { text: merged.ours, differs: true, gap, start: first.start, end: last.end }
  return {
    ...comparison,
    pieces: [...before, ...(merged.ours === '' ? [] : [piece]), ...after],
    differences: [...kept, merged],
  }
}

/**
 * Our words with the differences in bold, and `…` where our copy goes on. In brief, the middle of a long piece is left
 * out.
 */
export function markDifferences({ pieces, before, after }: Comparison, brief: boolean): Inline[] {
  const runs = pieces.flatMap(({ text, differs, gap }): Inline[] => {
    const words = brief ? shortenMiddle(safeText(text)) : safeText(text)
    return [...(gap === '' ? [] : [gap]), differs ? { bold: words } : words]
  })
  return [before ? '“… ' : '“', ...runs, after ? ' …”' : '”']
}

/** Tells each difference in a sentence. Only the caller is shown what was typed, others our side alone. */
export const differenceItems = (differences: Difference[], showsTheirs: boolean): Inline[][] =>
  differences.map(difference => [differenceText(difference, showsTheirs)])

function differenceText({ ours, theirs, after }: Difference, showsTheirs: boolean): string {
  const words = phrases.quoteCheck.difference
  const place = after === '' ? undefined : shortPassage(after)
  if (ours === '') return showsTheirs ? words.added(place, shortPassage(theirs)) : words.addedUnseen(place)
  if (!showsTheirs) return words.ours(place, shortPassage(ours))
  return theirs === ''
    ? words.leftOut(place, shortPassage(ours))
    : words.changed(place, shortPassage(ours), shortPassage(theirs))
}

/** Shortens a long passage to its beginning and end, with the number of its words. */
export function shortPassage(passage: string): { shown: string; of?: number } {
  const words = safeText(passage)
  const shown = shortenMiddle(words)
  return shown === words ? { shown } : { shown, of: words.split(' ').length }
}

/** Shortens a long passage to its beginning and end: `first words … last words`. */
export function shortenMiddle(words: string): string {
  // By code points, so that no emoji is cut in half.
  const characters = [...words]
  if (characters.length <= MAX_SHOWN) return words
  const ends = [characters.slice(0, MAX_SHOWN / 2), characters.slice(-MAX_SHOWN / 2)]
  return ends.map(end => end.join('').trim()).join(' … ')
}
