import { keepResults } from '../chat/keep-results.ts'
import { plainBlock, plainInlines } from '../chat/plain-text.ts'
import type { Label, Reply } from '../chat/reply.ts'
import type { Story } from '../content/story.ts'
import { clockAt, localDate, readableDay, shortMoment } from '../dates/dates.ts'
import { phrases } from '../phrases/phrases.ts'
import type { Selection } from './selection.ts'
import { coverageOf, shortStoryName, stateAndDates, storyName } from './status.ts'

/** What the label of an edition tells: its stories, how many more it has no room to name, and what is below it. */
type LabelParts = { stories: Story[]; unnamed: number; below: Pick<Reply, 'lead' | 'blocks'> }

/**
 * The line below the news: story, state and dates, then the day, how late it was sent, and how long it takes to read. Of
 * several stories it names the first; their states and dates are further down.
 */
export function editionLabel(
  { date, continued, ...selection }: Selection,
  { stories, unnamed, below }: LabelParts,
): Label | undefined {
  const [first] = stories
  if (!first) return undefined
  const developing = stories.find(story => story.state === 'developing')
  const others = stories.length - 1 + unnamed
  const name = shortStoryName(first)
  const pieces = [
    ...(others > 0 ? [phrases.edition.severalStories(name, others)] : [name, stateAndDates(first)]),
    readableDay(date, date),
    ...(continued
      ? [phrases.edition.continued]
      : [latenessOf(selection), phrases.edition.seconds(secondsToRead(below))]),
  ]
  return { state: (developing ?? first).state, line: pieces.filter(Boolean).join(' · ') }
}

/** A story's name, state and dates: `Chicago v. Sessions · ARCHIVED · covers to 28 Apr 2021`. */
export const labelLine = (story: Story): string =>
  [storyName(story), phrases.label.stateMark[story.state], coverageOf(story)].join(' · ')

const WORDS_A_MINUTE = 200

/** How many seconds a message takes to read, in steps of ten. */
function secondsToRead({ lead = [], blocks }: LabelParts['below']): number {
  const words = [plainInlines(lead), ...blocks.map(plainBlock)].join(' ').match(/[\p{L}\p{N}]\S*/gu) ?? []
  return Math.max(1, Math.ceil((words.length / WORDS_A_MINUTE) * 6)) * 10
}

/** `sent 09:40 instead of 07:30`, if an edition was late. */
export const latenessOf = ({
  late,
  slot,
  zone,
}: Pick<Selection, 'late' | 'slot' | 'zone'>): string | undefined =>
  late === undefined ? undefined : latenessText(JSON.stringify([late, slot, zone]))

/** An edition is drawn many times until it fits: what time zones say is kept, since asking them takes longest. */
const MAX_KEPT_MOMENTS = 100

const latenessText = keepResults((lateSlotZone): string => {
  const [late, slot, zone] = JSON.parse(lateSlotZone) as [number, number, string]
  const sameDay = localDate(late, zone) === localDate(slot, zone)
  const [sent, due] = [late, slot].map(at => (sameDay ? clockAt(at, zone) : shortMoment(at, zone, slot)))
  return phrases.edition.sentLate(sent!, due!)
}, MAX_KEPT_MOMENTS)

/** The moment from which an edition tells the news: `Thu 07:30`. */
export const newsFromText = ({ newsFrom, zone, slot }: Selection): string =>
  momentText(JSON.stringify([newsFrom, zone, slot]))

const momentText = keepResults((momentZoneNear): string => {
  const [moment, zone, near] = JSON.parse(momentZoneNear) as [number, string, number]
  return shortMoment(moment, zone, near)
}, MAX_KEPT_MOMENTS)
