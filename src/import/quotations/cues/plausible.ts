import { PREPOSITION, sentenceStart } from '../grammar.ts'
import type { Paragraph } from '../paragraph.ts'
import type { Cue } from './cue.ts'
import { fromMention } from './noun-phrases.ts'
import { isThing } from './outer-verb.ts'

/** How far back in a sentence a name is looked for. More would let a hostile text cost its length squared. */
const MAX_BACK = 60

/** A cue whose source is a thing that says nothing, “in a later interview said”, with the last subject that has a name. */
export function plausible(paragraph: Paragraph, at: number, cue: Cue | undefined): Cue | undefined {
  const { source, verb } = cue ?? {}
  if (!cue || !source || verb === undefined || verb > at || !isThing(paragraph, source)) return cue
  if (source.kind === 'noun' && source.owner) return cue
  const { tokens, mentionAt } = paragraph
  const low = sentenceStart(tokens, at)
  for (let index = verb - 1; index >= low && verb - index < MAX_BACK; index--) {
    const mention = mentionAt[index]
    if (!mention || (mention.kind !== 'person' && mention.kind !== 'unknown')) continue
    index = mention.first
    const before = tokens[index - 1]
    const isOwner = tokens[mention.last + 1]?.lower === "'s"
    if (isOwner || (before && index > low && (PREPOSITION.test(before.lower) || before.lower === 'and')))
      continue
    return { ...cue, source: fromMention(paragraph, mention), guessed: true }
  }
  return cue
}
