import type { Cue } from './cues/cue.ts'
import { PREPOSITION, sentenceStart } from './grammar.ts'
import type { Paragraph } from './paragraph.ts'
import type { Run } from './runs.ts'
import { standsAlone } from './titles-and-scares.ts'
import type { Token } from './tokens.ts'
import { ADVERB } from './words/verbs.ts'

/**
 * Whether a house puts the stops and commas of its own sentences inside the marks, as American ones do: a text that has
 * one outside anywhere follows sense, and what is inside belongs to the words.
 */
export const putsStopsInside = (text: string, paragraphs: Paragraph[]): boolean =>
  !paragraphs.some(({ runs }) =>
    runs.some(
      ({ to, end, closed }) =>
        closed && /^[.,]/.test(text.slice(to, to + 1)) && !/[.?!…]$/.test(text[end - 1]!),
    ),
  )

/** The end of a run without the stop or comma that belongs to the sentence around it: before “of” none is needed. */
export const withoutFinalMark = (text: string, { start, end, to }: Run): number =>
  end - start > 1 &&
  !(text[end - 1] === ',' && /^\s(?:of|for|in|to|that|with|on)\s/.test(text.slice(to, to + 6))) &&
  /^[^.][.,]$/.test(text.slice(end - 2, end)) &&
  !/\p{L}\.\p{L}\.$/u.test(text.slice(end - 4, end))
    ? end - 1
    : end

/** Whether a run is a piece of the outlet’s own sentence, and not all of what somebody is said to have said. */
export function isPartial(tokens: Token[], at: number, cue: Cue | undefined): boolean {
  const run = tokens[at]!
  if (standsAlone(tokens, at)) return false
  // A capital “I” tells nothing: “disagrees, because ‘I do not see it.’”
  if (/^I\b/.test(run.text) && /^(?:because|although|since|whereas)$/.test(tokens[at - 1]?.lower ?? ''))
    return true
  if (/^[^\p{L}\p{N}]*(?:\p{Lu}|\[)/u.test(run.text) && !cue?.judging)
    return /^[^\p{L}]*\p{Lu}\p{L}*(?:\s\p{Lu}\p{L}*)?$/u.test(run.text) && !cue?.near
  const before = tokens[at - 1]
  if (!before || before.sentence !== run.sentence) return false
  if (isSecondPart(tokens, at)) return false
  // “But the change, she added, ‘is hard to explain’”
  if (/^(?:is|was|are|were|has|had|will|would|must|should|can|could|does|did|may|might)\b/.test(run.text))
    return true
  if (!cue || cue.verb === undefined || cue.judging) return true
  if (cue.at === 'after' && before.kind === 'word') return true
  if (cue.verb > at) return true
  // All between the verb and the run is “that”, punctuation or who was told.
  const between = tokens.slice(cue.verb + 1, at)
  if (
    !between.every(
      ({ kind, lower }) =>
        kind === 'mark' || /^(?:that|me|him|her|us|them|reporters|only|simply|just)$/.test(lower),
    )
  )
    return true
  // “promises ‘attainable luxury’”: the verb takes the words for its object.
  const isThing =
    /^(?:a|an|the|no|any|its|their|his|her)\b/.test(run.text) && !SAYING.test(tokens[cue.verb]!.lower)
  if (between.length === 0 && isThing) return true
  if (between.length === 0 && /^\p{Ll}/u.test(run.text) && NOMINAL.test(tokens[cue.verb]!.lower)) return true
  return isPutIn(tokens, cue.verb)
}

/** Verbs whose object is what was said. */
const SAYING =
  /^(?:sa(?:y|ys|id|ying)|add\w*|repl\w+|answer\w*|t(?:ell|ells|old|elling)|writ\w+|wrote|ask\w*|shout\w*|read\w*)$/

/** Verbs whose object is a thing, and so a piece of what was said. */
const NOMINAL =
  /^(?:promis|offer|demand|predict|express|recommend|propos|voic|cit|forecast|guarante|pledg)(?:e|es|ed|s|ing)?$/

/** “…,” she said, “and …”: the words go on after the outlet’s. */
function isSecondPart(tokens: Token[], at: number): boolean {
  if (tokens[at - 1]?.text !== ',') return false
  const first = tokens.slice(sentenceStart(tokens, at), at).findLast(({ kind }) => kind === 'run')
  return first !== undefined && /,['’”"]?$/.test(first.text)
}

/** Whether the words before a comma only open the sentence: “Later,”, “On Tuesday,”, “Asked about it,”. */
function opensSentence(tokens: Token[], comma: number): boolean {
  const low = sentenceStart(tokens, comma)
  const start = tokens[low]!.lower
  const last = tokens.slice(low, comma).findLastIndex(({ text }) => text === ',')
  // “…, which is an outcome, he said, ‘we’ve long anticipated’”
  if (last >= 0 && tokens[low + last + 1]!.lower === 'which') return false
  return (
    PREPOSITION.test(start) ||
    ADVERB.test(start) ||
    /^(?:but|and|when|while|asked|still|yet|so|however|meanwhile|earlier|yesterday|today|pressed|[a-z]+ing)$/.test(
      start,
    )
  )
}

/** “Nakamura, he said, ‘never …’”: the words before the commas are part of what was said. */
function isPutIn(tokens: Token[], verb: number): boolean {
  for (let index = verb; index > 0 && verb - index < 8; index--) {
    if (tokens[index]!.kind === 'run') return false
    if (tokens[index]!.text === ',')
      return (
        tokens[index - 1]!.kind === 'word' &&
        tokens[index]!.sentence === tokens[verb]!.sentence &&
        verb - index <= 5 &&
        tokens[verb + 1]?.text === ',' &&
        !opensSentence(tokens, index)
      )
  }
  return false
}
