import { textAt } from './packed-texts.ts'
import { detailsOf, KIND, type Numbers, type PassagePlace, type StoryIndex, wordsOf } from './story-index.ts'
import { createVocabulary, type Vocabulary } from './vocabulary.ts'

/**
 * The stories that have a word: for each, its block number and the number that the word has in it, as one number; and
 * how many passages that are. Blocks are in ascending order.
 */
export type WordEntry = { stories: number[]; passages: number }

/**
 * The words of many stories. Stories are only ever added, each as a block of its own: who looks something up says which
 * blocks count. So a story is changed by adding it again, and older content goes on to be found by those who hold it.
 */
export type TextIndex = {
  blocks: StoryIndex[]
  entries: Map<string, WordEntry>
  vocabulary: Vocabulary
}

const WORDS_PER_BLOCK = 2 ** 20

export const createTextIndex = (): TextIndex => ({
  blocks: [],
  entries: new Map(),
  vocabulary: createVocabulary(),
})

/** Adds the passages of a story, and returns the number of their block. */
export function addBlock({ blocks, entries, vocabulary }: TextIndex, index: StoryIndex): number {
  const block = blocks.push(index) - 1
  const { starts } = index
  const first = block * WORDS_PER_BLOCK
  for (const [number, word] of wordsOf(index).entries()) {
    const passages = starts[number + 1]! - starts[number]!
    const entry = entries.get(word)
    if (entry) {
      entry.stories.push(first + number)
      entry.passages += passages
    } else {
      const own = copyOf(word)
      entries.set(own, { stories: [first + number], passages })
      vocabulary.add(own)
    }
  }
  return block
}

/** A word of its own: a piece of a text keeps the whole text in memory. */
const copyOf = (word: string): string => Buffer.from(word).toString()

/** The block of a story in a word's entry. */
export const blockOf = (story: number): number => Math.floor(story / WORDS_PER_BLOCK)

/** The passages of a block that have a word, in ascending order. */
export function postingsOf({ blocks }: TextIndex, story: number): Numbers {
  const { starts, postings } = blocks[blockOf(story)]!
  const word = numberOf(story)
  return postings.subarray(starts[word], starts[word + 1])
}

/** The number that a word has in a block, if the block has it. */
export function numberIn({ entries }: TextIndex, block: number, word: string): number | undefined {
  const stories = entries.get(word)?.stories ?? []
  const story = stories[firstOfBlock(stories, block)]
  return story !== undefined && blockOf(story) === block ? numberOf(story) : undefined
}

/** The number of a word in the block of a story in its entry. */
export const numberOf = (story: number): number => story - blockOf(story) * WORDS_PER_BLOCK

/** The first position, from `from` on, whose story is of this block or a later one. */
export function firstOfBlock(stories: number[], block: number, from = 0): number {
  // Where many stories have a word, the next position mostly is it.
  if (from >= stories.length || blockOf(stories[from]!) >= block) return from
  let low = from + 1
  let high = stories.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (blockOf(stories[middle]!) < block) low = middle + 1
    else high = middle
  }
  return low
}

/** The words of a passage in their order, as their numbers in its block. */
export function sequenceAt({ blocks }: TextIndex, block: number, passage: number): Numbers {
  const { sequence, ends } = blocks[block]!
  return sequence.subarray(passage === 0 ? 0 : ends[passage - 1], ends[passage])
}

/** A passage as folded words, with a space before and after each, made of all `words` of its block. */
export const foldedOf = (sequence: Numbers, words: string[]): string =>
  ` ${Array.from(sequence, number => words[number]).join(' ')} `

/** A passage as it is written. */
export const passageText = ({ blocks }: TextIndex, block: number, passage: number): string =>
  textAt(detailsOf(blocks[block]!).texts, passage)

/** Where a passage stands. */
export const placeAt = ({ blocks }: TextIndex, block: number, passage: number): PassagePlace =>
  JSON.parse(textAt(detailsOf(blocks[block]!).places, passage))

/** Whether a passage is of a kind. */
export const isOfKind = ({ blocks }: TextIndex, block: number, passage: number, kind: number): boolean =>
  (blocks[block]!.kinds[passage]! & kind) !== 0

/** Which of the story's quotations, speakers or people a passage is, counted from 0: they stand in their order. */
export function numberAmongKind({ blocks }: TextIndex, block: number, passage: number, kind: number): number {
  const { kinds } = blocks[block]!
  let number = 0
  for (let before = 0; before < passage; before++) if ((kinds[before]! & kind) !== 0) number++
  return number
}

/** The passages of a block whose words no spaces separate. */
export function unspacedPassages({ blocks }: TextIndex, block: number): number[] {
  const { kinds } = blocks[block]!
  const passages: number[] = []
  for (let passage = 0; passage < kinds.length; passage++)
    if ((kinds[passage]! & KIND.unspaced) !== 0) passages.push(passage)
  return passages
}
