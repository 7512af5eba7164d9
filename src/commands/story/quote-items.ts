import { keepForObject } from '../../chat/keep-results.ts'
import { type Inline, printedWords } from '../../chat/reply.ts'
import type { Library } from '../../content/library.ts'
import type { Quote, Story } from '../../content/story.ts'
import { readableDate } from '../../dates/dates.ts'
import { phrases } from '../../phrases/phrases.ts'
import { nameToType } from '../buttons.ts'
import { cacheForLast } from '../cache-per-object.ts'
import { formatLine } from '../line.ts'
import type { ListItem } from '../lists/draw-list.ts'
import { firstWords } from '../lists/first-words.ts'
import { type WordsToFind, wordsToFind } from '../lists/matching-words.ts'
import { MAX_OPTION_LABEL } from '../lists/menus.ts'
import { quoteBlock, quoteKindText, quoteLead, quotePart } from '../quote/attribution.ts'

/** A quote as an item of lists: its number among those of its speaker, and the words by which it is found. */
export type QuoteItem = ListItem & {
  quote: Quote
  number: number
  words: WordsToFind
  /** The same without the speaker, for a list of one. */
  alone: Pick<ListItem, 'index' | 'option'>
}

/** A speaker as an item of lists: `typed` asks for their quotes. */
export type SpeakerItem = ListItem & { name: string; quotes: QuoteItem[] }

/** The speakers of a story with their quotes as items, and all quotes in the editors’ order. */
export const quoteItems = cacheForLast((library: Library) =>
  keepForObject((story: Story) => {
    const speakers = library.allSpeakers(story).map((speaker): SpeakerItem => {
      const { name, role } = speaker
      const typed = formatLine({ args: [nameToType(speaker, library, story)], flags: {} })
      const quotes = speaker.quotes.map(({ quote }, index) => quoteItem(story, quote, index + 1, typed))
      return {
        name,
        quotes,
        typed,
        index: {
          block: { kind: 'list', items: [phrases.story.speakerLine(name, role, quotes.length)] },
          sources: [],
          part: quotePart({ story, quote: quotes[0]!.quote }),
        },
        option: phrases.pages.group(name, quotes.length),
      }
    })
    const itemOf = new Map(speakers.flatMap(({ quotes }) => quotes.map(item => [item.quote, item])))
    return { speakers, all: story.quotes.map(quote => itemOf.get(quote)!) }
  }),
)

function quoteItem(story: Story, quote: Quote, number: number, speakerTyped: string): QuoteItem {
  const unit = { sources: [quote.source.number], part: quotePart({ story, quote }) }
  const alone = phrases.story.quoteNumber(number)
  const name = phrases.story.quoteOf(quote.speaker, alone)
  const date = quote.saidOn === 'not given' ? phrases.story.quoteUndated : readableDate(quote.saidOn)
  const short = shortWords(quote)
  return {
    quote,
    number,
    index: { ...unit, block: { kind: 'list', items: [quoteLine(quote, name, date, short)] } },
    alone: {
      index: { ...unit, block: { kind: 'list', items: [quoteLine(quote, alone, date, short)] } },
      option: quoteOption(quote, [alone, date]),
    },
    full: { ...unit, lead: quoteLead(quote), block: quoteBlock(quote, { cited: true }) },
    option: quoteOption(quote, [alone, date, quote.speaker]),
    typed: `${speakerTyped} #${number}`,
    words: wordsToFind(quote.words),
  }
}

/** A quote as one line of an index. What readers must know before its words stands before them here too. */
function quoteLine(quote: Quote, name: string, date: string, short: string): Inline[] {
  const lead = [quote.kind === 'direct' ? '' : quoteKindText(quote), quote.remark ?? '']
  return [{ bold: name }, ` · ${[date, ...lead, short].filter(Boolean).join(' · ')}`]
}

/** Words that are a line of an index as they are, and how many of longer ones are shown. */
const MAX_WHOLE_WORDS = 60
const MAX_FIRST_WORDS = 45

/** The words of a quote where they are few, otherwise their beginning, which is never shown as if it were all. */
const shortWords = (quote: Quote): string =>
  wordsWithin(quote, MAX_WHOLE_WORDS, MAX_FIRST_WORDS) ?? phrases.story.withoutWords(quote.words.length)

/** A quote in a menu: what names it, and as many of its first words as there is room for. */
function quoteOption(quote: Quote, names: string[]): string {
  const name = names.join(' · ')
  const labels = OPTION_WORDS.flatMap(max => {
    const words = wordsWithin(quote, max, max)
    return words === undefined ? [] : `${name} · ${words}`
  })
  return labels.find(label => label.length <= MAX_OPTION_LABEL) ?? name
}

/** Lengths of words to try in an option, until it fits. */
const OPTION_WORDS = [45, 35, 25, 15]

function wordsWithin({ kind, words }: Quote, maxWhole: number, maxFirst: number): string | undefined {
  const marks = kind !== 'reported'
  if (words.length <= maxWhole) return printedWords({ words, marks })
  const first = firstWords(words, maxFirst)
  return first === undefined ? undefined : phrases.story.begins(first, marks)
}
