import type { Call } from '../../chat/platform.ts'
import { type Inline, type Reply, refusal } from '../../chat/reply.ts'
import { tokens } from '../../content/fold.ts'
import type { Library } from '../../content/library.ts'
import { type StoryQuote, speakersOf } from '../../content/speakers.ts'
import type { Story } from '../../content/story.ts'
import { localDate } from '../../dates/dates.ts'
import { phrases } from '../../phrases/phrases.ts'
import { fittingButtons, namesakeFlags, nameToType } from '../buttons.ts'
import { labelOf, labelPart } from '../label.ts'
import { formatLine } from '../line.ts'
import { isNamedBy } from '../plain/names.ts'
import { isStopWord } from '../plain/stop-words.ts'
import { readSaidRange, writtenRange } from '../story/days-in-words.ts'
import { isSaidWithin, nearestSaid, noneSaid, saidLead } from '../story/said-days.ts'
import { speakerWithWords } from './speaker-words.ts'

/** Quotes that were said on the days of a query, what asks for them again, and what stands above them. */
type SaidIn = { quotes: StoryQuote[]; query: string[]; lead: Inline[] }

/** Of more stories, one has to be named. */
const MAX_STORIES = 10
/** How many quotations with the same words are looked at: of more, people are asked to name a speaker or a story. */
const MAX_SAME = 200

/** Whatever names days has a digit or a piece of such a word: most queries have neither, and are not read for days. */
const MAY_NAME_DAYS =
  /\d|day|week|month|year|tomorrow|mon|tue|wed|thu|fri|sat|sun|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec/i

/**
 * Finds the quotes of a query that names days, with a speaker or without (`sessions 2018`), or says that there is none.
 * Undefined where it names none.
 */
export function quotesSaidIn(
  query: string,
  { library, story, call, zone }: { library: Library; story?: Story; call: Call; zone: string },
): SaidIn | Reply | undefined {
  if (!MAY_NAME_DAYS.test(query)) return undefined
  const { range, words } = readSaidRange(query.split(/\s+/), localDate(call.at, zone))
  if (!range) return undefined
  const named = tokens(words.join(' ')).filter(word => !isStopWord(word))
  const meant = quotesOf(named, library, story)
  if (meant?.tooMany !== undefined)
    return refusal(phrases.quote.tooManyToDate(meant.tooMany, '/quote NAME 2018', '--story'))
  const [first] = meant?.quotes ?? []
  if (!meant || !first) return undefined
  const among = meant.quotes.map(({ quote }) => quote)
  const quotes = meant.quotes.filter(({ quote }) => isSaidWithin(quote, range))
  const written = writtenRange(range)
  if (quotes.length > 0)
    return { quotes, query: [...meant.query, written], lead: saidLead(range, quotes.length, among) }
  const near = meant.quotes[nearestSaid(among, range) ?? -1]
  const line = near && lineFor(near, library, story)
  const nearest = near && line ? { saidOn: near.quote.saidOn, line } : undefined
  const [only, ...others] = speakersOf(first.story).filter(({ quotes }) => quotes.includes(first))
  const isWhole = others.length === 0 && only?.quotes.length === among.length
  const speaker = isWhole && meant.quotes.every(each => only.quotes.includes(each)) ? only.name : undefined
  return {
    ...refusal(noneSaid(range, among, { speaker, nearest })),
    label: labelOf((near ?? first).story),
    buttons: near && line ? fittingButtons([{ label: near.quote.speaker, line }]) : [],
    parts: [labelPart((near ?? first).story)],
  }
}

/** The quotes of the one speaker that words name, those of them with further words, those with the words, or all. */
function quotesOf(named: string[], library: Library, story: Story | undefined) {
  if (named.length === 0) {
    const stories = story ? [story] : library.stories
    if (stories.length > MAX_STORIES) return undefined
    return { quotes: stories.flatMap(speakersOf).flatMap(({ quotes }) => quotes), query: [] }
  }
  const name = named.join(' ')
  const exact = library.speakers(name, story)
  const similar = exact.length > 0 ? exact : library.similarSpeakers(name, story)
  const [speaker, ...others] = similar.filter(each => exact.length > 0 || isNamedBy(each, name))
  if (speaker && others.length === 0) return { quotes: speaker.quotes, query: [name] }
  const withWords = speakerWithWords(name, library, story)
  if (withWords && withWords.quotes.length > 0 && withWords.unused.length === 0)
    return { quotes: withWords.quotes, query: [withWords.name, ...withWords.words] }
  const having = library.quotesContaining(name, story)
  if (having.count === 0) return undefined
  if (having.count > MAX_SAME) return { tooMany: having.count }
  return { quotes: Array.from({ length: having.count }, (_, index) => having.nth(index)!), query: [name] }
}

/** The line that opens one quote, by its speaker and number. */
function lineFor({ story, quote }: StoryQuote, library: Library, scope?: Story): string | undefined {
  const speaker = speakersOf(story).find(({ quotes }) => quotes.some(each => each.quote === quote))
  if (!speaker) return undefined
  const number = speaker.quotes.findIndex(each => each.quote === quote) + 1
  const flags = { ...(scope && { story: scope.slug }), ...namesakeFlags(speaker, library, scope) }
  return `/quote ${formatLine({ args: [nameToType(speaker, library, scope), `#${number}`], flags })}`
}
