import MiniSearch from 'minisearch'
import { readable } from '../dates.ts'
import { plainInlines } from '../plain.ts'
import type { Block } from '../reply.ts'
import type { Fact, Source, Story } from './story.ts'

/**
 * A piece of a story that can be found. `where` says in which part it stands, `verdict` what the record says of the
 * claim around a hit, `marks` that it is somebody else's text and is shown in quotation marks.
 */
export type Piece = {
  story: Story
  part: string
  where: string
  text: string
  marks: boolean
  claims?: Claimed[]
}

type Claimed = { start: number; end: number; verdict: string }

/** A found piece: the excerpt holds at most 120 characters of its text, around the first word that was found. */
export type Hit = Piece & { excerpt: string; verdict?: string }

const EXCERPT = 120
const SHORT_WORD = 4
const WORD = /[\p{L}\p{N}]+(?:['’][\p{L}]+)?/gu

/** An index of all that may be found in the stories. Words of up to four letters match whole words only: `ice` never finds `police`. */
export function searchIndex(stories: Story[]) {
  const pieces = stories.flatMap(piecesOf)
  const index = new MiniSearch<{ id: number; text: string }>({
    fields: ['text'],
    tokenize: text => text.match(WORD) ?? [],
    processTerm: foldWord,
    searchOptions: {
      combineWith: 'AND',
      prefix: term => term.length > SHORT_WORD,
      fuzzy: term => (term.length > SHORT_WORD ? 0.15 : false),
      // What somebody said, and what an article claimed, is what people look for first.
      boostDocument: id => (pieces[id as number]!.marks ? 2 : 1),
    },
  })
  index.addAll(pieces.map((piece, id) => ({ id, text: piece.text })))

  /** Every hit for some words, best first; with `story`, only in that story. */
  return (query: string, story?: Story): Hit[] =>
    index
      .search(query, story ? { filter: result => pieces[result.id as number]!.story === story } : {})
      .map(result => hitOf(pieces[result.id as number]!, new Set(result.terms)))
}

function hitOf(piece: Piece, terms: Set<string>): Hit {
  const found = [...piece.text.matchAll(WORD)].find(match => terms.has(foldWord(match[0])))
  const at = found?.index ?? 0
  const verdict = piece.claims?.find(claim => claim.start <= at && at < claim.end)?.verdict
  return { ...piece, excerpt: excerptOf(piece.text, at), ...(verdict !== undefined && { verdict }) }
}

/** At most 120 characters around an offset, cut between words, with `…` where something is left out. */
export function excerptOf(text: string, at: number): string {
  if (text.length <= EXCERPT) return text
  const room = EXCERPT - 2
  let start = Math.max(0, Math.min(at - Math.floor(room / 3), text.length - room))
  if (start > 0) start = text.indexOf(' ', start - 1) + 1 || start
  if (start > at) start = at
  let end = Math.min(text.length, start + room)
  if (end < text.length) end = Math.max(text.lastIndexOf(' ', end), start + 1)
  return `${start > 0 ? '…' : ''}${text.slice(start, end).trim()}${end < text.length ? '…' : ''}`
}

const foldWord = (word: string) =>
  word
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/['’].*$/, '')
    .toLowerCase()

function piecesOf(story: Story): Piece[] {
  const piece = (part: string, where: string, text: string): Piece => ({
    story,
    part: `${story.slug}/${part}`,
    where,
    text,
    marks: false,
  })
  return [
    piece('label', 'Title', `${story.title}. ${story.dek}`),
    ...story.sections.flatMap(section =>
      section.body.flatMap(proseOf).map(text => piece(`section:${section.name}`, section.title, text)),
    ),
    ...story.timeline.map(event =>
      piece(`event:${event.id}`, `Timeline, ${readable(event.date)}`, plainInlines(event.text)),
    ),
    ...story.facts.map(fact =>
      piece(`fact:${fact.id}`, fact.claim ? 'What the record shows' : 'Fact', plainInlines(fact.text)),
    ),
    ...story.people.map(person =>
      piece(`who:${person.name}`, 'People', [person.name, ...person.aliases, person.role].join(', ')),
    ),
    ...story.quotes.map(quote => ({
      ...piece(
        `quote:${quote.id}`,
        `${quote.kind === 'reported' ? 'Reported' : 'Quote'}, ${quote.speaker}`,
        quote.words,
      ),
      marks: true,
    })),
    ...story.sources.flatMap(source => linesOf(story, source)),
  ]
}

/** The lines of a stored source that are part of the story and not already there as quotes. */
function linesOf(story: Story, source: Source): Piece[] {
  if (source.text === undefined) return []
  const spans = story.quotes.filter(quote => quote.source === source).flatMap(quote => quote.spans)
  const claims = story.facts.filter(fact => fact.claim?.source === source)
  const pieces: Piece[] = []
  let start = 0
  for (const [index, raw] of source.text.split('\n').entries()) {
    const end = start + raw.length
    const inside = spans.filter(span => start <= span.start && span.end <= end)
    const left = inside.reduce((length, span) => length - (span.end - span.start), raw.trim().length)
    if (raw.trim() && left > 3 && !source.skip.includes(index + 1)) {
      pieces.push({
        story,
        part: `${story.slug}/source:${source.number}`,
        where: `${source.outlet}, line ${index + 1}`,
        text: raw,
        marks: true,
        claims: claims.flatMap(fact => claimsIn(fact, start)),
      })
    }
    start = end + 1
  }
  return pieces
}

const claimsIn = (fact: Fact, lineStart: number): Claimed[] =>
  fact.claim!.spans.map(span => ({
    start: span.start - lineStart,
    end: span.end - lineStart,
    verdict: fact.claim!.short ?? fact.claim!.verdict,
  }))

function proseOf(block: Block): string[] {
  if (block.kind === 'text' || block.kind === 'note') return [plainInlines(block.text)]
  return block.kind === 'list' ? block.items.map(plainInlines) : []
}
