import type { Cue } from './cues/cue.ts'
import { mainSubject } from './cues/main-subject.ts'
import { sentenceStart } from './grammar.ts'
import type { Paragraph } from './paragraph.ts'
import type { Reading, Speaker } from './reading.ts'
import { resolve } from './resolve.ts'
import { standsAlone } from './titles-and-scares.ts'
import type { Token } from './tokens.ts'

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
  const next = at === 0 ? found.slice(index + 1).find(({ cue }) => cue?.source) : undefined
  const sentenceBefore = subjectOfSentenceBefore(paragraph, at)
  if (sentenceBefore) {
    const speaker = resolve(reading, paragraph, sentenceBefore)
    return { ...speaker, weight: Math.min(speaker.weight, 0.75) }
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
    return { ...last, weight: Math.min(last.weight, 0.85) }
  if (previous) {
    const from = sentenceStart(previous.tokens, previous.tokens.length - 1)
    const source = mainSubject(previous, from, previous.tokens.length)
    if (source) {
      const speaker = resolve(reading, previous, source)
      return {
        ...speaker,
        weight: Math.min(speaker.weight, previous.tokens.at(-1)!.text === ':' ? 0.85 : 0.5),
      }
    }
  }
  return last ? { ...last, weight: 0.3 } : undefined
}

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
