import { hash } from 'node:crypto'
import { plainInlines } from '../chat/plain-text.ts'
import type { Block, Inline } from '../chat/reply.ts'
import type { Correction, Event, Fact, Person, Quote, Section, Source, Story } from './story.ts'

/** A part of a story, by the id that replies use, and a hash of what a reader sees of it. */
type Part = { part: string; story: string; hash: string }

/** What a part is. */
export type PartContent =
  | { kind: 'label' }
  | { kind: 'section'; section: Section }
  | { kind: 'quote'; quote: Quote }
  | { kind: 'event'; event: Event }
  | { kind: 'fact'; fact: Fact }
  | { kind: 'correction'; correction: Correction }
  | { kind: 'who'; person: Person }
  | { kind: 'source'; source: Source }

const contentCache = new WeakMap<Story, Map<string, PartContent>>()
const partCache = new WeakMap<Story, Part[]>()

/** Every part of a story by its id (`lawsuit/event:2018-04-19-1`), in the order of its files. */
export function partContentsOf(story: Story): Map<string, PartContent> {
  const known = contentCache.get(story)
  if (known) return known
  const all: PartContent[] = [
    { kind: 'label' },
    ...story.sections.map(section => ({ kind: 'section' as const, section })),
    ...story.quotes.map(quote => ({ kind: 'quote' as const, quote })),
    ...story.timeline.map(event => ({ kind: 'event' as const, event })),
    ...story.facts.map(fact => ({ kind: 'fact' as const, fact })),
    ...story.people.map(person => ({ kind: 'who' as const, person })),
    ...story.sources.map(source => ({ kind: 'source' as const, source })),
    ...story.corrections.map(correction => ({ kind: 'correction' as const, correction })),
  ]
  const made = new Map(all.map(content => [`${story.slug}/${partNameOf(content)}`, content]))
  contentCache.set(story, made)
  return made
}

/**
 * Every part of a story with its hash. The hash is that of the words alone: how they are set, in which order a file has
 * them, and how this program holds them does not change it; neither does the day on which all was last checked.
 */
export function partsOf(story: Story): Part[] {
  const known = partCache.get(story)
  if (known) return known
  const made = [...partContentsOf(story)].map(([part, content]) => ({
    part,
    story: story.slug,
    hash: stableHash(readerView(story, content)),
  }))
  partCache.set(story, made)
  return made
}

const hashCache = new WeakMap<Story, Map<string, string>>()

/** The hash of one part of a story; undefined where there is no such part. */
export function partHash(story: Story, part: string): string | undefined {
  const known = hashCache.get(story) ?? new Map(partsOf(story).map(one => [one.part, one.hash]))
  hashCache.set(story, known)
  return known.get(part)
}

/** Every part of some stories. */
export const partsOfAll = ({ stories }: { stories: Story[] }): Part[] => stories.flatMap(partsOf)

const HASH_LENGTH = 16

/** Keys are put in order and what is not given is left out, so that a new field changes no older hash. */
function stableHash(seen: object): string {
  const given = Object.entries(seen)
    .filter(([, value]) => value !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
  return hash('sha256', JSON.stringify(given), 'hex').slice(0, HASH_LENGTH)
}

function partNameOf(content: PartContent): string {
  switch (content.kind) {
    case 'label':
      return 'label'
    case 'section':
      return `section:${content.section.name}`
    case 'quote':
      return `quote:${content.quote.id}`
    case 'event':
      return `event:${content.event.id}`
    case 'fact':
      return `fact:${content.fact.id}`
    case 'who':
      return `who:${content.person.name}`
    case 'source':
      return `source:${content.source.number}`
    case 'correction': {
      // An entry has no name of its own: it is what it says. One that may no longer repeat what was wrong is another.
      const { on, part, now, repeat } = content.correction
      return `correction:${stableHash({ on, part, now, repeat: repeat ? undefined : false })}`
    }
  }
}

/** What a reader sees of a part: plain words, numbers and dates. */
function readerView(story: Story, content: PartContent): object {
  switch (content.kind) {
    case 'label': {
      const { title, dek, state, from, coversTo, notChecked, archive, next } = story
      return { title, dek, state, from, coversTo, notChecked, archive, next }
    }
    case 'section': {
      const { title, body, sources } = content.section
      const said = body.flatMap(({ block }) => blockTexts(block))
      return { title, body: said, sources: sortNumbers(sources) }
    }
    case 'quote': {
      const { words, speaker, role, kind, saidOn, remark, note, source, spans } = content.quote
      const { outlet, title, date, dateNote, number } = source
      const lines = [...new Set(spans.map(span => span.line))]
      const from = [outlet, title, date ?? '', dateNote ?? '', number]
      return { words, speaker, role, kind, saidOn, remark, note: textWithLinks(note), from, lines }
    }
    case 'event': {
      const { date, text, sources, added, note, major, short } = content.event
      // It is seen in a drawn timeline alone.
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
    case 'fact': {
      const { text, confidence, sources, claim } = content.fact
      const lines = claim?.spans.map(span => span.line)
      const said = claim && [claim.says, claim.verdict, claim.short ?? '', claim.source.outlet, lines]
      return { text: textWithLinks(text), confidence, sources: sortNumbers(sources), claim: said }
    }
    case 'who': {
      const { name, role, about, sources } = content.person
      return { name, role, about: textWithLinks(about), sources: sortNumbers(sources) }
    }
    case 'source': {
      const { number, outlet, title, kind, date, dateNote, url, seen, rights, note, text } = content.source
      const kept = text !== undefined
      return { number, outlet, title, kind, date, dateNote, url, seen, rights, note, kept }
    }
    case 'correction': {
      const { on, part, was, now, why, repeat } = content.correction
      return { on, part, was: repeat ? was : undefined, now, why }
    }
  }
}

/** Words as they read, with where they lead; bold or italic is layout. */
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
