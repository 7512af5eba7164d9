import { MAX_OPTIONS, type Reply, refusal } from '../../chat/reply.ts'
import { fold } from '../../content/fold.ts'
import { addDays, localDate, parseSince, readableDate } from '../../dates/dates.ts'
import { firstDayOf, mayBeWithin } from '../../dates/rough-dates.ts'
import { phrases } from '../../phrases/phrases.ts'
import type { StoryRequest } from '../context.ts'
import { labelOf, labelPart } from '../label.ts'
import { formatLine } from '../line.ts'
import { drawList, fitsOnPages, turnButtonsAmong } from '../lists/draw-list.ts'
import { chooseByWords, chosenBy, hasTypedWord, readFilter, unusedLead } from '../lists/matching-words.ts'
import { menuOf } from '../lists/menus.ts'
import { hintUnit, type PageFrame, type PageUnit, renderPage } from '../pages.ts'
import { safeEcho } from '../refusals.ts'
import { newsUnits } from '../wire/item-units.ts'
import { EVER, readRange, writtenRange } from './days-in-words.ts'
import { type EventItem, eventItems, groupByTime, timeOptions, timesOf } from './event-items.ts'
import { comingHint } from './next.ts'
import { timelineChart } from './timeline-chart.ts'

/** Some events to show, and what was typed for them: `rest` asks for the same ones after the verb. */
type Chosen = {
  items: EventItem[]
  rest: string
  isWhole: boolean
  number?: number
  unused: string[]
  about?: string
}

/**
 * `timeline [range] [words] [#n] [--since date] [--chart]`: the turning points, the events of a time, or one event in
 * full; with `--chart` a picture of the turning points.
 */
export function timeline(request: StoryRequest): Reply {
  const { words, number } = readFilter(request.args)
  const { since: start, chart, dark } = request.flags
  if (dark && !chart)
    return refusal(phrases.picture.darkNeedsPicture(`${request.commandLine} --chart --dark`))
  if (fold(words.join(' ')) === 'latest' && start === undefined && number === undefined)
    return latest({
      ...request,
      commandLine: chart ? `${request.commandLine} latest` : `${request.storyPrefix} latest`,
    })
  const since = typeof start === 'string' ? parseSince(start, request.call.at, request.zone) : undefined
  const { range, words: others } = readRange(words, localDate(request.call.at, request.zone))
  const all = eventItems(request.story)
  const { from, to } = range ?? EVER
  const days = { from: since !== undefined && since > from ? since : from, to }
  const inTime = all.filter(({ event }) => mayBeWithin(event.date, days))
  const { found, used, unused } = chooseByWords(inTime, others, ({ words: own }, word) =>
    hasTypedWord(own, word),
  )
  if (start !== undefined && since === undefined)
    return { ...refusal(phrases.timeline.unreadableDate), unread: true }
  if (others.length > 0 && used.length === 0 && !range) return unreadable(request, others.join(' '))
  if (inTime.length === 0) return nothingInTime(request, others)
  // With dates instead of the typed words, so that page 2 of `--since 7d` tomorrow still shows the same days.
  const rest = formatLine({
    args: [...(range ? [writtenRange(range)] : []), ...used],
    flags: since === undefined ? {} : { since },
  })
  const items = used.length > 0 ? found : inTime
  return showEvents(request, {
    ...{ items, rest, isWhole: items.length === all.length, number, unused },
    ...chosenBy(request.call, used),
  })
}

/** Says that no event has what was typed and that it is no date. Without a letter it can only have been meant as one. */
function unreadable({ call }: StoryRequest, typed: string): Reply {
  if (!/\p{L}/u.test(typed)) return refusal(phrases.timeline.unreadableDate)
  return { ...refusal(phrases.timeline.neitherDateNorWords(safeEcho(call, typed))), unread: true }
}

/** Says that there is no event on the days that were asked for; what else was typed then had no use. */
function nothingInTime(request: StoryRequest, unused: string[]): Reply {
  const { story, storyPrefix } = request
  const last = story.timeline.at(-1)
  if (!last) return refusal(phrases.timeline.noneAtAll(`${storyPrefix} help`))
  const none = refusal(phrases.timeline.noneInTime(readableDate(last.date), `${storyPrefix} latest`))
  // What was asked for may be still to come.
  const hint = comingHint(request)
  const blocks = [...none.blocks, ...(hint ? [hint.block] : [])]
  const parts = [...(hint ? [hint.part] : []), labelPart(story)]
  return { ...none, ...unusedLead(request.call, unused), blocks, label: labelOf(story), parts }
}

