import type { Call } from '../../chat/platform.ts'
import type { Inline } from '../../chat/reply.ts'
import { placeOf } from '../../content/fold.ts'
import { overlap, warningsOn } from '../../content/search/passages.ts'
import type { Said } from '../../content/speakers.ts'
import type { Source, Story } from '../../content/story.ts'
import { insideMarks } from '../../content/verify.ts'
import { phrases } from '../../phrases/phrases.ts'
import { headOfStory, labelOf, labelPart } from '../label.ts'
import { editorsNote, leadOf, quotePart } from './attribution.ts'

/** Words of ours that somebody may mean: a quotation, or a line of a stored source with where it begins there. */
export type Ours = { story: Story; source: Source; words: string; lines: number[] } & (
  | { said: Said }
  | { said?: never; start: number }
)

/** The first line of an answer about them: a quotation has its kind and its warning there, as everywhere. */
export const labelOfOurs = ({ story, said }: Ours) =>
  labelOf(story, said ? leadOf(said.quote) : { lead: phrases.label.checkedWords })

/** Where they stand. */
export const whereOf = ({ source: { outlet, number }, lines }: Ours) => ({ outlet, number, lines })

/** The parts that an answer about them shows. */
export const partsOf = ({ story, source, said }: Ours) => [
  said ? quotePart(said) : `${story.slug}/source:${source.number}`,
  labelPart(story),
]

/** Whose words they are, where the source or its quotations tell. */
export function whose(ours: Ours, shown: string): string {
  if (ours.said && ours.said.quote.kind !== 'reported') {
    const { speaker, role } = ours.said.quote
    const { saidBy, saidByInParts } = phrases.check
    return shown.includes(' […] ') ? saidByInParts(speaker, role) : saidBy(speaker, role)
  }
  const place = ours.said ? undefined : placeIn(ours, shown)
  return place && insideMarks(ours.source.text ?? '', place)
    ? phrases.check.insideMarks
    : phrases.check.outletsOwn
}

/** The editor's note on a quotation, or what the record says of the words that are shown; neither is ever lost. */
export function warningOf(ours: Ours, shown: string): Inline[] | undefined {
  if (ours.said?.quote.note) return editorsNote(ours.said.quote.note)
  const places = ours.said
    ? ours.said.quote.spans
    : [placeIn(ours, shown)].filter(place => place !== undefined)
  const verdicts = warningsOn(ours.story, ours.source)
    .filter(({ remark }) => !(ours.said && remark))
    .filter(warning => places.some(place => overlap(place, warning)))
    .map(warning => warning.verdict)
  return verdicts.length > 0 ? phrases.check.record([...new Set(verdicts)]) : undefined
}

/** The line that tells all that the record says of a story's words, or in which quotations they stand. */
export const recordLine = (story: Story, call: Pick<Call, 'place'>): string =>
  `${headOfStory(story, call)} ${story.facts.length > 0 ? 'facts' : 'quotes'}`

function placeIn({ words, start }: Ours & { start: number }, shown: string) {
  const at = words.indexOf(shown)
  const place = at < 0 ? placeOf(shown, words) : { start: at, end: at + shown.length }
  return place && { start: place.start + start, end: place.end + start }
}
