import { text } from '../src/chat/reply.ts'
import type { Person, Quote, Section, Source, Story } from '../src/content/story.ts'

/** Real words, the most frequent ones of the vocabulary: people search for such words. */
const COMMON =
  'the of a to in and court city for that mayor said police on judge order by law was federal state'.split(
    ' ',
  )
const SYLLABLES = 'ba ce di fo gu ha je ki lo mu na pe qui ro su ta ve wi xo yu za bre cli dro'.split(' ')
const VOCABULARY = 20_000
const SPEAKERS = 4_000

/**
 * Generates this many stories, each as large as a short real one, from words whose frequencies fall off as in a language.
 * The stories are the same on every run.
 */
export function generatedStories(count: number): Story[] {
  const random = createRandom(20170807)
  const words = [...COMMON, ...Array.from({ length: VOCABULARY }, () => word(random))]
  const ranks = words.map((_, rank) => 1 / (rank + 3))
  const steps: number[] = []
  for (const weight of ranks) steps.push((steps.at(-1) ?? 0) + weight)
  const pick = () => words[firstStepAt(steps, random() * steps.at(-1)!)]!
  const prose = (length: number) => {
    const sentence = Array.from({ length }, pick).join(' ')
    return `${sentence[0]?.toUpperCase()}${sentence.slice(1)}.`
  }
  const names = Array.from(
    { length: SPEAKERS },
    () => `${capitalize(word(random))} ${capitalize(word(random) + word(random))}`,
  )
  const day = () =>
    `20${10 + Math.floor(random() * 9)}-${twoDigits(1 + random() * 11)}-${twoDigits(1 + random() * 27)}`

  return Array.from({ length: count }, (_, index): Story => {
    const section = (name: string, lengths: number[]): Section => ({
      name,
      title: capitalize(name),
      body: lengths.map(length => ({ block: text(prose(length)), sources: [1, 2] })),
      sources: [1, 2],
      words: lengths.reduce((sum, length) => sum + length, 0),
    })
    const stored: Source = {
      number: 1,
      outlet: 'The Daily',
      title: prose(6),
      kind: 'news',
      date: day(),
      text: '',
      skip: [],
    }
    const sources = [
      stored,
      { ...stored, number: 2, text: undefined },
      { ...stored, number: 3, text: undefined },
    ]
    const quotes = [1, 2].map((number): Quote => {
      const words = prose(18)
      const start = stored.text!.length + 1
      stored.text += `“${words}” ${prose(12)}\n`
      return {
        id: `said-${number}`,
        speaker: names[Math.floor(random() * SPEAKERS)]!,
        aliases: [],
        role: 'Spokesperson',
        kind: 'direct',
        words,
        starts: [0],
        spans: [{ start, end: start + words.length, line: number }],
        source: stored,
        saidOn: day(),
      }
    })
    const timeline = Array.from({ length: 6 }, day)
      .sort()
      .map((date, at) => ({
        id: `${date}-${at}`,
        date,
        text: [prose(12)],
        confidence: 'high' as const,
        sources: [1, 3],
        major: at < 2,
      }))
    return {
      slug: `${word(random)}-${index}`,
      title: prose(6),
      dek: prose(12),
      state: 'settled',
      from: timeline[0]!.date,
      coversTo: timeline.at(-1)!.date,
      checked: { on: '2026-11-22' },
      tags: [],
      sections: [section('summary', [30, 20]), section('status', [12]), section('background', [40, 40])],
      quotes,
      timeline,
      people: quotes.map(({ speaker, role }): Person => ({ name: speaker, aliases: [], role, sources: [1] })),
      facts: [1, 2].map(number => ({
        id: `fact-${number}`,
        text: [prose(12)],
        confidence: 'high',
        sources: [number],
      })),
      sources,
      coming: [],
      corrections: [],
    }
  })
}

/** Makes a word of two to four syllables. */
function word(random: () => number): string {
  const length = 2 + Math.floor(random() * 3)
  return Array.from({ length }, () => SYLLABLES[Math.floor(random() * SYLLABLES.length)]).join('')
}

const capitalize = (name: string) => name.charAt(0).toUpperCase() + name.slice(1)

const twoDigits = (number: number) => String(Math.floor(number)).padStart(2, '0')

/** Finds the index of the first step that is not below a value, by bisection. */
function firstStepAt(steps: number[], value: number): number {
  let low = 0
  let high = steps.length - 1
  while (low < high) {
    const middle = (low + high) >> 1
    if (steps[middle]! < value) low = middle + 1
    else high = middle
  }
  return low
}

/** Creates a generator of pseudo-random numbers from 0 to 1 (mulberry32): the same seed gives the same numbers. */
function createRandom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
