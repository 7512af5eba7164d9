import type { Cue } from './cues/cue.ts'
import { findCue } from './cues/cues.ts'
import { plausible } from './cues/plausible.ts'
import type { Source } from './cues/source.ts'
import { type Found, floating } from './floating.ts'
import { labelledSpeech } from './labels.ts'
import { noPeople } from './names/people.ts'
import { notePeople, placeNames } from './note-people.ts'
import { type Paragraph, readParagraphs } from './paragraph.ts'
import { isPartial, putsStopsInside, withoutFinalMark } from './partial.ts'
import type { FindQuotations, FoundQuotation } from './quotation.ts'
import type { Reading, Speaker } from './reading.ts'
import { resolve } from './resolve.ts'
import { isQuotation } from './titles-and-scares.ts'
import type { Token } from './tokens.ts'

/** How much a speaker has to weigh to be sure. */
const SURE = 0.8
/** How much one weighs who is guessed. */
const GUESSED = 0.7
/** How many words of the outlet may stand between two parts of what somebody said in one go. */
const MAX_WORDS_BETWEEN = 16

/** Finds the direct quotations of a text by rules, in order: who says them is read from the words beside them. In a transcript the labels say it. */
export const findQuotations: FindQuotations = (text, { labels = false } = {}) => {
  if (labels) return labelledSpeech(text)
  const paragraphs = readParagraphs(text)
  const reading: Reading = { text, people: noPeople(), paragraphs, places: [], named: [] }
  notePeople(reading, paragraphs)
  const found: FoundQuotation[] = []
  const state: State = { turn: 0, typographers: putsStopsInside(text, paragraphs) }
  reading.places = placeNames(reading, paragraphs)
  for (const paragraph of paragraphs) {
    for (const place of reading.places[paragraph.index]!) reading.named.push(place)
    found.push(...quotationsOf(reading, paragraph, paragraphs, state))
  }
  return found
}

type State = { turn: number; typographers: boolean }

function quotationsOf(
  reading: Reading,
  paragraph: Paragraph,
  paragraphs: Paragraph[],
  state: State,
): FoundQuotation[] {
  const { tokens, runs } = paragraph
  const found: Found[] = []
  for (const [at, token] of tokens.entries()) {
    if (token.kind !== 'run') continue
    const cue = secondPart(tokens, at, found, plausible(paragraph, at, findCue(paragraph, at)))
    if (!isQuotation(paragraph, at, cue) && !isNextInList(tokens, at, found)) continue
    if (isHeadlineWord(paragraph, at, reading.text)) continue
    found.push({ at, ...(cue && { cue }) })
  }
  for (const [index, entry] of found.entries()) {
    const { cue, at } = entry
    if (cue?.source) entry.speaker = named(reading, paragraph, cue, cue.source, tokens[at]!.text)
    else entry.speaker = floating(reading, paragraph, paragraphs, found, index)
    if (!entry.speaker) continue
    if (!goesOn(reading, paragraph, found, index)) state.turn++
    entry.turn = state.turn
    const { last } = reading
    if (last && !sameSpeaker(last, entry.speaker)) reading.other = last
    reading.last = {
      ...entry.speaker,
      paragraph: paragraph.index,
      sentence: tokens[at]!.sentence,
      open: !runs[tokens[at]!.run!]!.closed,
      asks: /[?]['’”"]?$/.test(tokens[at]!.text),
      answers: last?.asks === true && !sameSpeaker(last, entry.speaker),
      alone: tokens.length === 1,
      follows:
        last !== undefined &&
        !sameSpeaker(last, entry.speaker) &&
        paragraph.index - last.paragraph === 1 &&
        isBare(paragraph),
    }
  }
  return found.map(({ at, cue, speaker, turn }) => {
    const run = runs[tokens[at]!.run!]!
    const partial = isPartial(tokens, at, cue)
    const end = partial && state.typographers ? withoutFinalMark(reading.text, run) : run.end
    return shown(reading.text, run.start, end, turn ?? ++state.turn, partial, speaker)
  })
}

/** Who a cue names; what is guessed is never sure. */
function named(
  reading: Reading,
  paragraph: Paragraph,
  { guessed }: Cue,
  source: Source,
  said: string,
): Speaker {
  const speaker = resolve(reading, paragraph, source, said)
  return guessed ? { ...speaker, weight: Math.min(speaker.weight, GUESSED) } : speaker
}

/** Whether a paragraph is one quotation and who says it, as in a dialogue: “I did not,” says Vance. */
const isBare = ({ tokens, runs }: Paragraph) =>
  runs.length === 1 && tokens[0]!.kind === 'run' && tokens.length <= 5

/** The cue of a run that goes on after “she said,”: the same as that of the run before. */
function secondPart(tokens: Token[], at: number, found: Found[], cue: Cue | undefined): Cue | undefined {
  const before = found.at(-1)
  if (
    cue?.near ||
    before?.cue?.at !== 'after' ||
    tokens[at - 1]?.text !== ',' ||
    tokens[before.at]!.sentence !== tokens[at]!.sentence
  )
    return cue
  return { ...before.cue, at: 'before', near: true }
}

/** Whether a run follows another quotation and “and”: signs that read “A” and “B”. */
const isNextInList = (tokens: Token[], at: number, found: Found[]) =>
  /^(?:and|or|,)$/.test(tokens[at - 1]?.lower ?? '') &&
  found.at(-1)?.at === at - 2 &&
  tokens[at]!.sentence === tokens[at - 2]!.sentence

/** Whether a run is a word or three in a headline: what somebody is said to have said stands in the text again. */
const isHeadlineWord = ({ index, tokens, runs, to }: Paragraph, at: number, text: string) =>
  index === 0 &&
  to < text.length &&
  !/[.?!]/.test(tokens.at(-1)!.text.slice(-1)) &&
  tokens[at]!.text.split(/\s+/).length <= 3 &&
  !/^\p{Lu}/u.test(tokens[at]!.text) &&
  runs.length > 0

/** Whether a quotation goes on with what its speaker said just before, a few words of the outlet or a paragraph ago. */
function goesOn({ last }: Reading, paragraph: Paragraph, found: Found[], index: number): boolean {
  const { at, cue, speaker } = found[index]!
  if (!last || !speaker || !sameSpeaker(last, speaker)) return false
  const before = found[index - 1]
  if (before) return at - before.at <= MAX_WORDS_BETWEEN
  return at === 0 && cue === undefined && paragraph.index - last.paragraph <= (last.open ? 3 : 1)
}

const sameSpeaker = (a: Speaker, b: Speaker) =>
  (a.person && a.person === b.person) || (a.name !== undefined && a.name === b.name)

function shown(
  text: string,
  start: number,
  end: number,
  turn: number,
  partial: boolean,
  speaker: Speaker | undefined,
): FoundQuotation {
  const words = text.slice(start, end)
  const role = speaker?.person?.described[0]
  return {
    start,
    end,
    text: words,
    turn,
    kind: partial ? 'partial' : 'direct',
    ...(speaker?.name !== undefined && { speaker: speaker.name }),
    speakerKind: speaker?.kind ?? 'other',
    ...(speaker?.named !== undefined && { named: speaker.named }),
    ...(role !== undefined && { role }),
    sure: speaker !== undefined && speaker.weight >= SURE,
  }
}
