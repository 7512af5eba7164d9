import type { Call } from '../../chat/platform.ts'
import { note, notFoundRefusal, type Reply, refusal } from '../../chat/reply.ts'
import { findWords, tokens } from '../../content/fold.ts'
import { isInQuotationMarks } from '../../content/in-quotation-marks.ts'
import type { Library, QuoteMatches } from '../../content/library.ts'
import type { Story } from '../../content/story.ts'
import { phrases } from '../../phrases/phrases.ts'
import { namesakeFlags, nameToType } from '../buttons.ts'
import type { Command } from '../command.ts'
import { type CommandContext, callerZone } from '../context.ts'
import { flagProblem, storyFromFlag } from '../flags.ts'
import { labelOf, labelPart, sourcesBlock, storyPrefix } from '../label.ts'
import { formatLine, type ParsedLine } from '../line.ts'
import { readIntents } from '../plain/intents.ts'
import { isNamedBy, withoutOffice } from '../plain/names.ts'
import { picksOne } from '../plain/picked-quote.ts'
import { refuseUnknown, safeEcho } from '../refusals.ts'
import { labelLead, quoteBlock, quotePart, speakerKey } from './attribution.ts'
import { quoteCard } from './card.ts'
import { checkWords } from './check.ts'
import { nextLabel } from './next-label.ts'
import { outletsOwnWords, unquotedPerson, wordInSource } from './not-quoted.ts'
import { parseQuery, textToCheck } from './query.ts'
import { quotesSaidIn } from './said-in.ts'
import { nameLine, speakerChoices } from './speaker-choices.ts'
import { isMistypedName, noneHasWords, type SpeakerWords, speakerWithWords } from './speaker-words.ts'

const MAX_QUERY_CHARACTERS = 200

/**
 * A call for a quote, apart from its words. `flags` repeat the story in further lines; those of a picture are kept
 * apart, since a picture's buttons also lead to the plain text.
 */
type QuoteRequest = {
  library: Library
  story?: Story
  call: Call
  zone: string
  flags: ParsedLine['flags']
  cardFlags: { card?: true; dark?: true }
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
    run: (parsed, call) => runQuote(newsroom.library(), parsed, call, callerZone(call, newsroom)),
  }
}

/** A check is private: for everyone to read, the quotation itself is the better answer. */
const CHECK_IS_PRIVATE = refusal(phrases.quote.checkIsPrivate('/quote NAME --public'))
const CHECK_HAS_NO_CARD = refusal(phrases.picture.checkHasNoPicture('/quote NAME --card'))
const DARK_NEEDS_CARD = refusal(phrases.picture.darkNeedsPicture('/quote NAME --card --dark'))

function runQuote(library: Library, parsed: ParsedLine, call: Call, zone: string): Reply {
  const problem = flagProblem(parsed.flags, '/quote', ['story', 'card', 'dark'])
  if (problem) return problem
  const checkedText = textToCheck(parsed, call.text)
  const { card, dark } = parsed.flags
  if (checkedText !== undefined) {
    if (card || dark) return CHECK_HAS_NO_CARD
    return parsed.flags.public ? CHECK_IS_PRIVATE : checkWords(library, checkedText, call)
  }
  if (dark && !card) return DARK_NEEDS_CARD
  const inStory = storyFromFlag(library, parsed, call, '/quote')
  if ('refused' in inStory) return inStory.refused
  const { story } = inStory
  const request: QuoteRequest = {
    library,
    story,
    call,
    zone,
    flags: story ? { story: story.slug } : {},
    cardFlags: { ...(card && { card: true as const }), ...(dark && { dark: true as const }) },
  }
  return findQuote(request, parseQuery(parsed.args))
}

/** Finds a quote by speaker, by its words or by a similar name, and says so if there is none. */
function findQuote(request: QuoteRequest, { query, number }: { query: string; number: number }): Reply {
  const { library, story } = request
  if (query === '') return speakerChoices(library.allSpeakers(story), choiceScope(request))
  if (query.length > MAX_QUERY_CHARACTERS)
    return refusal(phrases.quote.tooLong(query.length, MAX_QUERY_CHARACTERS, '/quote check "…"'))
  let speakers = library.speakers(query, story)
  let withWords: SpeakerWords | undefined
  const similar = speakers.length === 0 ? library.similarSpeakers(query, story) : []
  // Somebody’s name counts more than words that contain it.
  if (speakers.length === 0) speakers = similar.filter(speaker => isNamedBy(speaker, query))
  if (speakers.length === 0) {
    const said = saidOnDays(query, number, request)
    if (said) return said
    const quotes = library.quotesContaining(query, story)
    // Lines have the words without punctuation, which could say anything: the line of a button without room is printed.
    if (quotes.count > 0) return numberedQuote(quotes, number, tokens(query), request)
    withWords = speakerWithWords(query, library, story)
    if (withWords && withWords.quotes.length > 0) return quoteWithWords(withWords, number, request)
    const bare = withWords?.words.length === 1 ? /^\d{1,3}$/.exec(withWords.words[0]!) : null
    if (withWords && bare) return findQuote(request, { query: withWords.name, number: Number(bare[0]) })
    speakers = similar
  }
  if (speakers.length > 1) return speakerChoices(speakers, choiceScope(request))
  const [speaker] = speakers
  if (!speaker) return noExactQuote(query, request, withWords)
  const { name, quotes } = speaker
  const isWholeName = speakerKey(name).toLowerCase() === query.toLowerCase()
  const flags = { ...request.flags, ...(isWholeName ? {} : namesakeFlags(speaker, library, story)) }
  return numberedQuote(
    { count: quotes.length, nth: index => quotes[index] },
    number,
    [isWholeName ? query : nameToType(speaker, library, story)],
    { ...request, flags },
  )
}

