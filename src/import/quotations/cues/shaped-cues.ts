import { PREPOSITION } from '../grammar.ts'
import type { Paragraph } from '../paragraph.ts'
import type { Token } from '../tokens.ts'
import { ADVERB, AUXILIARY, BE } from '../words/verbs.ts'
import type { Cue } from './cue.ts'
import { endsSoon } from './cue-verbs.ts'
import type { Source } from './source.ts'

/** “…,” Petrov sniped: between a comma and a stop, a name and a word that looks like a verb say who speaks. */
export function shapedLikeSpeech(paragraph: Paragraph, at: number, from: number): Cue | undefined {
  const { tokens, mentionAt } = paragraph
  if (!/[,?!—–-]['’”"]?$/.test(tokens[at]!.text) || isEmbedded(tokens, at)) return undefined
  const mention = mentionAt[from]
  const isShort = mention?.first === from && mention.kind !== 'place'
  if (!isShort && !/^(?:he|she|they|one)$/.test(tokens[from]!.lower)) return undefined
  let verb = isShort ? mention.last + 1 : from + 1
  while (tokens[verb] && ADVERB.test(tokens[verb]!.lower)) verb++
  if (
    !tokens[verb] ||
    tokens[verb]!.kind !== 'word' ||
    !/(?:ed|[^s]s|began|spat|shot|went|put|swore|wept|sang|spoke)$/.test(tokens[verb]!.lower) ||
    BE.test(tokens[verb]!.lower) ||
    AUXILIARY.test(tokens[verb]!.lower) ||
    tokens[verb]!.lower === "'s"
  )
    return undefined
  if (!endsSoon(tokens, verb)) return undefined
  const source: Source = isShort
    ? { kind: 'name', first: mention.nameFirst, last: mention.last, mention }
    : tokens[from]!.lower === 'one'
      ? { kind: 'noun', first: from, last: from, head: from }
      : { kind: 'pronoun', first: from, last: from }
  return { at: 'after', near: true, verb, source }
}

/** “…?” a voice called: a noun and a word that looks like a verb, after which the sentence soon ends. */
export function nounLikeSpeech(paragraph: Paragraph, at: number, from: number): Cue | undefined {
  const { tokens, mentionAt } = paragraph
  if (from !== at + 1 || !/[,?!—–-]['’”"]?$/.test(tokens[at]!.text) || isEmbedded(tokens, at))
    return undefined
  if (!/^(?:a|an|the|another|one)$/.test(tokens[from]!.lower) || tokens[from]!.capital) return undefined
  for (let verb = from + 2; verb < tokens.length && verb - from <= 4; verb++) {
    const { kind, lower } = tokens[verb]!
    if (kind !== 'word' || mentionAt[verb] || PREPOSITION.test(lower)) return undefined
    if (!/^\p{Ll}{2,}ed$/u.test(lower) || !endsSoon(tokens, verb)) continue
    return {
      at: 'after',
      near: true,
      verb,
      source: { kind: 'noun', first: from, last: verb - 1, head: verb - 1 },
    }
  }
  return undefined
}

/** “…!” came a shout from the floor: what is heard stands for whoever says it. */
export function heardAfter({ tokens }: Paragraph, from: number): Cue | undefined {
  if (
    !/^(?:came|comes|went)$/.test(tokens[from]!.lower) ||
    !/^(?:a|the|one|another)$/.test(tokens[from + 1]?.lower ?? '')
  )
    return undefined
  for (let head = from + 2; head < tokens.length && head - from <= 4; head++) {
    if (tokens[head]!.kind !== 'word') return undefined
    if (!/^(?:voice|shout|cry|reply|answer|response|call|chorus|yell|roar)$/.test(tokens[head]!.lower))
      continue
    return {
      at: 'after',
      near: true,
      verb: from,
      source: { kind: 'noun', first: from + 1, last: head, head },
    }
  }
  return undefined
}

/** “…,” raged Petrov: a word that looks like a verb, and then somebody with a name. */
export function turnedLikeSpeech(paragraph: Paragraph, at: number, verb: number): Cue | undefined {
  const { tokens, mentionAt } = paragraph
  const { kind, lower, sentence } = tokens[verb]!
  if (!/[,?!—–-]['’”"]?$/.test(tokens[at]!.text) || verb !== at + 1 || sentence !== tokens[at]!.sentence)
    return undefined
  if (kind !== 'word' || !/^\p{Ll}{2,}ed$/u.test(lower) || mentionAt[verb] || isEmbedded(tokens, at))
    return undefined
  const mention = mentionAt[verb + 1]
  if (mention?.first !== verb + 1 || (mention.kind !== 'person' && mention.kind !== 'unknown'))
    return undefined
  return {
    at: 'after',
    near: true,
    verb,
    source: { kind: 'name', first: mention.nameFirst, last: mention.last, mention },
  }
}

/** Whether words of the outlet stand directly before a run in its sentence. */
export const isEmbedded = (tokens: Token[], at: number) =>
  tokens[at - 1]?.kind === 'word' && tokens[at - 1]!.sentence === tokens[at]!.sentence
