import type { Call } from '../../chat/platform.ts'
import type { Inline } from '../../chat/reply.ts'
import { findWords } from '../../content/fold.ts'
import { isInQuotationMarks } from '../../content/in-quotation-marks.ts'
import { hasOverlap, warningsOn } from '../../content/search/passages.ts'
import type { StoryQuote } from '../../content/speakers.ts'
import type { Source, Story } from '../../content/story.ts'
import { phrases } from '../../phrases/phrases.ts'
import { labelOf, labelPart, storyPrefix } from '../label.ts'
import { editorsNote, labelLead, quotePart } from './attribution.ts'

/**
 * Words of ours that may be the typed ones: a quotation, or a line of a stored source with its start in that source.
 */
export type Match = { story: Story; source: Source; words: string; lines: number[] } & (
  | { storyQuote: StoryQuote }
  | { storyQuote?: never; start: number }
)

/** The first line of an answer about a match; for a quotation it has the kind and the warning, as everywhere. */
export const labelOfMatch = ({ story, storyQuote }: Match) =>
  labelOf(story, storyQuote ? labelLead(storyQuote.quote) : { lead: phrases.label.checkedWords })

/** The source and lines of a match. */
export const matchLocation = ({ source: { outlet, number }, lines }: Match) => ({ outlet, number, lines })

/** The parts that an answer about a match shows. */
export const matchParts = ({ story, source, storyQuote }: Match) => [
  storyQuote ? quotePart(storyQuote) : `${story.slug}/source:${source.number}`,
  labelPart(story),
]

/** Says who said the words, or whether the source has them in quotation marks. */
export function attributionOf(match: Match, shown: string): string {
  const { storyQuote, source } = match
  if (storyQuote && storyQuote.quote.kind !== 'reported') {
    const { speaker, role } = storyQuote.quote
    const { saidBy, saidByInParts } = phrases.quoteCheck
    return shown.includes(' […] ') ? saidByInParts(speaker, role) : saidBy(speaker, role)
  }
  const span = storyQuote ? undefined : spanInSource(match, shown)
  return span && isInQuotationMarks(source.text ?? '', span)
    ? phrases.quoteCheck.insideQuotationMarks
    : phrases.quoteCheck.outletsOwnWords
}

/** The editor's note on a quotation, or the verdicts of the record on the shown words; neither is ever left out. */
export function matchWarning(match: Match, shown: string): Inline[] | undefined {
  const { story, source, storyQuote } = match
  if (storyQuote?.quote.note) return editorsNote(storyQuote.quote.note)
  const spans = storyQuote
    ? storyQuote.quote.spans
    : [spanInSource(match, shown)].filter(span => span !== undefined)
  const verdicts = warningsOn(story, source)
    .filter(({ remark }) => !(storyQuote && remark))
    .filter(warning => spans.some(span => hasOverlap(span, warning)))
    .map(warning => warning.verdict)
  return verdicts.length > 0 ? phrases.quoteCheck.whatRecordShows([...new Set(verdicts)]) : undefined
}

/** The line that shows everything the record says about a story's words: its facts, or else its quotes. */
export const recordLine = (story: Story, call: Pick<Call, 'place'>): string =>
  `${storyPrefix(story, call)} ${story.facts.length > 0 ? 'facts' : 'quotes'}`

function spanInSource({ words, start }: Match & { start: number }, shown: string) {
  const at = words.indexOf(shown)
  const span = at < 0 ? findWords(shown, words) : { start: at, end: at + shown.length }
  return span && { start: span.start + start, end: span.end + start }
}
