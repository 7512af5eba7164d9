import { fold } from '../../../content/fold.ts'
import type { Library } from '../../../content/library.ts'
import type { Story } from '../../../content/story.ts'
import { localDate } from '../../../dates/dates.ts'
import { ROUGH_DATE } from '../../../dates/rough-dates.ts'
import { phrases } from '../../../phrases/phrases.ts'
import type { Card } from '../../../store/wire/cards.ts'
import type { Item } from '../../../store/wire/items.ts'
import type { DeskContext } from '../../context.ts'
import type { ParsedLine } from '../../line.ts'

/** An event as it would be added: everything is filled in, as an editor typed it or as the item has it. */
export type EventDraft = {
  story: Story
  date: string
  text: string
  confidence: 'high' | 'medium'
  /** The other sources of the story that say so too. */
  alsoIn: number[]
  id: string
}

/** Why something typed cannot be an event, by the field that it was typed in. */
export type EventProblems = Partial<Record<'story' | 'date' | 'text' | 'confidence' | 'id', string>>

/** The longest text of an event: a few sentences. */
export const MAX_EVENT_CHARACTERS = 600
/** The longest name of an event, and how many words of it are taken from a headline. */
export const MAX_ID_CHARACTERS = 60
const MAX_ID_WORDS = 5

const ID = /^[a-z0-9][a-z0-9-]*$/

/** The stories that an event of a card may be added to, the ones that it matched first. */
export function storiesFor({ matches }: Pick<Card, 'matches'>, library: Library): Story[] {
  const matched = matches.flatMap(({ story }) => library.story(story) ?? [])
  return [...new Set([...matched, ...library.stories])]
}

/** Reads the flags of `/desk add`; what is not typed is taken from the item. */
export function readEventDraft(
  { card, item }: { card: Card; item: Item },
  flags: ParsedLine['flags'],
  { library, zone, at, used }: { library: Library; zone: string; at: number; used: DeskContext['used'] },
): { draft: EventDraft } | { problems: EventProblems } {
  const typed = (name: string) => {
    const value = flags[name]
    return typeof value === 'string' ? value.replace(/\s+/g, ' ').trim() : undefined
  }
  const words = phrases.cards
  const into = typed('into')
  const story = into === undefined ? storiesFor(card, library)[0] : library.story(into)
  const date = typed('date') ?? localDate(item.published, zone)
  const text = typed('text') ?? headlineText(item)
  const confidence = readConfidence(typed('confidence') ?? 'medium', story)
  const id = typed('as')?.toLowerCase() ?? (story ? proposeId(item, used(story.slug).ids) : '')
  const problems: EventProblems = {
    ...(!story && { story: into === undefined ? words.whichStory : words.noSuchStory }),
    ...dateProblem(date, localDate(at, zone)),
    ...(text === '' && { text: words.noText }),
    ...(text.length > MAX_EVENT_CHARACTERS && { text: words.textTooLong(text.length, MAX_EVENT_CHARACTERS) }),
    ...('problem' in confidence && { confidence: confidence.problem }),
    ...((!ID.test(id) || id.length > MAX_ID_CHARACTERS) && story && { id: words.badId }),
    ...(story && used(story.slug).ids.has(id) && { id: words.idTaken(id) }),
  }
  if (!story || 'problem' in confidence || Object.keys(problems).length > 0) return { problems }
  return { draft: { story, date, text, id, ...confidence } }
}

/**
 * Reads how sure an event is: `medium`, one report says so, or `high 2, 5`, the sources of these numbers say so too. What is
 * called certain rests on two sources, and a report is only one.
 */
function readConfidence(
  typed: string,
  story: Story | undefined,
): Pick<EventDraft, 'confidence' | 'alsoIn'> | { problem: string } {
  const words = phrases.cards
  const [, level, list = ''] = /^(high|medium)\b[\s,:]*((?:\d{1,6}[\s,]*)*)$/i.exec(typed) ?? []
  if (level === undefined) return { problem: words.badConfidence }
  const alsoIn = [...new Set((list.match(/\d+/g) ?? []).map(Number))]
  const unknown = alsoIn.find(number => !story?.sources.some(source => source.number === number))
  if (story && unknown !== undefined) return { problem: words.noSuchSource(unknown) }
  const confidence = level.toLowerCase() === 'high' ? 'high' : 'medium'
  return confidence === 'high' && alsoIn.length === 0
    ? { problem: words.highNeedsSource }
    : { confidence, alsoIn }
}

/** The words of a headline, until somebody rewrites them. */
export const headlineText = ({ title, outlet }: Item): string =>
  title.replace(/\s+/g, ' ').trim().slice(0, MAX_EVENT_CHARACTERS) || outlet

function dateProblem(date: string, today: string): Pick<EventProblems, 'date'> {
  const isDay = /^\d{4}-\d\d-\d\d$/.test(date) && !Number.isNaN(Date.parse(date))
  if (!isDay && !ROUGH_DATE.test(date)) return { date: phrases.cards.badDate }
  if (isDay && new Date(date).toISOString().slice(0, 10) !== date) return { date: phrases.cards.badDate }
  return date.slice(0, today.length) > today ? { date: phrases.cards.dateAhead } : {}
}

/** A name for the event of an item that no other event of the story has: the first words of its headline. */
export function proposeId(item: Pick<Item, 'title' | 'id'>, taken: ReadonlySet<string>): string {
  const words = fold(item.title).match(/[a-z0-9]+/g) ?? []
  const name = words
    .slice(0, MAX_ID_WORDS)
    .join('-')
    .slice(0, MAX_ID_CHARACTERS - 4)
    .replace(/-$/, '')
  const base = name === '' ? `report-${item.id}` : name
  for (let number = 1; ; number++) {
    const id = number === 1 ? base : `${base}-${number}`
    if (!taken.has(id)) return id
  }
}
