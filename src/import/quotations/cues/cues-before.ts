import { PREPOSITION, sentenceStart } from '../grammar.ts'
import type { Paragraph } from '../paragraph.ts'
import type { Token } from '../tokens.ts'
import { isGivenName } from '../words/given-names.ts'
import { BE, isJudging, isThinking, verbForm } from '../words/verbs.ts'
import type { Cue } from './cue.ts'
import { withSource } from './cue.ts'
import { isCueVerb, isInfinitive, isPassive } from './cue-verbs.ts'
import { mainSubject } from './main-subject.ts'
import { claimBefore } from './noun-cues.ts'
import { fromMention, phraseEndingAt } from './noun-phrases.ts'
import { isReported, sharedSubject } from './outer-verb.ts'
import { subjectOfParticiple } from './participles.ts'
import { phraseFrom } from './phrase-from.ts'
import type { Source } from './source.ts'
import { subjectBefore } from './subjects.ts'

/** How many verbs before a run are looked at. More would let a hostile text cost a second. */
const MAX_VERBS = 8

/** The cue that stands before a run in its sentence: “X said”, “according to X”, a colon. */
export function cueBefore(paragraph: Paragraph, at: number): Cue | undefined {
  const { tokens } = paragraph
  const low = sentenceStart(tokens, at)
  const before = tokens[at - 1]
  const words = before?.text === ',' ? inWordsOf(paragraph, low, at) : undefined
  if (words) return words
  let judging: Cue | undefined
  let thinking: Cue | undefined
  let reported: Cue | undefined
  let verbs = 0
  for (let verb = at - 1; verb >= low && at - verb < 60; verb--) {
    const claim = claimBefore(paragraph, verb, at)
    if (claim && !thinking && !judging) return claim
    if (!isCueVerb(paragraph, verb)) continue
    if (++verbs > MAX_VERBS) break
    const form = verbForm(tokens[verb]!.lower)!
    const isJudge = isJudging(form)
    if (isInClosedClause(tokens, verb, at)) continue
    // “was described by”, “a play described by”
    if (isPassive(paragraph, verb) || (form.form === 'past' && tokens[verb + 1]?.lower === 'by')) {
      const by = agentAfter(paragraph, verb, at)
      if (by) return { at: 'around', near: false, verb, source: by, judging: isJudge }
      continue
    }
    const flipped = flippedSubject(paragraph, verb, at)
    if (flipped) return { at: 'before', near: true, verb, source: flipped }
    const isContinuous = form.form === 'ing' && BE.test(tokens[verb - 1]?.lower ?? '')
    const source =
      (form.form === 'ing' && !isContinuous) || isInfinitive(paragraph, verb)
        ? subjectOfParticiple(paragraph, verb, low)
        : subjectBefore(paragraph, verb, low)
    if (!source) {
      // “Said X, who …, ‘…’”
      const inverted =
        verb === low && /^(?:said|says|added|wrote)$/.test(tokens[verb]!.lower)
          ? phraseFrom(paragraph, verb + 1)
          : undefined
      if (inverted) return { at: 'before', near: true, verb, source: inverted }
      // “…,” said X, “…”
      const split =
        form.form !== 'ing' &&
        !isJudge &&
        verb > low &&
        (tokens[verb - 1]!.kind === 'run' || tokens[verb - 1]!.text === ',')
          ? phraseFrom(paragraph, verb + 1)
          : undefined
      if (split) return { at: 'before', near: isNear(tokens, verb, at), verb, source: split }
      if (form.form === 'past' && verb === low) continue
      if (
        form.form === 'past' ||
        form.form === 'ing' ||
        tokens[verb - 1]?.text === ',' ||
        tokens[verb - 1]?.lower === 'and'
      ) {
        const main = sharedSubject(paragraph, verb, low) ?? mainSubject(paragraph, low, verb)
        if (main && !(judging && isJudge)) {
          const cue: Cue = {
            at: 'before',
            near: isNear(tokens, verb, at),
            verb,
            source: main,
            judging: isJudge,
          }
          if (!isJudge || cue.near) return cue
          judging = cue
        }
      }
      continue
    }
    const cue: Cue = {
      at: isNear(tokens, verb, at) ? 'before' : 'around',
      near: isNear(tokens, verb, at),
      verb,
      source,
      judging: isJudge,
    }
    if ((!cue.near || isJudge) && isReported(paragraph, verb, source, low)) {
      reported ??= cue
      continue
    }
    if (isJudge && !judging && isOwnClause(tokens, source, verb, at)) return cue
    if (isThinking(form)) {
      thinking ??= cue
      continue
    }
    const isRelative = /^(?:who|which)$/.test(tokens[verb - 1]?.lower ?? '') && before?.text === ':'
    if (isRelative) {
      thinking ??= cue
      continue
    }
    if (!isJudge || (cue.near && !judging && governs(tokens, verb, at))) return cue
    judging ??= cue
  }
  if (thinking ?? judging ?? reported) return thinking ?? judging ?? reported
  const according = accordingBefore(paragraph, low, at)
  if (according) return according
  if (before && before.text === ':' && at - 1 > low) {
    const named = paragraph.mentionAt[at - 2]
    const source =
      named?.kind === 'person' ? phraseEndingAt(paragraph, at - 2, low) : mainSubject(paragraph, low, at)
    return { at: 'colon', near: true, ...withSource(source) }
  }
  return undefined
}

