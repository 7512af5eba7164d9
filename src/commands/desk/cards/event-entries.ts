import { plainProse } from '../../../content/read/prose/plain-prose.ts'
import type { Source, Story } from '../../../content/story.ts'
import { addDays, localDate } from '../../../dates/dates.ts'
import { lastDayOf } from '../../../dates/rough-dates.ts'
import { shortened } from '../../../delivery/cards/decision-line.ts'
import { phrases } from '../../../phrases/phrases.ts'
import type { NewEntry } from '../../../store/documents/documents.ts'
import type { Item } from '../../../store/wire/items.ts'
import { comparableLink } from '../../../wire/identify/comparable-link.ts'
import type { EventDraft } from './event-draft.ts'

/** An event that is older than this when it is entered has been overlooked, and says when it was added. */
const LATE_DAYS = 7
/** The longest name of an outlet in a source. */
const MAX_OUTLET = 100
/** A longer title has no room in the list of sources. */
const MAX_TITLE = 300

/** On whose clocks, when, and under which number a source is added; `isKnown` if the story has it already. */
type EntryContext = { zone: string; at: number; source: number; isKnown: boolean }

/** Writes an event and its source as entries of the story’s files. A report that the story rests on already is not added twice. */
export function eventEntries(
  { story, date, text, confidence, alsoIn, id }: EventDraft,
  item: Item,
  { zone, at, source, isKnown }: EntryContext,
): NewEntry[] {
  const today = localDate(at, zone)
  const isLate = lastDayOf(date) < addDays(today, -LATE_DAYS)
  const path = (file: string) => `stories/${story.slug}/${file}.desk.yml`
  return [
    ...(isKnown ? [] : [{ path: path('sources'), entry: sourceEntry(item, source, { zone, today }) }]),
    {
      path: path('timeline'),
      entry: {
        ...{ id, date, text: plainProse(text), confidence },
        sources: [...new Set([source, ...alsoIn])],
        ...(isLate && { added: today }),
      },
    },
  ]
}

/** The source of a story that has the address of an item. */
export function findSource(story: Story, { url }: Pick<Item, 'url'>): Source | undefined {
  if (url === undefined) return undefined
  const { link } = comparableLink(url)
  return story.sources.find(source => source.url !== undefined && comparableLink(source.url).link === link)
}

function sourceEntry(item: Item, number: number, { zone, today }: { zone: string; today: string }) {
  const { outlet, title, url, published, datedBy } = item
  return {
    ...{ number, outlet: shortened(outlet, MAX_OUTLET), kind: 'news' },
    title: shortened(title.replace(/\s+/g, ' ').trim() || outlet, MAX_TITLE),
    ...{ date: localDate(published, zone) },
    ...(datedBy === 'us' && { dateNote: phrases.cards.dayFirstSeen }),
    ...(url !== undefined && { url }),
    seen: today,
  }
}
