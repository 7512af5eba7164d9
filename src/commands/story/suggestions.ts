import { findWords, tokens } from '../../content/fold.ts'
import type { Library } from '../../content/library.ts'
import type { Story } from '../../content/story.ts'
import { phrases } from '../../phrases/phrases.ts'

/** A value to offer while somebody types, and what it is called there. */
type Offer = { name: string; value: string }

const MAX_QUOTES = 10
/** A choice has room for so many letters; of a quotation the beginning is enough to find it again. */
const MAX_QUOTE_CHARACTERS = 70
const MAX_CHARACTERS = 100

/** Days to begin with. */
export const SINCE_OFFERS: Offer[] = [
  { name: 'today', value: 'today' },
  { name: 'yesterday', value: 'yesterday' },
  { name: phrases.suggest.lastSevenDays('7d'), value: '7d' },
  { name: phrases.suggest.lastThirtyDays('30d'), value: '30d' },
  ...['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'].map(day => ({
    name: phrases.suggest.sinceLast(day),
    value: day,
  })),
]

/** The years of a story that have events, the newest first; once a year stands there, its months. */
export function rangeOffers(story: Story, typed: string): Offer[] {
  const year = /^\s*(\d{4})/.exec(typed)?.[1]
  const length = year === undefined ? 'yyyy'.length : 'yyyy-mm'.length
  const counts = new Map<string, number>()
  for (const { date } of story.timeline)
    if (year === undefined || date.startsWith(year))
      counts.set(date.slice(0, length), (counts.get(date.slice(0, length)) ?? 0) + 1)
  return [...counts]
    .map(([value, count]) => ({ name: phrases.suggest.events(value, count), value }))
    .reverse()
}

/** The sources of a story by number and name. */
export const sourceOffers = (story: Story): Offer[] =>
  story.sources.map(({ number, outlet, title }) => ({
    name: [`#${number} ${outlet}`, title].filter(Boolean).join(': '),
    value: `#${number}`,
  }))

/** Quotations that hold the words that somebody types, from those words on; the last word may still be open. */
export function quoteOffers(library: Library, typed: string): Offer[] {
  const all = tokens(typed)
  if (all.length < 2) return []
  const whole = library.quotesContaining(typed)
  const begun = all.slice(0, -1).join(' ')
  const [words, found] =
    whole.count > 0 || all.length < 3 ? [typed, whole] : [begun, library.quotesContaining(begun)]
  const offers: Offer[] = []
  for (let index = 0; index < Math.min(found.count, MAX_QUOTES); index++) {
    const { words: said, speaker } = found.nth(index)!.quote
    const place = findWords(words, said)
    const value = firstWords(said.slice(place?.start ?? 0))
    if (value === undefined) continue
    const name = `“${value}” · ${speaker}`
    offers.push({ name: name.length <= MAX_CHARACTERS ? name : `“${value}”`, value })
  }
  return offers
}

/** The first words of a text, whole; undefined where already the first of them is too long. */
function firstWords(text: string): string | undefined {
  if (text.length <= MAX_QUOTE_CHARACTERS) return text
  return text.slice(0, Math.max(0, text.lastIndexOf(' ', MAX_QUOTE_CHARACTERS))).trim() || undefined
}
