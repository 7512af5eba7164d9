import { tokens } from '../../content/fold.ts'
import type { Library } from '../../content/library.ts'
import type { Candidate } from './candidate.ts'
import type { Sentence } from './sentence.ts'
import type { Word } from './words.ts'

/** A search for words, in one story or in all. */
export const findLine = (words: Word[], { story }: Pick<Sentence, 'story'>): Candidate => ({
  command: 'nutgraf',
  args: ['find', ...words.map(({ typed }) => typed)],
  flags: story ? { story: story.slug } : {},
  used: words,
  mustFind: true,
})

/** Words that can be looked for: a single letter is in every text. */
export const searchable = (words: Word[]): Word[] =>
  words.filter(({ key }) => tokens(key).some(token => token.length > 1 || !/[a-z]/.test(token)))

/** Searches for the words of a sentence: for all of them, else for those that stand together somewhere. */
export function findCandidates(sentence: Sentence, library: Library, also: Word[] = []): Candidate[] {
  const wanted = new Set([...sentence.content, ...sentence.names.flatMap(({ words }) => words), ...also])
  const words = searchable(sentence.words.filter(word => wanted.has(word)))
  if (words.length === 0) return []
  // Words that are only spelled alike are no answer to what was asked.
  const named = sentence.names.flatMap(name => name.words)
  const { used, known } = library.wordsTogether(keysOf(words), sentence.story, keysOf(named))
  const isIn = (found: string[]) => (word: Word) => tokens(word.key).every(token => found.includes(token))
  const some = words.filter(isIn(used))
  // Where words stand somewhere, but not with the others, one of two says nothing about what was asked.
  const left = words.filter(word => !isIn(used)(word) && isIn(known)(word))
  if (some.length <= left.length) return []
  const line = findLine(some, sentence)
  return [some.every(isIn(known)) ? line : { ...line, isLoose: true }]
}

const keysOf = (words: Word[]): string => words.map(({ key }) => key).join(' ')
