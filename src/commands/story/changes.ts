import type { Call } from '../../chat/platform.ts'
import { type Inline, note, type Reply, refusal, text } from '../../chat/reply.ts'
import { printableCorrection } from '../../content/cautions.ts'
import type { Library } from '../../content/library.ts'
import { partContentsOf } from '../../content/parts.ts'
import type { Correction, Event, Story } from '../../content/story.ts'
import { addDays, localDate, parseSince, readableDate } from '../../dates.ts'
import { reachOfCause } from '../../delivery/repair-reasons.ts'
import { phrases } from '../../phrases/phrases.ts'
import type { Cause } from '../../store/causes.ts'
import { type CommandContext, callerZone, type StoryRequest } from '../context.ts'
import { eventPart, labelOf, labelPart, shortLabel } from '../label.ts'
import { type PageUnit, renderPage } from '../pages.ts'

/** Something that happened to a story on a day, told when it is shown. */
type Change = { story: Story; on: string } & ({ correction: Correction } | { event: Event; late: boolean })

const DEFAULT_DAYS = 7
/** Of more changes than these, only the newest are told; a story's own changes are always told in full. */
const MAX_CHANGES = 50

/**
 * `/lawsuit changes`: corrections and later entries of one story, all of them unless a day is given; with each
 * correction, how many of the messages that showed what was wrong it has reached.
 */
export function storyChanges(ask: StoryRequest, { causes }: CommandContext): Reply | Promise<Reply> {
  if (ask.story.corrections.length === 0 || !causes) return storyChangesReply(ask, [])
  return causes().then(causes => storyChangesReply(ask, causes))
}

const RECENT_DAYS = 30

/** Whether a story was corrected, or an older event entered, in the last 30 days. */
export function hasRecentChanges(story: Story, { call, zone }: Pick<StoryRequest, 'call' | 'zone'>): boolean {
  const since = addDays(localDate(call.at, zone), -RECENT_DAYS)
  return correctionsAndLateEvents(story).some(change => change.on >= since)
}

function storyChangesReply(ask: StoryRequest, causes: Cause[]): Reply {
  const { story } = ask
  const byCause = new Map(causes.map(one => [one.cause, one]))
  const since = sinceDate(ask.flags.since, ask.call, ask.zone)
  if (since === undefined) return refuseDate()
  const found = correctionsAndLateEvents(story).filter(change => change.on >= since)
  const dated = ask.flags.since !== undefined
  const none = dated ? phrases.changes.noneSince(readableDate(since)) : phrases.changes.none
  const units =
    found.length > 0
      ? found.map(change => changeUnit(change, [], byCause))
      : [{ block: text(none), sources: [], part: labelPart(story) }]
  const frame = { label: labelOf(story), title: phrases.changes.title(story.title) }
  const again = dated ? `${ask.commandLine} --since ${since}` : ask.commandLine
  return renderPage(story, frame, units, { page: ask.flags.page, line: again })
}

/**
 * `/nutgraf changes [--since date]`: corrections and dated entries of all stories, the newest first; of the last seven
 * days unless said otherwise.
 */
export function changes(newsroom: CommandContext, flags: StoryRequest['flags'], call: Call): Reply {
  const zone = callerZone(call, newsroom)
  const since =
    flags.since === undefined
      ? addDays(localDate(call.at, zone), -DEFAULT_DAYS)
      : sinceDate(flags.since, call, zone)
  if (since === undefined) return refuseDate()
  const all = sortedChanges(newsroom.library())
  const count = countSince(all, since)
  const found = all.slice(0, Math.min(count, MAX_CHANGES))
  const story = found[0]?.story
  if (!story) {
    return { blocks: [text(...noChangesText(since, all[0]))], parts: [], audience: 'caller' }
  }
  const several = found.some(change => change.story !== story)
  const units = found.map(change =>
    changeUnit(change, several ? [{ bold: change.story.title }, ` (${shortLabel(change.story)}) `] : []),
  )
  if (count > MAX_CHANGES)
    units.push({
      block: note(phrases.changes.onlyNewest(MAX_CHANGES, count)),
      sources: [],
      part: labelPart(found.at(-1)!.story),
    })
  const label = several
    ? { state: story.state, line: phrases.changes.sinceInSeveral(readableDate(since)) }
    : labelOf(story, { lead: phrases.changes.since(readableDate(since)) })
  return renderPage(several ? undefined : story, { label }, units, {
    page: flags.page,
    line: `/nutgraf changes --since ${since}`,
  })
}

