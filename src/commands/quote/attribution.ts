import { type Block, type Inline, text } from '../../chat/reply.ts'
import { quotesOutletOmission } from '../../content/omission.ts'
import type { StoryQuote } from '../../content/speakers.ts'
import type { Quote, Span } from '../../content/story.ts'
import { readableDate } from '../../dates/dates.ts'
import { phrases } from '../../phrases/phrases.ts'

/** The kind of a quote (`partial quote`), for the first line of an answer. */
export const quoteKindText = (quote: Quote) => phrases.quote.kinds[quote.kind]

/**
 * Builds a quote as one block: words, speaker, role, outlet, date, line and editor's note. Only words that somebody
 * said are in quotation marks. `cited` adds the number of the source, for an answer with quotes from several sources.
 */
export function quoteBlock(quote: Quote, { cited }: { cited?: true } = {}): Block {
  return {
    kind: 'quote',
    words: quote.words,
    marks: quote.kind !== 'reported',
    attribution: attribution(quote, cited ? ` [${quote.source.number}]` : ''),
    note: quote.note && editorsNote(quote.note),
  }
}

/** What readers must know before the words of one quote among several: its kind and the warning about it. */
export function quoteLead(quote: Quote): Block {
  const remark = quote.remark === undefined ? [] : [` · ${quote.remark}`]
  return text({ bold: quoteKindText(quote).toUpperCase() }, ...remark)
}

/** The kind of a quote and the warning about it, for the first line of an answer about that quote. */
export const labelLead = (quote: Quote) => ({ lead: quoteKindText(quote), remark: quote.remark })

/** Formats an editor's note. */
export const editorsNote = (note: Inline[]): Inline[] => phrases.quote.editorsNote(note)

/** Names the lines of some spans, each once: `line 7`, `lines 7, 9`. */
const sourceLinesText = (spans: Span[]): string =>
  phrases.quote.lines([...new Set(spans.map(span => span.line))])

/** The part id of a quote. */
export const quotePart = ({ story, quote }: StoryQuote) => `${story.slug}/quote:${quote.id}`

/** A name as people would type it: without dots and brackets. A name of punctuation alone stays as it is. */
export const speakerKey = (name: string) => name.match(/[\p{L}\p{N}\p{M}]+/gu)?.join(' ') ?? name

/** The attribution as lines: speaker, role, source and, where it is another day than the source's, when it was said. */
export function attributionTextLines(quote: Quote): string[] {
  const { speaker, role, kind, source } = quote
  const whose = kind === 'reported' ? phrases.quote.reportedAbout(source.outlet, speaker) : speaker
  const { where, dateText } = quoteOrigin(quote)
  return [whose, role, where, ...(dateText === undefined ? [] : [dateText])]
}

function attribution(quote: Quote, number: string): Inline[] {
  const { speaker, role, kind, source } = quote
  const { where, dateText } = quoteOrigin(quote)
  return kind === 'reported'
    ? phrases.quote.reportedAttribution(source.outlet, speaker, role, where + number, dateText)
    : phrases.quote.attribution(speaker, role, where + number, dateText)
}

/** Kinds of sources that are documents: their quotes were written. A news report quotes what was said. */
const WRITTEN = new Set(['primary', 'court-filing', 'official-local'])

function quoteOrigin(quote: Quote): { where: string; dateText?: string } {
  const { source } = quote
  const isDated = WRITTEN.has(source.kind) && quote.saidOn === source.date
  const date =
    source.date &&
    [readableDate(source.date), source.dateNote && `(${source.dateNote})`].filter(Boolean).join(' ')
  const where = [
    source.outlet,
    isDated && date ? phrases.quote.dated(date) : date,
    phrases.quote.ofOurCopy(sourceLinesText(quote.spans)),
    quotesOutletOmission(quote) ? phrases.quote.outletOmission(source.outlet) : undefined,
  ]
  return {
    where: where.filter(Boolean).join(', '),
    dateText: isDated ? undefined : saidOnText(quote),
  }
}

/** When the words were said or written. Sources that are neither documents nor news do not tell which of the two. */
function saidOnText({ saidOn, source: { kind } }: Quote): string {
  const day = saidOn === 'not given' ? undefined : readableDate(saidOn)
  const { quote } = phrases
  if (WRITTEN.has(kind)) return day === undefined ? quote.undated : quote.dated(day)
  if (kind === 'news') return day === undefined ? quote.spokenUndated : quote.spoken(day)
  return day === undefined ? quote.wordsUndated : quote.wordsDated(day)
}
