import { findWords, tokens } from '../../content/fold.ts'
import type { Library } from '../../content/library.ts'
import type { Story } from '../../content/story.ts'
import { phrases } from '../../phrases/phrases.ts'

/** A value to offer while somebody types, and the name that is shown for it. */
type Offer = { name: string; value: string }

const MAX_QUOTES = 10
/** How much of a quotation is offered: enough to find it again, and within a choice beside the speaker's name. */
const MAX_QUOTE_CHARACTERS = 70
/** Discord's limit for a choice. */
const MAX_CHARACTERS = 100

/** Values to offer for `--since`. */
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

/** Offers the years of a story that have events, newest first; once a year is typed, its months. */
export function rangeOffers(story: Story, typed: string): Offer[] {
  const year = /^\s*(\d{4})/.exec(typed)?.[1]
  const length = year === undefined ? 'yyyy'.length : 'yyyy-mm'.length
  const counts = new Map<string, number>()
  for (const { date } of story.timeline)
    if (year === undefined || (date.startsWith(year) && date.length >= length))
      counts.set(date.slice(0, length), (counts.get(date.slice(0, length)) ?? 0) + 1)
  return [...counts]
    .map(([value, count]) => ({ name: phrases.suggest.events(value, count), value }))
    .reverse()
}

/** Offers the sources of a story by number and name. */
export const sourceOffers = (story: Story): Offer[] =>
  story.sources.map(({ number, outlet, title }) => ({
    name: [`#${number} ${outlet}`, title].filter(Boolean).join(': '),
    value: `#${number}`,
  }))

/** Offers quotations that contain the typed words, from those words on; the last word may be incomplete. */
export function quoteOffers(library: Library, typed: string): Offer[] {
  const typedWords = tokens(typed)
  if (typedWords.length < 2) return []
  const exactMatches = library.quotesContaining(typed)
  const completeWords = typedWords.slice(0, -1).join(' ')
  const [words, matches] =
    exactMatches.count > 0 || typedWords.length < 3
      ? [typed, exactMatches]
      : [completeWords, library.quotesContaining(completeWords)]
  const offers: Offer[] = []
  for (let index = 0; index < Math.min(matches.count, MAX_QUOTES); index++) {
    const { words: quotedWords, speaker } = matches.nth(index)!.quote
    const span = findWords(words, quotedWords)
    const value = firstWords(quotedWords.slice(span?.start ?? 0))
    if (value === undefined) continue
    const name = `“${value}” · ${speaker}`
    offers.push({ name: name.length <= MAX_CHARACTERS ? name : `“${value}”`, value })
  }
  return offers
}

/** The first words of a text, never cut inside a word; undefined where even the first word is too long. */
function firstWords(text: string): string | undefined {
  if (text.length <= MAX_QUOTE_CHARACTERS) return text
  return text.slice(0, Math.max(0, text.lastIndexOf(' ', MAX_QUOTE_CHARACTERS))).trim() || undefined
}
