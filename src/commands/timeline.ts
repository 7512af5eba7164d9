import { fold } from '../content/fold.ts'
import type { Event } from '../content/story.ts'
import { addDays, dayRange, readable, sinceDay } from '../dates.ts'
import { type Inline, missing, type Reply, refusal } from '../reply.ts'
import type { StoryAsk } from './ask.ts'
import { eventPart, labelOf, labelPart } from './label.ts'
import { line } from './line.ts'
import { paged, type Unit, withHint } from './pages.ts'

const RANGES: Inline[] = [
  'Dates look like ',
  { code: '2018' },
  ', ',
  { code: '2018-04' },
  ', ',
  { code: '2018-04-19' },
  ' or ',
  { code: '2017-08..2018-07' },
  '; ',
  { code: '--since 2018-04-19' },
  ' starts on a day.',
]

/** `timeline [range] [--since date]`: dated events, newest last. */
export function timeline(ask: StoryAsk): Reply {
  const typed = ask.args.join(' ')
  const { since: start } = ask.flags
  if (fold(typed) === 'latest' && start === undefined) return latest({ ...ask, again: `${ask.head} latest` })
  const range = typed ? dayRange(typed) : { from: '0000-01-01', to: '9999-12-31' }
  const since = typeof start === 'string' ? sinceDay(start, ask.call.at, ask.zone) : undefined
  if (!range || (start !== undefined && since === undefined))
    return refusal(['I can’t read that date. ', ...RANGES])
  const from = since !== undefined && since > range.from ? since : range.from
  const events = ask.story.timeline.filter(event => from <= event.date && event.date <= range.to)
  // The days that were meant, not the words that were typed: page 2 of `--since 7d` belongs to the same days.
  const again = [
    ask.again,
    line({
      args: typed ? [`${range.from}..${range.to}`] : [],
      flags: since === undefined ? {} : { since },
    }),
  ]
  const whole = events.length === ask.story.timeline.length
  if (events.length > 0) return eventsReply({ ...ask, again: again.filter(Boolean).join(' ') }, events, whole)
  const last = ask.story.timeline.at(-1)
  const lastDay = last
    ? `The last event is of ${readable(last.date)}: `
    : 'This story has no dated events. All: '
  const none = refusal([
    'No events in that time. ',
    lastDay,
    { code: last ? `${ask.head} latest` : `${ask.head} help` },
  ])
  return last ? { ...none, label: labelOf(ask.story), parts: [labelPart(ask.story)] } : none
}

/** `latest`: the last week of events. */
export function latest(ask: StoryAsk): Reply {
  const last = ask.story.timeline.at(-1)
  if (!last) return missing(['This story has no dated events. All: ', { code: `${ask.head} help` }])
  const from = addDays(last.date, -6)
  return eventsReply(
    ask,
    ask.story.timeline.filter(event => event.date >= from),
  )
}

/** An event in one line of a list. */
export function eventLine(event: Event): Inline[] {
  const numbers = event.sources.length > 0 ? ` [${event.sources.join(', ')}]` : ''
  const added = event.added ? ` Added to the timeline ${readable(event.added)}.` : ''
  const note: Inline[] = event.note ? [' ', { italic: 'Note:' }, ' ', ...event.note] : []
  return [{ bold: readable(event.date) }, ' · ', ...event.text, numbers, added, ...note]
}

function eventsReply(ask: StoryAsk, events: Event[], whole = false): Reply {
  const units = events.map((event): Unit => {
    return {
      block: { kind: 'list', items: [eventLine(event)] },
      sources: event.sources,
      part: eventPart(ask.story, event),
    }
  })
  const frame = { label: labelOf(ask.story), title: `Timeline · ${ask.story.title}` }
  const shown = whole ? withHint(ask.story, frame, units, ranges(ask, events)) : units
  return paged(ask.story, frame, shown, { page: ask.flags.page, line: ask.again })
}

/**
 * How many events there are, and which lines ask for fewer: that of the fullest year after the first, with which every
 * timeline begins anyway; or month, where there is one year.
 */
function ranges({ head }: StoryAsk, events: Event[]): Inline[] {
  const first = events[0]!.date.slice(0, 4)
  const last = events.at(-1)!.date.slice(0, 4)
  const digits = first === last ? 'YYYY-MM'.length : 'YYYY'.length
  const groups = [...Map.groupBy(events, event => event.date.slice(0, digits))]
  const [fullest = groups[0]!] = groups.slice(1).toSorted(([, a], [, b]) => b.length - a.length)
  const years = first === last ? first : `${first} to ${last}`
  return [
    `${events.length} events, ${years} · `,
    { code: `${head} timeline ${fullest[0]}` },
    ' · ',
    { code: `${head} latest` },
  ]
}
