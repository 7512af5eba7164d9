import { likeness } from '../likeness.ts'
import { correctionCause, eventHash, wordsOfEvent } from '../parts.ts'
import type { Correction, Event, Story } from '../story.ts'

/**
 * An event as the store knows it: its part, the id that its entry had, the hash and the words that were shown last.
 * What is not known is empty. `present` is 0 if the content had it no more when it was last recorded.
 */
export type KnownEvent = {
  part: string
  story: string
  written: string
  hash: string
  words: string
  present: number
}

/** What the store knows of events: each of them, and the part that each correction of an event was about. */
export type KnownEvents = { events: KnownEvent[]; correctedParts: Map<string, string> }

/**
 * Gives each event the name under which messages have shown it, whatever its entry is called now: an entry without an
 * id takes another place in the day when an earlier event is entered, and an id may be added later. Corrections then
 * name the same events. Pure; a story in which no name differs stays the same object.
 */
export function nameEvents(stories: Story[], { events, correctedParts }: KnownEvents): Story[] {
  const knownByStory = Map.groupBy(events, ({ story }) => story)
  const correctedByStory = Map.groupBy(correctedParts, ([cause]) => cause.slice(0, cause.indexOf('/')))
  return stories.map(story =>
    nameEventsOf(story, knownByStory.get(story.slug) ?? [], new Map(correctedByStory.get(story.slug))),
  )
}

/** What is known of the corrections of these stories: the part that each correction of an event is about. */
export const correctedEventParts = (stories: Story[]): [cause: string, part: string][] =>
  stories.flatMap(({ slug, corrections }) =>
    corrections
      .filter(isOfEvent)
      .map((correction): [string, string] => [
        correctionCause(slug, correction),
        `${slug}/${correction.part}`,
      ]),
  )

const EVENT_PREFIX = 'event:'
const isOfEvent = ({ part }: Correction) => part.startsWith(EVENT_PREFIX)

function nameEventsOf(story: Story, known: KnownEvent[], correctedParts: Map<string, string>): Story {
  const { timeline, corrections } = story
  if (known.length === 0 && !corrections.some(isOfEvent)) return story
  const knownParts = partsOfKnownCorrections(story, correctedParts)
  // A new correction is about an event that was shown before, by whatever name it has now.
  const corrected = new Set(
    corrections
      .filter(correction => isOfEvent(correction) && !knownParts.has(correction))
      .map(({ part }) => part),
  )
  const names = createNaming(story, known, event => corrected.has(EVENT_PREFIX + event.id))
  const nameById = new Map(timeline.map(event => [event.id, names.get(event)!]))
  const renamed = timeline.map(event => {
    const id = names.get(event)!
    return id === event.id ? event : { ...event, id, written: event.id }
  })
  const resolved = corrections.map(correction => {
    if (!isOfEvent(correction)) return correction
    const id = correction.part.slice(EVENT_PREFIX.length)
    const part = knownParts.get(correction) ?? EVENT_PREFIX + (nameById.get(id) ?? id)
    return part === correction.part ? correction : { ...correction, part }
  })
  const isSame =
    renamed.every((event, index) => event === timeline[index]) &&
    resolved.every((correction, index) => correction === corrections[index])
  return isSame ? story : { ...story, timeline: renamed, corrections: resolved }
}

/**
 * The event that each known correction is about. Such a correction is known by all that it says, so that its entry may
 * name the event otherwise by now, as after ids were written.
 */
function partsOfKnownCorrections(
  { slug, corrections }: Story,
  correctedParts: Map<string, string>,
): Map<Correction, string> {
  const open = new Map(correctedParts)
  const found = new Map<Correction, string>()
  const find = (correction: Correction, part: string) => {
    const cause = correctionCause(slug, { ...correction, part })
    if (found.has(correction) || open.get(cause) !== `${slug}/${part}`) return
    found.set(correction, part)
    open.delete(cause)
  }
  const ofEvents = corrections.filter(isOfEvent)
  for (const correction of ofEvents) find(correction, correction.part)
  for (const correction of ofEvents)
    for (const part of open.values()) find(correction, part.slice(slug.length + 1))
  return found
}

/** Enough in common that one text is the other one reworded: of pairs of events in our own stories, 1 % have more. */
const ALIKE = 0.4
/** Enough where the single event of a day takes the place of the single one before: of those pairs, 15 % have more. */
const HARDLY_ALIKE = 0.25
const OTHER_DAY_PENALTY = 0.1
const CORRECTED_BONUS = 0.2

type Pair = { event: Event; known: KnownEvent; score: number }

