import { type Block, type Inline, text } from '../../chat/reply.ts'
import type { StoryQuote } from '../../content/speakers.ts'
import type { Quote, Span } from '../../content/story.ts'
import { readableDate } from '../../dates.ts'
import { phrases } from '../../phrases/phrases.ts'

/** What kind of words these are, for the first line of an answer. */
export const quoteKindText = (quote: Quote) => phrases.quote.kinds[quote.kind]

/**
 * Words, speaker, role, outlet, date, line and editor's note, as one unit. Only what somebody said stands in marks.
 * `cited` puts the number of the source there, for an answer that shows quotes of several sources.
 */
export function quoteBlock(quote: Quote, { cited }: { cited?: true } = {}): Block {
  return {
    kind: 'quote',
    words: quote.words,
    marks: quote.kind !== 'reported',
    attribution: attribution(quote, cited ? ` [${quote.source.number}]` : ''),
    ...(quote.note && { note: editorsNote(quote.note) }),
  }
}

/** What a reader must know before the words of one quote among several: its kind, and the warning about it. */
export function quoteLead(quote: Quote): Block {
  const remark = quote.remark === undefined ? '' : ` · ${quote.remark}`
  return text({ bold: quoteKindText(quote).toUpperCase() }, ...(remark ? [remark] : []))
}

/** What the first line of an answer about one quote says of it. */
export const labelLead = (quote: Quote) => ({
  lead: quoteKindText(quote),
  ...(quote.remark !== undefined && { remark: quote.remark }),
})

/** An editor's note as it is printed. */
export const editorsNote = (note: Inline[]): Inline[] => phrases.quote.editorsNote(note)

/** The lines of some spans, each once: `line 7`, `lines 7, 9`. */
const sourceLinesText = (spans: Span[]): string =>
  phrases.quote.lines([...new Set(spans.map(span => span.line))])

/** The id of a quote as a part. */
export const quotePart = ({ story, quote }: StoryQuote) => `${story.slug}/quote:${quote.id}`

/** A name as somebody would type it: without dots and brackets. A name of signs alone stays as it is. */
export const speakerKey = (name: string) => name.match(/[\p{L}\p{N}\p{M}]+/gu)?.join(' ') ?? name

/** Whose words a quote has, where they stand, and when they were said, where that is another day: a line each. */
export function attributionTextLines(quote: Quote): string[] {
  const { speaker, role, kind, source } = quote
  const whose = kind === 'reported' ? phrases.quote.reportedAbout(source.outlet, speaker) : speaker
  const { where, said } = quoteOrigin(quote)
  return [whose, role, where, ...(said === undefined ? [] : [said])]
}

function attribution(quote: Quote, number: string): Inline[] {
  const { speaker, role, kind, source } = quote
  const { where, said } = quoteOrigin(quote)
  return kind === 'reported'
    ? phrases.quote.reportedAttribution(source.outlet, speaker, role, where + number, said)
    : phrases.quote.attribution(speaker, role, where + number, said)
}

/** Kinds of sources that are documents: what is quoted from them was written. A news report quotes what was said. */
const WRITTEN = new Set(['primary', 'court-filing', 'official-local'])

function quoteOrigin(quote: Quote): { where: string; said?: string } {
  const { source } = quote
  const written = WRITTEN.has(source.kind) && quote.saidOn === source.date
  const date =
    source.date &&
    [readableDate(source.date), source.dateNote && `(${source.dateNote})`].filter(Boolean).join(' ')
  const where = [
    source.outlet,
    written && date ? phrases.quote.dated(date) : date,
    phrases.quote.ofOurCopy(sourceLinesText(quote.spans)),
  ]
  return { where: where.filter(Boolean).join(', '), ...(!written && { said: saidOnText(quote) }) }
}

/** When the words were said or written; a copy or a report of either kind does not tell which of the two it was. */
function saidOnText({ saidOn: day, source: { kind } }: Quote): string {
  const given = day === 'not given' ? undefined : readableDate(day)
  const { quote } = phrases
  if (WRITTEN.has(kind)) return given === undefined ? quote.undated : quote.dated(given)
  if (kind === 'news') return given === undefined ? quote.spokenUndated : quote.spoken(given)
  return given === undefined ? quote.wordsUndated : quote.wordsDated(given)
}
