import { plainInlines } from '../../chat/plain-text.ts'
import type { Block } from '../../chat/reply.ts'
import { readableDate } from '../../dates/dates.ts'
import { phrases } from '../../phrases/phrases.ts'
import { allEvents, partOfEvent } from '../events/expected.ts'
import { findWords } from '../fold.ts'
import type { Quote, Source, Story } from '../story.ts'

/** A line with no more than this beside its quotes has nothing else to find: marks and a full stop. */
const MAX_LEFT_OVER = 3

/**
 * A text of a story that search can find. `where` names its place for people. `quoted` texts are somebody else's words
 * and shown in quotation marks. `warnings` must be shown with some of its words.
 */
export type SearchPassage = {
  story: Story
  part: string
  where: string
  text: string
  quoted: boolean
  warnings: Warning[]
  /** Set for a source as it is listed, by outlet and title. */
  listed?: true
  /** Where a line of a stored source stands. */
  source?: number
  line?: number
}

/**
 * A range of words that must not be shown without a warning: the verdict on a claim, or the `remark` on a quotation.
 */
export type Warning = { start: number; end: number; verdict: string; remark?: true }

/** Every text of a story that search may find. Facts with `print: false` were dropped when the story was read. */
export function searchPassagesOf(story: Story): SearchPassage[] {
  const { location } = phrases.find
  const passage = (part: string, where: string, text: string): SearchPassage => ({
    story,
    part: `${story.slug}/${part}`,
    where,
    text,
    quoted: false,
    warnings: [],
  })
  return [
    passage('label', location.label, `${story.title}. ${story.dek}`),
    ...story.quotes.map(quote => ({
      ...passage(
        `quote:${quote.id}`,
        location.quotation(quote.kind, quote.speaker, quote.remark),
        quote.words,
      ),
      quoted: quote.kind !== 'reported',
      warnings: warningsInQuote(story, quote),
    })),
    ...story.sources.flatMap(source => sourceLinePassages(story, source)),
    ...story.sections.flatMap(section =>
      section.body
        .map(cited => blockText(cited.block))
        .filter(text => text !== '')
        .map(text => passage(`section:${section.name}`, section.title, text)),
    ),
    // After the quotes: the index of a story counts them from the second passage on.
    ...(story.why ? [passage('label', location.label, plainInlines(story.why.text))] : []),
    ...allEvents(story).map(event =>
      passage(
        partOfEvent(event),
        (event.expected ? phrases.coming.expectedOn : location.event)(readableDate(event.date)),
        [plainInlines(event.text), event.note && plainInlines(event.note)].filter(Boolean).join(' '),
      ),
    ),
    ...story.facts.map(fact =>
      passage(`fact:${fact.id}`, fact.claim ? location.claim : location.fact, plainInlines(fact.text)),
    ),
    ...story.people.map(person =>
      passage(
        `who:${person.name}`,
        location.person,
        [[person.name, ...person.aliases, person.role].join(', '), person.about && plainInlines(person.about)]
          .filter(Boolean)
          .join('. '),
      ),
    ),
    ...story.sources.map(source => ({
      ...passage(`source:${source.number}`, location.listed(source.number), titleOf(source)),
      listed: true as const,
      warnings: warningsInTitle(story, source),
    })),
  ]
}

/** What a source is called where it is listed. */
const titleOf = ({ outlet, title }: Source): string => `${outlet}: ${title}`

/** Claims of a source that stand in its title too, as headlines do: the verdict goes with them there as well. */
function warningsInTitle(story: Story, source: Source): Warning[] {
  return claimsOf(story, source).flatMap(({ start, end, verdict }) => {
    const span = findWords(source.text?.slice(start, end) ?? '', titleOf(source))
    return span ? [{ ...span, verdict }] : []
  })
}

/** The lines of a stored source that belong to the story and are not already found as quotes. */
function sourceLinePassages(story: Story, source: Source): SearchPassage[] {
  if (source.text === undefined) return []
  const spans = story.quotes.filter(quote => quote.source === source).flatMap(quote => quote.spans)
  const warnings = warningsOn(story, source)
  const passages: SearchPassage[] = []
  let start = 0
  for (const [index, raw] of source.text.split('\n').entries()) {
    const end = start + raw.length
    const quotedSpans = spans.filter(span => start <= span.start && span.end <= end)
    const unquoted = quotedSpans.reduce((left, span) => left - (span.end - span.start), raw.trim().length)
    if (raw.trim() && unquoted > MAX_LEFT_OVER && !source.skip.includes(index + 1)) {
      passages.push({
        story,
        part: `${story.slug}/source:${source.number}`,
        where: phrases.find.location.source(source.outlet, index + 1),
        line: index + 1,
        source: source.number,
        text: raw,
        quoted: true,
        warnings: warnings.map(warning => ({
          ...warning,
          start: warning.start - start,
          end: warning.end - start,
        })),
      })
    }
    start = end + 1
  }
  return passages
}

/** Claims about words of a quotation, with offsets in its printed words (which `joinPassages` made). */
function warningsInQuote(story: Story, quote: Quote): Warning[] {
  const claims = claimsOf(story, quote.source)
  return quote.spans.flatMap((span, index) => {
    const shift = (quote.starts[index] ?? 0) - span.start
    const warnings = claims
      .filter(claim => hasOverlap(claim, span))
      .map(claim => ({
        verdict: claim.verdict,
        start: Math.max(claim.start, span.start) + shift,
        end: Math.min(claim.end, span.end) + shift,
      }))
    return warnings
  })
}

/** The warnings on words of a source: verdicts on its claims, and remarks on quotations that no verdict covers. */
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

/** Whether two ranges of a text overlap. */
export const hasOverlap = (a: TextRange, b: TextRange) => a.start < b.end && b.start < a.end

type TextRange = { start: number; end: number }

function claimsOf(story: Story, source: Source): Warning[] {
  return story.facts.flatMap(({ claim }) =>
    claim?.source === source
      ? claim.spans.map(({ start, end }) => ({ start, end, verdict: claim.short ?? claim.verdict }))
      : [],
  )
}

function blockText(block: Block): string {
  if (block.kind === 'text' || block.kind === 'note') return plainInlines(block.text)
  return block.kind === 'list' ? block.items.map(plainInlines).join(' ') : ''
}
