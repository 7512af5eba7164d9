import type { Inline } from '../../chat/reply.ts'
import { plural } from './counting.ts'

/** Sentences about the words by which a place chooses its news: `words: ordinance, "7th circuit" -sports`. */
export const digestWords = {
  /** `words` is the filter as it is typed. */
  onlyWith: (words: string) => `Only news with words: ${words}`,
  /** Where others read it: the words that our stories have, if any, how many others there are, and what shows them. */
  onlyWithMore: (words: string, others: number, line: string) =>
    words === ''
      ? `Only news with certain words: ${line} shows them to you`
      : `Only news with words: ${words} · ${others} more: ${line} shows them to you`,
  leftOut: (entries: number, words: string) =>
    `Left out by its words: ${plural(entries, 'entry', 'entries')} (words: ${words})`,
  nothingMeansAll: 'Empty: all news. "7th circuit" is a phrase, -sports leaves out. Corrections always come.',
  example: 'ordinance, "7th circuit" -sports',

  /** `word` only if it may be repeated, here and below. */
  unclosed: (word: string | undefined): Inline[] => [
    `${word === undefined ? 'A quotation mark' : `The quotation mark before “${word}”`} is not closed. Write a phrase like this: `,
    { code: 'words: "7th circuit"' },
  ],
  onlyUnwanted: (word: string | undefined): Inline[] => [
    `Name at least one word that you want${word === undefined ? '' : `, not only -${word}`}: `,
    { code: `words: ordinance -${word ?? 'sports'}` },
  ],
  both: (word: string | undefined): Inline[] => [
    `${word === undefined ? 'A word' : `“${word}”`} is wanted and left out at the same time.`,
  ],
  noWord: (word: string | undefined): Inline[] => [
    `${word === undefined ? 'That' : `“${word}”`} has no letter or digit to look for.`,
  ],
  tooLong: (most: number): Inline[] => [`These words are too long: at most ${most} characters.`],
}
