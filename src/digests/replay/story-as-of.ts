import { partOfEvent } from '../../content/events/expected.ts'
import { correctionCause } from '../../content/parts.ts'
import type { Story } from '../../content/story.ts'
import { isRough } from '../../dates/rough-dates.ts'
import { entryDaysOf, firstDayOfStory } from './entry-days.ts'

/**
 * A story as it was on a day: without the events, quotes and corrections that were entered later, and without what its
 * first lines say of a later time. Undefined before its first event: then there was no story yet.
 *
 * Words cannot be turned back: what a correction put right is right from the first day, and so are facts and sections.
 */
export function storyAsOf(story: Story, day: string): Story | undefined {
  if (day < firstDayOfStory(story)) return undefined
  const { slug, coversTo } = story
  const days = entryDaysOf(story)
  const isEntered = (part: string) => (days.get(`${slug}/${part}`) ?? '') <= day
  const timeline = story.timeline.filter(event => isEntered(partOfEvent(event)))
  const coming = story.coming.filter(event => isEntered(partOfEvent(event)))
  const quotes = story.quotes.filter(({ id }) => isEntered(`quote:${id}`))
  const corrections = story.corrections.filter(
    correction => (days.get(correctionCause(slug, correction)) ?? '') <= day,
  )
  const shown: Story = { ...story, timeline, coming, quotes, corrections }
  // The warning that nobody has checked the story lately is one of today.
  delete shown.stale
  if (coversTo <= day) return shown

  const knownDays = [
    // Of a month or a year, it is known up to the day on which it was entered.
    ...timeline.map(event => (isRough(event.date) ? days.get(`${slug}/${partOfEvent(event)}`)! : event.date)),
    ...quotes.flatMap(({ id }) => days.get(`${slug}/quote:${id}`) ?? []),
  ]
  return withEarlierHead(shown, knownDays.toSorted().at(-1)!, day)
}

/** A story with the first lines of a day before its last one: it went on, and nobody knew how. */
function withEarlierHead(story: Story, coversTo: string, day: string): Story {
  const { notChecked: _, checked: __, archive: ___, next: ____, why, ...rest } = story
  const isTooEarly = (number: number) => {
    const date = story.sources.find(source => source.number === number)?.date
    return date !== undefined && date > day
  }
  return {
    ...rest,
    state: 'developing',
    coversTo,
    from: story.timeline[0]?.date,
    sections: story.sections.filter(({ name }) => name !== 'status'),
    // Why it matters was written with later sources than there were.
    ...(why && !why.sources.some(isTooEarly) && { why }),
  }
}
