import type { Call } from '../../chat/platform.ts'
import { MAX_BUTTONS, note, notFoundRefusal, type Reply, refusal } from '../../chat/reply.ts'
import { findWords, tokens } from '../../content/fold.ts'
import type { Library, QuoteMatches } from '../../content/library.ts'
import type { Story } from '../../content/story.ts'
import { isInQuotationMarks } from '../../content/verify-passages.ts'
import { phrases } from '../../phrases/phrases.ts'
import { buttonsFor, nameToType } from '../buttons.ts'
import type { Command } from '../command.ts'
import type { CommandContext } from '../context.ts'
import { flagProblem, storyFromFlag } from '../flags.ts'
import { labelOf, labelPart, sourcesBlock, storyPrefix } from '../label.ts'
import { formatLine, type ParsedLine, textAfter } from '../line.ts'
import { refuseUnknown } from '../refusals.ts'
import { labelLead, quoteBlock, quotePart, speakerKey } from './attribution.ts'
import { quoteCard } from './card.ts'
import { checkWords } from './check.ts'
import { outletsOwnWords, unquotedPerson, wordInSource } from './not-quoted.ts'

const MAX_CHOICES = 10
const MAX_QUERY_CHARACTERS = 200

/**
 * What was asked, apart from the words: in which stories, by whom, and the flags that say so again; those of a picture
 * are apart, since its buttons lead to the words too.
 */
type QuoteRequest = {
  library: Library
  story?: Story
  call: Call
  flags: ParsedLine['flags']
  drawn: { card?: true; dark?: true }
}

/** `/quote <speaker or words> [#n]` and `/quote check "<text>"`: exact words, or an honest no. */
export function quoteCommand(newsroom: CommandContext): Command {
  return {
    name: 'quote',
    about: phrases.quote.about,
    reach: 'always',
    argument: { name: 'of', about: phrases.quote.aboutOf, required: true, suggests: true },
    subcommands: [
      {
        name: 'check',
        about: phrases.quote.aboutCheck,
        argument: { name: 'words', about: phrases.quote.aboutWords, required: true },
        flags: [],
      },
    ],
    flags: ['story', 'card', 'dark', 'public'],
    run: (words, call) => runQuote(newsroom.library(), words, call),
  }
}

/** Who checks words quotes somebody: for all to read, the quotation itself is the better answer. */
const CHECK_IS_PRIVATE = refusal(phrases.quote.checkIsPrivate('/quote NAME --public'))
const CHECK_HAS_NO_CARD = refusal(phrases.picture.checkHasNoPicture('/quote NAME --card'))
const DARK_NEEDS_CARD = refusal(phrases.picture.darkNeedsPicture('/quote NAME --card --dark'))

function runQuote(library: Library, words: ParsedLine, call: Call): Reply {
  const refused = flagProblem(words.flags, '/quote', ['story', 'card', 'dark'])
  if (refused) return refused
  const check = textToCheck(words, call.text)
  const { card, dark } = words.flags
  if (check !== undefined) {
    if (card || dark) return CHECK_HAS_NO_CARD
    return words.flags.public ? CHECK_IS_PRIVATE : checkWords(library, check, call)
  }
  if (dark && !card) return DARK_NEEDS_CARD
  const named = storyFromFlag(library, words, call, '/quote')
  if ('refused' in named) return named.refused
  const drawn = { ...(card && { card: true as const }), ...(dark && { dark: true as const }) }
  const flags: ParsedLine['flags'] = named.story ? { story: named.story.slug } : {}
  const asked: QuoteRequest = { library, call, flags, drawn, ...named }
  const { query, number } = parseQuery(words.args)
  if (query === '') return speakerChoices(library.allSpeakers(asked.story), asked)
  if (query.length > MAX_QUERY_CHARACTERS)
    return refusal(phrases.quote.tooLong(query.length, MAX_QUERY_CHARACTERS, '/quote check "…"'))
  const speakers = library.speakers(query, asked.story)
  const saying = speakers.length > 0 ? undefined : library.quotesContaining(query, asked.story)
  // As they are compared: a button that finds no room is printed, for all to read, and signs may say anything.
  if (saying && saying.count > 0) return numberedQuote(saying, number, tokens(query).join(' '), asked)
  const meant = saying ? library.similarSpeakers(query, asked.story) : speakers
  if (meant.length > 1) return speakerChoices(meant, asked)
  const [speaker] = meant
  if (!speaker) return noExactQuote(query, asked)
  const { story } = asked
  const { quotes } = speaker
  return numberedQuote(
    { count: quotes.length, nth: index => quotes[index] },
    number,
    speakerKey(speaker.name).toLowerCase() === query.toLowerCase()
      ? query
      : nameToType(speaker.name, library, story),
    asked,
  )
}

