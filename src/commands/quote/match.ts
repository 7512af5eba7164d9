import type { Call } from '../../chat/platform.ts'
import type { Inline } from '../../chat/reply.ts'
import { isInQuotationMarks } from '../../content/in-quotation-marks.ts'
import { lineNumberAt } from '../../content/line-number.ts'
import { hasOverlap, warningsOn } from '../../content/search/passages.ts'
import type { StoryQuote } from '../../content/speakers.ts'
import type { Quote, Source, Story } from '../../content/story.ts'
import { phrases } from '../../phrases/phrases.ts'
import { labelOf, labelPart, storyPrefix } from '../label.ts'
import { editorsNote, labelLead, quotePart } from './attribution.ts'

/** A range of a text. */
export type Place = { start: number; end: number }

/** Words of ours that may be the typed ones: a quotation, or lines of a stored source with their start in that source. */
export type Match = { story: Story; source: Source; words: string } & (
  | { storyQuote: StoryQuote }
  | { storyQuote?: never; start: number }
)

/** The first line of an answer about a match; for a quotation it has the kind and the warning, as everywhere. */
export const labelOfMatch = ({ story, storyQuote }: Match) =>
  labelOf(story, storyQuote ? labelLead(storyQuote.quote) : { lead: phrases.label.checkedWords })

/** The source of a match, and the lines of what is shown of it. */
export function matchLocation(match: Match, places: Place[]) {
  const { outlet, number, text = '' } = match.source
  const lines = match.storyQuote
    ? match.storyQuote.quote.spans.map(span => span.line)
    : placesInSource(match, places).flatMap(({ start, end }) => linesBetween(text, start, end))
  return { outlet, number, lines: [...new Set(lines)] }
}

function linesBetween(text: string, start: number, end: number): number[] {
  const first = lineNumberAt(text, start)
  const lines = text.slice(start, end).split('\n')
  return lines.flatMap((line, index) => (line.trim() === '' ? [] : [first + index]))
}

/** The parts that an answer about a match shows. */
export const matchParts = ({ story, source, storyQuote }: Match) => [
  storyQuote ? quotePart(storyQuote) : `${story.slug}/source:${source.number}`,
  labelPart(story),
]

/** Whether we left words out of a quotation inside a range of its printed words. */
export const leavesOut = ({ words, starts }: Quote, { start, end }: Place): boolean =>
  starts.some(next => start < next && next <= end && /\[…[^[\]]*\] $/.test(words.slice(0, next)))

/** Says who said the words, or whether the source has them in quotation marks. */
export function attributionOf(match: Match, places: Place[]): string {
  const { storyQuote, source } = match
  if (storyQuote && storyQuote.quote.kind !== 'reported') {
    const { speaker, role } = storyQuote.quote
    const { saidBy, saidByInParts } = phrases.quoteCheck
    return places.some(place => leavesOut(storyQuote.quote, place))
      ? saidByInParts(speaker, role)
      : saidBy(speaker, role)
  }
  const isQuoted =
    !storyQuote && placesInSource(match, places).every(place => isInQuotationMarks(source.text ?? '', place))
  return isQuoted ? phrases.quoteCheck.insideQuotationMarks : phrases.quoteCheck.outletsOwnWords
}

/** The editor's note on a quotation, or the verdicts of the record on the shown words; neither is ever left out. */
export function matchWarning(match: Match, places: Place[]): Inline[] | undefined {
  const { story, source, storyQuote } = match
  if (storyQuote?.quote.note) return editorsNote(storyQuote.quote.note)
  const spans = storyQuote ? storyQuote.quote.spans : placesInSource(match, places)
  const verdicts = warningsOn(story, source)
    .filter(({ remark }) => !(storyQuote && remark))
    .filter(warning => spans.some(span => hasOverlap(span, warning)))
    .map(warning => warning.verdict)
  return verdicts.length > 0 ? phrases.quoteCheck.whatRecordShows([...new Set(verdicts)]) : undefined
}

/** The line that shows everything the record says about a story's words: its facts, or else its quotes. */
export const recordLine = (story: Story, call: Pick<Call, 'place'>): string =>
  `${storyPrefix(story, call)} ${story.facts.length > 0 ? 'facts' : 'quotes'}`

const placesInSource = ({ start: offset }: { start: number }, places: Place[]): Place[] =>
  places.map(({ start, end }) => ({ start: start + offset, end: end + offset }))
