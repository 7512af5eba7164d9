import { CONJUNCTION, DETERMINER, isNounLike, PREPOSITION, PRONOUN } from '../grammar.ts'
import type { Mention } from '../names/mention.ts'
import type { Paragraph } from '../paragraph.ts'
import type { Token } from '../tokens.ts'
import { roleOf } from '../words/roles.ts'
import { ADVERB, AUXILIARY, isNounForm, verbForm } from '../words/verbs.ts'
import type { Source } from './source.ts'

/** The opening bracket of one that closes at a token. */
export function openingBracket(tokens: Token[], at: number, low: number): number {
  for (let index = at; index >= low && at - index < 20; index--) if (tokens[index]!.text === '(') return index
  return low
}

/** The name or noun phrase that ends at a token. */
export function phraseEndingAt(paragraph: Paragraph, at: number, low: number): Source | undefined {
  const { tokens, mentionAt } = paragraph
  const token = tokens[at]!
  if (token.kind !== 'word') return undefined
  if (PRONOUN.test(token.lower)) return { kind: 'pronoun', first: at, last: at }
  if (/^(?:who|which|that)$/.test(token.lower)) {
    const before = tokens[at - 1]
    if (before === undefined || at - 1 < low) return undefined
    return token.lower === 'who'
      ? phraseEndingAt(paragraph, at - 1, low)
      : nounPhraseEndingAt(paragraph, at - 1, nearestPreposition(tokens, at - 1, low) + 1)
  }
  const house = houseBefore(paragraph, at)
  if (house) return house
  const mention = mentionAt[at]
  if (mention && mention.last >= at) {
    const link = tokens[mention.first - 1]?.lower === 'the' ? mention.first - 2 : mention.first - 1
    const before = tokens[link]
    if (
      before &&
      link > low &&
      (link === mention.first - 1 || mention.kind !== 'person') &&
      /^(?:of|for|from|in|at|with|to|on|by|near)$/.test(before.lower)
    ) {
      const head = phraseEndingAt(paragraph, link - 1, low)
      if (head && head.kind !== 'pronoun')
        return head.kind === 'name' ? head : { ...head, last: mention.last }
    }
    return fromMention(paragraph, mention)
  }
  return nounPhraseEndingAt(paragraph, at, low)
}

/** “St. Brendan’s said”, “Marlow’s has warned”: a name that ends with ’s is that of a house, not its owner’s. */
export function houseBefore({ tokens, mentionAt }: Paragraph, at: number): Source | undefined {
  const mention = tokens[at]!.lower === "'s" ? mentionAt[at - 1] : undefined
  if (!mention || mention.last !== at - 1 || mention.kind === 'role') return undefined
  const { nameFirst } = mention
  return {
    kind: 'name',
    first: nameFirst,
    last: at,
    mention: { ...mention, last: at, kind: 'organisation', end: tokens[at]!.end },
  }
}

function nearestPreposition(tokens: Token[], at: number, low: number): number {
  let index = at
  while (
    index >= low &&
    at - index < 6 &&
    !PREPOSITION.test(tokens[index]!.lower) &&
    tokens[index]!.kind === 'word'
  )
    index--
  return Math.max(index, low - 1)
}

/** A mention as a source: a role alone (“the Prime Minister”) is a noun phrase. */
export function fromMention({ tokens }: Paragraph, mention: Mention): Source {
  const { first, last, nameFirst } = mention
  if (mention.kind === 'role') {
    const withArticle = tokens[first - 1] && DETERMINER.test(tokens[first - 1]!.lower) ? first - 1 : first
    let head = last
    for (let index = first; index <= last; index++)
      if (roleOf(tokens[index]!.lower) !== undefined) {
        head = index
        break
      }
    return { kind: 'noun', first: withArticle, last, head }
  }
  return { kind: 'name', first: nameFirst, last, mention }
}

function nounPhraseEndingAt(paragraph: Paragraph, at: number, low: number): Source | undefined {
  const { tokens, mentionAt } = paragraph
  let first = at
  for (let index = at; index >= low && at - index < 14; index--) {
    const { kind, lower, text } = tokens[index]!
    if (kind !== 'word' && text !== '-') break
    if (
      CONJUNCTION.test(lower) ||
      PRONOUN.test(lower) ||
      (AUXILIARY.test(lower) && lower !== "'s" && lower !== 'to')
    )
      break
    const form = verbForm(lower)
    if (form && !isNounForm(lower) && !mentionAt[index] && index < at && form.form !== 'ing') break
    if (index < at && /ing$/.test(lower) && /^(?:the|a|an|his|her|its|their)$/.test(tokens[index + 1]!.lower))
      break
    first = index
    // “Trump released a new ad”: what stands before an article is no part of the phrase.
    if (
      index < at &&
      index > low &&
      /^(?:a|an|the)$/.test(lower) &&
      tokens[index - 1]!.kind === 'word' &&
      !PREPOSITION.test(tokens[index - 1]!.lower) &&
      !/^(?:all|both|half|only|even|just|either|neither|not)$/.test(tokens[index - 1]!.lower)
    )
      break
  }
  // A phrase that begins with a preposition belongs to what came before: the last article begins the subject.
  if (PREPOSITION.test(tokens[first]!.lower)) {
    const from = first
    for (let index = at; index > from; index--) {
      if (DETERMINER.test(tokens[index]!.lower)) {
        first = index
        break
      }
      if (PREPOSITION.test(tokens[index]!.lower)) return undefined
    }
    if (first === from) first = at
  }
  let head = at
  for (let index = first + 1; index <= at; index++)
    if (PREPOSITION.test(tokens[index]!.lower)) {
      head = index - 1
      break
    }
  while (head > first && ADVERB.test(tokens[head]!.lower)) head--
  if (!isNounLike(tokens[head]!)) return undefined
  const owner = ownerOf(paragraph, first, head)
  return mentionAt[head] && mentionAt[head]!.last === head
    ? fromMention(paragraph, mentionAt[head]!)
    : { kind: 'noun', first, last: at, head, ...(owner && { owner }) }
}

/** Whose something is in a noun phrase: Marsh in “Marsh’s office”. */
export const ownerOf = (
  { tokens, mentionAt }: Paragraph,
  first: number,
  head: number,
): Mention | undefined => {
  for (let index = head; index > first; index--) {
    if (tokens[index]!.lower === "'s" || tokens[index]!.text === '’' || tokens[index]!.text === "'")
      return mentionAt[index - 1]
  }
  return undefined
}