/** The nth quote of those found, and the way to the next. */
function numberedQuote(quotes: QuoteMatches, number: number, query: string, asked: QuoteRequest): Reply {
  const { call } = asked
  const again = (n: number, flags: ParsedLine['flags'] = {}) =>
    `/quote ${formatLine({ args: [query, `#${n}`], flags: { ...asked.flags, ...flags } })}`
  const shown = quotes.nth(number - 1)
  if (!shown) {
    return notFoundRefusal(
      call.audience === 'caller'
        ? phrases.quote.countOfQuotesWithLine(quotes.count, again(1, asked.drawn))
        : [phrases.quote.countOfQuotes(quotes.count)],
    )
  }
  const { quote } = shown
  const next =
    number < quotes.count
      ? [
          {
            label: quote.next ? phrases.quote.nextAbout(quote.next) : phrases.quote.next,
            line: again(number + 1),
          },
        ]
      : []
  const source = {
    label: phrases.quote.source,
    line: `${storyPrefix(shown.story, call)} sources #${quote.source.number}`,
  }
  const reply: Reply = {
    label: labelOf(shown.story, labelLead(quote)),
    blocks: [
      quoteBlock(quote),
      sourcesBlock(shown.story, [quote.source.number]),
      note(phrases.quote.exactMatch(number, quotes.count)),
    ],
    buttons: [...next, source],
    parts: [quotePart(shown), labelPart(shown.story)],
    audience: 'caller',
  }
  const { card, dark = false } = asked.drawn
  return card ? quoteCard(reply, shown, { dark, lineOf: flags => again(number, flags) }) : reply
}

/**
 * Nothing exact: says so, tells who that is or whose words they are where the stories know it, and offers names.
 */
function noExactQuote(query: string, asked: QuoteRequest): Reply {
  const { library, story, call } = asked
  const person = unquotedPerson(library, query, call, story)
  if (person) return person
  const single = tokens(query).length === 1
  if (!single) {
    for (const found of library.sourceLinesContaining(query, story)) {
      const place = findWords(query, found.text)
      if (place && !isInQuotationMarks(found.source.text ?? '', shiftSpan(place, found.start)))
        return outletsOwnWords(found, shiftSpan(place, found.start), call)
    }
  }
  const lineOf = (name: string) => speakerLine(name, asked)
  const reply = refuseUnknown(call, query, { known: [library.speakerNames(story)], lineOf, help: '/quote' })
  const [found] = single && reply.buttons?.length === 0 ? library.sourceLinesContaining(query, story) : []
  if (found) return wordInSource(found, call)
  return {
    ...reply,
    blocks: [...reply.blocks, note(phrases.quote.noExactMatch)],
  }
}

function speakerChoices(speakers: { name: string }[], asked: QuoteRequest): Reply {
  const lineOf = (name: string) => speakerLine(name, asked)
  const names = speakers.slice(0, MAX_CHOICES).map(speaker => speaker.name)
  const [first] = names
  if (first === undefined) {
    const { story, library } = asked
    const all = '/nutgraf story list'
    return refusal(
      story && library.stories.length > 1 ? phrases.quote.noneInStory(all) : phrases.quote.noneYet(all),
    )
  }
  const rest = speakers.length - names.length
  const more = rest > 0 ? [note(phrases.quote.moreNames(rest))] : []
  return {
    ...refusal(phrases.quote.whoseWords(names), ...more, note(...phrases.quote.example(lineOf(first)))),
    buttons: buttonsFor(names.slice(0, MAX_BUTTONS), lineOf),
  }
}

/** The line that asks for the words of a speaker, in the same way as was asked. */
const speakerLine = (name: string, { flags, drawn }: QuoteRequest) =>
  `/quote ${formatLine({ args: [speakerKey(name)], flags: { ...flags, ...drawn } })}`

function parseQuery(args: string[]): { query: string; number: number } {
  const last = /^#(\d+)$/.exec(args.at(-1) ?? '')
  const query = (last ? args.slice(0, -1) : args).join(' ').trim()
  return { query, number: last ? Number(last[1]) : 1 }
}

/**
 * The text to check, as typed: its own quotation marks belong to it, those around all of it do not. A picker sends
 * `check` and the words in one value or in two; a person who only types `check` is asked for the words.
 */
function textToCheck({ args: [first = '', ...more] }: ParsedLine, typed: string): string | undefined {
  const inOne = /^check\s+(\S[\s\S]*)$/i.exec(first)
  if (inOne && more.length === 0) return withoutOuterMarks(inOne[1]!)
  return first.toLowerCase() === 'check' ? withoutOuterMarks(textAfter(typed, 1)) : undefined
}

function withoutOuterMarks(text: string): string {
  const straight = /^"([\s\S]*)"$/.exec(text.trim())
  if (straight) return withoutOuterMarks(straight[1]!.replace(/\\([\\"])/g, '$1'))
  return /^[“„]([^“”„]*)[“”]$/.exec(text.trim())?.[1] ?? text.trim()
}

const shiftSpan = ({ start, end }: { start: number; end: number }, by: number) => ({
  start: start + by,
  end: end + by,
})
