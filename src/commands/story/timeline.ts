import { type Inline, note, notFoundRefusal, type Reply, refusal } from '../../chat/reply.ts'
import { fold } from '../../content/fold.ts'
import type { Event } from '../../content/story.ts'
import { addDays, parseDayRange, parseSince, readableDate } from '../../dates.ts'
import { phrases } from '../../phrases/phrases.ts'
import type { StoryRequest } from '../context.ts'
import { eventPart, labelOf, labelPart } from '../label.ts'
import { formatLine } from '../line.ts'
import { type PageUnit, renderPage, withHint } from '../pages.ts'
import { hasTurningPoints, timelineChart } from './timeline-chart.ts'

/** `timeline [range] [--since date] [--chart]`: dated events, newest last; or the turning points among them as a picture. */
export function timeline(ask: StoryRequest): Reply {
  const typed = ask.args.join(' ')
  const { since: start, chart, dark } = ask.flags
  if (dark && !chart) return refusal(phrases.picture.darkNeedsPicture(`${ask.commandLine} --chart --dark`))
  if (fold(typed) === 'latest' && start === undefined)
    return latest({ ...ask, commandLine: chart ? `${ask.commandLine} latest` : `${ask.storyPrefix} latest` })
  const range = typed ? parseDayRange(typed) : { from: '0000-01-01', to: '9999-12-31' }
  const since = typeof start === 'string' ? parseSince(start, ask.call.at, ask.zone) : undefined
  if (!range || (start !== undefined && since === undefined)) return refusal(phrases.timeline.unreadableDate)
  const from = since !== undefined && since > range.from ? since : range.from
  const events = ask.story.timeline.filter(event => from <= event.date && event.date <= range.to)
  // The days that were meant, not the words that were typed: page 2 of `--since 7d` belongs to the same days.
  const again = [
    ask.commandLine,
    formatLine({
      args: typed ? [`${range.from}..${range.to}`] : [],
      flags: since === undefined ? {} : { since },
    }),
  ]
  const whole = events.length === ask.story.timeline.length
  if (events.length > 0)
    return eventsReply({ ...ask, commandLine: again.filter(Boolean).join(' ') }, events, whole)
  const last = ask.story.timeline.at(-1)
  if (!last) return refusal(phrases.timeline.noneAtAll(`${ask.storyPrefix} help`))
  const none = refusal(phrases.timeline.noneInTime(readableDate(last.date), `${ask.storyPrefix} latest`))
  return { ...none, label: labelOf(ask.story), parts: [labelPart(ask.story)] }
}

/** `latest`: the last week of events. */
export function latest(ask: StoryRequest): Reply {
  const last = ask.story.timeline.at(-1)
  if (!last) return notFoundRefusal(phrases.timeline.none(`${ask.storyPrefix} help`))
  const from = addDays(last.date, -6)
  return eventsReply(
    ask,
    ask.story.timeline.filter(event => event.date >= from),
  )
}

/** An event in one line of a list. */
export function eventText(event: Event): Inline[] {
  const { sources: numbers, added, note } = event
  return phrases.timeline.event(readableDate(event.date), event.text, {
    numbers,
    ...(added && { added: readableDate(added) }),
    ...(note && { note }),
  })
}

function eventsReply(ask: StoryRequest, events: Event[], whole = false): Reply {
  const drawn = ask.flags.chart ? timelineChart(ask, events) : undefined
  if (drawn && !('problem' in drawn)) return drawn
  const units = events.map((event): PageUnit => {
    return {
      block: { kind: 'list', items: [eventText(event)] },
      sources: event.sources,
      part: eventPart(ask.story, event),
    }
  })
  const frame = { label: labelOf(ask.story), title: phrases.timeline.title(ask.story.title) }
  if (drawn) units.unshift({ block: note(drawn.problem), sources: [], part: labelPart(ask.story) })
  const shown = whole && !drawn ? withHint(ask.story, frame, units, rangesHint(ask, events)) : units
  // The list in the place of a picture has pages of its own.
  return renderPage(ask.story, frame, shown, {
    page: ask.flags.page,
    line: drawn ? `${ask.commandLine} --chart` : ask.commandLine,
  })
}

/**
 * How many events there are, and which lines ask for fewer: that of the fullest year after the first, with which every
 * timeline begins anyway; or month, where there is one year. Or all in a picture.
 */
function rangesHint({ storyPrefix, story }: StoryRequest, events: Event[]): Inline[] {
  const first = events[0]!.date.slice(0, 4)
  const last = events.at(-1)!.date.slice(0, 4)
  const digits = first === last ? 'YYYY-MM'.length : 'YYYY'.length
  const groups = [...Map.groupBy(events, event => event.date.slice(0, digits))]
  const [fullest = groups[0]!] = groups.slice(1).toSorted(([, a], [, b]) => b.length - a.length)
  const years = [...new Set([first, last])]
  const drawn = hasTurningPoints(story) ? [`${storyPrefix} timeline --chart`] : []
  return phrases.timeline.ranges(events.length, years, [
    ...[`${storyPrefix} timeline ${fullest[0]}`, `${storyPrefix} latest`],
    ...drawn,
  ])
}
