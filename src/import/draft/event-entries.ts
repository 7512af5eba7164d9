import { shorten } from '../../chat/shorten.ts'
import { quotationsOf } from '../../content/in-quotation-marks.ts'
import type { Story } from '../../content/story.ts'
import { readableDate } from '../../dates/dates.ts'
import { type NewsDate, newsDates } from '../../dates/news-dates.ts'
import { firstDayOf, lastDayOf, sortKeyOf } from '../../dates/rough-dates.ts'
import { phrases } from '../../phrases/phrases.ts'
import type { DraftInput, ProposedEntry, ReportLine } from './draft.ts'
import { markdownText } from './markdown-text.ts'
import { isCaption, type Sentence, sentencesOf } from './sentences.ts'

/** A longer sentence does not fit a phone together with what stands around it. */
const MAX_CHARACTERS = 420
/** A text with more dated sentences than this is a chronicle: an editor chooses from it by reading it. */
const MAX_EVENTS = 40
/** A line with fewer words beside its date is a date line or a caption. */
const MIN_WORDS = 4
/** So many words name a speaker with a role, and a word for saying. */
const MAX_SAYING_WORDS = 8
const SHOWN_CHARACTERS = 90

type Proposed = { entries: ProposedEntry[]; report: ReportLine[]; coversTo: string }

/**
 * The dated sentences of a text as entries of timeline.yml, in the outlet's words until somebody rewrites them. What gives
 * no date is reported. `coversTo` is the last day that they and the day of publication reach.
 */
export function eventEntries(input: DraftInput, number: number, outlet: string): Proposed {
  const { article, into, slug, today } = input
  const published = article.published?.date
  const report: ReportLine[] = []
  const found: (Dated & { sentence: Sentence })[] = []
  // In a transcript all sentences are somebody's words, and no report of what happened.
  const sentences = article.labels ? [] : sentencesOf(article.text)
  for (const sentence of sentences) {
    const dates = datesOf(article.text, sentence, published)
    if (dates.length === 0 || sentence.text.split(/\s+/).length < MIN_WORDS + wordsIn(dates)) continue
    if (isOnlyQuoted(sentence, input, dates)) continue
    const dated = dateOf(dates)
    const about = (kind: ReportLine['kind'], text: string) =>
      report.push({ kind, severity: 'look', text, line: sentence.line })
    if (!dated) {
      const vague = dates.map(({ text }) => text).join('”, “')
      about('date', phrases.draftReport.dateNotResolved(vague, shorten(sentence.text, SHOWN_CHARACTERS)))
    } else if (isCaption(sentence, sentences))
      about(
        'date',
        phrases.draftReport.maybeCaption(readableDate(dated.date), shorten(sentence.text, SHOWN_CHARACTERS)),
      )
    else if (sentence.text.length > MAX_CHARACTERS)
      about(
        'date',
        phrases.draftReport.sentenceTooLong(
          readableDate(dated.date),
          shorten(sentence.text, SHOWN_CHARACTERS),
        ),
      )
    else found.push({ ...dated, sentence })
  }
  const left = found.length - MAX_EVENTS
  if (left > 0) report.push({ kind: 'date', severity: 'look', text: phrases.draftReport.moreDates(left) })
  const coversTo = lastDay(found, published, today)
  const entries = nameEntries(found.slice(0, MAX_EVENTS), into, slug).map(
    ({ id, sentence, date, sure, written }): ProposedEntry => {
      const wasToCome = firstDayOf(date) > coversTo
      // In a story that goes further, that day is over: it happened, or it did not.
      const isExpected = wasToCome && firstDayOf(date) > (into?.coversTo ?? '')
      const line = (text: string) =>
        report.push({ kind: 'date', severity: 'look', text, entry: id, line: sentence.line })
      if (!sure)
        line(
          phrases.draftReport.dateUnsure(
            written,
            readableDate(date),
            shorten(sentence.text, SHOWN_CHARACTERS),
          ),
        )
      else if (wasToCome && lastDayOf(date) < today) line(phrases.draftReport.stillToCome(readableDate(date)))
      return {
        file: 'timeline.yml',
        id,
        sure: sure && !wasToCome,
        at: sentence.line,
        values: {
          date,
          id,
          ...(isExpected && { expected: true }),
          text: markdownText(phrases.draftReport.inOutletsWords(outlet, sentence.text)),
          confidence: 'medium',
          sources: [number],
        },
      }
    },
  )
  return { entries: inOrder(entries), report, coversTo }
}

