import { sentenceStart } from '../grammar.ts'
import type { Mention } from '../names/mention.ts'
import type { Paragraph } from '../paragraph.ts'
import { isDocument } from '../words/organisations.ts'
import type { Cue } from './cue.ts'
import { endsSoon, isPassive, isSpeechVerb } from './cue-verbs.ts'
import { cueAfter, trailingCue } from './cues-after.ts'
import { cueBefore } from './cues-before.ts'
import { phraseFrom } from './phrase-from.ts'
import { subjectBefore } from './subjects.ts'

/** The cue for the run at a token, the surest first. */
export function findCue(paragraph: Paragraph, at: number): Cue | undefined {
  const before = cueBefore(paragraph, at)
  if (before?.near && before.at !== 'according' && !PUNCTUATED_INSIDE.test(paragraph.tokens[at]!.text))
    return before
  const after = cueAfter(paragraph, at)
  if (
    before?.near &&
    before.at === 'before' &&
    before.verb === at - 1 &&
    before.source?.kind === 'name' &&
    after?.source?.kind === 'pronoun'
  )
    return before
  if (after?.near && !(before?.near && before.at === 'before' && after.at === 'trailing')) {
    const isRival =
      before?.near &&
      before.at === 'before' &&
      !before.judging &&
      after.at === 'after' &&
      after.verb !== undefined &&
      !endsSoon(paragraph.tokens, after.verb) &&
      after.verb > (after.source?.first ?? 0)
    if (before && (reportsOnly(before, after) || toldIn(paragraph, before, after))) return before
    if (!isRival && !(before?.near && beforeIsStronger(paragraph, at))) return after
  }
  if (before?.near) return before
  const trailing = trailingCue(paragraph, at)
  if (before && trailing && (reportsOnly(before, trailing) || toldIn(paragraph, before, trailing)))
    return before
  return trailing ?? before ?? after
}

/** “Larkin told deputies he ‘was tired,’ according to a report”: a paper tells what somebody else said. */
const toldIn = ({ tokens }: Paragraph, { source, verb, judging, guessed }: Cue, { at, source: paper }: Cue) =>
  at === 'according' &&
  paper?.kind === 'noun' &&
  isDocument(tokens[paper.head]!.lower) &&
  source !== undefined &&
  source.kind !== 'noun' &&
  verb !== undefined &&
  judging !== true &&
  guessed !== true &&
  /^(?:told|said|wrote|admitted|testified|replied)$/.test(tokens[verb]!.lower)

/** “He said they should ‘look for a psychiatrist,’ according to Reuters”: an outlet tells what somebody else said. */
const reportsOnly = (before: Cue, { at, source }: Cue) =>
  at === 'according' &&
  source?.kind === 'name' &&
  (source.mention.kind === 'organisation' || source.mention.kind === 'unknown') &&
  before.source !== undefined &&
  before.judging !== true &&
  (before.at === 'before' || before.at === 'around')

const PUNCTUATED_INSIDE = /[,?!…—–-]['’”"]?$/

/** `She said: "A?" Smith answered` – what stands directly before a run counts more than the next sentence. */
const beforeIsStronger = ({ tokens }: Paragraph, at: number) =>
  tokens[at + 1] !== undefined && tokens[at + 1]!.sentence !== tokens[at]!.sentence

/** The names of a paragraph whose owners say something in it. */
export function speakingIn(paragraph: Paragraph): Set<Mention> {
  const speaking = new Set<Mention>()
  for (let verb = 1; verb < paragraph.tokens.length; verb++) {
    if (!isSpeechVerb(paragraph, verb) || isPassive(paragraph, verb)) continue
    const low = sentenceStart(paragraph.tokens, verb)
    const source = subjectBefore(paragraph, verb, low) ?? phraseFrom(paragraph, verb + 1)
    if (source?.kind === 'name') speaking.add(source.mention)
  }
  return speaking
}
