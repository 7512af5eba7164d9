import { safeText } from '../../chat/safe-text.ts'
import { tokens, tokensWithOffsets } from '../fold.ts'
import { hasWordsWithoutSpaces } from '../segments.ts'
import type { Story } from '../story.ts'
import { isInsideWord } from '../word-edges.ts'
import { type BlockMatches, passagesMatching, passagesWithLetters, rowAt } from './find-passages.ts'
import type { IndexView } from './index-view.ts'
import { hasOverlap, type SearchPassage } from './passages.ts'
import { KIND, type Numbers } from './story-index.ts'
import {
  blockOf,
  isOfKind,
  numberIn,
  passageText,
  placeAt,
  sequenceAt,
  type TextIndex,
} from './text-index.ts'
import { SHORT_WORD_LENGTH } from './vocabulary.ts'
import { wordForms } from './word-forms.ts'

/** A passage that was found. `excerpt` has at most 120 characters of its text, around the words that were searched. */
export type Hit = SearchPassage & { excerpt: string; verdict?: string }

/** The best hits, the number of all hits and of their stories, and whether only similarly spelled words were found. */
export type SearchResults = { hits: Hit[]; total: number; storyCount: number; similar: boolean }

/** Two lines on a phone. */
const EXCERPT_LENGTH = 120
/** Hits that can be paged through. A reader with more is better served by another word. */
const MAX_HITS = 30
/** Hits that are ranked: the first ones, in the order of the stories. Keeps a common word fast. */
const MAX_WEIGHED = 200

/**
 * Searches the stories of a view. Words of up to four letters match whole words only: `ice` never finds `police`. Longer
 * words also match words that begin with them. Only if nothing is found at all, similarly spelled words match too.
 */
export function searchIn(view: IndexView, query: string, story?: Story): SearchResults {
  const { index, ranks, stories } = view
  const wanted = [...new Set(tokens(query))]
  const scope = { kind: KIND.found, story }
  const counts = (word: string) =>
    index.entries.get(word)?.stories.some(entry => (ranks[blockOf(entry)] ?? -1) >= 0) ?? false
  let groups = wanted.map(word =>
    word.length > SHORT_WORD_LENGTH ? index.vocabulary.beginningWith(word) : [word],
  )
  let found = passagesMatching(view, groups, scope)
  const withoutSpaces = hasWordsWithoutSpaces(query)
  const similar =
    found.length === 0 &&
    (withoutSpaces || wanted.some(word => word.length > SHORT_WORD_LENGTH || wordForms(word).some(counts)))
  if (similar) {
    groups = wanted.map(word => similarWords(index, word, counts))
    found = withoutSpaces ? passagesWithLetters(view, query, scope) : passagesMatching(view, groups, scope)
  }
  const terms = new Set(groups.flat())
  const letters = similar && withoutSpaces ? query.trim() : undefined
  const hits = firstPassages(found)
    .map(([block, passage]) => ({
      block,
      passage,
      weight:
        weightOf(
          isOfKind(index, block, passage, KIND.quoted),
          sequenceAt(index, block, passage),
          wanted.map(word => numberIn(index, block, word)),
        ) - (isOfKind(index, block, passage, KIND.listed) ? LISTED_WEIGHT : 0),
    }))
    .sort((a, b) => b.weight - a.weight)
    .slice(0, MAX_HITS)
    .map(({ block, passage }) =>
      hitOf(passageAt(view, block, passage, stories[ranks[block]!]!), terms, letters),
    )
  const total = found.reduce((sum, { count }) => sum + count, 0)
  return { hits, total, storyCount: found.length, similar }
}

/** The words that a typed one may stand for: its other forms if there are any, otherwise those spelled like it. */
function similarWords({ vocabulary }: TextIndex, word: string, counts: (word: string) => boolean): string[] {
  const forms = [word, ...wordForms(word)].filter(counts)
  if (forms.length > 0 || word.length <= SHORT_WORD_LENGTH) return forms
  return vocabulary.spelledLike(word, counts)
}

/** The passages that are ranked. */
function firstPassages(found: BlockMatches[]): [block: number, passage: number][] {
  const first: [number, number][] = []
  for (const { block, passages } of found)
    for (const passage of passages()) {
      if (first.length === MAX_WEIGHED) return first
      first.push([block, passage])
    }
  return first
}

function passageAt({ index }: IndexView, block: number, passage: number, story: Story): SearchPassage {
  const { part = '', where = '', warnings = [] } = placeAt(index, block, passage)
  const quoted = isOfKind(index, block, passage, KIND.quoted)
  return { story, part, where, text: passageText(index, block, passage), quoted, warnings }
}

/** The titles of sources are short and many: what they tell about comes before them. */
const LISTED_WEIGHT = 4

/** A text of so many words weighs one point less than one without any. */
const WORDS_A_POINT = 800

/**
 * Ranks a text: one that begins with the words explains them. Exact words of people and articles count more, then the
 * phrase as typed, whole words, and short texts. `wanted` are the numbers of the words that are in the story.
 */
function weightOf(quoted: boolean, words: Numbers, wanted: (number | undefined)[]): number {
  const whole = wanted.filter(number => number !== undefined && words.includes(number))
  const row = whole.length === wanted.length ? rowAt(words, whole as number[]) : -1
  const hasPhrase = wanted.length > 1 && row >= 0
  const explains = !quoted && row === 0
  return (
    (explains ? 3 : 0) +
    (quoted ? 2 : 0) +
    (hasPhrase ? 3 : 0) +
    2 * whole.length -
    words.length / WORDS_A_POINT
  )
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
