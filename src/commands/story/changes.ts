import type { Call } from '../../chat/platform.ts'
import { type Inline, note, type Reply, refusal, text } from '../../chat/reply.ts'
import { sayable } from '../../content/cautions.ts'
import type { Library } from '../../content/library.ts'
import { contentsOf } from '../../content/parts.ts'
import type { Correction, Event, Story } from '../../content/story.ts'
import { addDays, dayOf, readable, sinceDay } from '../../dates.ts'
import { phrases } from '../../phrases/phrases.ts'
import { type Cause, reachedBy } from '../../store/causes.ts'
import { type Newsroom, type StoryAsk, zoneOf } from '../context.ts'
import { eventPart, labelOf, labelPart, shortLabel } from '../label.ts'
import { paged, type Unit } from '../pages.ts'

/** Something that happened to a story on a day, told when it is shown. */
type Change = { story: Story; on: string } & ({ correction: Correction } | { event: Event; late: boolean })

const DAYS = 7
/** Of more changes than these, only the newest are told; a story's own changes are always told in full. */
const MOST = 50

/**
 * `/lawsuit changes`: corrections and later entries of one story, all of them unless a day is given; with each
 * correction, how many of the messages that showed what was wrong it has reached.
 */
export function storyChanges(ask: StoryAsk, { repairs }: Newsroom): Reply | Promise<Reply> {
  if (ask.story.corrections.length === 0 || !repairs) return storyChangesOf(ask, [])
  return repairs().then(causes => storyChangesOf(ask, causes))
}

const LATELY_DAYS = 30

/** Whether a story was corrected, or an older event entered, in the last 30 days. */
export function changedLately(story: Story, { call, zone }: Pick<StoryAsk, 'call' | 'zone'>): boolean {
  const since = addDays(dayOf(call.at, zone), -LATELY_DAYS)
  return correctionsOf(story).some(change => change.on >= since)
}

function storyChangesOf(ask: StoryAsk, causes: Cause[]): Reply {
  const { story } = ask
  const byCause = new Map(causes.map(one => [one.cause, one]))
  const since = sinceOf(ask.flags.since, ask.call, ask.zone)
  if (since === undefined) return badDate()
  const found = correctionsOf(story).filter(change => change.on >= since)
  const dated = ask.flags.since !== undefined
  const none = dated ? phrases.changes.noneSince(readable(since)) : phrases.changes.none
  const units =
    found.length > 0
      ? found.map(change => unitOf(change, [], byCause))
      : [{ block: text(none), sources: [], part: labelPart(story) }]
  const frame = { label: labelOf(story), title: phrases.changes.title(story.title) }
  const again = dated ? `${ask.again} --since ${since}` : ask.again
  return paged(story, frame, units, { page: ask.flags.page, line: again })
}

/**
 * `/nutgraf changes [--since date]`: corrections and dated entries of all stories, the newest first; of the last seven
 * days unless said otherwise.
 */
export function changes(newsroom: Newsroom, flags: StoryAsk['flags'], call: Call): Reply {
  const zone = zoneOf(call, newsroom)
  const since =
    flags.since === undefined ? addDays(dayOf(call.at, zone), -DAYS) : sinceOf(flags.since, call, zone)
  if (since === undefined) return badDate()
  const all = changesOf(newsroom.library())
  const count = countSince(all, since)
  const found = all.slice(0, Math.min(count, MOST))
  const story = found[0]?.story
  if (!story) {
    return { blocks: [text(...nothing(since, all[0]))], parts: [], audience: 'caller' }
  }
  const several = found.some(change => change.story !== story)
  const units = found.map(change =>
    unitOf(change, several ? [{ bold: change.story.title }, ` (${shortLabel(change.story)}) `] : []),
  )
  if (count > MOST)
    units.push({
      block: note(phrases.changes.newestOf(MOST, count)),
      sources: [],
      part: labelPart(found.at(-1)!.story),
    })
  const label = several
    ? { state: story.state, line: phrases.changes.sinceInSeveral(readable(since)) }
    : labelOf(story, { lead: phrases.changes.since(readable(since)) })
  return paged(several ? undefined : story, { label }, units, {
    page: flags.page,
    line: `/nutgraf changes --since ${since}`,
  })
}

/** Says that nothing changed, and since when something did. */
function nothing(since: string, last: Change | undefined): Inline[] {
  if (!last) return [phrases.changes.nothingSince(readable(since))]
  const line = `/nutgraf changes --since ${last.on}`
  return phrases.changes.nothingSinceBut(readable(since), readable(last.on), line)
}

const ordered = new WeakMap<Library, Change[]>()

/** Every correction and dated entry, the newest first; put in order once for each content. */
function changesOf(library: Library): Change[] {
  const known = ordered.get(library)
  if (known) return known
  const made = library.stories
    .flatMap(story => [...correctionsOf(story), ...eventsOf(story)])
    .sort(newestFirst)
  ordered.set(library, made)
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
function correctionsOf(story: Story): Change[] {
  const corrections = story.corrections.map(
    (correction): Change => ({ story, on: correction.on, correction }),
  )
  const added = story.timeline.flatMap((event): Change[] =>
    event.added === undefined ? [] : [{ story, on: event.added, event, late: true }],
  )
  return [...corrections, ...added].sort(newestFirst)
}

const eventsOf = (story: Story) =>
  story.timeline.map((event): Change => ({ story, on: event.date, event, late: false }))

const newestFirst = (a: Change, b: Change) => (a.on === b.on ? 0 : a.on < b.on ? 1 : -1)

function unitOf(change: Change, before: Inline[], causes?: Map<string, Cause>): Unit {
  const { story, on } = change
  const told =
    'event' in change
      ? eventTold(change)
      : correctionTold(change.correction, causes?.get(causeOf(story, change.correction)))
  return {
    block: { kind: 'list', items: [[...before, { bold: readable(on) }, ' · ', ...told]] },
    sources: 'event' in change ? change.event.sources : [],
    part: 'event' in change ? eventPart(story, change.event) : `${story.slug}/${change.correction.part}`,
  }
}

/** The id of a correction as a part of its story. */
function causeOf(story: Story, correction: Correction): string {
  for (const [part, content] of contentsOf(story))
    if (content.kind === 'correction' && content.correction === correction) return part
  return ''
}

const eventTold = ({ event, late }: { event: Event; late: boolean }): Inline[] =>
  late ? phrases.changes.added(readable(event.date), event.text) : phrases.changes.event(event.text)

function correctionTold(correction: Correction, cause: Cause | undefined): Inline[] {
  const { corrected, correctedIn } = phrases.changes
  return cause ? correctedIn(sayable(correction), reachedBy(cause)) : corrected(sayable(correction))
}

function sinceOf(typed: string | true | undefined, call: Call, zone: string): string | undefined {
  if (typed === undefined) return '0000-01-01'
  return typed === true ? undefined : sinceDay(typed, call.at, zone)
}

const badDate = () => refusal(phrases.changes.unreadableDate())