/** Says that nothing changed, and since when something did. */
function noChangesText(since: string, last: Change | undefined): Inline[] {
  if (!last) return [phrases.changes.nothingSince(readableDate(since))]
  const line = `/nutgraf changes --since ${last.on}`
  return phrases.changes.nothingSinceLastEntry(readableDate(since), readableDate(last.on), line)
}

const changesCache = new WeakMap<Library, Change[]>()

/** Every correction and dated entry, the newest first; put in order once for each content. */
function sortedChanges(library: Library): Change[] {
  const known = changesCache.get(library)
  if (known) return known
  const made = library.stories
    .flatMap(story => [...correctionsAndLateEvents(story), ...eventChanges(story)])
    .sort(newestFirst)
  changesCache.set(library, made)
  return made
}

/** How many changes are of a day or later: found by halving, since they are in order. */
function countSince(all: Change[], since: string): number {
  let low = 0
  let high = all.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (all[middle]!.on >= since) low = middle + 1
    else high = middle
  }
  return low
}

/** The corrections of a story, and the events that were entered late, the newest first. */
function correctionsAndLateEvents(story: Story): Change[] {
  const corrections = story.corrections.map(
    (correction): Change => ({ story, on: correction.on, correction }),
  )
  const added = story.timeline.flatMap((event): Change[] =>
    event.added === undefined ? [] : [{ story, on: event.added, event, late: true }],
  )
  return [...corrections, ...added].sort(newestFirst)
}

const eventChanges = (story: Story) =>
  story.timeline.map((event): Change => ({ story, on: event.date, event, late: false }))

const newestFirst = (a: Change, b: Change) => (a.on === b.on ? 0 : a.on < b.on ? 1 : -1)

function changeUnit(change: Change, before: Inline[], causes?: Map<string, Cause>): PageUnit {
  const { story, on } = change
  const told =
    'event' in change
      ? eventChangeText(change)
      : correctionText(change.correction, causes?.get(correctionPart(story, change.correction)))
  return {
    block: { kind: 'list', items: [[...before, { bold: readableDate(on) }, ' · ', ...told]] },
    sources: 'event' in change ? change.event.sources : [],
    part: 'event' in change ? eventPart(story, change.event) : `${story.slug}/${change.correction.part}`,
  }
}

/** The id of a correction as a part of its story. */
function correctionPart(story: Story, correction: Correction): string {
  for (const [part, content] of partContentsOf(story))
    if (content.kind === 'correction' && content.correction === correction) return part
  return ''
}

const eventChangeText = ({ event, late }: { event: Event; late: boolean }): Inline[] =>
  late ? phrases.changes.added(readableDate(event.date), event.text) : phrases.changes.event(event.text)

function correctionText(correction: Correction, cause: Cause | undefined): Inline[] {
  const { corrected, correctedWithProgress } = phrases.changes
  return cause
    ? correctedWithProgress(printableCorrection(correction), reachOfCause(cause))
    : corrected(printableCorrection(correction))
}

function sinceDate(typed: string | true | undefined, call: Call, zone: string): string | undefined {
  if (typed === undefined) return '0000-01-01'
  return typed === true ? undefined : parseSince(typed, call.at, zone)
}

const refuseDate = () => refusal(phrases.changes.unreadableDate())
