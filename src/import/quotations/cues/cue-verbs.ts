import { CONJUNCTION, DETERMINER, PREPOSITION, PRONOUN } from '../grammar.ts'
import type { Paragraph } from '../paragraph.ts'
import type { Token } from '../tokens.ts'
import { ADVERB, BE, isJudging, isNounForm, isThinking, particleOf, verbForm } from '../words/verbs.ts'

/** Whether a token is a verb that can introduce somebody’s words. */
export const isCueVerb = (paragraph: Paragraph, at: number): boolean => {
  const token = paragraph.tokens[at]!
  if (token.kind !== 'word' || paragraph.mentionAt[at]) return false
  const form = verbForm(token.lower)
  if (!form) return false
  const next = paragraph.tokens[at + 1]
  if (form.base === 'continue' && (form.form === 'base' || next?.kind === 'word')) return false
  if (
    form.base === 'go' &&
    tokenText(paragraph, at + 2) !== '' &&
    !/^(?:to|,|:)$/.test(tokenText(paragraph, at + 2))
  )
    return false
  if (form.base === 'make' && !/^(?:clear|(?:it|this|that) clear)\b/.test(tokenTexts(paragraph, at + 1)))
    return false
  const particle = particleOf(form)
  if (particle && !particle.test(next?.lower ?? '')) return false
  if (form.form !== 'ing' && isNounForm(token.lower) && !isVerbHere(paragraph, at)) return false
  return !isOwned(paragraph, at)
}

/** Whether a past form describes what somebody has: “Rubio’s proposed tax”, “her repeated calls”. */
function isOwned({ tokens, mentionAt }: Paragraph, at: number): boolean {
  const form = verbForm(tokens[at]!.lower)?.form
  // “the ruling”, “a warning”
  if (form === 'ing') return /^(?:the|a|an|this|'s|his|her|its|their)$/.test(tokens[at - 1]?.lower ?? '')
  if (form !== 'past') return false
  if (!/^(?:'s|his|her|its|their|a|an|the|this|any|no)$/.test(tokens[at - 1]?.lower ?? '')) return false
  const next = tokens[at + 1]
  return (
    next?.kind === 'word' &&
    next.sentence === tokens[at]!.sentence &&
    !next.capital &&
    !mentionAt[at + 1] &&
    !SMALL_WORD.test(next.lower) &&
    !PREPOSITION.test(next.lower) &&
    !PRONOUN.test(next.lower) &&
    !CONJUNCTION.test(next.lower) &&
    !DETERMINER.test(next.lower) &&
    !ADVERB.test(next.lower)
  )
}

const SMALL_WORD = /^(?:him|her|them|me|us|reporters|not|today|yesterday|last|next|this|\d.*)$/

const tokenText = ({ tokens }: Paragraph, at: number) =>
  tokens[at]?.kind === 'run' ? '' : (tokens[at]?.lower ?? '')

const tokenTexts = (paragraph: Paragraph, at: number) =>
  `${tokenText(paragraph, at)} ${tokenText(paragraph, at + 1)}`

/** Whether a form that is also a noun is a verb: after a name, a pronoun or “who”, and not before “of” and “by”. */
function isVerbHere(paragraph: Paragraph, at: number): boolean {
  const { tokens, mentionAt } = paragraph
  const next = tokens[at + 1]
  if (next && /^(?:of|by|from)$/.test(next.lower)) return false
  let index = at - 1
  while (index > 0 && ADVERB.test(tokens[index]!.lower)) index--
  const before = tokens[index]
  if (!before) return false
  if (
    mentionAt[index] ||
    PRONOUN.test(before.lower) ||
    /^(?:who|to|will|would|can|could|should|must|may|might|also|not|['’]?d|,|\))$/.test(before.lower)
  )
    return tokens[index]?.lower !== "'s"
  const form = verbForm(tokens[at]!.lower)!
  if (form.form === 's')
    return (
      before.kind === 'word' &&
      !PREPOSITION.test(before.lower) &&
      !/^(?:the|a|an|his|her|its|their|'s|these|those|new|such|of|and)$/.test(before.lower) &&
      (next?.kind === 'run' || next?.text === ':' || next?.lower === 'that') &&
      !/\d|s$/.test(before.lower)
    )
  return (
    before.kind === 'run' ||
    (form.form === 'base' &&
      /(?:[^']s|people)$/.test(before.lower) &&
      (next?.kind === 'run' || next?.text === ':' || next?.lower === 'that'))
  )
}

/** Whether a past form is passive: “was told”, “is described as”, “what is called”. */
export function isPassive({ tokens }: Paragraph, at: number): boolean {
  let index = at - 1
  while (
    index > 0 &&
    (ADVERB.test(tokens[index]!.lower) || tokens[index]!.lower === 'not') &&
    !BE.test(tokens[index]!.lower)
  )
    index--
  const form = verbForm(tokens[at]!.lower)
  return form?.form === 'past' && index >= 0 && BE.test(tokens[index]!.lower)
}

/** Whether a verb follows “to”, as in “ready to say” and “would like him to further explain”: its subject stands elsewhere. */
export function isInfinitive({ tokens }: Paragraph, verb: number): boolean {
  let before = verb - 1
  while (before > 0 && tokens[before]!.lower !== 'to' && ADVERB.test(tokens[before]!.lower)) before--
  return tokens[before]?.lower === 'to' && verbForm(tokens[verb]!.lower)?.form === 'base'
}

/** Whether a token is a verb of saying, rather than of thinking or judging. */
export const isSpeechVerb = (paragraph: Paragraph, at: number) => {
  if (!isCueVerb(paragraph, at)) return false
  const form = verbForm(paragraph.tokens[at]!.lower)!
  return !isJudging(form) && (!isThinking(form) || /^th/.test(form.base))
}

/** Whether a sentence such as “Okafor asked.” ends soon after its verb, so that it says whose the words before it are. */
export function endsSoon(tokens: Token[], verb: number): boolean {
  const next = tokens[verb + 1]
  if (next?.kind !== 'word') return true
  if (next.sentence !== tokens[verb]!.sentence) return true
  return (
    /^(?:in|on|at|from|during|to|of|about|after|before|as|when|while|with|monday|tuesday|wednesday|thursday|friday|saturday|sunday|him|her|them|me|us|reporters|later|back|out)$/.test(
      next.lower,
    ) ||
    ADVERB.test(next.lower) ||
    next.capital
  )
}
