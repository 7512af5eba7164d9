import MiniSearch from 'minisearch'
import { safeText } from '../../chat/safe-text.ts'
import { closestNames, nameIndex, nearestSpellings } from '../closest-names.ts'
import { tokens, tokensWithOffsets } from '../fold.ts'
import { hasWordsWithoutSpaces } from '../segments.ts'
import type { Story } from '../story.ts'
import { isInsideWord } from '../word-edges.ts'
import { hasOverlap, type SearchPassage, searchPassagesOf } from './passages.ts'
import { lowerBound, wordIndex } from './word-index.ts'

/** A passage that was found. `excerpt` has at most 120 characters of its text, around the words that were searched. */
export type Hit = SearchPassage & { excerpt: string; verdict?: string }

/** The best hits, the number of all hits and of their stories, and whether only similarly spelled words were found. */
export type SearchResults = { hits: Hit[]; total: number; storyCount: number; similar: boolean }

/** Two lines on a phone. */
const EXCERPT_LENGTH = 120
/** Beginnings of words this short would match too much. */
const SHORT_WORD_LENGTH = 4
/** Hits that can be paged through. A reader with more is better served by another word. */
const MAX_HITS = 30
/** Hits that are ranked: the first ones, in the order of the stories. Keeps a common word fast. */
const MAX_WEIGHED = 200

/**
 * Indexes the stories, and returns a search over them. Words of up to four letters match whole words only: `ice` never
 * finds `police`. Longer words also match words that begin with them. Only if nothing is found at all, similarly
 * spelled words match too.
 */
export function createSearch(stories: Story[]): (query: string, story?: Story) => SearchResults {
  const passages: SearchPassage[] = []
  const ranges = new Map<Story, { from: number; to: number }>()
  for (const story of stories) {
    const from = passages.length
    passages.push(...searchPassagesOf(story))
    ranges.set(story, { from, to: passages.length })
  }
  const numbers = new Map(stories.map((story, number) => [story, number]))
  const storyNumbers = Int32Array.from(passages, passage => numbers.get(passage.story)!)
  const index = wordIndex(passages.map(passage => passage.text))
  const matchWord = createWordMatcher(index.words())

  return (query, story) => {
    const wanted = [...new Set(tokens(query))]
    const range = story ? ranges.get(story) : undefined
    const inRange = (ids: Int32Array) =>
      range ? ids.subarray(lowerBound(ids, range.from), lowerBound(ids, range.to)) : ids
    const findMatches = (groups: string[][]) => inRange(index.textsMatching(groups))
    let groups = wanted.map(word => matchWord(word, { similar: false }))
    let ids = findMatches(groups)
    const withoutSpaces = hasWordsWithoutSpaces(query)
    const similar =
      ids.length === 0 && (withoutSpaces || wanted.some(word => word.length > SHORT_WORD_LENGTH))
    if (similar) {
      groups = wanted.map(word => matchWord(word, { similar: true }))
      ids = withoutSpaces ? inRange(index.textsWithLetters(query)) : findMatches(groups)
    }
    const terms = new Set(groups.flat())
    const letters = similar && withoutSpaces ? query.trim() : undefined
    const hits = Array.from(ids.subarray(0, MAX_WEIGHED), id => ({ id, passage: passages[id]! }))
      .map(({ id, passage }) => ({
        passage,
        weight: weightOf(passage.quoted, index.foldedText(id), wanted),
      }))
      .sort((a, b) => b.weight - a.weight)
      .slice(0, MAX_HITS)
      .map(({ passage }) => hitOf(passage, terms, letters))
    return { hits, total: ids.length, storyCount: countStories(ids, storyNumbers), similar }
  }
}

/** Finds the indexed words that a typed word matches: those that begin with it, or those `similar` in spelling. */
function createWordMatcher(
  indexed: Iterable<string>,
): (typed: string, options: { similar: boolean }) => string[] {
  const words = [...indexed]
  const longWords = nameIndex(words.filter(word => word.length > SHORT_WORD_LENGTH))
  const index = new MiniSearch<{ id: number; word: string }>({
    fields: ['word'],
    tokenize: word => [word],
    processTerm: word => word,
  })
  index.addAll(words.map((word, id) => ({ id, word })))
  return (typed, { similar }) => {
    if (typed.length <= SHORT_WORD_LENGTH) return [typed]
    if (similar) return nearestSpellings(typed, closestNames(typed, longWords))
    return index.search(typed, { prefix: true }).map(result => words[result.id as number]!)
  }
}

