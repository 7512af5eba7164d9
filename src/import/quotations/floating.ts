import type { Cue } from './cues/cue.ts'
import { isPassive, isSpeechVerb } from './cues/cue-verbs.ts'
import { findCue } from './cues/cues.ts'
import { mainSubject } from './cues/main-subject.ts'
import type { Source } from './cues/source.ts'
import { sentenceStart } from './grammar.ts'
import type { Paragraph } from './paragraph.ts'
import { ofGender } from './pronouns.ts'
import type { Reading, Speaker } from './reading.ts'
import { resolve } from './resolve.ts'
import { signedBelow } from './signed-below.ts'
import { standsAlone } from './titles-and-scares.ts'
import type { Token } from './tokens.ts'
import { roleOf } from './words/roles.ts'

/** How many names are looked back through, and how many paragraphs ahead. More would let a hostile text cost its length squared. */
const MAX_NAMES = 60
const MAX_AHEAD = 4
/** How many captions may stand between a quotation and who says it. */
const MAX_CAPTIONS = 4

/** A quotation while it is read: `at` is the token of its run. */
export type Found = { at: number; cue?: Cue; speaker?: Speaker; turn?: number }

/** Whose words a run without a cue is: those of whoever speaks beside it in the paragraph, or in the one before. */
export function floating(
  reading: Reading,
  paragraph: Paragraph,
  paragraphs: Paragraph[],
  found: Found[],
  index: number,
): Speaker | undefined {
  const before = found[index - 1]
  const { tokens } = paragraph
  const { at } = found[index]!
  const asked = askedBefore(reading, paragraph, at)
  if (asked) return asked
  const between =
    before && tokens[at - 1]!.sentence > tokens[before.at]!.sentence
      ? subjectOfSentenceBefore(paragraph, at)
      : undefined
  // “…,” X said. Y disagreed. “…”
  if (between && between.kind !== 'noun') {
    const speaker = resolve(reading, paragraph, between)
    if (speaker.person && speaker.person !== before?.speaker?.person)
      return { ...speaker, weight: Math.min(speaker.weight, 0.75) }
  }
  if (before?.speaker)
    return { ...before.speaker, weight: Math.min(before.speaker.weight, standsAlone(tokens, at) ? 0.9 : 0.6) }
  const { last: open } = reading
  if (at === 0 && open?.open && paragraph.index - open.paragraph <= 3)
    return { ...open, weight: Math.min(open.weight, 0.95) }
  const signed = tokens.length === 1 ? signedBelow(reading, paragraphs[paragraph.index + 1]) : undefined
  if (signed) return signed
  const later = at === 0 && closesLater(reading, paragraph, paragraphs)
  if (later) return later
  const replies = at === 0 && tokens.length === 1 ? inDialogue(reading, paragraph) : undefined
  if (replies) return replies
  const next = at === 0 ? found.slice(index + 1).find(({ cue }) => cue?.source) : undefined
  const sentenceBefore = subjectOfSentenceBefore(paragraph, at)
  if (sentenceBefore) {
    const speaker =
      ofTheirs(reading, paragraph, sentenceBefore) ?? resolve(reading, paragraph, sentenceBefore)
    // “It was her grandmother who taught her. ‘…’”
    const isNobody =
      sentenceBefore.kind === 'pronoun' && !speaker.person && speaker.weight < 0.5 && reading.last
    // “Ruiz noted that it had rained. ‘…’”
    const speaks =
      sentenceBefore.kind === 'name' &&
      standsAlone(tokens, at) &&
      [1, 2].some(next => saysIt(paragraph, sentenceBefore.last + next))
    if (!isNobody) return { ...speaker, weight: Math.min(speaker.weight, speaks ? 0.85 : 0.75) }
  }
  if (next?.cue?.source) {
    const speaker = resolve(reading, paragraph, next.cue.source)
    return { ...speaker, weight: Math.min(speaker.weight, 0.7) }
  }
  const previous = paragraphs
    .slice(Math.max(0, paragraph.index - MAX_CAPTIONS), paragraph.index)
    .findLast(({ tokens: words }) => !isCaption(words))
  const { last } = reading
  if (last && previous && last.paragraph === previous.index)
    return { ...last, weight: Math.min(last.weight, last.follows || isRetort(tokens) ? 0.6 : 0.85) }
  if (previous) {
    const from = sentenceStart(previous.tokens, previous.tokens.length - 1)
    const source = mainSubject(previous, from, previous.tokens.length)
    if (source) {
      const named = resolve(reading, previous, source)
      const speaker = (!named.person && whoSpoke(reading, previous)) || named
      return {
        ...speaker,
        weight: Math.min(speaker.weight, /^[:,]$/.test(previous.tokens.at(-1)!.text) ? 0.85 : 0.5),
      }
    }
  }
  if (last) return { ...last, weight: 0.3 }
  const about = reading.named.slice(-MAX_NAMES).findLast(({ isSubject }) => isSubject)?.person
  return about && { kind: 'person', person: about, name: about.name, weight: 0.3 }
}

