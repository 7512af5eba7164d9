import { plainInlines } from '../../chat/plain-text.ts'
import { type Button, type Inline, MAX_OPTIONS } from '../../chat/reply.ts'
import { firstSentence } from '../../content/first-sentence.ts'
import { memoizeParts } from '../../content/memoize.ts'
import type { Event, Story } from '../../content/story.ts'
import { readableDate } from '../../dates/dates.ts'
import { firstDayOf, isRough, lastDayOf, mayBeWithin } from '../../dates/rough-dates.ts'
import { phrases } from '../../phrases/phrases.ts'
import { eventPart } from '../label.ts'
import type { ListItem } from '../lists/draw-list.ts'
import { type WordsToFind, wordsToFind } from '../lists/matching-words.ts'
import { menuOption } from '../lists/menus.ts'

/** An event as an item of lists, with the words by which it is found. */
export type EventItem = ListItem & { event: Event; words: WordsToFind }

/** The events of a story as items of its timeline, in the order of their dates. */
export const eventItems = memoizeParts((story: Story): EventItem[] => {
  const typed = typedEvents(story)
  return story.timeline.map((event, at) => {
    const date = readableDate(event.date)
    const short = shortInlines(event)
    const unit = { sources: event.sources, part: eventPart(story, event) }
    const { text, note = [], short: words = '' } = event
    return {
      event,
      index: { ...unit, block: { kind: 'list', items: [phrases.timeline.line(date, short)] } },
      full: { ...unit, block: { kind: 'list', items: [eventText(event)] } },
      option: phrases.timeline.option(date, plainInlines(short)),
      typed: typed[at]!,
      // The date as it is printed, too: what we print can be typed.
      words: wordsToFind(date, plainInlines(text), plainInlines(note), words),
    }
  })
})

/** Formats an event as one line of a list. */
export function eventText(event: Event): Inline[] {
  const { sources: numbers, added, note } = event
  return phrases.timeline.event(readableDate(event.date), event.text, {
    numbers,
    added: added && readableDate(added),
    note,
  })
}

/** The longest text of an event that is a line of an index as it is. */
const MAX_LINE = 70

/** What happened as one whole phrase: all of it if that is a line, else the editors’ short form, else its first sentence. */
function shortInlines({ text, short, major }: Event): Inline[] {
  const whole = plainInlines(text)
  if (whole.length <= MAX_LINE) return text
  // That of others is in no hash of what readers see.
  if (major && short !== undefined) return [short]
  const first = firstSentence(whole)
  return first === whole ? text : [phrases.pages.more(first)]
}

/** What to type after `timeline` for each event: its date, and its number where the list of that date has several. */
function typedEvents({ timeline }: Story): string[] {
  const rough = timeline.filter(({ date }) => isRough(date))
  const byDate = Map.groupBy(timeline, ({ date }) => date)
  return timeline.map(event => {
    const { date } = event
    const days = { from: firstDayOf(date), to: lastDayOf(date) }
    // A year or a month stands before its days.
    const sameTime = isRough(date)
      ? timeline.filter(other => mayBeWithin(other.date, days))
      : [...rough.filter(other => mayBeWithin(other.date, days)), ...byDate.get(date)!]
    return sameTime.length === 1 ? date : `${date} #${sameTime.indexOf(event) + 1}`
  })
}

/** The times in which the events of a story are listed: years, and where one has many events its months. */
export const timesOf = memoizeParts((story: Story) => groupByTime(story.timeline))

/** Groups events by year. A year of more events than a menu has options becomes months, where a menu has room for them. */
export function groupByTime(events: Event[]): { time: string; events: Event[] }[] {
  const byDigits = (of: Event[], digits: number) =>
    [...Map.groupBy(of, ({ date }) => date.slice(0, digits))].map(([time, own]) => ({ time, events: own }))
  const years = byDigits(events, 'yyyy'.length)
  const fine = years.flatMap(year =>
    year.events.length <= MAX_OPTIONS ? year : byDigits(year.events, 'yyyy-mm'.length),
  )
  return fine.length <= MAX_OPTIONS ? fine : years
}

/** The options of a menu of times. */
export const timeOptions = (groups: ReturnType<typeof groupByTime>, verbLine: string): Button[] =>
  groups.map(({ time, events }) =>
    menuOption(phrases.pages.group(readableDate(time), events.length), `${verbLine} ${time}`),
  )
