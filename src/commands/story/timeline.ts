import { type Inline, missing, note, type Reply, refusal } from '../../chat/reply.ts'
import { fold } from '../../content/fold.ts'
import type { Event } from '../../content/story.ts'
import { addDays, dayRange, readable, sinceDay } from '../../dates.ts'
import { phrases } from '../../phrases/phrases.ts'
import type { StoryAsk } from '../context.ts'
import { eventPart, labelOf, labelPart } from '../label.ts'
import { line } from '../line.ts'
import { paged, type Unit, withHint } from '../pages.ts'
import { hasTurningPoints, timelineChart } from './timeline-chart.ts'

/** `timeline [range] [--since date] [--chart]`: dated events, newest last; or the turning points among them as a picture. */
export function timeline(ask: StoryAsk): Reply {
  const typed = ask.args.join(' ')
  const { since: start, chart, dark } = ask.flags
  if (dark && !chart) return refusal(phrases.picture.darkAlone(`${ask.again} --chart --dark`))
  if (fold(typed) === 'latest' && start === undefined)
    return latest({ ...ask, again: chart ? `${ask.again} latest` : `${ask.head} latest` })
  const range = typed ? dayRange(typed) : { from: '0000-01-01', to: '9999-12-31' }
  const since = typeof start === 'string' ? sinceDay(start, ask.call.at, ask.zone) : undefined
  if (!range || (start !== undefined && since === undefined)) return refusal(phrases.timeline.unreadable)
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
  if (!last) return refusal(phrases.timeline.noneAtAll(`${ask.head} help`))
  const none = refusal(phrases.timeline.noneInTime(readable(last.date), `${ask.head} latest`))
  return { ...none, label: labelOf(ask.story), parts: [labelPart(ask.story)] }
}

/** `latest`: the last week of events. */
export function latest(ask: StoryAsk): Reply {
  const last = ask.story.timeline.at(-1)
  if (!last) return missing(phrases.timeline.none(`${ask.head} help`))
  const from = addDays(last.date, -6)
  return eventsReply(
    ask,
    ask.story.timeline.filter(event => event.date >= from),
  )
}

/** An event in one line of a list. */
export function eventLine(event: Event): Inline[] {
  const { sources: numbers, added, note } = event
  return phrases.timeline.event(readable(event.date), event.text, {
    numbers,
    ...(added && { added: readable(added) }),
    ...(note && { note }),
  })
}

function eventsReply(ask: StoryAsk, events: Event[], whole = false): Reply {
  const drawn = ask.flags.chart ? timelineChart(ask, events) : undefined
  if (drawn && !('problem' in drawn)) return drawn
  const units = events.map((event): Unit => {
    return {
      block: { kind: 'list', items: [eventLine(event)] },
      sources: event.sources,
      part: eventPart(ask.story, event),
    }
  })
  const frame = { label: labelOf(ask.story), title: phrases.timeline.title(ask.story.title) }
  if (drawn) units.unshift({ block: note(drawn.problem), sources: [], part: labelPart(ask.story) })
  const shown = whole && !drawn ? withHint(ask.story, frame, units, ranges(ask, events)) : units
  // The list in the place of a picture has pages of its own.
  return paged(ask.story, frame, shown, {
    page: ask.flags.page,
    line: drawn ? `${ask.again} --chart` : ask.again,
  })
}

/**
 * How many events there are, and which lines ask for fewer: that of the fullest year after the first, with which every
 * timeline begins anyway; or month, where there is one year. Or all in a picture.
 */
function ranges({ head, story }: StoryAsk, events: Event[]): Inline[] {
  const first = events[0]!.date.slice(0, 4)
  const last = events.at(-1)!.date.slice(0, 4)
  const digits = first === last ? 'YYYY-MM'.length : 'YYYY'.length
  const groups = [...Map.groupBy(events, event => event.date.slice(0, digits))]
  const [fullest = groups[0]!] = groups.slice(1).toSorted(([, a], [, b]) => b.length - a.length)
  const years = [...new Set([first, last])]
  const drawn = hasTurningPoints(story) ? [`${head} timeline --chart`] : []
  return phrases.timeline.ranges(events.length, years, [
    ...[`${head} timeline ${fullest[0]}`, `${head} latest`],
    ...drawn,
  ])
}