const saysIt = (paragraph: Paragraph, verb: number) =>
  verb < paragraph.tokens.length && isSpeechVerb(paragraph, verb) && !isPassive(paragraph, verb)

/** Who a paragraph begins with, if it says that they spoke: “Ruiz also spoke about the law. The law says …” */
function whoSpoke(reading: Reading, paragraph: Paragraph): Speaker | undefined {
  const { tokens } = paragraph
  const source = mainSubject(paragraph, 0, tokens.length)
  if (source?.kind !== 'name') return undefined
  const verb = tokens
    .slice(source.last + 1, source.last + 4)
    .some(({ lower }) => /^(?:spoke|talked)$/.test(lower))
  const speaker = verb ? resolve(reading, paragraph, source) : undefined
  return speaker?.person && { ...speaker, weight: 0.6 }
}

/** “Did she want to cook? ‘God, no.’”: whoever is asked answers, and not whom the question is about. */
function askedBefore(reading: Reading, paragraph: Paragraph, at: number): Speaker | undefined {
  const { tokens } = paragraph
  if (tokens[at - 1]?.text !== '?') return undefined
  for (let index = sentenceStart(tokens, at - 1); index < at; index++) {
    const { lower } = tokens[index]!
    if (!/^(?:he|she)$/.test(lower)) continue
    const asked = ofGender(reading, paragraph, index, lower === 'he' ? 'm' : 'f', tokens[index]!.text)
    if (asked.person) return { ...asked, weight: Math.min(asked.weight, 0.7) }
  }
  const { last } = reading
  return last && paragraph.index - last.paragraph <= 3 ? { ...last, weight: 0.5 } : undefined
}

/** “His team has lost five in a row. ‘…’”: the words are his. */
function ofTheirs(reading: Reading, paragraph: Paragraph, source: Source): Speaker | undefined {
  const { lower } = paragraph.tokens[source.first]!
  if (source.kind !== 'noun' || !/^(?:his|her)$/.test(lower)) return undefined
  if (roleOf(paragraph.tokens[source.head]!.lower) !== undefined) return undefined
  const theirs = ofGender(reading, paragraph, source.first, lower === 'his' ? 'm' : 'f', lower)
  return theirs.person ? theirs : undefined
}

/** Whose words go on over paragraphs of which only a later one says it. */
function closesLater(reading: Reading, first: Paragraph, paragraphs: Paragraph[]): Speaker | undefined {
  let paragraph = first
  for (let ahead = 1; ahead <= MAX_AHEAD; ahead++) {
    if (paragraph.runs.length !== 1 || paragraph.runs[0]!.closed) return undefined
    const next = paragraphs[first.index + ahead]
    if (next?.tokens[0]?.kind !== 'run') return undefined
    const source = findCue(next, 0)?.source
    // Names of the paragraphs between may be meant: pronouns look back from where they stand.
    if (source?.kind === 'pronoun' && reading.last?.paragraph === first.index - 1) return undefined
    if (source) return { ...resolve(reading, next, source), weight: 0.7 }
    paragraph = next
  }
  return undefined
}

/** Question and answer in paragraphs of their own: two people take turns. */
function inDialogue({ last, other }: Reading, { index, tokens }: Paragraph): Speaker | undefined {
  if (!last || !other || index - last.paragraph !== 1 || last.open) return undefined
  const takesTurns = last.answers && (last.alone || /[?]['’”"]?$/.test(tokens[0]!.text))
  return last.asks || takesTurns || last.follows ? { ...other, weight: 0.6 } : undefined
}

/** Whether a paragraph is a few quoted words or a question and no more: somebody else may say them. */
const isRetort = ([only, ...more]: Token[]) =>
  more.length === 0 && (/[?]['’”"]?$/.test(only!.text) || only!.text.split(/\s+/).length <= 5)

const isCaption = (tokens: Token[]) =>
  tokens.some(
    ({ lower }, index) =>
      /^(?:image|photo|photograph|picture|file|credit)$/.test(lower) && tokens[index + 1]?.text === ':',
  )

/** Who the sentence before a run in the same paragraph is about. */
function subjectOfSentenceBefore(paragraph: Paragraph, at: number) {
  const { tokens } = paragraph
  const high = at
  if (high === 0 || tokens[high - 1]!.kind === 'run') return undefined
  const low = sentenceStart(tokens, high - 1)
  return mainSubject(paragraph, low, high)
}
