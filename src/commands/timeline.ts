import type { Event } from '../content/story.ts'
import { addDays, dayRange, readable, sinceDay } from '../dates.ts'
import { type Inline, type Reply, refusal } from '../reply.ts'
import type { StoryAsk } from './ask.ts'
import { eventPart, headOfStory, labelOf } from './label.ts'
import { line } from './line.ts'
import { paged, type Unit } from './pages.ts'

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
  if (typed === 'latest') return latest({ ...ask, args: [] })
  const range = typed ? dayRange(typed) : { from: '0000-01-01', to: '9999-12-31' }
  const since =
    typeof ask.flags.since === 'string' ? sinceDay(ask.flags.since, ask.call.at, ask.zone) : undefined
  if (!range || (ask.flags.since !== undefined && since === undefined))
    return refusal(['I can’t read that date. ', ...RANGES])
  const from = since !== undefined && since > range.from ? since : range.from
  const events = ask.story.timeline.filter(event => from <= event.date && event.date <= range.to)
  if (events.length > 0) return eventsReply(ask, events)
  const last = ask.story.timeline.at(-1)
  const lastDay = last ? `The last event is of ${readable(last.date)}.` : 'This story has no dated events.'
  return refusal(['No events in that time. ', lastDay, ' ', { code: `${headOfStory(ask.story)} timeline` }])
}

/** `latest`: the last week of events. */
export function latest(ask: StoryAsk): Reply {
  const last = ask.story.timeline.at(-1)
  if (!last) return refusal(['This story has no dated events.'])
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

function eventsReply(ask: StoryAsk, events: Event[]): Reply {
  const units = events.map((event): Unit => {
    return {
      block: { kind: 'list', items: [eventLine(event)] },
      sources: event.sources,
      part: eventPart(ask.story, event),
    }
  })
  const flags: StoryAsk['flags'] = ask.flags.since === undefined ? {} : { since: ask.flags.since }
  const again = [ask.again, line({ args: ask.args, flags })].filter(Boolean).join(' ')
  const frame = { label: labelOf(ask.story), title: `Timeline · ${ask.story.title}` }
  return paged(ask.story, frame, units, { page: ask.flags.page, line: again })
}
