import { CONJUNCTION, DETERMINER, isNounLike, PREPOSITION, PRONOUN } from '../grammar.ts'
import type { Mention } from '../names/mention.ts'
import type { Paragraph } from '../paragraph.ts'
import type { Token } from '../tokens.ts'
import { isDocument, isOrganisationNoun, NATIONALITY } from '../words/organisations.ts'
import { isGroup, roleOf } from '../words/roles.ts'
import { ADVERB, AUXILIARY, isNounForm, verbForm } from '../words/verbs.ts'
import { fromMention, houseBefore, ownerOf } from './noun-phrases.ts'
import type { Source } from './source.ts'

/** Who is named from a token on, as in “said X”, “said the mayor”, “said the owner, X,”. */
export function phraseFrom(paragraph: Paragraph, from: number): Source | undefined {
  const { tokens, mentionAt } = paragraph
  const start = tokens[from]
  if (start?.kind !== 'word') return undefined
  if (PRONOUN.test(start.lower)) return { kind: 'pronoun', first: from, last: from }
  if (/^(?:another|one|others)$/.test(start.lower) && tokens[from + 1]?.kind !== 'word')
    return { kind: 'noun', first: from, last: from, head: from }
  if (/^(?:one|another|some|many|most|several)$/.test(start.lower) && tokens[from + 1]?.lower === 'of') {
    const last = endOfGroup(paragraph, from + 2)
    // “said one of them, Grant Oduya, a nurse”
    const named = tokens[last + 1]?.text === ',' ? mentionAt[last + 2] : undefined
    if (named?.kind === 'person' && start.lower === 'one') return fromMention(paragraph, named)
    return { kind: 'noun', first: from, last, head: from }
  }
  if (PREPOSITION.test(start.lower) || CONJUNCTION.test(start.lower)) return undefined
  let end = from
  let possessive = false
  for (let index = from; index < tokens.length && index - from < 12; index++) {
    const token = tokens[index]!
    if (token.kind !== 'word' || token.sentence !== start.sentence) break
    const mention = mentionAt[index]
    if (mention && mention.kind !== 'role') {
      const next = tokens[mention.last + 1]
      if (
        next &&
        (next.lower === "'s" ||
          next.text === '’' ||
          (next.text === "'" && tokens[mention.last]!.lower.endsWith('s')))
      ) {
        // “Marlow’s has warned”
        const house = houseBefore(paragraph, mention.last + 1)
        if (house && AUXILIARY.test(tokens[mention.last + 2]?.lower ?? '')) return house
        possessive = true
        index = mention.last + 1
        end = index
        continue
      }
      const noun = tokens[mention.last + 1]
      if (
        noun?.kind === 'word' &&
        noun.sentence === start.sentence &&
        mention.kind !== 'person' &&
        !noun.capital &&
        (isHeadNoun(noun.lower) || isOfNation(paragraph, mention, noun))
      ) {
        index = mention.last
        end = index
        continue
      }
      const described = mention.kind === 'person' ? undefined : personBehind(paragraph, mention.last + 1)
      if (described) return fromMention(paragraph, described)
      if (mention.kind === 'place' && index === from) return undefined
      return fromMention(paragraph, mention)
    }
    if (mention) {
      end = mention.last
      index = mention.last
      continue
    }
    if (
      index > from &&
      (PREPOSITION.test(token.lower) ||
        CONJUNCTION.test(token.lower) ||
        (AUXILIARY.test(token.lower) && token.lower !== "'s") ||
        token.lower === 'who' ||
        (ADVERB.test(token.lower) && !roleOf(token.lower)))
    )
      break
    if (
      index > from &&
      verbForm(token.lower) &&
      !isNounForm(token.lower) &&
      verbForm(token.lower)!.form !== 'ing' &&
      roleOf(token.lower) === undefined
    )
      break
    end = index
    const next = tokens[index + 1]
    if (
      isHeadNoun(token.lower) &&
      next?.kind === 'word' &&
      !next.capital &&
      !isHeadNoun(next.lower) &&
      !/^['’]s?$/.test(next.lower)
    )
      break
  }
  if (end > from + 1 && !possessive && /ed$/.test(tokens[end]!.lower) && !mentionAt[end]) end--
  // “the company’s chief executive, Maria Lopez,”
  const close = withPrepositions(paragraph, end)
  const comma = tokens[close + 1]
  const named = comma?.text === ',' ? mentionAt[close + 2] : undefined
  const afterName = named ? tokens[named.last + 1] : undefined
  if (named && named.kind === 'person' && (afterName === undefined || afterName.kind === 'mark'))
    return fromMention(paragraph, named)
  const headToken = tokens[end]!
  if (!isNounLike(headToken) || (/ly$/.test(headToken.lower) && ADVERB.test(headToken.lower)))
    return undefined
  if (mentionAt[end]?.kind === 'role') return fromMention(paragraph, mentionAt[end]!)
  if (
    !possessive &&
    end === from &&
    !isGroup(headToken.lower) &&
    roleOf(headToken.lower) === undefined &&
    !headToken.capital &&
    !/s$/.test(headToken.lower)
  )
    return /^police$/.test(headToken.lower) ? { kind: 'noun', first: from, last: end, head: end } : undefined
  const owner = possessive ? ownerOf(paragraph, from, end) : undefined
  return {
    kind: 'noun',
    first: from,
    last: withPrepositions(paragraph, end),
    head: end,
    ...(owner && { owner }),
  }
}

/** Where “the survivors” ends in “one of the survivors”. */
function endOfGroup({ tokens, mentionAt }: Paragraph, from: number): number {
  let last = from - 1
  for (let index = from; index < tokens.length && index - from < 6; index++) {
    const { kind, lower, sentence } = tokens[index]!
    if (kind !== 'word' || sentence !== tokens[from]!.sentence || PREPOSITION.test(lower)) break
    if (CONJUNCTION.test(lower) || AUXILIARY.test(lower) || (verbForm(lower) && !mentionAt[index])) break
    last = index
  }
  return last
}

/** “said Idaho supplement executive Frank Vane”: the person behind where they are from and what they do. */
function personBehind({ tokens, mentionAt }: Paragraph, from: number): Mention | undefined {
  for (let index = from; index < tokens.length && index - from < 5; index++) {
    const { kind, lower, capital, sentence } = tokens[index]!
    if (kind !== 'word' || sentence !== tokens[from]!.sentence) return undefined
    const mention = mentionAt[index]
    if (mention)
      return mention.kind === 'person' && index > from && roleOf(tokens[index - 1]!.lower) !== undefined
        ? mention
        : undefined
    if (
      capital ||
      PREPOSITION.test(lower) ||
      CONJUNCTION.test(lower) ||
      AUXILIARY.test(lower) ||
      verbForm(lower)
    )
      return undefined
  }
  return undefined
}

/** “a German visitor”: where somebody is from, before what they are. */
const isOfNation = ({ tokens }: Paragraph, { first, last }: Mention, noun: Token) =>
  first === last &&
  NATIONALITY.test(tokens[first]!.text) &&
  isNounLike(noun) &&
  !verbForm(noun.lower) &&
  !ADVERB.test(noun.lower)

const isHeadNoun = (word: string) =>
  roleOf(word) !== undefined || isGroup(word) || isOrganisationNoun(word) || isDocument(word)

/** The end of a noun phrase with “for the ministry” and “of the union” behind it. */
function withPrepositions({ tokens, mentionAt }: Paragraph, head: number): number {
  let end = head
  for (let index = head + 1; index < tokens.length && index - head < 10; index++) {
    const { kind, lower } = tokens[index]!
    if (kind !== 'word') break
    if (index === end + 1 && /^(?:for|of|at|from|with)$/.test(lower)) {
      const next = tokens[index + 1]
      if (next?.kind !== 'word') break
      continue
    }
    if (DETERMINER.test(lower) && PREPOSITION.test(tokens[index - 1]!.lower)) continue
    if (mentionAt[index]) end = index
    else if (PREPOSITION.test(lower) || CONJUNCTION.test(lower) || ADVERB.test(lower)) break
    else if (end < index - 1 || mentionAt[index - 1]) end = index
    else break
  }
  return end
}
