import { PREPOSITION } from '../grammar.ts'
import type { Paragraph } from '../paragraph.ts'
import { verbForm } from '../words/verbs.ts'
import type { Cue } from './cue.ts'
import { fromMention } from './noun-phrases.ts'

/** Nouns for something said, whose owner says it. */
const CLAIM =
  /^(?:claims?|statements?|assertions?|contentions?|allegations?|accusations?|arguments?|promises?|pledges?|vows?|complaints?|warnings?|suggestions?|declarations?|insistence|admission|boasts?|view|belief|demands?|descriptions?|characteri[sz]ations?|denunciations?|remarks?|comments?|calls?)$/

/** How many words may stand between “that” and the words in marks, and between an owner and the noun. */
const MAX_BETWEEN = 4
const MAX_ADJECTIVES = 3

/** “her claim that she ‘never sent’ it”, “the governor’s promise to ‘do more with less’”: the cue at a noun before a run. */
export function claimBefore(paragraph: Paragraph, noun: number, at: number): Cue | undefined {
  const { tokens, mentionAt } = paragraph
  if (!CLAIM.test(tokens[noun]!.lower) || at - noun > MAX_BETWEEN + 2) return undefined
  const link = tokens[noun + 1]?.lower ?? ''
  if (!/^(?:that|to|of)$/.test(link)) return undefined
  // “her comments to the F.B.I. were ‘truthful’” says what somebody else thinks of them.
  if (link !== 'that' && tokens.slice(noun + 2, at).some(({ lower }) => /^(?:is|was|are|were)$/.test(lower)))
    return undefined
  // “the claim that Cruz likes it is ‘simply not true’”
  if (link === 'that' && at - noun > 4 && /^(?:is|was|are|were)$/.test(tokens[at - 1]!.lower))
    return undefined
  for (let owner = noun - 1; owner >= 0 && noun - owner <= MAX_ADJECTIVES; owner--) {
    const { kind, lower, sentence } = tokens[owner]!
    if (kind !== 'word' || sentence !== tokens[noun]!.sentence) return undefined
    if (lower === 'his' || lower === 'her')
      return { at: 'around', near: false, verb: noun, source: { kind: 'pronoun', first: owner, last: owner } }
    if (lower === "'s") {
      const mention = mentionAt[owner - 1]
      if (mention) return { at: 'around', near: false, verb: noun, source: fromMention(paragraph, mention) }
      const isNoun = tokens[owner - 1]?.kind === 'word' && tokens[owner - 2]?.lower === 'the'
      return isNoun
        ? {
            at: 'around',
            near: false,
            verb: noun,
            source: { kind: 'noun', first: owner - 2, last: owner - 1, head: owner - 1 },
          }
        : undefined
    }
    if (PREPOSITION.test(lower) || verbForm(lower) || mentionAt[owner]) return undefined
  }
  return undefined
}
