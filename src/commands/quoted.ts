import { tokens } from '../content/fold.ts'
import type { Said } from '../content/speakers.ts'
import type { Quote, Span } from '../content/story.ts'
import { readable } from '../dates.ts'
import { type Block, type Inline, text } from '../reply.ts'

const KINDS = { direct: 'quote', partial: 'partial quote', reported: 'reported, not a quotation' }

/** What kind of words these are, for the first line of an answer. */
export const kindOf = (quote: Quote) => KINDS[quote.kind]

/**
 * Words, speaker, role, outlet, date, line and editor's note, as one unit. Only what somebody said stands in marks.
 * `cited` puts the number of the source there, for an answer that shows quotes of several sources.
 */
export function quoteBlock(quote: Quote, { cited }: { cited?: true } = {}): Block {
  const number = cited ? ` [${quote.source.number}]` : ''
  return {
    kind: 'quote',
    words: quote.words,
    marks: quote.kind !== 'reported',
    attribution: attribution(quote, number),
    ...(quote.note && { note: editorsNote(quote.note) }),
  }
}

/** What a reader must know before the words of one quote among several: its kind, and the warning about it. */
export function quoteLead(quote: Quote): Block {
  const remark = quote.remark === undefined ? '' : ` · ${quote.remark}`
  return text({ bold: kindOf(quote).toUpperCase() }, ...(remark ? [remark] : []))
}

/** What the first line of an answer about one quote says of it. */
export const leadOf = (quote: Quote) => ({
  lead: kindOf(quote),
  ...(quote.remark !== undefined && { remark: quote.remark }),
})

/** An editor's note as it is printed. */
export const editorsNote = (note: Inline[]): Inline[] => [{ bold: 'Editor’s note:' }, ' ', ...note]

/** The lines of some spans, each once: `line 7`, `lines 7, 9`. */
export function linesOf(spans: Span[]): string {
  const lines = [...new Set(spans.map(span => span.line))]
  return `line${lines.length > 1 ? 's' : ''} ${lines.join(', ')}`
}

/** The id of a quote as a part. */
export const quotePart = ({ story, quote }: Said) => `${story.slug}/quote:${quote.id}`

/** A name as somebody would type it: without dots and brackets. A name of signs alone stays as it is. */
export const speakerKey = (name: string) =>
  tokens(name).length > 0 ? (name.match(/[\p{L}\p{N}\p{M}]+/gu) ?? []).join(' ') : name

function attribution(quote: Quote, number: string): Inline[] {
  const { source } = quote
  const written = WRITTEN.has(source.kind) && quote.saidOn === source.date
  const date =
    source.date &&
    [readable(source.date), source.dateNote && `(${source.dateNote})`].filter(Boolean).join(' ')
  const where = [
    source.outlet,
    written ? `dated ${date}` : date,
    `${linesOf(quote.spans)} of our copy${number}`,
  ]
  const dated = written ? '' : ` · ${saidOn(quote)}`
  const reported = quote.kind === 'reported' ? `${source.outlet}’s words, not in quotation marks, about ` : ''
  return [
    reported,
    { bold: quote.speaker },
    `, ${quote.role}\n${where.filter(Boolean).join(', ')}${dated}`,
  ].filter(inline => inline !== '')
}

/** Kinds of sources that are documents: what is quoted from them was written. A news report quotes what was said. */
const WRITTEN = new Set(['primary', 'court-filing', 'official-local'])

/** When the words were said or written; a copy or a report of either kind does not tell which of the two it was. */
function saidOn({ saidOn: day, source: { kind } }: Quote): string {
  if (WRITTEN.has(kind)) return day === 'not given' ? 'date: not given' : `dated ${readable(day)}`
  if (kind === 'news') return day === 'not given' ? 'date spoken: not given' : `said ${readable(day)}`
  return day === 'not given' ? 'date of the words: not given' : `words of ${readable(day)}`
}