/** Shows the nth of the quotes that were said on days that the query names, or says that there is none. */
function saidOnDays(query: string, number: number, request: QuoteRequest): Reply | undefined {
  const said = quotesSaidIn(query, request)
  if (!said) return undefined
  if (!('quotes' in said)) return said
  const matches = { count: said.quotes.length, nth: (index: number) => said.quotes[index] }
  const reply = numberedQuote(matches, number, said.query, request)
  return reply.refusal ? reply : { ...reply, lead: said.lead }
}

/** Shows the nth of somebody’s quotes that have the typed words, and says which words they do not have. */
function quoteWithWords(
  { speaker, name, words, quotes, unused }: SpeakerWords,
  number: number,
  request: QuoteRequest,
): Reply {
  const { library, story, call } = request
  const flags = { ...request.flags, ...namesakeFlags(speaker, library, story) }
  const matches = { count: quotes.length, nth: (index: number) => quotes[index] }
  const reply = numberedQuote(matches, number, [...name.split(' '), ...words], { ...request, flags })
  if (unused.length === 0 || reply.refusal) return reply
  return {
    ...reply,
    blocks: [...reply.blocks, note(phrases.quote.notWith(safeEcho(call, unused.join(' '))))],
  }
}

/** Shows the nth of some quotes, with a button to the next. */
function numberedQuote(quotes: QuoteMatches, number: number, query: string[], request: QuoteRequest): Reply {
  const { call, cardFlags } = request
  const lineFor = (nth: number, flags: ParsedLine['flags'] = {}) =>
    `/quote ${formatLine({ args: [...query, `#${nth}`], flags: { ...request.flags, ...flags } })}`
  const shown = quotes.nth(number - 1)
  if (!shown) {
    return notFoundRefusal(
      call.audience === 'caller'
        ? phrases.quote.countOfQuotesWithLine(quotes.count, lineFor(1, cardFlags))
        : [phrases.quote.countOfQuotes(quotes.count)],
    )
  }
  const { quote } = shown
  const nextButton = { label: nextLabel(shown, quotes.nth(number)), line: lineFor(number + 1) }
  const sourceButton = {
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
    buttons: number < quotes.count ? [nextButton, sourceButton] : [sourceButton],
    parts: [quotePart(shown), labelPart(shown.story)],
    audience: 'caller',
  }
  const { card, dark = false } = cardFlags
  return card ? quoteCard(reply, shown, { dark, lineOf: flags => lineFor(number, flags) }) : reply
}

/** Says that nothing matches exactly, who that is or whose words they are if the stories know it, and offers names. */
function noExactQuote(query: string, request: QuoteRequest, withWords: SpeakerWords | undefined): Reply {
  const { library, story, call } = request
  const person = unquotedPerson(library, query, call, story)
  if (person) return person
  const isSingleWord = tokens(query).length === 1
  const isPick = tokens(query).every(picksOne)
  if (!isSingleWord && !isPick) {
    for (const sourceLine of library.sourceLinesContaining(query, story)) {
      const inLine = findWords(query, sourceLine.text)
      const span = inLine && shiftSpan(inLine, sourceLine.start)
      if (span && !isInQuotationMarks(sourceLine.source.text ?? '', span))
        return outletsOwnWords(sourceLine, span, call)
    }
  }
  // Words such as `card` and `random` ask for something, and are looked for in vain; a slip in a name is no word to look for.
  if (
    withWords &&
    !isMistypedName(withWords, query) &&
    !withWords.words.every(word => readIntents([word]).count > 0 || picksOne(word))
  )
    return noneHasWords(withWords, call, library, story)
  const lineOf = (name: string) => nameLine(name, choiceScope(request).flags)
  const reply = refuseUnknown(call, query, {
    known: [library.speakerNames(story)],
    lineOf,
    help: '/quote',
    name: withoutOffice(query),
  })
  const [sourceLine] =
    isSingleWord && !isPick && reply.buttons?.length === 0 ? library.sourceLinesContaining(query, story) : []
  if (sourceLine) return wordInSource(sourceLine, call)
  return {
    ...reply,
    blocks: [...reply.blocks, note(phrases.quote.noExactMatch)],
  }
}

/** Where speakers are looked for, with the flags that their lines repeat. */
const choiceScope = ({ library, story, flags, cardFlags }: QuoteRequest) => ({
  library,
  story,
  flags: { ...flags, ...cardFlags },
})

const shiftSpan = ({ start, end }: { start: number; end: number }, by: number) => ({
  start: start + by,
  end: end + by,
})
