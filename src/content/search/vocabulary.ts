import {
  addFolded,
  closestNames,
  type NameIndex,
  nameIndex,
  nearestSpellings,
} from '../names/closest-names.ts'

/** Beginnings of words this short would match too much. */
export const SHORT_WORD_LENGTH = 4

/** All words of an index, to find those that begin with a typed one, and those that are spelled like it. */
export type Vocabulary = {
  add(word: string): void
  /** The words that begin with a typed one of more than four letters. */
  beginningWith(typed: string): string[]
  /** The words spelled most like a typed one, among those that count. */
  spelledLike(typed: string, counts: (word: string) => boolean): string[]
}

/** Creates a vocabulary. Words are grouped by their first letters, so that adding one sorts nothing. */
export function createVocabulary(): Vocabulary {
  const byBeginning = new Map<string, string[]>()
  const spellings: NameIndex = nameIndex([])
  return {
    add(word) {
      if (word.length <= SHORT_WORD_LENGTH) return
      const beginning = word.slice(0, SHORT_WORD_LENGTH)
      const group = byBeginning.get(beginning)
      if (group) group.push(word)
      else byBeginning.set(beginning, [word])
      addFolded(spellings, word, word)
    },
    beginningWith: typed =>
      (byBeginning.get(typed.slice(0, SHORT_WORD_LENGTH)) ?? []).filter(word => word.startsWith(typed)),
    spelledLike: (typed, counts) => nearestSpellings(typed, closestNames(typed, { ...spellings, counts })),
  }
}
