import { toPlainText } from '../../chat/plain-text.ts'
import type { Reply } from '../../chat/reply.ts'
import { type Digest, isAtOnce } from '../../content/digest.ts'
import type { Story } from '../../content/story.ts'
import { addDays, clockAt, localDate, momentOf } from '../../dates/dates.ts'
import type { CommandLines } from '../command-lines.ts'
import { drawEdition, selectEdition } from '../edition.ts'
import type { Revisions } from '../news.ts'
import { countEntries, type Selection } from '../selection.ts'
import { DAYS, nextSlot, type Rhythm, type Slot, slotsBetween } from '../slots.ts'
import { entryDaysOf } from './entry-days.ts'
import { storyAsOf } from './story-as-of.ts'

/** What is replayed: a digest about some stories, from one local date to another. Nothing of it is posted or stored. */
export type Replay = {
  digest: Digest
  stories: Story[]
  zone: string
  from: string
  to: string
  commandLines: CommandLines
}

/** A brief that would have been posted, with its thread reply, and how much it tells. */
export type ReplayedBrief = {
  slot: number
  date: string
  reply: Reply
  thread?: Reply
  entries: number
  words: number
}

/** One step of a replay: a brief, or how many days in a row had one due and no news. */
export type ReplayStep = { brief: ReplayedBrief } | { quietDays: number }

const ANY_TIME = '08:00'

/** What is entered on a day counts as entered at this local time: too late for a morning brief of the same day. */
const ENTERED_AT = '12:00'

/**
 * Composes, one after another, the briefs that would have been posted if each event, quote and correction had been
 * entered on its own day. They are selected and drawn like any other; only the moments of their parts are made up.
 */
export function* replayBriefs(replay: Replay): Generator<ReplayStep> {
  const { stories, zone, from, to } = replay
  const rhythm = rhythmOfReplay(replay)
  const revisions = revisionsOf(stories, zone)
  const asOf = createStoriesAsOf(stories)
  const commandLines = linesForWholeStories(replay)
  let before = slotBefore(rhythm, from)
  let quietDays = 0
  for (const slot of slotsOn(rhythm, from, to)) {
    const known = asOf(lastEntryDay(slot.at, zone))
    const selection = selectEdition({
      ...replay,
      stories: known,
      revisions,
      commandLines,
      slot: slot.at,
      date: slot.date,
      now: slot.at,
      newsFrom: before.at,
      newsTo: slot.at,
      quiet: replay.digest.quiet,
      next: nextSlot(rhythm, slot.at).at,
    })
    before = slot
    if (!selection || selection.quiet) {
      quietDays++
      continue
    }
    if (quietDays > 0) yield { quietDays }
    quietDays = 0
    const bySlug = new Map(known.map(story => [story.slug, story]))
    const drawn = drawEdition(selection, { story: slug => bySlug.get(slug), revisions, commandLines })
    yield { brief: briefOf(slot, selection, [drawn.reply, drawn.thread?.reply]) }
  }
  if (quietDays > 0) yield { quietDays }
}

/** When the briefs of a replay are due. */
export const rhythmOfReplay = ({ digest, zone }: Pick<Replay, 'digest' | 'zone'>): Rhythm => ({
  // One that posts each report as it comes has no time of its own.
  time: isAtOnce(digest) ? ANY_TIME : digest.time,
  zone,
  days: DAYS.filter(day => digest.days.includes(day)),
})

/** The moment at which everything of a day counts as entered. */
export const entryMoment = (day: string, zone: string): number =>
  momentOf(day, ENTERED_AT, zone) ?? Date.parse(`${day}T${ENTERED_AT}Z`)

/** The last day whose entries are there at a moment. */
function lastEntryDay(at: number, zone: string): string {
  const today = localDate(at, zone)
  return clockAt(at, zone) >= ENTERED_AT ? today : addDays(today, -1)
}

const slotsOn = (rhythm: Rhythm, from: string, to: string) =>
  slotsBetween(rhythm, startOf(rhythm, from) - 1, startOf(rhythm, addDays(to, 1)) - 1)

/** The slot before a date: where the news of the first brief begin. A week has at least one. */
function slotBefore(rhythm: Rhythm, from: string): Slot {
  const slots = [...slotsOn(rhythm, addDays(from, -8), addDays(from, -1))]
  return slots.at(-1) ?? { at: startOf(rhythm, from), date: from }
}

const startOf = ({ zone }: Rhythm, date: string) => momentOf(date, '00:00', zone) ?? Date.parse(date)

/** The revisions that would have been recorded: each dated part at its own moment, the status as changed at its own. */
function revisionsOf(stories: Story[], zone: string): Revisions {
  const revisions = stories.flatMap(story =>
    [...entryDaysOf(story)].map(([part, day]) => {
      const seenAt = entryMoment(day, zone)
      const isNew = part !== `${story.slug}/section:status`
      const firstSeenAt = isNew ? seenAt : Number.NEGATIVE_INFINITY
      return [
        part,
        { part, story: story.slug, revision: isNew ? 1 : 2, hash: '', seenAt, firstSeenAt },
      ] as const
    }),
  )
  return new Map(revisions)
}

/** Gives the stories as they were on a day: the same objects as long as nothing is entered. */
function createStoriesAsOf(stories: Story[]): (day: string) => Story[] {
  const makers = stories.map(story => {
    const entryDays = [...new Set([...entryDaysOf(story).values(), story.coversTo])].sort()
    let known: { day: string | undefined; story: Story | undefined } | undefined
    return (day: string) => {
      const last = entryDays.findLast(entryDay => entryDay <= day)
      if (known?.day !== last || !known) known = { day: last, story: storyAsOf(story, day) }
      return known.story
    }
  })
  return day => makers.flatMap(storyOn => storyOn(day) ?? [])
}

/** The lines that can be typed today: a quote keeps the number that it has in the whole story. */
function linesForWholeStories({ stories, commandLines }: Replay): CommandLines {
  const bySlug = new Map(stories.map(story => [story.slug, story]))
  const whole = (story: Story) => bySlug.get(story.slug) ?? story
  return {
    ...commandLines,
    forStory: (story, ...rest) => commandLines.forStory(whole(story), ...rest),
    forQuote: (story, ...rest) => commandLines.forQuote(whole(story), ...rest),
  }
}

function briefOf(
  { at, date }: Slot,
  { body, thread }: Selection,
  [reply, threadReply]: [Reply, Reply | undefined],
): ReplayedBrief {
  const entries = countEntries(body) + (thread ? countEntries(thread) : 0)
  const words = [reply, threadReply].flatMap(message =>
    message ? (toPlainText(message).match(/[\p{L}\p{N}][^\s]*/gu) ?? []) : [],
  )
  return {
    slot: at,
    date,
    reply,
    ...(threadReply && { thread: threadReply }),
    entries,
    words: words.length,
  }
}
