import type { Token } from './tokens.ts'
import { AUXILIARY } from './words/verbs.ts'

/** The days of the week, in lower case. */
export const WEEKDAY = /^(?:mon|tues|wednes|thurs|fri|satur|sun)day$/

/** How far a sentence is looked back through. More would let a hostile text cost its length squared. */
const MAX_SENTENCE = 150

/** Where the sentence of a token begins, or as far before as is looked. */
export function sentenceStart(tokens: Token[], at: number): number {
  let low = at
  while (low > 0 && at - low < MAX_SENTENCE && tokens[low - 1]!.sentence === tokens[at]!.sentence) low--
  return low
}

/** Words that stand for whoever speaks. */
export const PRONOUN = /^(?:he|she|they|it|i|we|you)$/

/** Words that join a phrase to what stands before it. */
export const PREPOSITION =
  /^(?:of|for|in|from|at|with|by|on|to|near|against|including|like|about|behind|into|over|under|during|after|before|between|among|within|without|through|across|around|outside|inside|since|until|via|toward|towards|upon|amid|per|as|than)$/

/** Words that begin a noun phrase. */
export const DETERMINER =
  /^(?:the|a|an|his|her|its|their|our|my|your|one|another|some|this|that|these|those|several|many|both|two|three|four|no|each|every|any|other|most)$/

/** Words that begin another clause. */
export const CONJUNCTION =
  /^(?:and|but|or|nor|that|which|when|while|if|because|although|though|whether|so|where|how|why|what|whose|whom|yet|since|as|then|unless)$/

const TIME =
  /^(?:second|minute|hour|day|week|month|year|decade|moment|morning|evening|night|afternoon|weekend|time|spring|summer|autumn|fall|winter)s?$/

/** Whether a word can be the noun that speaks: no small word, and no time as in “hours later”. */
export const isNounLike = ({ kind, lower }: Token) =>
  kind === 'word' &&
  !TIME.test(lower) &&
  !DETERMINER.test(lower.replace(/^(?:one|another|some|many|several|both|others?)$/, '')) &&
  !PREPOSITION.test(lower) &&
  !CONJUNCTION.test(lower) &&
  !AUXILIARY.test(lower)
