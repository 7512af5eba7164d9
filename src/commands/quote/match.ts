import type { Call } from '../../chat/platform.ts'
import type { Inline } from '../../chat/reply.ts'
import { findWords } from '../../content/fold.ts'
import { hasOverlap, warningsOn } from '../../content/search/passages.ts'
import type { StoryQuote } from '../../content/speakers.ts'
import type { Source, Story } from '../../content/story.ts'
import { isInQuotationMarks } from '../../content/verify-passages.ts'
import { phrases } from '../../phrases/phrases.ts'
import { labelOf, labelPart, storyPrefix } from '../label.ts'
import { editorsNote, labelLead, quotePart } from './attribution.ts'

/** Words of ours that somebody may mean: a quotation, or a line of a stored source with where it begins there. */
export type Match = { story: Story; source: Source; words: string; lines: number[] } & (
  | { said: StoryQuote }
  | { said?: never; start: number }
)

/** The first line of an answer about them: a quotation has its kind and its warning there, as everywhere. */
export const labelOfMatch = ({ story, said }: Match) =>
  labelOf(story, said ? labelLead(said.quote) : { lead: phrases.label.checkedWords })

/** Where they stand. */
export const matchLocation = ({ source: { outlet, number }, lines }: Match) => ({ outlet, number, lines })

/** The parts that an answer about them shows. */
export const matchParts = ({ story, source, said }: Match) => [
  said ? quotePart(said) : `${story.slug}/source:${source.number}`,
  labelPart(story),
]

/** Whose words they are, where the source or its quotations tell. */
export function attributionOf(ours: Match, shown: string): string {
  if (ours.said && ours.said.quote.kind !== 'reported') {
    const { speaker, role } = ours.said.quote
    const { saidBy, saidByInParts } = phrases.quoteCheck
    return shown.includes(' […] ') ? saidByInParts(speaker, role) : saidBy(speaker, role)
  }
  const place = ours.said ? undefined : spanInSource(ours, shown)
  return place && isInQuotationMarks(ours.source.text ?? '', place)
    ? phrases.quoteCheck.insideQuotationMarks
    : phrases.quoteCheck.outletsOwnWords
}

/** The editor's note on a quotation, or what the record says of the words that are shown; neither is ever lost. */
export function matchWarning(ours: Match, shown: string): Inline[] | undefined {
  if (ours.said?.quote.note) return editorsNote(ours.said.quote.note)
  const places = ours.said
    ? ours.said.quote.spans
    : [spanInSource(ours, shown)].filter(place => place !== undefined)
  const verdicts = warningsOn(ours.story, ours.source)
    .filter(({ remark }) => !(ours.said && remark))
    .filter(warning => places.some(place => hasOverlap(place, warning)))
    .map(warning => warning.verdict)
  return verdicts.length > 0 ? phrases.quoteCheck.whatRecordShows([...new Set(verdicts)]) : undefined
}

/** The line that tells all that the record says of a story's words, or in which quotations they stand. */
export const recordLine = (story: Story, call: Pick<Call, 'place'>): string =>
  `${storyPrefix(story, call)} ${story.facts.length > 0 ? 'facts' : 'quotes'}`

function spanInSource({ words, start }: Match & { start: number }, shown: string) {
  const at = words.indexOf(shown)
  const place = at < 0 ? findWords(shown, words) : { start: at, end: at + shown.length }
  return place && { start: place.start + start, end: place.end + start }
}
