import { type Inline, list, note, type Reply, text } from '../../chat/reply.ts'
import { comingEvents, overdueEvents } from '../../content/events/expected.ts'
import type { Event, Story } from '../../content/story.ts'
import { localDate, readableDate } from '../../dates/dates.ts'
import { phrases } from '../../phrases/phrases.ts'
import type { StoryRequest } from '../context.ts'
import { eventPart, labelOf, labelPart } from '../label.ts'
import { type PageUnit, renderPage } from '../pages.ts'

/** `next`: what is expected, the nearest first. What was expected and is not entered yet comes first. */
export function next(request: StoryRequest): Reply {
  const { story, storyPrefix } = request
  const today = todayOf(request)
  const part = labelPart(story)
  const units: PageUnit[] = [
    ...overdueEvents(story, today).map(event =>
      eventUnit(request, event, phrases.coming.overdue(lineOf(event))),
    ),
    ...comingEvents(story, today).map(event => ({
      ...eventUnit(request, event, lineOf(event)),
      block: list([lineOf(event)]),
    })),
  ]
  const hasDated = units.length > 0
  if (!hasDated) {
    const last = story.timeline.length > 0 ? `${storyPrefix} latest` : undefined
    units.push({
      block: text(...phrases.coming.none({ last, status: `${storyPrefix} status` })),
      sources: [],
      part,
    })
  }
  units.push(...undatedUnits(story, hasDated))
  const frame = { label: labelOf(story), title: phrases.coming.title(story.title) }
  return renderPage(story, frame, units, { page: request.flags.page, line: request.commandLine })
}

/** The nearest event to come, for an answer about where a story stands; before it, what is not entered yet. */
export function nextUnits(request: StoryRequest): PageUnit[] {
  const today = todayOf(request)
  const [overdue] = overdueEvents(request.story, today)
  const [coming] = comingEvents(request.story, today)
  return [
    ...(overdue ? [eventUnit(request, overdue, phrases.coming.overdue(lineOf(overdue)))] : []),
    ...(coming ? [eventUnit(request, coming, phrases.coming.next(lineOf(coming)))] : []),
  ]
}

/** What is coming without a date, in the editors' words; `hasDated` says that dated events stand above it. */
export function undatedUnits(story: Story, hasDated: boolean): PageUnit[] {
  if (story.next === undefined) return []
  const words = hasDated ? phrases.coming.notDated(story.next) : phrases.story.next(story.next)
  return [{ block: text(...words), sources: [], part: labelPart(story) }]
}

/** A line above a list of what has happened, which says that more is expected; undefined where nothing is. */
export function comingHint(request: StoryRequest): PageUnit | undefined {
  const coming = comingEvents(request.story, todayOf(request))
  const [nearest] = coming
  if (!nearest) return undefined
  const line = `${request.storyPrefix} next`
  return {
    block: note(...phrases.coming.inTimeline(coming.length, readableDate(nearest.date), line)),
    sources: [],
    part: eventPart(request.story, nearest),
  }
}

const todayOf = ({ call, zone }: StoryRequest) => localDate(call.at, zone)

const lineOf = ({ date, text: words, sources: numbers, note: remark }: Event): Inline[] =>
  phrases.timeline.event(readableDate(date), words, { numbers, note: remark })

const eventUnit = ({ story }: StoryRequest, event: Event, line: Inline[]): PageUnit => ({
  block: text(...line),
  sources: event.sources,
  part: eventPart(story, event),
})
