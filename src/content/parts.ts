import { hash } from 'node:crypto'
import { plainInlines } from '../chat/plain-text.ts'
import type { Block, Inline } from '../chat/reply.ts'
import { allEvents, partOfEvent } from './events/expected.ts'
import { keepable } from './kept-values.ts'
import { memoizeParts } from './memoize.ts'
import type { Correction, Event, Fact, Person, Quote, Section, Source, Story } from './story.ts'

/**
 * A part of a story: the id that replies use for it, and a hash of what a reader sees of it. An event also has the words
 * by which it is known again, and the id that its entry has.
 */
type Part = { part: string; story: string; hash: string; event?: { words: string; written?: string } }

/** The content of a part, by its kind. */
export type PartContent =
  | { kind: 'label' }
  | { kind: 'section'; section: Section }
  | { kind: 'quote'; quote: Quote }
  | { kind: 'event'; event: Event }
  | { kind: 'fact'; fact: Fact }
  | { kind: 'correction'; correction: Correction }
  | { kind: 'who'; person: Person }
  | { kind: 'source'; source: Source }

/** Every part of a story by its id (`lawsuit/event:2018-04-19-1`), in the order of its files. */
export const partContentsOf = memoizeParts(listContents)

/** The place of each part of a story in the order of its files. */
export const partOrderOf = memoizeParts(
  (story: Story) => new Map([...partContentsOf(story).keys()].map((part, index) => [part, index])),
)

function listContents(story: Story): Map<string, PartContent> {
  const contents: PartContent[] = [
    { kind: 'label' },
    ...story.sections.map(section => ({ kind: 'section' as const, section })),
    ...story.quotes.map(quote => ({ kind: 'quote' as const, quote })),
    ...allEvents(story).map(event => ({ kind: 'event' as const, event })),
    ...story.facts.map(fact => ({ kind: 'fact' as const, fact })),
    ...story.people.map(person => ({ kind: 'who' as const, person })),
    ...story.sources.map(source => ({ kind: 'source' as const, source })),
    ...story.corrections.map(correction => ({ kind: 'correction' as const, correction })),
  ]
  return new Map(contents.map(content => [`${story.slug}/${partNameOf(content)}`, content]))
}

/** What the files call a part: an event may be named otherwise there than messages know it. */
export function writtenPart(story: Story, part: string): string {
  const content = partContentsOf(story).get(part)
  if (content?.kind !== 'event') return part
  const { event } = content
  return `${story.slug}/${partOfEvent({ ...event, id: event.written ?? event.id })}`
}

/**
 * Every part of a story with its hash. Only what a reader sees changes the hash. Layout, the order of entries in a
 * file, the program's own data structures and the date of the last check do not.
 */
export const partsOf = memoizeParts(hashParts)

function hashParts(story: Story): Part[] {
  return [...listContents(story)].map(([part, content]) => ({
    part,
    story: story.slug,
    hash: stableHash(readerView(story, content)),
    ...(content.kind === 'event' && !content.event.expected && { event: recordedEvent(content.event) }),
  }))
}

/**
 * A hash of all parts of a story, with their names and all that is recorded of them: if it is the same, so are they. It
 * is stored, so that only stories that differ are compared.
 */
export const storyPartsHash = keepable('partsHash', (story): string => fieldsHash(hashParts(story)))

/**
 * The stories of some content as they are recorded: the hash of their parts, and the parts when they are asked for. They
 * do not stay in memory: a thousand stories have a few hundred thousand.
 */
export const partsByStory = ({ stories }: { stories: Story[] }) =>
  stories.map(story => ({
    story: story.slug,
    hash: () => storyPartsHash(story),
    parts: () => hashParts(story),
  }))

/** The hash of what a reader sees of an event, whatever the event is called. */
export const eventHash = (event: Event): string => stableHash(eventView(event))

/** The part id of a correction, which is also the cause of the edits that it asks for. */
export const correctionCause = (slug: string, correction: Correction): string =>
  `${slug}/${partNameOf({ kind: 'correction', correction })}`

/** The words of an event by which it is known again, after its date. */
export const wordsOfEvent = ({ date, text }: Event): string => `${date} ${plainInlines(text)}`

const recordedEvent = (event: Event) => ({
  words: wordsOfEvent(event),
  written: event.unnamed ? undefined : (event.written ?? event.id),
})

/** The hash of one part of a story; undefined if there is no such part. */
export function partHash(story: Story, part: string): string | undefined {
  const content = partContentsOf(story).get(part)
  return content && stableHash(readerView(story, content))
}

