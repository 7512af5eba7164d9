import { DETERMINER, PREPOSITION, WEEKDAY } from '../grammar.ts'
import type { Mention } from '../names/mention.ts'
import type { Paragraph } from '../paragraph.ts'
import type { Token } from '../tokens.ts'
import { isGroup, roleOf } from '../words/roles.ts'
import { ADVERB, AUXILIARY, isNounForm, verbForm } from '../words/verbs.ts'
import { fromMention, houseBefore, openingBracket, phraseEndingAt } from './noun-phrases.ts'
import type { Source } from './source.ts'

/** What does the verb at a token, looking back no further than `low`. */
export function subjectBefore(paragraph: Paragraph, verb: number, low: number): Source | undefined {
  const { tokens } = paragraph
  let at = verb - 1
  const house = at >= low ? houseBefore(paragraph, at) : undefined
  if (house) return house
  while (
    at >= low &&
    tokens[at]!.kind === 'word' &&
    (WEEKDAY.test(tokens[at]!.lower) ||
      ((ADVERB.test(tokens[at]!.lower) || AUXILIARY.test(tokens[at]!.lower)) && !paragraph.mentionAt[at]))
  )
    at--
  if (at < low) return undefined
  if (tokens[at]!.text === ')') at = openingBracket(tokens, at, low) - 1
  if (at >= low && /^(?:,|—|–|-|--)$/.test(tokens[at]!.text)) return beforeApposition(paragraph, at, low)
  // “X, who said”
  const isRelative = at > low && /^(?:who|which|that)$/.test(tokens[at]!.lower)
  if (isRelative && tokens[at - 1]!.text === ',') {
    const source = beforeApposition(paragraph, at - 1, low)
    if (tokens[at]!.lower !== 'who' || !source) return source
    // “a film by Paul Renner, who said”
    const named = paragraph.mentionAt[at - 2]
    const isPerson = source.kind !== 'noun' || isSomebody(tokens[source.head]!.lower)
    if (!isPerson && named?.kind === 'person') return fromMention(paragraph, named)
    return personAtEnd(paragraph, source) ?? source
  }
  const source = at < low ? undefined : phraseEndingAt(paragraph, at, low)
  return source && (ofOpenApposition(paragraph, source, low) ?? source)
}

/** Who says something in “a lecture from the Mexican president, who said”: no lecture does. */
function personAtEnd({ tokens, mentionAt }: Paragraph, source: Source): Source | undefined {
  if (source.kind !== 'noun' || isSomebody(tokens[source.head]!.lower)) return undefined
  const { last } = source
  const mention = mentionAt[last]
  if (mention?.kind === 'person') return { kind: 'name', first: mention.nameFirst, last, mention }
  if (!isSomebody(tokens[last]!.lower)) return undefined
  let first = last
  while (first > source.head + 1 && !PREPOSITION.test(tokens[first - 1]!.lower)) first--
  return { kind: 'noun', first, last, head: last }
}

const isSomebody = (word: string) => roleOf(word) !== undefined || isGroup(word)

/** “Paula Edgar, Bar Association president said”: a description of a name that no second comma closes. */
function ofOpenApposition(paragraph: Paragraph, source: Source, low: number): Source | undefined {
  const { tokens, mentionAt } = paragraph
  if (source.kind !== 'noun' || source.first - 2 < low || tokens[source.first - 1]!.text !== ',')
    return undefined
  if (roleOf(tokens[source.head]!.lower) === undefined || DETERMINER.test(tokens[source.first]!.lower))
    return undefined
  const mention = mentionAt[source.first - 2]
  const opens =
    mention &&
    (mention.first === low || tokens[mention.first - 1]!.sentence !== tokens[mention.first]!.sentence)
  return mention?.kind === 'person' && opens ? fromMention(paragraph, mention) : undefined
}

