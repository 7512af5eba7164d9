import { keepResults } from '../../chat/keep-results.ts'
import type { Call } from '../../chat/platform.ts'
import { type Inline, note, type Reply, refusal, text } from '../../chat/reply.ts'
import { printableCorrection } from '../../content/cautions.ts'
import type { Library } from '../../content/library.ts'
import type { Correction, Event, Story } from '../../content/story.ts'
import { addDays, localDate, parseSince, readableDate, shortMoment } from '../../dates/dates.ts'
import { reachOfCause } from '../../delivery/repair-reasons.ts'
import { correctedPartName } from '../../digests/corrected-part-name.ts'
import { phrases } from '../../phrases/phrases.ts'
import type { Cause } from '../../store/causes.ts'
import { cacheForLast } from '../cache-per-object.ts'
import { type CommandContext, callerZone, type StoryRequest } from '../context.ts'
import { eventPart, labelOf, labelPart, shortLabel } from '../label.ts'
import { type PageUnit, renderPage } from '../pages.ts'
import { type EnteredSince, enteredSinceLook, momentIn, sinceMoment } from './last-look.ts'
import {
  type Change,
  correctionsAndLateEvents,
  enteredChanges,
  lastDay,
  newestChanges,
  partOf,
} from './newest-changes.ts'

const DEFAULT_DAYS = 7
/** Of more changes of all stories than these, only the newest are listed; those of one story are never limited. */
const MAX_CHANGES = 50
const MAX_KEPT_DAYS = 5

/**
 * `/lawsuit changes`: the corrections and later additions of one story, since this person looked last. All of them for
 * whoever has not looked yet, and for all to see; those since a day with `--since`. Each correction says how many of the
 * messages that showed the mistake it has reached.
 */
export function storyChanges(request: StoryRequest, newsroom: CommandContext): Reply | Promise<Reply> {
  const { story, call, flags } = request
  const entered = enteredSinceLook(newsroom, call, { flags, story })
  const causes = story.corrections.length > 0 ? newsroom.causes?.() : undefined
  if (!entered && !causes) return storyChangesReply(request, [])
  return Promise.all([entered, causes]).then(([entered, causes = []]) =>
    storyChangesReply(request, causes, entered),
  )
}

const RECENT_DAYS = 30

/**
 * The line that shows what was corrected in a story, or entered late, in the last 30 days; undefined if nothing was. It has
 * the day, since whoever reads about a correction wants to see it, also if they have looked before.
 */
export function recentChangesLine({ story, storyPrefix, call, zone }: StoryRequest): string | undefined {
  const since = addDays(localDate(call.at, zone), -RECENT_DAYS)
  const isRecent = correctionsAndLateEvents(story).some(change => change.on >= since)
  return isRecent ? `${storyPrefix} changes --since ${since}` : undefined
}

function storyChangesReply(request: StoryRequest, causes: Cause[], entered?: EnteredSince): Reply {
  const { story, commandLine } = request
  const causesByPart = new Map(causes.map(cause => [cause.cause, cause]))
  const view = viewOf(request.flags, request.call, request.zone, '0000-01-01')
  if (!view) return refuseDate()
  const all = correctionsAndLateEvents(story)
  const shown = entered
    ? enteredChanges(entered, localDate(entered.at, request.zone)).newest.filter(
        change => !('event' in change) || change.late,
      )
    : all.filter(change => change.on >= view.day)
  const since = entered ? lookText(entered, request.call, request.zone) : view.typed && readableDate(view.day)
  const none = since === undefined ? phrases.changes.none : phrases.changes.noneSince(since)
  const units =
    shown.length > 0
      ? shown.map(change => changeUnit(change, [], causesByPart))
      : [{ block: text(none), sources: [], part: labelPart(story) }]
  const { title, titleSince } = phrases.changes
  const frame = {
    label: labelOf(story),
    title: entered && since !== undefined ? titleSince(since, story.title) : title(story.title),
  }
  if (entered) {
    const oldest = all.at(-1)?.on
    const allLine = `${commandLine} --since ${oldest}`
    const buttons = oldest === undefined ? [] : [{ label: phrases.changes.all, line: allLine }]
    return personal(story, { ...frame, buttons }, units, { request, line: commandLine, entered })
  }
  const line = view.typed ? `${commandLine} --since ${view.day}` : commandLine
  return renderPage(story, frame, units, { page: request.flags.page, line })
}

/**
 * `/nutgraf changes [--since date]`: corrections and dated entries of all stories, newest first, since this person looked
 * last. Of the last seven days for whoever has not looked yet, and for all to see; since a day with `--since`.
 */
export function changes(
  newsroom: CommandContext,
  flags: StoryRequest['flags'],
  call: Call,
): Reply | Promise<Reply> {
  const entered = enteredSinceLook(newsroom, call, { flags })
  const asked = { library: newsroom.library(), flags, call, zone: callerZone(call, newsroom) }
  return entered ? entered.then(entered => changesReply(asked, entered)) : changesReply(asked)
}

type Asked = Pick<StoryRequest, 'library' | 'flags' | 'call' | 'zone'>

