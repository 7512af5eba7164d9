import { deserialize, serialize } from 'node:v8'
import { zstdCompressSync, zstdDecompressSync } from 'node:zlib'
import { fold, tokens } from '../fold.ts'
import { keepable } from '../kept-values.ts'
import { hasWordsWithoutSpaces } from '../segments.ts'
import { namedSpeakersOf } from '../speakers.ts'
import type { Story } from '../story.ts'
import { type PackedTexts, packTexts } from './packed-texts.ts'
import { type SearchPassage, searchPassagesOf, type Warning } from './passages.ts'
import { sourceLinesOf } from './source-lines.ts'

/**
 * What a passage is, as bits: what search finds, a quotation, a line of a source, the names of a speaker or person,
 * somebody else’s words, words without spaces between them, and a source as it is listed.
 */
export const KIND = {
  found: 1,
  quote: 2,
  line: 4,
  speaker: 8,
  person: 16,
  quoted: 32,
  unspaced: 64,
  listed: 128,
} as const

/**
 * All passages of a story with their words, made once and kept with the story. The passages that have a word stand in
 * `postings`, from `starts[word]` to `starts[word + 1]`, in ascending order.
 */
export type StoryIndex = {
  /** The different words, one a line, compressed: they are needed when the story is added to others. */
  words: Buffer
  starts: Uint32Array
  postings: Numbers
  kinds: Uint8Array
  /** The words of all passages as their numbers, one passage after the other; `ends` tells where each one ends. */
  sequence: Numbers
  ends: Uint32Array
  /** `IndexDetails`, compressed: what only the few passages need that are shown. */
  details: Buffer
}

/** Numbers of words or passages, ascending or in the order of a text. */
export type Numbers = Uint16Array | Uint32Array

/** Each passage as it is written, and its `PassagePlace` as JSON. */
export type IndexDetails = { texts: PackedTexts; places: PackedTexts }

/** The details of stories that were asked for last stay open: hits come in groups. */
const MAX_OPEN = 64
const openDetails = new Map<StoryIndex, IndexDetails>()

/** The different words of a story, by their numbers. */
export function wordsOf({ words }: StoryIndex): string[] {
  const text = zstdDecompressSync(words).toString()
  return text === '' ? [] : text.split('\n')
}

/** The details of a story's passages. */
export function detailsOf(index: StoryIndex): IndexDetails {
  const known = openDetails.get(index) ?? (deserialize(zstdDecompressSync(index.details)) as IndexDetails)
  openDetails.delete(index)
  openDetails.set(index, known)
  if (openDetails.size > MAX_OPEN) openDetails.delete(openDetails.keys().next().value!)
  return known
}

/**
 * Where a passage stands: its part, the name of the place for people, and warnings; a line of a source has `line`
 * (source, line, offset).
 */
export type PassagePlace = {
  part?: string
  where?: string
  warnings?: Warning[]
  line?: [source: number, line: number, start: number]
}

type Passage = { text: string; kinds: number; place: PassagePlace; words?: string[] }

/** The index of a story: the one that was kept with it, or a new one. */
export const storyIndexOf = keepable('index', (story): StoryIndex => indexPassages(passagesOf(story)))

/** Every passage of a story, those of one kind in the order of the story. */
function passagesOf(story: Story): Passage[] {
  const found = searchPassagesOf(story)
  const byLine = new Map(found.filter(isLine).map(passage => [`${passage.source}:${passage.line}`, passage]))
  const quoteCount = story.quotes.length
  const lines = sourceLinesOf(story).map(({ source, line, start, text }): Passage => {
    const passage = byLine.get(`${source.number}:${line}`)
    const place = { line: [source.number, line, start] as [number, number, number] }
    if (passage?.text !== text) return { text, kinds: KIND.line, place }
    return { text, kinds: KIND.line | foundKinds(passage), place: { ...placeOf(passage), ...place } }
  })
  const others = found.filter(passage => !isLine(passage))
  const quotes = others.slice(1, 1 + quoteCount).map(passage => ({
    text: passage.text,
    kinds: KIND.quote | foundKinds(passage),
    place: placeOf(passage),
  }))
  const plain = (passage: SearchPassage): Passage => ({
    text: passage.text,
    kinds: foundKinds(passage),
    place: placeOf(passage),
  })
  return [
    ...others.slice(0, 1).map(plain),
    ...quotes,
    ...lines,
    ...others.slice(1 + quoteCount).map(plain),
    ...namedSpeakersOf(story).map(speaker => namePassage(KIND.speaker, speaker)),
    ...story.people.map(person => namePassage(KIND.person, person)),
  ]
}

const isLine = (passage: SearchPassage) => passage.line !== undefined

const foundKinds = ({ quoted, listed }: SearchPassage) =>
  KIND.found | (quoted ? KIND.quoted : 0) | (listed ? KIND.listed : 0)

const placeOf = ({ part, where, warnings }: SearchPassage): PassagePlace => ({
  part,
  where,
  warnings: warnings.length > 0 ? warnings : undefined,
})

/** The names of somebody as words. A name of signs alone is a word by itself, so that it is found too. */
function namePassage(kind: number, { name, aliases }: { name: string; aliases: string[] }): Passage {
  const words = [name, ...aliases].flatMap(wordsOfName)
  return { text: '', kinds: kind, place: {}, words }
}

/** The words by which a name is found. */
export function wordsOfName(name: string): string[] {
  const words = tokens(name)
  return words.length > 0 ? words : [fold(name)]
}

function indexPassages(passages: Passage[]): StoryIndex {
  const known = new Map<string, { number: number; passages: number[] }>()
  const sequence: number[] = []
  const ends = new Uint32Array(passages.length)
  const kinds = new Uint8Array(passages.length)
  let postingCount = 0
  for (const [number, { text, words = tokens(text), kinds: kind }] of passages.entries()) {
    kinds[number] = kind | (hasWordsWithoutSpaces(text) ? KIND.unspaced : 0)
    for (const word of words) {
      const entry = known.get(word) ?? { number: known.size, passages: [] }
      known.set(word, entry)
      sequence.push(entry.number)
      if (entry.passages.at(-1) === number) continue
      postingCount++
      entry.passages.push(number)
    }
    ends[number] = sequence.length
  }
  const starts = new Uint32Array(known.size + 1)
  const postings = new (numbersBelow(passages.length))(postingCount)
  let at = 0
  for (const { number, passages: list } of known.values()) {
    starts[number] = at
    postings.set(list, at)
    at += list.length
  }
  starts[known.size] = at
  const details: IndexDetails = {
    texts: packTexts(passages.map(({ text }) => text)),
    places: packTexts(passages.map(({ place }) => JSON.stringify(place))),
  }
  return {
    words: zstdCompressSync([...known.keys()].join('\n')),
    starts,
    postings,
    kinds,
    sequence: new (numbersBelow(known.size))(sequence),
    ends,
    details: zstdCompressSync(serialize(details)),
  }
}

/** The smallest arrays that hold numbers below a limit. */
export const numbersBelow = (limit: number): typeof Uint16Array | typeof Uint32Array =>
  limit <= 65_536 ? Uint16Array : Uint32Array
