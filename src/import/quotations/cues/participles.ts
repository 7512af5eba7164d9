import type { Paragraph } from '../paragraph.ts'
import { roleOf } from '../words/roles.ts'
import { ADVERB, verbForm } from '../words/verbs.ts'
import { isInfinitive, isPassive, isSpeechVerb } from './cue-verbs.ts'
import { mainSubject } from './main-subject.ts'
import { fromMention, phraseEndingAt } from './noun-phrases.ts'
import { phraseFrom } from './phrase-from.ts'
import type { Source } from './source.ts'
import { subjectBefore } from './subjects.ts'

/** Who does what a participle says, as in “with Boswell stating”: whoever stands before it, or whom the sentence is about. */
export function subjectOfParticiple(paragraph: Paragraph, verb: number, low: number): Source | undefined {
  const { tokens, mentionAt } = paragraph
  const before = tokens[verb - 1]
  // “with Boswell stating”
  const noun = before && ADVERB.test(before.lower) ? verb - 2 : verb - 1
  const named = before && mentionAt[noun]
  const leads =
    named && roleOf(tokens[named.first - 1]?.lower ?? '') !== undefined
      ? named.first - 2
      : named && named.first - 1
  if (named && tokens[leads!]?.lower === 'with') return fromMention(paragraph, named)
  // “footage of Trump saying”
  if (
    named?.last === noun &&
    named.kind !== 'role' &&
    /^(?:footage|video|videos|clip|clips|recording|recordings|tape|audio|film|images|photo|snippet|soundbite)$/.test(
      tokens[named.first - 2]?.lower ?? '',
    ) &&
    tokens[named.first - 1]!.lower === 'of'
  )
    return fromMention(paragraph, named)
  // “… a statement – Ryan saying he was ‘encouraged’”
  if (
    named?.last === noun &&
    /^(?:person|unknown)$/.test(named.kind) &&
    /^(?:—|–|-|--)$/.test(tokens[named.first - 1]?.text ?? '')
  )
    return fromMention(paragraph, named)
  if (before && before.kind === 'word' && !mentionAt[verb - 1]) {
    const own = phraseEndingAt(paragraph, verb - 1, low)
    if (own?.kind === 'noun' && /^(?:with|,)$/.test(tokens[own.first - 1]?.lower ?? '')) return own
    if (
      own?.kind === 'noun' &&
      /^(?:message|sign|signs|letter|email|e-mail|placard|placards|banner|banners|note|poster|notice)$/.test(
        tokens[own.head]!.lower,
      )
    )
      return own
  }
  for (let index = verb - 1; index > low; index--) {
    if (
      !isSpeechVerb(paragraph, index) ||
      verbForm(tokens[index]!.lower)!.form === 'ing' ||
      isInfinitive(paragraph, index) ||
      isPassive(paragraph, index)
    )
      continue
    const source =
      subjectBefore(paragraph, index, low) ??
      (tokens[index - 1]?.kind === 'run' || tokens[index - 1]?.text === ','
        ? phraseFrom(paragraph, index + 1)
        : undefined)
    if (source) return source
  }
  return mainSubject(paragraph, low, verb)
}
