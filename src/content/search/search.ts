import MiniSearch from 'minisearch'
import { safeText } from '../../chat/safe-text.ts'
import { closestNames, nameIndex, nearestSpellings } from '../closest-names.ts'
import { tokens, tokensWithOffsets } from '../fold.ts'
import type { Story } from '../story.ts'
import { hasOverlap, type SearchPassage, searchPassagesOf } from './passages.ts'
import { lowerBound, wordIndex } from './word-index.ts'

/** A found piece: the excerpt holds at most 120 characters of its text, around the words that were found. */
export type Hit = SearchPassage & { excerpt: string; verdict?: string }

/** What was found: the best hits, how many there are in all, and whether only similar words were found. */
export type SearchResults = { hits: Hit[]; total: number; storyCount: number; similar: boolean }

const EXCERPT_LENGTH = 120
const SHORT_WORD_LENGTH = 4
/** So many hits can be paged through; who has more is better served by another word. */
const MAX_HITS = 30
/** Of more hits than this, those of the first stories are weighed. */
const MAX_WEIGHED = 200

/**
 * An index of all that may be found in the stories. Words of up to four letters match whole words only: `ice` never
 * finds `police`. Longer ones also match words that begin with them; only when nothing at all has such words, those
 * that are spelled nearly the same.
 */
export function createSearch(stories: Story[]): (query: string, story?: Story) => SearchResults {
  const pieces: SearchPassage[] = []
  const ranges = new Map<Story, { from: number; to: number }>()
  for (const story of stories) {
    const from = pieces.length
    pieces.push(...searchPassagesOf(story))
    ranges.set(story, { from, to: pieces.length })
  }
  const numbers = new Map(stories.map((story, number) => [story, number]))
  const owners = Int32Array.from(pieces, piece => numbers.get(piece.story)!)
  const index = wordIndex(pieces.map(piece => piece.text))
  const spelled = createWordMatcher(index.words())

  return (query, story) => {
    const wanted = [...new Set(tokens(query))]
    const range = story ? ranges.get(story) : undefined
    const held = (groups: string[][]) => {
      const all = index.textsMatching(groups)
      return range ? all.subarray(lowerBound(all, range.from), lowerBound(all, range.to)) : all
    }
    let groups = wanted.map(word => spelled(word, false))
    let found = held(groups)
    const similar = found.length === 0 && wanted.some(word => word.length > SHORT_WORD_LENGTH)
    if (similar) {
      groups = wanted.map(word => spelled(word, true))
      found = held(groups)
    }
    const terms = new Set(groups.flat())
    const hits = Array.from(found.subarray(0, MAX_WEIGHED), id => pieces[id]!)
      .map((piece, at) => ({ piece, weight: weightOf(piece.quoted, index.foldedText(found[at]!), wanted) }))
      .sort((a, b) => b.weight - a.weight)
      .slice(0, MAX_HITS)
      .map(({ piece }) => hitOf(piece, terms))
    return { hits, total: found.length, storyCount: countStories(found, owners), similar }
  }
}

/** Finds the words of the index that a typed word stands for: those that begin with it, or the nearest in spelling. */
function createWordMatcher(words: Iterable<string>): (typed: string, nearly: boolean) => string[] {
  const all = [...words]
  const long = nameIndex(all.filter(word => word.length > SHORT_WORD_LENGTH))
  const index = new MiniSearch<{ id: number; word: string }>({
    fields: ['word'],
    tokenize: word => [word],
    processTerm: word => word,
  })
  index.addAll(all.map((word, id) => ({ id, word })))
  return (typed, nearly) => {
    if (typed.length <= SHORT_WORD_LENGTH) return [typed]
    if (nearly) return nearestSpellings(typed, closestNames(typed, long))
    return index.search(typed, { prefix: true }).map(result => all[result.id as number]!)
  }
}

/** Somebody's exact words and what an article said come first, then the words in a row, whole words, short texts. */
function weightOf(marks: boolean, folded: string, wanted: string[]): number {
  const whole = wanted.filter(word => folded.includes(` ${word} `)).length
  const inARow = wanted.length > 1 && folded.includes(` ${wanted.join(' ')} `)
  return (marks ? 2 : 0) + (inARow ? 3 : 0) + 2 * whole - folded.length / 5_000
}

/** How many stories some pieces are from; the pieces of a story stand together. */
function countStories(found: Int32Array, owners: Int32Array): number {
  let count = 0
  let last = -1
  for (const id of found) {
    if (owners[id] !== last) count++
    last = owners[id]!
  }
  return count
}

function hitOf(piece: SearchPassage, terms: Set<string>): Hit {
  const placed = tokensWithOffsets(piece.text)
  const found = placed.filter(({ token }) => terms.has(token))
  const { excerpt, start, end } = excerptAround(piece.text, densestOffset(found))
  // Every word that is shown counts, not only those that were looked for: a claim is disputed whoever finds it.
  const shown = piece.warnings.length === 0 ? [] : placed.filter(word => hasOverlap(word, { start, end }))
  const verdicts = piece.warnings
    .filter(claim => shown.some(word => hasOverlap(word, claim)))
    .map(claim => claim.verdict)
  return { ...piece, excerpt, ...(verdicts.length > 0 && { verdict: [...new Set(verdicts)].join(' ') }) }
}

/** Where to look: the first place around which the most different words were found. */
function densestOffset(found: { token: string; start: number }[]): number {
  let best = { at: found[0]?.start ?? 0, words: 0 }
  for (const [index, { start }] of found.entries()) {
    const near = found.slice(index).filter(word => word.start - start < EXCERPT_LENGTH / 2)
    const words = new Set(near.map(word => word.token)).size
    if (words > best.words) best = { at: start, words }
  }
  return best.at
}

/** At most 120 characters around an offset, parted between words, with `…` where something is left out. */
function excerptAround(text: string, at: number): { excerpt: string; start: number; end: number } {
  if (text.trim().length <= EXCERPT_LENGTH)
    return { excerpt: safeText(text).trim(), start: 0, end: text.length }
  const room = EXCERPT_LENGTH - 2
  let start = Math.max(0, Math.min(at - Math.floor(room / 3), text.length - room))
  const gap = text.indexOf(' ', start)
  if (start > 0 && text[start - 1] !== ' ')
    start = gap >= 0 && gap < at ? gap + 1 : snapToCharacter(text, start)
  let end = Math.min(text.length, start + room)
  if (end < text.length) {
    const last = text.lastIndexOf(' ', end)
    end = last > Math.max(start, at) ? last : snapToCharacter(text, end)
  }
  const shown = safeText(text.slice(start, end)).trim()
  const excerpt = `${start > 0 ? '…' : ''}${shown}${end < text.length ? '…' : ''}`
  return { excerpt, start, end }
}

/** Not between the two halves of one sign. */
const snapToCharacter = (text: string, at: number) => (/[\udc00-\udfff]/.test(text[at] ?? '') ? at - 1 : at)