/** Finds the name of each event, by the surest sign first: its id, all that a reader sees, its words, its day. */
function createNaming(
  { slug, timeline }: Story,
  known: KnownEvent[],
  isCorrected: (event: Event) => boolean,
): Map<Event, string> {
  const nameOf = ({ part }: KnownEvent) => part.slice(slug.length + 1 + EVENT_PREFIX.length)
  const free = new Map(known.map(entry => [nameOf(entry), entry]))
  const names = new Map<Event, string>()
  const unnamed = () => timeline.filter(event => !names.has(event))
  const claim = (event: Event, name: string) => {
    names.set(event, name)
    free.delete(name)
  }
  const isFree = (entry: KnownEvent) => free.has(nameOf(entry))
  // An id is an id: an entry with another one is another event, however alike their words are.
  const mayBe = (event: Event, { written }: KnownEvent) =>
    event.unnamed || written === '' || written === event.id
  const claimPairs = (pairs: Pair[]) => {
    for (const { event, known: entry } of pairs.sort((a, b) => b.score - a.score))
      if (!names.has(event) && isFree(entry)) claim(event, nameOf(entry))
  }

  nameByWrittenId()
  nameByWhatIsShown()
  nameByLikeWords()
  nameCorrected()
  nameByDay()
  nameNewOnes()
  return names

  function nameByWrittenId() {
    const byWrittenId = new Map(known.flatMap(entry => (entry.written ? [[entry.written, entry]] : [])))
    for (const event of timeline.filter(({ unnamed }) => !unnamed)) {
      // An id that looks like a place in the day may have been the name of another event before.
      const own = byWrittenId.get(event.id) ?? (isPlaceInDay(event.id) ? undefined : free.get(event.id))
      if (own && isFree(own)) claim(event, nameOf(own))
    }
  }

  function nameByWhatIsShown() {
    const knownByHash = Map.groupBy(free.values(), ({ hash }) => hash)
    claimPairs(
      unnamed().flatMap(event =>
        (knownByHash.get(eventHash(event)) ?? []).map(entry => ({
          event,
          known: entry,
          score: entry.present * 2 + (nameOf(entry) === event.id ? 1 : 0),
        })),
      ),
    )
  }

  function nameByLikeWords() {
    const present = [...free.values()].filter(entry => entry.present && entry.words !== '')
    claimPairs(
      unnamed().flatMap(event => {
        const words = wordsOfEvent(event)
        return present.flatMap((entry): Pair[] => {
          const isSameDay = dayOf(entry, nameOf(entry)) === event.date
          const like = likeness(textOf(entry), textAfterDate(words))
          const bonus = isSameDay && isCorrected(event) ? CORRECTED_BONUS : 0
          const score = like + bonus - (isSameDay ? 0 : OTHER_DAY_PENALTY)
          return score >= ALIKE && mayBe(event, entry) ? [{ event, known: entry, score }] : []
        })
      }),
    )
  }

  /** A correction is about an event that was shown, however much of it was wrong. */
  function nameCorrected() {
    const corrected = unnamed().filter(isCorrected)
    claimPairs(
      corrected.flatMap(event =>
        [...free.values()]
          .filter(entry => entry.present && dayOf(entry, nameOf(entry)) === event.date && mayBe(event, entry))
          .map(entry => ({ event, known: entry, score: nameOf(entry) === event.id ? 1 : 0 })),
      ),
    )
  }

  function nameByDay() {
    const present = Map.groupBy(
      [...free.values()].filter(entry => entry.present),
      entry => dayOf(entry, nameOf(entry)),
    )
    for (const [day, events] of Map.groupBy(unnamed(), ({ date }) => date)) {
      const entries = present.get(day) ?? []
      const [event] = events
      const [entry] = entries
      if (events.length === 1 && entries.length === 1 && event && entry) {
        const like = entry.words === '' ? 1 : likeness(textOf(entry), textAfterDate(wordsOfEvent(event)))
        if (like >= HARDLY_ALIKE && mayBe(event, entry)) claim(event, nameOf(entry))
        continue
      }
      // Without words to compare, the order is all that there is.
      const unworded = entries
        .filter(({ words }) => words === '')
        .map(nameOf)
        .sort(byOrdinal)
      for (const [index, other] of events.entries()) {
        const name = unworded.length === events.length ? unworded[index]! : other.id
        if (unworded.includes(name)) claim(other, name)
      }
    }
  }

  function nameNewOnes() {
    const taken = new Set([...names.values(), ...known.map(nameOf)])
    for (const event of unnamed()) {
      // An id is an id: an entry that has it is the event that had it before.
      const isOwn = !taken.has(event.id) || (!event.unnamed && free.has(event.id))
      const name = isOwn ? event.id : firstFreeName(event, taken, timeline)
      taken.add(name)
      claim(event, name)
    }
  }
}

const byOrdinal = (a: string, b: string) => Number(a.split('-').at(-1)) - Number(b.split('-').at(-1))
const isPlaceInDay = (id: string) => /^\d{4}(?:-\d{2}){0,2}-\d+$/.test(id)
/** Events whose words are not known were entered when a date always had its day. */
const dayOf = ({ words }: KnownEvent, name: string) =>
  words === '' ? name.slice(0, '2026-05-02'.length) : words.slice(0, words.indexOf(' '))
const textAfterDate = (words: string) => words.slice(words.indexOf(' '))
const textOf = ({ words }: KnownEvent) => textAfterDate(words)

/** A name that no event had before: a name that was used again would bring an old correction to a new event. */
function firstFreeName({ id, date, unnamed }: Event, taken: Set<string>, timeline: Event[]): string {
  const ids = new Set(timeline.filter(event => !event.unnamed).map(event => event.id))
  const stem = unnamed ? date : id
  let ordinal = 1
  while (taken.has(`${stem}-${ordinal}`) || ids.has(`${stem}-${ordinal}`)) ordinal++
  return `${stem}-${ordinal}`
}