/** `latest`: the events of the week that ends with the last one, and below them what others report. */
export function latest(request: StoryRequest): Reply {
  const all = eventItems(request.story)
  const last = all.at(-1)
  const news = newsAbout(request)
  if (!last && news.length > 0) {
    const frame = { label: labelOf(request.story), title: phrases.timeline.title(request.story.title) }
    return renderPage(request.story, frame, news, { page: request.flags.page, line: request.commandLine })
  }
  if (!last) return { ...refusal(phrases.timeline.none(`${request.storyPrefix} help`)), notFound: true }
  const days = { from: addDays(firstDayOf(last.event.date), -6), to: '9999-12-31' }
  const items = all.filter(({ event }) => mayBeWithin(event.date, days))
  return showEvents(request, { items, rest: '', isWhole: false, unused: [] }, { isLatest: true, after: news })
}

/** What others report about a story, for the end of its latest events. */
function newsAbout({ story, wire, zone, call }: StoryRequest): PageUnit[] {
  const items = wire?.ofStory(story) ?? []
  return newsUnits(items, `/nutgraf wire ${story.slug}`, { zone, at: call.at })
}

type ShownAs = { isLatest?: boolean; after?: PageUnit[] }

function showEvents(
  request: StoryRequest,
  chosen: Chosen,
  { isLatest = false, after = [] }: ShownAs = {},
): Reply {
  const { story, storyPrefix, commandLine, flags } = request
  const { items, rest, isWhole, number, unused } = chosen
  const events = items.map(({ event }) => event)
  const line = `${commandLine} ${rest}`.trim()
  const verbLine = `${storyPrefix} timeline`
  const chart = flags.chart ? timelineChart({ ...request, commandLine: line }, events) : undefined
  if (chart && !('problem' in chart)) return chart
  const frame: PageFrame = {
    ...unusedLead(request.call, unused),
    label: labelOf(story),
    title: phrases.timeline.title(story.title),
  }
  const one = number === undefined ? (items.length === 1 ? items[0] : undefined) : items[number - 1]
  if (number !== undefined && !one)
    return { ...refusal(phrases.pages.noSuchNumber(items.length, line)), notFound: true }
  if (one && !chart && !(isWhole && items.length === 1)) return openEvent(request, one, frame, after)
  const list = {
    story,
    frame,
    verbLine,
    about: chosen.about,
    menu: phrases.timeline.menuOfEvents,
    page: flags.page,
    // A list in place of a picture keeps `--chart`: its pages differ from those of the plain list.
    line: chart ? `${line} --chart` : line,
    before: chart ? hintUnit(story, [chart.problem]) : isWhole ? comingHint(request) : undefined,
    after,
  }
  const times = (groups: ReturnType<typeof groupByTime>, label = phrases.timeline.menuOfTimes) =>
    groups.length > 1 ? menuOf(label, timeOptions(groups, verbLine)) : []
  const turningPoints = items.filter(({ event }) => event.major)
  const lines = items.map(({ index }) => index)
  if (isWhole && !chart && turningPoints.length > 0 && !fitsOnPages(story, frame, lines, 1))
    return drawList({
      ...list,
      frame: {
        ...frame,
        leastSources: 'none',
        title: phrases.timeline.titleOfTurningPoints(story.title),
        buttons: [{ label: phrases.timeline.asPicture, line: `${verbLine} --chart` }],
      },
      // As an index even if their full texts would fit: the years behind them are what is looked for.
      items: turningPoints.map(({ full: _, ...item }) => item),
      groups: times(timesOf(story), phrases.timeline.menuOfAll(items.length)),
    })
  return drawList({
    ...list,
    items,
    heading: phrases.timeline.count(
      items.length,
      ...spanOf(events[0]!.date, events.at(-1)!.date),
      `${verbLine} ${items[0]!.typed}`,
    ),
    groups: times(items.length > MAX_OPTIONS ? groupByTime(events) : isLatest ? [] : timesOf(story)),
  })
}

/** The years of the first and the last of some events, or their month if it is the same. */
function spanOf(first: string, last: string): [first: string, last: string] {
  const [from, to] = [first, last].map(date => date.slice(0, 'yyyy-mm'.length)) as [string, string]
  return from === to ? [readableDate(from), readableDate(to)] : [first.slice(0, 4), last.slice(0, 4)]
}

/** One event in full, with buttons back to its year and to the events before and after it. */
function openEvent(request: StoryRequest, item: EventItem, frame: PageFrame, after: PageUnit[]): Reply {
  const { story, storyPrefix, flags } = request
  const verbLine = `${storyPrefix} timeline`
  const all = eventItems(story)
  const time = timesOf(story).find(({ events }) => events.includes(item.event))?.time
  const back = time === undefined || timesOf(story).length === 1 ? verbLine : `${verbLine} ${time}`
  const isAlone = timesOf(story).some(({ events }) => events.length === 1 && events[0] === item.event)
  const buttons = turnButtonsAmong(all, item, { verbLine, back: isAlone ? verbLine : back })
  return renderPage(story, { ...frame, buttons }, [item.full!, ...after], {
    page: flags.page,
    line: after.length > 0 ? request.commandLine : `${verbLine} ${item.typed}`,
  })
}