/** The subject before “, the mayor,” or “, 58,”: a name that fills a part between commas, or the first part. */
function beforeApposition(paragraph: Paragraph, comma: number, low: number): Source | undefined {
  const { tokens, mentionAt } = paragraph
  let organisation: Source | undefined
  let noun: Source | undefined
  let unknown: Source | undefined
  let end = comma - 1
  for (let index = comma - 1; index >= low - 1 && comma - index < 45; index--) {
    const token = tokens[index]
    const atEdge =
      index < low || token === undefined || token.kind === 'run' || tokens[comma]!.sentence !== token.sentence
    if (!atEdge && !/^(?:,|—|–|--|-)$/.test(token!.text)) continue
    const from = index + 1
    if (tokens[end]?.text === ')') end = openingBracket(tokens, end, low) - 1
    if (from <= end) {
      const mention = mentionAt[end]
      if (
        mention &&
        mention.kind !== 'role' &&
        mention.kind !== 'place' &&
        leadsToName(paragraph, from, mention.first)
      ) {
        if (mention.kind === 'person')
          return fromMention(
            paragraph,
            whoseApposition(paragraph, from, low) ?? beforePutIn(paragraph, from, low) ?? mention,
          )
        // “X, curator at the University of Arkansas, Fayetteville, said”
        if (mention.kind === 'unknown') {
          if (from !== mention.first || !tokens[from - 1] || organisation || unknown)
            return fromMention(paragraph, whoseApposition(paragraph, from, low) ?? mention)
          unknown = fromMention(paragraph, mention)
        } else organisation ??= fromMention(paragraph, mention)
      } else if (isSubjectPart(tokens, from)) {
        const phrase = phraseEndingAt(paragraph, end, from)
        if (phrase) noun = phrase
      }
    }
    if (atEdge) break
    end = index - 1
  }
  return unknown ?? organisation ?? noun
}

/** The person before an apposition that has a comma and a name inside: “X, editor of the newspaper, the Courier,”. */
function whoseApposition({ tokens, mentionAt }: Paragraph, from: number, low: number): Mention | undefined {
  if (tokens[from - 1]?.text !== ',') return undefined
  for (let index = from - 2; index > low && from - index < 16; index--) {
    if (tokens[index]!.kind !== 'word') {
      const mention = mentionAt[index - 1]
      const isApposition = /^(?:the|a|an|its|his|her)$/.test(tokens[index + 1]!.lower)
      return tokens[index]!.text === ',' && isApposition && mention?.kind === 'person' ? mention : undefined
    }
  }
  return undefined
}

/** Whom a sentence begins with before “, in a letter to the mayor, Ada Ruiz, wrote”. */
function beforePutIn({ tokens, mentionAt }: Paragraph, from: number, low: number): Mention | undefined {
  if (tokens[from - 1]?.text !== ',') return undefined
  for (let index = from - 2; index > low && from - index < 20; index--) {
    if (tokens[index]!.kind !== 'word') {
      const mention = mentionAt[index - 1]
      const isPut = tokens[index]!.text === ',' && PREPOSITION.test(tokens[index + 1]!.lower)
      const opens =
        mention && (mention.first <= low || tokens[mention.first - 1]!.sentence !== tokens[index]!.sentence)
      return isPut && opens && /^(?:person|unknown)$/.test(mention.kind) ? mention : undefined
    }
  }
  return undefined
}

const isSubjectPart = (tokens: Token[], from: number) =>
  !/^(?:who|which|whose|where|when|while|after|before|speaking|in|on|at|during|for|as|with|following|according|and|but|\d.*)$/.test(
    tokens[from]!.lower,
  )

/** Whether the words before a name say who it is: “engineer”, “the mayor”, “But”, “On Tuesday”. */
function leadsToName({ tokens, mentionAt }: Paragraph, from: number, to: number): boolean {
  if (to - from > 9) return false
  // “In a letter to Thomas Greer, Ruiz wrote”
  if (to - from > 1 && PREPOSITION.test(tokens[to - 1]!.lower)) return false
  for (let index = from; index < to; index++) {
    const { kind, lower } = tokens[index]!
    if (kind !== 'word') return false
    if (index === from) continue
    if (
      (PREPOSITION.test(lower) || /^(?:who|whose|which)$/.test(lower)) &&
      !/^(?:on|in|at)$/.test(tokens[from]!.lower)
    )
      return false
    if (
      mentionAt[index] === undefined &&
      verbForm(lower) &&
      !isNounForm(lower) &&
      verbForm(lower)!.form !== 'ing'
    )
      return false
  }
  return (
    !/^(?:with|by|from|of|like|including|whose|who|which|whom|under|where)$/.test(tokens[from]!.lower) ||
    from === to
  )
}