/** “The campaign began, says X, ‘with a grudge’”: who says it stands behind the verb, between two commas. */
function flippedSubject(paragraph: Paragraph, verb: number, at: number): Source | undefined {
  const { tokens, mentionAt } = paragraph
  if (tokens[verb - 1]?.text !== ',' || !/^(?:say|add|explain|recall|joke)/.test(tokens[verb]!.lower))
    return undefined
  const mention = mentionAt[verb + 1]
  if (!mention || mention.kind === 'place' || mention.last + 2 !== at) return undefined
  return tokens[at - 1]!.text === ',' && mention.first === verb + 1
    ? fromMention(paragraph, mention)
    : undefined
}

/** “It would go on, in the words of one supporter, ‘till the ferry stops’”. */
function inWordsOf(paragraph: Paragraph, low: number, at: number): Cue | undefined {
  const { tokens } = paragraph
  for (let index = at - 2; index > low && at - index < 10; index--) {
    if (tokens[index]!.text === ',') return undefined
    if (tokens[index]!.lower === 'of' && tokens[index - 1]!.lower === 'words')
      return { at: 'according', near: true, ...withSource(phraseFrom(paragraph, index + 1)) }
  }
  return undefined
}

/** “According to X, …”, “in the words of X, …”. */
function accordingBefore(paragraph: Paragraph, low: number, at: number): Cue | undefined {
  const { tokens } = paragraph
  for (let index = low; index < at - 1; index++) {
    const { lower } = tokens[index]!
    const isAccording = lower === 'according' && tokens[index + 1]!.lower === 'to'
    const isWords = lower === 'words' && tokens[index + 1]!.lower === 'of'
    const owner = ownWords(paragraph, index, at)
    if (owner) return { at: 'according', near: true, source: owner }
    if (!isAccording && !isWords) continue
    const source = phraseFrom(paragraph, index + 2)
    return { at: 'according', near: isWords || tokens[at - 1]!.text === ',', ...withSource(source) }
  }
  return undefined
}

/** “in June’s words, ‘…’”, “by his own account ‘…’” */
function ownWords(paragraph: Paragraph, index: number, at: number): Source | undefined {
  const { tokens, mentionAt } = paragraph
  const opening = tokens[index]!.lower
  if (opening !== 'in' && opening !== 'by') return undefined
  const named = mentionAt[index + 1]
  const own =
    named && (named.kind !== 'place' || isGivenName(tokens[named.last]!.lower)) ? named.last + 1 : index + 1
  if (named ? tokens[own]?.lower !== "'s" : !/^(?:his|her|their)$/.test(tokens[own]?.lower ?? ''))
    return undefined
  const noun = tokens[own + 1]?.lower === 'own' ? own + 2 : own + 1
  if (noun >= at || !/^(?:words?|account|telling|phrase|view)$/.test(tokens[noun]!.lower)) return undefined
  return named ? fromMention(paragraph, named) : mainSubject(paragraph, sentenceStart(tokens, index), index)
}

/** “… by X” behind a passive verb. */
function agentAfter(paragraph: Paragraph, verb: number, at: number): Source | undefined {
  const { tokens } = paragraph
  for (
    let index = verb + 1;
    index < tokens.length && index - verb < 20 && tokens[index]!.sentence === tokens[verb]!.sentence;
    index++
  ) {
    if (tokens[index]!.lower === 'by' && index !== at) return phraseFrom(paragraph, index + 1)
  }
  return undefined
}

/** Whether a verb stands in a clause with “who” or “which” that a comma closes before a run. */
function isInClosedClause(tokens: Token[], verb: number, at: number): boolean {
  for (let index = verb; index > 0 && verb - index < 12; index--) {
    if (tokens[index]!.text !== ',') continue
    return (
      /^(?:who|which|whose|whom)$/.test(tokens[index + 1]!.lower) &&
      tokens.slice(verb, at).some(({ text }) => text === ',') &&
      !(tokens[at - 1]?.text === ',' && at - verb === 2)
    )
  }
  return false
}

/** Whether a verb of judging has a run for its object: “called it ‘x’”, “praised him for ‘x’”. */
const governs = (tokens: Token[], verb: number, at: number) =>
  at - verb === 1 ||
  /^(?:as|for|of|to)$/.test(tokens[at - 1]!.lower) ||
  /^(?:call|dub|brand|term|label|deem)/.test(tokens[verb]!.lower)

/** “They feared a speech like Ruiz’s, when Ruiz called for ‘war’”: a clause of its own, with its own words. */
const isOwnClause = (tokens: Token[], { first }: Source, verb: number, at: number) =>
  at - verb <= 4 &&
  /^(?:when|after|before|while|where)$/.test(tokens[first - 1]?.lower ?? '') &&
  tokens.slice(verb + 1, at).every(({ lower }) => /^(?:for|as|it|him|her|them|a|an|the)$/.test(lower))

/** Whether only an object, “that” or punctuation stands between a verb and a run. */
function isNear(tokens: Token[], verb: number, at: number): boolean {
  const between = tokens.slice(verb + 1, at)
  if (between.length === 0) return true
  const last = between.at(-1)!
  if (last.text === ':') return true
  if (last.text === ',') return true
  if (last.lower === 'that' && between.length < 8) return true
  if (
    between.length <= 4 &&
    between.every(({ kind }) => kind === 'word') &&
    !between.some(({ lower }) => PREPOSITION.test(lower) && lower !== 'to')
  )
    return true
  return false
}
