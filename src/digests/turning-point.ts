import { partContentsOf } from '../content/parts.ts'
import type { Event, Story } from '../content/story.ts'
import { addDays } from '../dates/dates.ts'
import { lastDayOf } from '../dates/rough-dates.ts'
import { isStatus } from './news-order.ts'
import type { EntryRef } from './selection.ts'

/** For so many days after a turning point, readers are not told once more why a story matters. */
const KNOWN_FOR_DAYS = 30

/** Whether news of a story are more than a step: a turning point, a changed status, or the story as a whole. */
export function isTurn(story: Story, told: EntryRef[]): boolean {
  const contents = partContentsOf(story)
  return told.some(({ part, kind }) => {
    const content = contents.get(part)
    if (kind === 'STANDS' || isStatus(part) || content?.kind === 'label') return true
    return kind === 'NEW' && content?.kind === 'event' && content.event.major === true
  })
}

/**
 * Whether a brief says why a story matters: at a turn, and not again for a month. What was told before is not looked up,
 * so the day of the last turning point before these news counts; a first brief always says it.
 */
export function saysWhy(story: Story, told: EntryRef[], date: string): boolean {
  if (!story.why || !isTurn(story, told)) return false
  if (told.some(({ kind, part }) => kind === 'STANDS' || part.endsWith('/label'))) return true
  const contents = partContentsOf(story)
  const own = new Set<Event>()
  for (const { part } of told) {
    const content = contents.get(part)
    if (content?.kind === 'event') own.add(content.event)
  }
  const from = addDays(date, -KNOWN_FOR_DAYS)
  return !story.timeline.some(event => event.major && !own.has(event) && isBetween(event.date, from, date))
}

const isBetween = (day: string, from: string, to: string): boolean =>
  lastDayOf(day) >= from && lastDayOf(day) <= to
