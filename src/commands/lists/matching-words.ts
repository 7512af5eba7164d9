import type { Call } from '../../chat/platform.ts'
import type { Inline } from '../../chat/reply.ts'
import { tokens } from '../../content/fold.ts'
import { phrases } from '../../phrases/phrases.ts'
import { safeEcho } from '../refusals.ts'

/** What typed words choose from a list: the items that have them, the words that chose, and those that none has. */
export type Choice<Item> = { found: Item[]; used: string[]; unused: string[] }

/**
 * Chooses the items of a list that have the typed words. Where none has all of them, the words that few items have come
 * first, and each further one counts only if something is left; the rest is unused, and people must be told.
 */
export function chooseByWords<Item>(
  items: Item[],
  typed: string[],
  hasWord: (item: Item, word: string) => boolean,
): Choice<Item> {
  const counted = typed.map((word, place) => {
    const having = new Set(items.filter(item => hasWord(item, word)))
    return { word, place, having, count: having.size }
  })
  let found = items
  const used = new Set<number>()
  for (const { having, place } of counted.toSorted((a, b) => a.count - b.count || a.place - b.place)) {
    const left = found.filter(item => having.has(item))
    if (left.length === 0) continue
    found = left
    used.add(place)
  }
  return {
    found: used.size > 0 ? found : [],
    used: counted.flatMap(({ place, word }) => (used.has(place) ? plainWords(word) : [])),
    unused: counted.flatMap(({ place, word }) => (used.has(place) ? [] : [word])),
  }
}

/** A typed word as lines repeat it: as it is if it can be nothing but a word, otherwise its letters and digits. */
const plainWords = (word: string): string[] =>
  /^[\p{L}\p{N}]+(?:-[\p{L}\p{N}]+)*$/u.test(word) ? [word] : tokens(word)

/** The words of an item in the form in which `hasTypedWord` finds them. */
export type WordsToFind = () => string

/** Makes the words to find of some texts, when they are first looked for: most lists are asked for without any. */
export function wordsToFind(...texts: string[]): WordsToFind {
  let words: string | undefined
  return () => {
    words ??= `\n${texts.flatMap(tokens).join('\n')}\n`
    return words
  }
}

/** Whether some words have a typed one: as it is, in the plural or singular, or as a longer word that it begins. */
export function hasTypedWord(words: WordsToFind, typed: string): boolean {
  const wanted = tokens(typed)
  return wanted.length > 0 && wanted.every(word => hasToken(words(), word))
}

const hasToken = (words: string, token: string): boolean =>
  words.includes(token.length >= MIN_BEGINNING ? `\n${token}` : `\n${token}\n`) ||
  (token.length > MIN_BEGINNING && token.endsWith('s') && words.includes(`\n${token.slice(0, -1)}\n`))

/** A shorter beginning would find other words: `ice` is no `iceberg`. */
const MIN_BEGINNING = 4

/** The line above an answer that says which of the typed words it did not use; undefined if it used all. */
export function unusedLead(call: Call, unused: string[]): { lead: Inline[] } | undefined {
  if (unused.length === 0) return undefined
  const echo = safeEcho(call, unused.join(' '))
  return {
    lead: [echo === undefined ? phrases.pages.notUsedCount(unused.length) : phrases.pages.notUsed(echo)],
  }
}

/** What a list was chosen by, for the line above it: the typed words, where nobody else reads them. */
export function chosenBy(call: Call, used: string[]): { about?: string } {
  const echo = used.length > 0 ? safeEcho(call, used.join(' ')) : undefined
  return echo === undefined ? {} : { about: phrases.pages.chosenBy(echo) }
}

/** The typed words of a verb that takes a filter, and the number that is typed as `#3`. */
export function readFilter(args: string[]): { words: string[]; number?: number } {
  const typed = args.join(' ').replace(/#\s+(?=\d)/g, '#')
  const words = typed.split(/\s+/).filter(word => word !== '')
  const at = words.findLastIndex(word => /^#\d{1,6}$/.test(word))
  if (at < 0) return { words }
  return { words: words.toSpliced(at, 1), number: Number(words[at]!.slice(1)) }
}
