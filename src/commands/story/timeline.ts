import { type Inline, note, notFoundRefusal, type Reply, refusal } from '../../chat/reply.ts'
import { fold } from '../../content/fold.ts'
import type { Event, Story } from '../../content/story.ts'
import { addDays, parseDayRange, parseSince, readableDate } from '../../dates/dates.ts'
import { phrases } from '../../phrases/phrases.ts'
import { cacheForLast } from '../cache-per-object.ts'
import type { StoryRequest } from '../context.ts'
import { eventPart, labelOf, labelPart } from '../label.ts'
import { formatLine } from '../line.ts'
import { type PageUnit, renderPage, withHint } from '../pages.ts'
import { hasTurningPoints, timelineChart } from './timeline-chart.ts'

/** `timeline [range] [--since date] [--chart]`: dated events, newest last, or a picture of their turning points. */
export function timeline(request: StoryRequest): Reply {
  const typed = request.args.join(' ')
  const { since: start, chart, dark } = request.flags
  if (dark && !chart)
    return refusal(phrases.picture.darkNeedsPicture(`${request.commandLine} --chart --dark`))
  if (fold(typed) === 'latest' && start === undefined)
    return latest({
      ...request,
      commandLine: chart ? `${request.commandLine} latest` : `${request.storyPrefix} latest`,
    })
  const range = typed ? parseDayRange(typed) : { from: '0000-01-01', to: '9999-12-31' }
  const since = typeof start === 'string' ? parseSince(start, request.call.at, request.zone) : undefined
  if (!range || (start !== undefined && since === undefined)) return refusal(phrases.timeline.unreadableDate)
  const from = since !== undefined && since > range.from ? since : range.from
  const events = request.story.timeline.filter(event => from <= event.date && event.date <= range.to)
  // With dates instead of the typed words, so that page 2 of `--since 7d` tomorrow still shows the same days.
  const rest = formatLine({
    args: typed ? [`${range.from}..${range.to}`] : [],
    flags: since === undefined ? {} : { since },
  })
  const isWhole = events.length === request.story.timeline.length
  if (events.length > 0)
    return eventsReply({ ...request, commandLine: `${request.commandLine} ${rest}`.trim() }, events, isWhole)
  const last = request.story.timeline.at(-1)
  if (!last) return refusal(phrases.timeline.noneAtAll(`${request.storyPrefix} help`))
  const none = refusal(phrases.timeline.noneInTime(readableDate(last.date), `${request.storyPrefix} latest`))
  return { ...none, label: labelOf(request.story), parts: [labelPart(request.story)] }
}

/** `latest`: the events of the week that ends with the last one. */
export function latest(request: StoryRequest): Reply {
  const last = request.story.timeline.at(-1)
  if (!last) return notFoundRefusal(phrases.timeline.none(`${request.storyPrefix} help`))
  const from = addDays(last.date, -6)
  return eventsReply(
    request,
    request.story.timeline.filter(event => event.date >= from),
  )
}

/** Formats an event as one line of a list. */
export function eventText(event: Event): Inline[] {
  const { sources: numbers, added, note } = event
  return phrases.timeline.event(readableDate(event.date), event.text, {
    numbers,
    added: added && readableDate(added),
    note,
  })
}

function eventsReply(request: StoryRequest, events: Event[], isWhole = false): Reply {
  const chart = request.flags.chart ? timelineChart(request, events) : undefined
  if (chart && !('problem' in chart)) return chart
  const units = events.map(event => eventUnits(request.story).get(event)!)
  const frame = { label: labelOf(request.story), title: phrases.timeline.title(request.story.title) }
  if (chart) units.unshift({ block: note(chart.problem), sources: [], part: labelPart(request.story) })
  const shown = isWhole && !chart ? withHint(request.story, frame, units, rangesHint(request, events)) : units
  // A list in place of a picture keeps `--chart`: its pages differ from those of the plain list.
  return renderPage(request.story, frame, shown, {
    page: request.flags.page,
    line: chart ? `${request.commandLine} --chart` : request.commandLine,
  })
}

const eventUnits = cacheForLast(
  (story: Story) =>
    new Map(
      story.timeline.map((event): [Event, PageUnit] => [
        event,
        {
          block: { kind: 'list', items: [eventText(event)] },
          sources: event.sources,
          part: eventPart(story, event),
        },
      ]),
    ),
)

/**
 * Says how many events there are, and which lines show fewer: that of the fullest year, or month where there is only
 * one year, without the first, which opens the timeline anyway. A line for the picture of them all is added if there is
 * one.
 */
function rangesHint({ storyPrefix, story }: StoryRequest, events: Event[]): Inline[] {
  const first = events[0]!.date.slice(0, 4)
  const last = events.at(-1)!.date.slice(0, 4)
  const digits = first === last ? 'YYYY-MM'.length : 'YYYY'.length
  const groups = [...Map.groupBy(events, event => event.date.slice(0, digits))]
  const [[fullest] = groups[0]!] = groups.slice(1).toSorted(([, a], [, b]) => b.length - a.length)
  const years = [...new Set([first, last])]
  const lines = [`${storyPrefix} timeline ${fullest}`, `${storyPrefix} latest`]
  if (hasTurningPoints(story)) lines.push(`${storyPrefix} timeline --chart`)
  return phrases.timeline.ranges(events.length, years, lines)
}
