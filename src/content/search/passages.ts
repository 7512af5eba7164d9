import { plainInlines } from '../../chat/plain-text.ts'
import type { Block } from '../../chat/reply.ts'
import { readableDate } from '../../dates.ts'
import { phrases } from '../../phrases/phrases.ts'
import type { Fact, Quote, Source, Span, Story } from '../story.ts'

/**
 * A piece of a story that can be found. `where` says in which part it stands, `marks` that it is somebody else's text
 * and is shown in quotation marks, `claims` what the record says of words in it.
 */
export type SearchPassage = {
  story: Story
  part: string
  where: string
  text: string
  quoted: boolean
  warnings: Warning[]
}

/**
 * Words of a piece that must not be shown without a warning: the verdict on a claim, or the remark (marked so) on a
 * quotation.
 */
type Warning = { start: number; end: number; verdict: string; remark?: true }

/** Everything of a story that may be found: what is not to be printed is not in it. */
export function searchPassagesOf(story: Story): SearchPassage[] {
  const { location } = phrases.find
  const piece = (part: string, called: string, text: string): SearchPassage => ({
    story,
    part: `${story.slug}/${part}`,
    where: called,
    text,
    quoted: false,
    warnings: [],
  })
  return [
    piece('label', location.label, `${story.title}. ${story.dek}`),
    ...story.quotes.map(quote => ({
      ...piece(`quote:${quote.id}`, location.quotation(quote.kind, quote.speaker, quote.remark), quote.words),
      quoted: quote.kind !== 'reported',
      warnings: warningsInQuote(story, quote),
    })),
    ...story.sources.flatMap(source => sourceLinePassages(story, source)),
    ...story.sections.flatMap(section =>
      section.body
        .map(cited => blockText(cited.block))
        .filter(text => text !== '')
        .map(text => piece(`section:${section.name}`, section.title, text)),
    ),
    ...story.timeline.map(event =>
      piece(
        `event:${event.id}`,
        location.event(readableDate(event.date)),
        [plainInlines(event.text), event.note && plainInlines(event.note)].filter(Boolean).join(' '),
      ),
    ),
    ...story.facts.map(fact =>
      piece(`fact:${fact.id}`, fact.claim ? location.claim : location.fact, plainInlines(fact.text)),
    ),
    ...story.people.map(person =>
      piece(
        `who:${person.name}`,
        location.person,
        [[person.name, ...person.aliases, person.role].join(', '), person.about && plainInlines(person.about)]
          .filter(Boolean)
          .join('. '),
      ),
    ),
  ]
}

/** The lines of a stored source that are part of the story and not already there as quotes. */
function sourceLinePassages(story: Story, source: Source): SearchPassage[] {
  if (source.text === undefined) return []
  const spans = story.quotes.filter(quote => quote.source === source).flatMap(quote => quote.spans)
  const claims = warningsOn(story, source)
  const pieces: SearchPassage[] = []
  let start = 0
  for (const [index, raw] of source.text.split('\n').entries()) {
    const end = start + raw.length
    const inside = spans.filter(span => start <= span.start && span.end <= end)
    const left = inside.reduce((length, span) => length - (span.end - span.start), raw.trim().length)
    if (raw.trim() && left > 3 && !source.skip.includes(index + 1)) {
      pieces.push({
        story,
        part: `${story.slug}/source:${source.number}`,
        where: phrases.find.location.source(source.outlet, index + 1),
        text: raw,
        quoted: true,
        warnings: claims.map(claim => ({ ...claim, start: claim.start - start, end: claim.end - start })),
      })
    }
    start = end + 1
  }
  return pieces
}

/** Claims about words of a quotation, counted in its words as they are printed: passages joined by ` […] `. */
function warningsInQuote(story: Story, quote: Quote): Warning[] {
  const claims = claimsOf(story, quote.source)
  let printed = 0
  return quote.spans.flatMap(span => {
    const shift = printed - span.start
    const own = claims
      .filter(claim => hasOverlap(claim, span))
      .map(claim => ({
        verdict: claim.verdict,
        start: Math.max(claim.start, span.start) + shift,
        end: Math.min(claim.end, span.end) + shift,
      }))
    printed += span.end - span.start + ' […] '.length
    return own
  })
}

/** What must go with words of a source: the verdicts on its claims, and remarks on quotations that no verdict covers. */
export function warningsOn(story: Story, source: Source): Warning[] {
  const claims = claimsOf(story, source)
  const remarks = story.quotes.flatMap(({ source: from, spans, speaker, remark }) =>
    from === source &&
    remark !== undefined &&
    !spans.some(span => claims.some(claim => hasOverlap(claim, span)))
      ? spans.map(({ start, end }) => ({
          start,
          end,
          verdict: phrases.find.remarkOn(speaker, remark),
          remark: true as const,
        }))
      : [],
  )
  return [...claims, ...remarks].sort((a, b) => a.start - b.start)
}

/** Whether two stretches of a text have anything in common. */
export const hasOverlap = (one: TextRange, other: TextRange) => one.start < other.end && other.start < one.end

type TextRange = { start: number; end: number }

function claimsOf(story: Story, source: Source): Warning[] {
  const verdict = ({ claim }: Fact) => claim!.short ?? claim!.verdict
  return story.facts
    .filter(fact => fact.claim?.source === source)
    .flatMap(fact =>
      fact.claim!.spans.map(({ start, end }: Span) => ({ start, end, verdict: verdict(fact) })),
    )
}

function blockText(block: Block): string {
  if (block.kind === 'text' || block.kind === 'note') return plainInlines(block.text)
  return block.kind === 'list' ? block.items.map(plainInlines).join(' ') : ''
}