type Dated = { date: string; sure: boolean; written: string }

/** The dates of a sentence that are not part of what somebody is quoted with: those are told by whoever speaks. */
const datesOf = (text: string, { start, end }: Sentence, published: string | undefined): NewsDate[] => {
  const quotations = quotationsOf(text)
  return datesIn(text, published).filter(
    date =>
      date.start >= start &&
      date.end <= end &&
      !quotations.some(quoted => quoted.start <= date.start && date.end <= quoted.end),
  )
}

let last: { text: string; published?: string; dates: NewsDate[] } | undefined

function datesIn(text: string, published: string | undefined): NewsDate[] {
  if (last?.text !== text || last.published !== published)
    last = { text, published, dates: newsDates(text, published) }
  return last.dates
}

/** The date of a sentence: its most exact one, the first if there are several of those, which is then not sure. */
function dateOf(dates: NewsDate[]): Dated | undefined {
  const resolved = dates.filter(({ date }) => date !== undefined)
  const [exact] = resolved.toSorted((a, b) => b.date!.length - a.date!.length || a.start - b.start)
  if (!exact) return undefined
  // “On 6 Aug 2017” and “in August 2017” are one; any other date leaves open which of them is meant.
  const others = resolved.filter(({ date }) => !exact.date!.startsWith(date!))
  return {
    date: exact.date!,
    sure: exact.sure && others.length === 0,
    written: exact.text,
  }
}

/** Whether a sentence says nothing but who said something and when: its words are a quotation, and no event. */
function isOnlyQuoted(
  { start, end }: Sentence,
  { article: { text }, quotations }: DraftInput,
  dates: NewsDate[],
): boolean {
  const quoted = quotations.filter(found => found.start < end && found.end > start)
  if (!quoted.some(({ kind }) => kind === 'direct')) return false
  let [outside, at] = ['', start]
  for (const { start: from, end: to } of [...quoted, ...dates].toSorted((a, b) => a.start - b.start)) {
    outside += ` ${text.slice(at, Math.max(at, from))}`
    at = Math.max(at, to)
  }
  outside += ` ${text.slice(at, Math.max(at, end))}`
  return (outside.match(/\p{L}[\p{L}\p{N}’'-]*/gu) ?? []).length <= MAX_SAYING_WORDS
}

const wordsIn = (dates: NewsDate[]) => dates.reduce((count, { text }) => count + text.split(/\s+/).length, 0)

/** The last day that a draft covers: what is later was still to come when the text was published. */
function lastDay(found: Dated[], published: string | undefined, today: string): string {
  const days = found.map(({ date }) => firstDayOf(date)).filter(day => day <= (published ?? today))
  return (
    [published, ...days]
      .filter(day => day !== undefined && day <= today)
      .sort()
      .at(-1) ?? today
  )
}

/** Gives each event a name: its day and its place in it. In a story that has events already, the draft's name as well. */
function nameEntries<T extends { date: string }>(
  events: T[],
  into: Story | undefined,
  slug: string,
): (T & { id: string })[] {
  const counts = new Map<string, number>()
  return events.map(event => {
    const count = (counts.get(event.date) ?? 0) + 1
    counts.set(event.date, count)
    return { ...event, id: into ? `${event.date}-${slug}-${count}` : `${event.date}-${count}` }
  })
}

const inOrder = (entries: ProposedEntry[]): ProposedEntry[] => {
  const keyOf = ({ values }: ProposedEntry) => {
    const { date, expected } = values as { date: string; expected?: boolean }
    return `${expected ? 1 : 0} ${sortKeyOf({ date, expected })}`
  }
  return entries.toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : keyOf(a) > keyOf(b) ? 1 : 0))
}
