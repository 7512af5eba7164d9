import { correctionText } from '../content/correction.ts'
import type { Library } from '../content/library.ts'
import { contentsOf } from '../content/parts.ts'
import type { Correction, Event, Story } from '../content/story.ts'
import { addDays, dayOf, readable, sinceDay } from '../dates.ts'
import type { Call } from '../platform.ts'
import { type Inline, note, type Reply, refusal, text } from '../reply.ts'
import { type Cause, reasonsText } from '../store/causes.ts'
import { type Newsroom, type StoryAsk, zoneOf } from './ask.ts'
import { eventPart, labelOf, labelPart, shortLabel } from './label.ts'
import { paged, type Unit } from './pages.ts'

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
  const none = dated
    ? `No corrections since ${readable(since)}, and nothing entered late since then.`
    : 'No corrections, and nothing entered later.'
  const units =
    found.length > 0
      ? found.map(change => unitOf(change, [], byCause))
      : [{ block: text(none), sources: [], part: labelPart(story) }]
  const frame = { label: labelOf(story), title: `Changes to our text · ${story.title}` }
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
    const hint: Inline[] = all[0]
      ? [` The last entry is of ${readable(all[0].on)}: `, { code: `/nutgraf changes --since ${all[0].on}` }]
      : []
    return {
      blocks: [text(`No corrections, and nothing entered, since ${readable(since)}.`, ...hint)],
      parts: [],
      audience: 'caller',
    }
  }
  const several = found.some(change => change.story !== story)
  const units = found.map(change =>
    unitOf(change, several ? [{ bold: change.story.title }, ` (${shortLabel(change.story)}) `] : []),
  )
  if (count > MOST)
    units.push({
      block: note(
        `These are the newest ${MOST} of ${count}. Ask for the changes of one story to see all of its own.`,
      ),
      sources: [],
      part: labelPart(found.at(-1)!.story),
    })
  const lead = `changes since ${readable(since)}`
  const label = several
    ? { state: story.state, line: `${lead.toUpperCase()} · dates stand with each story` }
    : labelOf(story, { lead })
  return paged(several ? undefined : story, { label }, units, {
    page: flags.page,
    line: `/nutgraf changes --since ${since}`,
  })
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
  late
    ? [{ bold: 'ADDED' }, ` · event of ${readable(event.date)} · `, ...event.text]
    : [{ bold: 'EVENT' }, ' · ', ...event.text]

function correctionTold(correction: Correction, cause: Cause | undefined): Inline[] {
  const reached = cause ? [{ italic: ` · ${reachedBy(cause)}` }] : []
  return [{ bold: 'CORRECTED' }, ` · ${correctionText(correction)}`, ...reached]
}

/** How far a correction has come: `12 messages repaired · 3 pending · 1 impossible (The message was deleted.)` */
function reachedBy({ repaired, pending, impossible, reasons }: Cause): string {
  if (repaired + pending + impossible === 0) return 'no message showed it'
  const why = reasons.length > 1 ? reasonsText(reasons) : reasons[0]?.error
  return [
    `${repaired} ${repaired === 1 ? 'message' : 'messages'} repaired`,
    pending > 0 && `${pending} pending`,
    impossible > 0 && `${impossible} impossible (${why})`,
  ]
    .filter(Boolean)
    .join(' · ')
}

function sinceOf(typed: string | true | undefined, call: Call, zone: string): string | undefined {
  if (typed === undefined) return '0000-01-01'
  return typed === true ? undefined : sinceDay(typed, call.at, zone)
}

const badDate = () =>
  refusal([
    'I can’t read that date. Try ',
    { code: '--since 7d' },
    ', ',
    { code: '--since monday' },
    ' or ',
    { code: '--since 2018-04-19' },
    '.',
  ])
