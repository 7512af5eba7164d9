import { allEvents, partOfEvent } from '../../content/events/expected.ts'
import { memoizeParts } from '../../content/memoize.ts'
import { correctionCause } from '../../content/parts.ts'
import type { Event, Quote, Story } from '../../content/story.ts'
import { firstDayOf, isRough, lastDayOf } from '../../dates/rough-dates.ts'

/** The day on which each part counts as entered, by its id. A part that is not here was there from the first day. */
export type EntryDays = ReadonlyMap<string, string>

/**
 * The day of each event, quote and correction of a story, as if each had been entered on its own day, and that of the
 * status, which is only known for the last day that the story covers.
 */
export const entryDaysOf = memoizeParts((story: Story): EntryDays => {
  const { slug, coversTo, quotes, corrections, sections } = story
  const days = new Map<string, string>()
  const enter = (part: string, day: string | undefined) => day !== undefined && days.set(part, day)

  if (sections.some(({ name }) => name === 'status')) enter(`${slug}/section:status`, coversTo)
  for (const event of allEvents(story)) enter(`${slug}/${partOfEvent(event)}`, dayOfEvent(event, story))
  for (const quote of quotes) enter(`${slug}/quote:${quote.id}`, dayOfQuote(quote))
  for (const correction of corrections) {
    // Nobody can correct what is not there yet.
    const dayOfPart = days.get(`${slug}/${correction.part}`) ?? ''
    enter(correctionCause(slug, correction), [dayOfPart, correction.on].toSorted().at(-1))
  }
  return days
})

/**
 * The day on which an event counts as entered: its date, or the day on which it was added. One that is still to come is
 * known from its oldest source on. A month or a year ends before it is known, unless a source of that time tells of it.
 */
function dayOfEvent({ date, added, expected, sources: cited }: Event, story: Story): string | undefined {
  if (added !== undefined) return added
  const days = story.sources.flatMap(({ number, date: day }) =>
    day !== undefined && cited.includes(number) ? [day] : [],
  )
  const oldest = (among: string[]): string | undefined => among.toSorted()[0]
  if (expected) return oldest(days)
  if (!isRough(date)) return date
  const [first, end] = [firstDayOf(date), lastDayOf(date)]
  const last = story.coversTo >= first && story.coversTo < end ? story.coversTo : end
  return oldest(days.filter(day => day >= first && day <= last)) ?? last
}

const dayOfQuote = ({ saidOn, source }: Quote): string | undefined =>
  saidOn === 'not given' ? source.date : saidOn

/** The day on which a story begins: that of its first event, or of its first words if it has no event. */
export function firstDayOfStory(story: Story): string {
  const days = entryDaysOf(story)
  const daysOf = (parts: string[]) => parts.flatMap(part => days.get(`${story.slug}/${part}`) ?? []).sort()
  const [firstEvent] = daysOf(story.timeline.map(partOfEvent))
  const [firstQuote] = daysOf(story.quotes.map(({ id }) => `quote:${id}`))
  return firstEvent ?? firstQuote ?? story.coversTo
}
