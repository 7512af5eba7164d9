import { tokens } from '../content/fold.ts'
import type { Said } from '../content/speakers.ts'
import type { Quote } from '../content/story.ts'
import { readable } from '../dates.ts'
import type { Block, Inline } from '../reply.ts'

const KINDS = { direct: 'quote', partial: 'partial quote', reported: 'reported, not a quotation' }

/** What kind of words these are, for the first line of an answer. */
export const kindOf = (quote: Quote) => KINDS[quote.kind]

/** Words, speaker, role, outlet, date, line and editor's note, as one unit. Only what somebody said stands in marks. */
export function quoteBlock(quote: Quote): Block {
  return {
    kind: 'quote',
    words: quote.words,
    marks: quote.kind !== 'reported',
    attribution: attribution(quote),
    ...(quote.note && { note: [{ bold: 'Editor’s note:' }, ' ', ...quote.note] }),
  }
}

/** The id of a quote as a part. */
export const quotePart = ({ story, quote }: Said) => `${story.slug}/quote:${quote.id}`

/** A name as somebody would type it: without dots and brackets. A name of signs alone stays as it is. */
export const speakerKey = (name: string) =>
  tokens(name).length > 0 ? (name.match(/[\p{L}\p{N}\p{M}]+/gu) ?? []).join(' ') : name

function attribution(quote: Quote): Inline[] {
  const { source } = quote
  const lines = [...new Set(quote.spans.map(span => span.line))]
  const where = [
    source.outlet,
    source.date &&
      [readable(source.date), source.dateNote && `(${source.dateNote})`].filter(Boolean).join(' '),
    `line${lines.length > 1 ? 's' : ''} ${lines.join(', ')} of our copy`,
    `source ${source.number}`,
  ]
  const spoken = quote.saidOn === 'not given' ? 'date spoken: not given' : `date: ${readable(quote.saidOn)}`
  const reported = quote.kind === 'reported' ? `${source.outlet}’s words, not in quotation marks, about ` : ''
  return [
    reported,
    { bold: quote.speaker },
    `, ${quote.role}\n${where.filter(Boolean).join(', ')} · ${spoken}`,
  ].filter(inline => inline !== '')
}