function changesReply({ library, flags, call, zone }: Asked, entered?: EnteredSince): Reply {
  const view = viewOf(flags, call, zone, addDays(localDate(call.at, zone), -DEFAULT_DAYS))
  if (!view) return refuseDate()
  const since = entered ? lookText(entered, call, zone) : readableDate(view.day)
  const { story, several, units } = entered
    ? unitsOf(enteredChanges(entered, localDate(entered.at, zone), MAX_CHANGES))
    : unitsSince(library)(view.day)
  const buttons = entered
    ? [{ label: phrases.changes.lastDays(DEFAULT_DAYS), line: `/nutgraf changes --since ${DEFAULT_DAYS}d` }]
    : []
  if (!story) {
    const last = lastDay(library.stories)
    return { blocks: [text(...noChangesText(since, last))], buttons, parts: [], audience: 'caller' }
  }
  const label = several
    ? { state: story.state, line: phrases.changes.sinceInSeveral(since) }
    : labelOf(story, { lead: phrases.changes.since(since) })
  const only = several ? undefined : story
  if (entered)
    return personal(only, { label, buttons }, units, {
      request: { flags },
      line: '/nutgraf changes',
      entered,
    })
  return renderPage(only, { label }, units, {
    page: flags.page,
    line: `/nutgraf changes --since ${view.day}`,
  })
}

/**
 * Renders a page of an answer that begins where its reader looked last. Its buttons have that moment, so that turning its
 * pages does not move it. It helps only this person, and nobody else must learn when they looked, so it is not shared.
 */
function personal(
  story: Story | undefined,
  frame: Parameters<typeof renderPage>[1],
  units: PageUnit[],
  { request, line, entered }: { request: Pick<StoryRequest, 'flags'>; line: string; entered: EnteredSince },
): Reply {
  const since = `${line} --since ${sinceMoment(entered.at)}`
  return { ...renderPage(story, frame, units, { page: request.flags.page, line: since }), guide: true }
}

/** What stands after “since” in an answer that begins where its reader looked last. */
const lookText = ({ at }: EnteredSince, call: Call, zone: string): string =>
  phrases.changes.lastLook(shortMoment(at, zone, call.at))

/** The newest changes since a day. Those of a few days are kept: each page of an answer asks for all of them. */
const unitsSince = cacheForLast(({ stories }: Library) =>
  keepResults(since => {
    return unitsOf(newestChanges(stories, since, MAX_CHANGES))
  }, MAX_KEPT_DAYS),
)

function unitsOf({ count, newest: shown }: { count: number; newest: Change[] }) {
  const story = shown[0]?.story
  const several = shown.some(change => change.story !== story)
  const units = shown.map(change =>
    changeUnit(change, several ? [{ bold: change.story.title }, ` (${shortLabel(change.story)}) `] : []),
  )
  // With the first change: on a page of its own, no state and dates of a story would be above it.
  if (count > MAX_CHANGES)
    units[0] = { ...units[0]!, lead: note(phrases.changes.onlyNewest(MAX_CHANGES, count)) }
  return { story, several, units }
}

/** Says that nothing changed since a day, and when something last did. */
function noChangesText(since: string, lastOn: string | undefined): Inline[] {
  if (lastOn === undefined) return [phrases.changes.nothingSince(since)]
  const line = `/nutgraf changes --since ${lastOn}`
  return phrases.changes.nothingSinceLastEntry(since, readableDate(lastOn), line)
}

function changeUnit(change: Change, before: Inline[], causes?: Map<string, Cause>): PageUnit {
  const { story, on } = change
  const correction = 'event' in change ? undefined : partOf(change)
  const changeText =
    'event' in change
      ? eventChangeText(change)
      : correctionText(story, change.correction, causes?.get(correction ?? ''))
  return {
    block: { kind: 'list', items: [[...before, { bold: readableDate(on) }, ' · ', ...changeText]] },
    sources: 'event' in change ? change.event.sources : [],
    part: 'event' in change ? eventPart(story, change.event) : `${story.slug}/${change.correction.part}`,
    ...(correction !== undefined && { correction }),
  }
}

const eventChangeText = ({ event, late }: { event: Event; late: boolean }): Inline[] =>
  late ? phrases.changes.added(readableDate(event.date), event.text) : phrases.changes.event(event.text)

function correctionText(story: Story, correction: Correction, cause: Cause | undefined): Inline[] {
  const words = { part: correctedPartName(story, correction), ...printableCorrection(correction) }
  return cause
    ? phrases.changes.correctedWithProgress(words, reachOfCause(cause))
    : phrases.changes.corrected(words)
}

/**
 * The first day that is asked for, and whether it was typed; undefined for what is no date. The moment of somebody's last
 * look counts only for them: in public it means the usual days.
 */
function viewOf(
  flags: StoryRequest['flags'],
  call: Call,
  zone: string,
  usual: string,
): { day: string; typed?: true } | undefined {
  const moment = momentIn(flags.since)
  if (flags.since === undefined || (moment !== undefined && call.audience === 'place')) return { day: usual }
  if (flags.since === true) return undefined
  const day = moment === undefined ? parseSince(flags.since, call.at, zone) : localDate(moment, zone)
  return day === undefined ? undefined : { day, typed: true }
}

const refuseDate = () => ({ ...refusal(phrases.changes.unreadableDate()), unread: true as const })
