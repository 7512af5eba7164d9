import { hash } from 'node:crypto'
import { deserialize, serialize } from 'node:v8'
import { crc32 } from 'node:zlib'
import { nameFormsOf } from '../commands/printable-line.ts'
import { changeDaysOf } from '../commands/story/newest-changes.ts'
import { verbNamesOf } from '../commands/story/story.ts'
import { verbsWithContent } from '../commands/story/verbs-with-content.ts'
import { firstRolesOf } from '../commands/suggest.ts'
import { missingIdCount } from '../content/events/missing-ids.ts'
import type { Keepable, KeptValues } from '../content/kept-values.ts'
import { type LongPart, openLater, type StoryHead } from '../content/opened-stories.ts'
import { storyPartsHash } from '../content/parts.ts'
import { indexFromBytes, indexToBytes } from '../content/search/index-bytes.ts'
import { storedSourceCountOf } from '../content/search/source-lines.ts'
import { storyIndexOf } from '../content/search/story-index.ts'
import { namedSpeakersOf } from '../content/speakers.ts'
import type { Problem, Source, Story } from '../content/story.ts'
import { embargoesOf } from '../content/visible.ts'
import { fingerprintOf } from '../content/visible-revision.ts'
import { statusPart } from '../digests/status.ts'
import type { Secrecy } from './redact-problems.ts'

/** All that is kept with a story beside its long parts and its index: what answers need of every story, without reading it. */
const KEPT: Keepable<unknown>[] = [
  fingerprintOf,
  embargoesOf,
  namedSpeakersOf,
  storedSourceCountOf,
  storyPartsHash,
  missingIdCount,
  statusPart,
  verbNamesOf,
  verbsWithContent,
  nameFormsOf,
  changeDaysOf,
  firstRolesOf,
]

/** The sizes of a story's files by their paths, as JSON: as an object they would take three times the memory. */
export type Sizes = string

/**
 * What a check found out about a story, apart from its problems: events that need an id, what to say of each expected
 * event after the last day that it may be on, how many answers were drawn, what of it may be secret, and how large its
 * files were.
 */
export type StoryFacts = {
  missingIds: Problem[]
  expected: { lastDay: string; whenOver: Problem }[]
  lineCount: number
  quoteCount: number
  secrecy: Secrecy
  sizes?: Sizes
}

/** A checked story: `head` is what is always in memory, `parts` the long parts as JSON. */
export type PackedStory = { head: Uint8Array; parts: PackedParts }

/** Each long part as JSON; `texts` are the stored texts of the sources, by their numbers. */
export type PackedParts = Record<LongPart | 'texts', string>

type PackedHead = {
  head: StoryHead
  kept: KeptValues
  index: Uint8Array
  facts: StoryFacts
  names: Record<keyof PackedParts, string>
  checks: Record<keyof PackedParts, number>
}

/** Packs a story that has passed its checks. */
export function packStory(story: Story, facts: StoryFacts): PackedStory {
  const { sections, quotes, timeline, people, facts: found, sources, ...head } = story
  const texts = sources.flatMap(({ number, text }) => (text === undefined ? [] : [[number, text]]))
  const numbered = <Cited extends { source: Source }>(cited: Cited) => ({
    ...cited,
    source: cited.source.number,
  })
  const parts: PackedParts = {
    sections: JSON.stringify(sections),
    quotes: JSON.stringify(quotes.map(numbered)),
    timeline: JSON.stringify(timeline),
    people: JSON.stringify(people),
    facts: JSON.stringify(found.map(fact => (fact.claim ? { ...fact, claim: numbered(fact.claim) } : fact))),
    sources: JSON.stringify(
      sources.map(source => ({ ...source, text: source.text === undefined ? undefined : '' })),
    ),
    texts: JSON.stringify(Object.fromEntries(texts)),
  }
  const kept = Object.fromEntries(KEPT.map(compute => [compute.keptAs, compute(story)]))
  const index = indexToBytes(storyIndexOf(story))
  const packed: PackedHead = {
    head,
    kept,
    index,
    facts,
    names: namesOfParts(story.slug, parts),
    checks: mapParts(parts, value => crc32(value)),
  }
  return { head: serialize(packed), parts }
}

/** The names under which a story's parts are kept: other words have another name, and so have those of another story. */
export const namesOfParts = (slug: string, parts: PackedParts): Record<keyof PackedParts, string> =>
  mapParts(parts, value => hash('sha256', `${slug}\n${value}`, 'base64'))

const mapParts = <Value>(parts: PackedParts, make: (value: string) => Value) =>
  Object.fromEntries(Object.entries(parts).map(([part, value]) => [part, make(value)])) as Record<
    keyof PackedParts,
    Value
  >

/** Opens a packed story. `readPart` gives its long parts by their names, when they are asked for. */
export function openPacked(
  head: Uint8Array,
  readPart: (
    part: keyof PackedParts,
    name: string,
    isWhole: (value: Uint8Array) => boolean,
  ) => string | undefined,
): { story: Story; facts: StoryFacts } {
  const { head: opened, kept: values, index, facts, names, checks } = deserialize(head) as PackedHead
  const kept = { ...values, [storyIndexOf.keptAs]: indexFromBytes(index) }
  const parse = (part: keyof PackedParts) => {
    const value = readPart(part, names[part], read => crc32(read) === checks[part])
    if (value === undefined)
      throw new Error(`content: what was kept of the story “${opened.slug}” cannot be read any more`)
    return JSON.parse(value)
  }
  const story = openLater(opened, kept, (part, others) => {
    if (part === 'sources') return withTexts(parse('sources'), () => parse('texts'))
    const value = parse(part)
    // A quotation has the very source that is listed.
    if (part === 'quotes') for (const quote of value) quote.source = sourceOf(others.sources, quote.source)
    if (part === 'facts')
      for (const { claim } of value) if (claim) claim.source = sourceOf(others.sources, claim.source)
    return value
  })
  return { story, facts }
}

const sourceOf = (sources: Source[], number: number) => sources.find(source => source.number === number)

/**
 * A source whose stored text is read when it is asked for: texts may be long, and most answers only name their sources.
 * The getter is that of a prototype: one made for each object keeps whatever it can reach until the collector looks at
 * everything, which was all that answers had read.
 */
class StoredSource {
  #textOf: (number: number) => string | undefined
  declare number: number

  constructor({ text: _, ...source }: Source, textOf: (number: number) => string | undefined) {
    this.#textOf = textOf
    Object.assign(this, source)
  }

  get text() {
    return this.#textOf(this.number)
  }
}

function withTexts(sources: Source[], read: () => Record<string, string>): Source[] {
  let texts: Record<string, string> | undefined
  const textOf = (number: number) => {
    texts ??= read()
    return texts[number]
  }
  return sources.map(source =>
    source.text === undefined ? source : (new StoredSource(source, textOf) as unknown as Source),
  )
}

/** A checksum of bytes. */
export const sumOf = (bytes: Uint8Array): string => hash('sha256', bytes, 'base64')
