import { plainInlines } from '../../chat/plain-text.ts'
import { beginningOf } from '../../chat/shorten.ts'
import type { Library } from '../../content/library.ts'
import type { Event } from '../../content/story.ts'
import { clockAt, localDate, readableDate, readableMoment } from '../../dates/dates.ts'
import { phrases } from '../../phrases/phrases.ts'
import type { AddedEvent, Decision } from '../../store/wire/cards.ts'

/** How moments of decisions are told: on the clocks of a zone, with the day where it is another one than that of `near`. */
export type DecisionClock = { zone: string; near: number }

/** More words of an event than this are no reminder of it any more. */
const MAX_EVENT_TEXT = 80

/** Says what was decided, by whom and when. The event is told as it is now, or not at all where it is gone. */
export function decisionLine(
  { added, who, name = who, at }: Decision,
  event: Pick<Event, 'date' | 'text'> | undefined,
  clock: DecisionClock,
): string {
  const moment = momentOf(at, clock)
  if (!added) return phrases.cards.ignored(name, moment)
  return phrases.cards.added(
    added.story,
    name,
    moment,
    event && {
      day: dayOf(event.date, localDate(clock.near, clock.zone)),
      text: shortened(plainInlines(event.text)),
    },
  )
}

/** The event that was added, as the story has it now; undefined if it is gone, or has not reached this process yet. */
export const findAdded = (
  library: Library,
  { story, id }: Pick<AddedEvent, 'story' | 'id'>,
): Event | undefined => library.story(story)?.timeline.find(event => event.id === id || event.written === id)

function momentOf(at: number, { zone, near }: DecisionClock): string {
  return localDate(at, zone) === localDate(near, zone) ? clockAt(at, zone) : readableMoment(at, zone, near)
}

/** `7 Aug`, or with its year where that is another one. */
function dayOf(date: string, today: string): string {
  const day = readableDate(date)
  const year = today.slice(0, 4)
  return date.length > 4 && date.startsWith(year) ? day.replace(` ${year}`, '') : day
}

/** The first words of a longer text. */
export function shortened(text: string, most = MAX_EVENT_TEXT): string {
  if (text.length <= most) return text
  const end = text.lastIndexOf(' ', most - 2)
  return phrases.cards.andSoOn(beginningOf(text, end > most / 2 ? end : most - 2))
}
