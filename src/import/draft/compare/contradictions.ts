import { plainInlines } from '../../../chat/plain-text.ts'
import { tokens } from '../../../content/fold.ts'
import type { Event, Story } from '../../../content/story.ts'
import { readableDate } from '../../../dates/dates.ts'
import { newsDates } from '../../../dates/news-dates.ts'
import { mayBeWithin } from '../../../dates/rough-dates.ts'
import { phrases } from '../../../phrases/phrases.ts'
import type { ProposedEntry, ReportLine } from '../draft.ts'

/** So many of the words of the shorter text are in the other one if both tell the same event. */
const MIN_SHARED = 0.6
const MIN_WORDS = 4
/** Two reports of one event are seldom further apart; what happened again is. */
const MAX_DAYS = 10
const DAY_MS = 86_400_000

/**
 * Dated sentences that tell an event of the story's timeline with another day or other figures. Only where most of the
 * words are the same: what an editor is told here has to be worth a look.
 */
export function contradictions(entries: ProposedEntry[], story: Story | undefined): ReportLine[] {
  if (!story) return []
  const events = story.timeline.map(event => ({ event, text: plainInlines(event.text) }))
  return entries.flatMap((entry): ReportLine[] => {
    if (entry.file !== 'timeline.yml') return []
    const { date, text } = entry.values as { date: string; text: string }
    const same = events
      .filter(({ event }) => areNear(event, date))
      .map(each => ({ ...each, shared: sharedWords(each.text, text) }))
      .sort((a, b) => b.shared - a.shared)[0]
    if (!same || same.shared < MIN_SHARED) return []
    const { event } = same
    const lines: ReportLine[] = []
    const isSameDay = mayBeWithin(event.date, { from: date, to: date }) || event.date.startsWith(date)
    const report = (about: string) =>
      lines.push({ kind: 'contradicts', severity: 'error', text: about, entry: entry.id })
    if (!isSameDay)
      report(phrases.draftReport.dateDiffers(readableDate(date), readableDate(event.date), event.id))
    const [theirs, ours] = [figuresIn(text), figuresIn(same.text)]
    const unlike = theirs.filter(figure => !ours.includes(figure))
    const missing = ours.filter(figure => !theirs.includes(figure))
    if (unlike.length > 0 && missing.length > 0)
      report(phrases.draftReport.figuresDiffer(unlike.join(', '), missing.join(', '), event.id))
    return lines
  })
}

const areNear = ({ date }: Event, other: string) =>
  date.length < 10 || other.length < 10 || Math.abs(Date.parse(date) - Date.parse(other)) <= MAX_DAYS * DAY_MS

const wordsOf = (text: string) => new Set(tokens(text).filter(word => /\p{L}{4}/u.test(word)))

function sharedWords(a: string, b: string): number {
  const [few, many] = [wordsOf(a), wordsOf(b)].sort((x, y) => x.size - y.size) as [Set<string>, Set<string>]
  if (few.size < MIN_WORDS) return 0
  return [...few].filter(word => many.has(word)).length / few.size
}

/** The figures of a text that are no dates, as they are written. */
function figuresIn(text: string): string[] {
  const dates = newsDates(text)
  return [...text.matchAll(/\d+(?:[.,]\d+)*/g)]
    .filter(({ index }) => !dates.some(({ start, end }) => start <= index && index < end))
    .map(([figure]) => figure.replaceAll(',', ''))
    .filter(figure => !/^(?:19|20)\d\d$/.test(figure))
}