/** The parts of several stories. */
export const partsOfAll = ({ stories }: { stories: Story[] }): Part[] => stories.flatMap(partsOf)

/** 64 bits, in hexadecimal: two parts never share a hash by chance. The hashes are stored, so it must not change. */
const HASH_LENGTH = 16

/**
 * A hash of an object's fields. Keys are sorted and undefined ones left out, so that a new field changes no old hash.
 */
function stableHash(view: object): string {
  const fields = Object.entries(view)
    .filter(([, value]) => value !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
  return fieldsHash(fields)
}

const fieldsHash = (fields: object) => hash('sha256', JSON.stringify(fields), 'hex').slice(0, HASH_LENGTH)

function partNameOf(content: PartContent): string {
  switch (content.kind) {
    case 'label':
      return 'label'
    case 'section':
      return `section:${content.section.name}`
    case 'quote':
      return `quote:${content.quote.id}`
    case 'event':
      return partOfEvent(content.event)
    case 'fact':
      return `fact:${content.fact.id}`
    case 'who':
      return `who:${content.person.name}`
    case 'source':
      return `source:${content.source.number}`
    case 'correction': {
      // A correction has no id of its own, so its content names it. `repeat: false`, added later, makes it another one.
      const { on, part, now, repeat } = content.correction
      return `correction:${stableHash({ on, part, now, repeat: repeat ? undefined : false })}`
    }
  }
}

/** The fields of a part that a reader sees, as plain text, numbers and dates. */
function readerView(story: Story, content: PartContent): object {
  switch (content.kind) {
    case 'label': {
      const { title, dek, state, from, coversTo, notChecked, archive, next, why } = story
      const whyView = why && [textWithLinks(why.text), sortNumbers(why.sources)]
      return { title, dek, state, from, coversTo, notChecked, archive, next, why: whyView }
    }
    case 'section': {
      const { title, body, sources } = content.section
      const texts = body.flatMap(({ block }) => blockTexts(block))
      return { title, body: texts, sources: sortNumbers(sources) }
    }
    case 'quote': {
      const { words, speaker, role, kind, saidOn, remark, note, source, spans } = content.quote
      const { outlet, title, date, dateNote, number } = source
      const lines = [...new Set(spans.map(span => span.line))]
      const from = [outlet, title, date ?? '', dateNote ?? '', number]
      return { words, speaker, role, kind, saidOn, remark, note: textWithLinks(note), from, lines }
    }
    case 'event':
      return eventView(content.event)
    case 'fact': {
      const { text, confidence, sources, claim } = content.fact
      const lines = claim?.spans.map(span => span.line)
      const claimView = claim && [claim.says, claim.verdict, claim.short ?? '', claim.source.outlet, lines]
      return { text: textWithLinks(text), confidence, sources: sortNumbers(sources), claim: claimView }
    }
    case 'who': {
      const { name, role, about, sources } = content.person
      return { name, role, about: textWithLinks(about), sources: sortNumbers(sources) }
    }
    case 'source': {
      const { number, outlet, title, kind, date, dateNote, url, seen, rights, note, text } = content.source
      // Named `kept` in the hashes that are stored.
      const kept = text !== undefined
      return { number, outlet, title, kind, date, dateNote, url, seen, rights, note, kept }
    }
    case 'correction': {
      const { on, part, was, now, why, repeat } = content.correction
      return { on, part, was: repeat ? was : undefined, now, why }
    }
  }
}

function eventView({ date, text, sources, added, note, major, short }: Event): object {
  // `short` is only shown in a drawn timeline, which draws major events.
  const drawn = major ? short : undefined
  return {
    date,
    text: textWithLinks(text),
    sources: sortNumbers(sources),
    added,
    note: textWithLinks(note),
    short: drawn,
  }
}

/** Text with the addresses of its links. Bold and italic are layout and left out. */
const textWithLinks = (inlines: Inline[] | undefined): string | undefined =>
  inlines
    ?.map(inline =>
      typeof inline === 'object' && 'link' in inline
        ? `${inline.text} <${inline.link}>`
        : plainInlines([inline]),
    )
    .join('')

const sortNumbers = (numbers: number[]) => [...numbers].sort((a, b) => a - b)

function blockTexts(block: Block): string[] {
  if (block.kind === 'text' || block.kind === 'note') return [textWithLinks(block.text) ?? '']
  return block.kind === 'list' ? block.items.map(item => textWithLinks(item) ?? '') : []
}