/**
 * Ranks a text: exact words of people and articles count more, then the phrase as typed, whole words, and short texts.
 */
function weightOf(quoted: boolean, folded: string, wanted: string[]): number {
  const wholeWords = wanted.filter(word => folded.includes(` ${word} `)).length
  const hasPhrase = wanted.length > 1 && folded.includes(` ${wanted.join(' ')} `)
  return (quoted ? 2 : 0) + (hasPhrase ? 3 : 0) + 2 * wholeWords - folded.length / 5_000
}

/** Counts the stories that passages are from. Passages of one story have ids in a row. */
function countStories(ids: Int32Array, storyNumbers: Int32Array): number {
  let count = 0
  let last = -1
  for (const id of ids) {
    if (storyNumbers[id] !== last) count++
    last = storyNumbers[id]!
  }
  return count
}

/** What is shown of a passage: around the words that were found, or around letters inside longer words. */
function hitOf(passage: SearchPassage, terms: Set<string>, letters?: string): Hit {
  const words = tokensWithOffsets(passage.text)
  const matches = words.filter(({ token }) => terms.has(token))
  const at = letters === undefined ? densestOffset(matches) : Math.max(0, passage.text.indexOf(letters))
  const { excerpt, start, end } = excerptAround(passage.text, at)
  // Every word that is shown counts, not only the searched ones: a claim is disputed however it was found.
  const shown = passage.warnings.length === 0 ? [] : words.filter(word => hasOverlap(word, { start, end }))
  const verdicts = passage.warnings
    .filter(warning => shown.some(word => hasOverlap(word, warning)))
    .map(warning => warning.verdict)
  return {
    ...passage,
    excerpt,
    verdict: verdicts.length > 0 ? [...new Set(verdicts)].join(' ') : undefined,
  }
}

/** The offset of the first match with the most different matches close behind it. */
function densestOffset(matches: { token: string; start: number }[]): number {
  let best = { at: matches[0]?.start ?? 0, words: 0 }
  for (const [index, { start }] of matches.entries()) {
    const near = matches.slice(index).filter(word => word.start - start < EXCERPT_LENGTH / 2)
    const words = new Set(near.map(word => word.token)).size
    if (words > best.words) best = { at: start, words }
  }
  return best.at
}

/** Cuts a text to at most 120 characters around an offset, between words, with `…` where something is left out. */
function excerptAround(text: string, at: number): { excerpt: string; start: number; end: number } {
  if (text.trim().length <= EXCERPT_LENGTH)
    return { excerpt: safeText(text).trim(), start: 0, end: text.length }
  const room = EXCERPT_LENGTH - 2
  let start = Math.max(0, Math.min(at - Math.floor(room / 3), text.length - room))
  const gap = text.indexOf(' ', start)
  if (start > 0 && text[start - 1] !== ' ')
    start = gap >= 0 && gap < at ? gap + 1 : snapForward(text, start, at)
  let end = Math.min(text.length, start + room)
  if (end < text.length) {
    const last = text.lastIndexOf(' ', end)
    end = last > Math.max(start, at) ? last : snapBack(text, end)
  }
  const shown = safeText(text.slice(start, end)).trim()
  const excerpt = `${start > 0 ? '…' : ''}${shown}${end < text.length ? '…' : ''}`
  return { excerpt, start, end }
}

/** How far an edge is moved to be between words: a longer one is no word, and is cut between characters. */
const MAX_MOVED = 20

/** Moves an offset back until it is between words, as far as that is near. */
function snapBack(text: string, at: number): number {
  for (let moved = at; moved > at - MAX_MOVED; moved--) if (!isInsideWord(text, moved)) return moved
  return snapToCharacter(text, at)
}

/** Moves an offset forward until it is between words, but not past the word that was found. */
function snapForward(text: string, at: number, found: number): number {
  for (let moved = at; moved <= Math.min(found, at + MAX_MOVED); moved++)
    if (!isInsideWord(text, moved)) return moved
  return snapToCharacter(text, at)
}

/** Moves an offset back if it is between the two halves (surrogates) of one character. */
const snapToCharacter = (text: string, at: number) => (/[\udc00-\udfff]/.test(text[at] ?? '') ? at - 1 : at)
