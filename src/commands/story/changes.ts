import { keepResults } from '../../chat/keep-results.ts'
import type { Call } from '../../chat/platform.ts'
import { type Inline, note, type Reply, refusal, text } from '../../chat/reply.ts'
import { printableCorrection } from '../../content/cautions.ts'
import type { Library } from '../../content/library.ts'
import { partContentsOf } from '../../content/parts.ts'
import type { Correction, Event, Story } from '../../content/story.ts'
import { addDays, localDate, parseSince, readableDate } from '../../dates/dates.ts'
import { reachOfCause } from '../../delivery/repair-reasons.ts'
import { correctedPartName } from '../../digests/corrected-part-name.ts'
import { phrases } from '../../phrases/phrases.ts'
import type { Cause } from '../../store/causes.ts'
import { cacheForLast } from '../cache-per-object.ts'
import { type CommandContext, callerZone, type StoryRequest } from '../context.ts'
import { eventPart, labelOf, labelPart, shortLabel } from '../label.ts'
import { type PageUnit, renderPage } from '../pages.ts'
import { type Change, correctionsAndLateEvents, lastDay, newestChanges } from './newest-changes.ts'

const DEFAULT_DAYS = 7
/** Of more changes of all stories than these, only the newest are listed; those of one story are never limited. */
const MAX_CHANGES = 50
const MAX_KEPT_DAYS = 5

/**
 * `/lawsuit changes`: the corrections and later additions of one story, all of them unless `--since` names a day. Each
 * correction says how many of the messages that showed the mistake it has reached.
 */
export function storyChanges(request: StoryRequest, { causes }: CommandContext): Reply | Promise<Reply> {
  if (request.story.corrections.length === 0 || !causes) return storyChangesReply(request, [])
  return causes().then(causes => storyChangesReply(request, causes))
}

const RECENT_DAYS = 30

/** Whether a story was corrected, or an older event entered, in the last 30 days. */
export function hasRecentChanges(story: Story, { call, zone }: Pick<StoryRequest, 'call' | 'zone'>): boolean {
  const since = addDays(localDate(call.at, zone), -RECENT_DAYS)
  return correctionsAndLateEvents(story).some(change => change.on >= since)
}

function storyChangesReply(request: StoryRequest, causes: Cause[]): Reply {
  const { story } = request
  const causesByPart = new Map(causes.map(cause => [cause.cause, cause]))
  const since = sinceDate(request.flags.since, request.call, request.zone)
  if (since === undefined) return refuseDate()
  const shown = correctionsAndLateEvents(story).filter(change => change.on >= since)
  const hasSince = request.flags.since !== undefined
  const none = hasSince ? phrases.changes.noneSince(readableDate(since)) : phrases.changes.none
  const units =
    shown.length > 0
      ? shown.map(change => changeUnit(change, [], causesByPart))
      : [{ block: text(none), sources: [], part: labelPart(story) }]
  const frame = { label: labelOf(story), title: phrases.changes.title(story.title) }
  const line = hasSince ? `${request.commandLine} --since ${since}` : request.commandLine
  return renderPage(story, frame, units, { page: request.flags.page, line })
}

/**
 * `/nutgraf changes [--since date]`: corrections and dated entries of all stories, newest first, of the last seven days
 * unless `--since` names another day.
 */
export function changes(newsroom: CommandContext, flags: StoryRequest['flags'], call: Call): Reply {
  const zone = callerZone(call, newsroom)
  const since =
    flags.since === undefined
      ? addDays(localDate(call.at, zone), -DEFAULT_DAYS)
      : sinceDate(flags.since, call, zone)
  if (since === undefined) return refuseDate()
  const library = newsroom.library()
  const { story, several, units } = unitsSince(library)(since)
  if (!story) {
    const last = lastDay(library.stories)
    return { blocks: [text(...noChangesText(since, last))], parts: [], audience: 'caller' }
  }
  const label = several
    ? { state: story.state, line: phrases.changes.sinceInSeveral(readableDate(since)) }
    : labelOf(story, { lead: phrases.changes.since(readableDate(since)) })
  return renderPage(several ? undefined : story, { label }, units, {
    page: flags.page,
    line: `/nutgraf changes --since ${since}`,
  })
}

/** The newest changes since a day. Those of a few days are kept: each page of an answer asks for all of them. */
const unitsSince = cacheForLast(({ stories }: Library) =>
  keepResults(since => {
    const { count, newest: shown } = newestChanges(stories, since, MAX_CHANGES)
    const story = shown[0]?.story
    const several = shown.some(change => change.story !== story)
    const units = shown.map(change =>
      changeUnit(change, several ? [{ bold: change.story.title }, ` (${shortLabel(change.story)}) `] : []),
    )
    // With the first change: on a page of its own, no state and dates of a story would be above it.
    if (count > MAX_CHANGES)
      units[0] = { ...units[0]!, lead: note(phrases.changes.onlyNewest(MAX_CHANGES, count)) }
    return { story, several, units }
  }, MAX_KEPT_DAYS),
)

/** Says that nothing changed since a day, and when something last did. */
function noChangesText(since: string, lastOn: string | undefined): Inline[] {
  if (lastOn === undefined) return [phrases.changes.nothingSince(readableDate(since))]
  const line = `/nutgraf changes --since ${lastOn}`
  return phrases.changes.nothingSinceLastEntry(readableDate(since), readableDate(lastOn), line)
}

function changeUnit(change: Change, before: Inline[], causes?: Map<string, Cause>): PageUnit {
  const { story, on } = change
  const correction = 'event' in change ? undefined : correctionPart(story, change.correction)
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

/** The part id of a correction. */
function correctionPart(story: Story, correction: Correction): string {
  for (const [part, content] of partContentsOf(story))
    if (content.kind === 'correction' && content.correction === correction) return part
  return ''
}

const eventChangeText = ({ event, late }: { event: Event; late: boolean }): Inline[] =>
  late ? phrases.changes.added(readableDate(event.date), event.text) : phrases.changes.event(event.text)

function correctionText(story: Story, correction: Correction, cause: Cause | undefined): Inline[] {
  const words = { part: correctedPartName(story, correction), ...printableCorrection(correction) }
  return cause
    ? phrases.changes.correctedWithProgress(words, reachOfCause(cause))
    : phrases.changes.corrected(words)
}

function sinceDate(typed: string | true | undefined, call: Call, zone: string): string | undefined {
  if (typed === undefined) return '0000-01-01'
  return typed === true ? undefined : parseSince(typed, call.at, zone)
}

const refuseDate = () => refusal(phrases.changes.unreadableDate())
