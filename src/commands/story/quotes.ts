import { note, notFoundRefusal, type Reply, refusal } from '../../chat/reply.ts'
import { tokens } from '../../content/fold.ts'
import type { Speaker } from '../../content/speakers.ts'
import { localDate } from '../../dates/dates.ts'
import { phrases } from '../../phrases/phrases.ts'
import type { StoryRequest } from '../context.ts'
import { labelOf, labelPart, sourcesBlock } from '../label.ts'
import { formatLine } from '../line.ts'
import { drawList, fitInFull, type List, turnButtons } from '../lists/draw-list.ts'
import { chooseByWords, hasTypedWord, readFilter, unusedLead } from '../lists/matching-words.ts'
import { type PageFrame, pageNumber } from '../pages.ts'
import { labelLead, quoteBlock, quotePart, speakerKey } from '../quote/attribution.ts'
import { unquotedPerson } from '../quote/not-quoted.ts'
import { refuseUnknown, safeEcho } from '../refusals.ts'
import { type DayRange, readSaidRange, writtenRange } from './days-in-words.ts'
import { type QuoteItem, quoteItems } from './quote-items.ts'
import { isSaidWithin, nearestSaid, noneSaid, saidLead } from './said-days.ts'

/** Quotes that a line asks for: what to type for them after the verb, and what to say above them. */
type Chosen = { items: QuoteItem[]; rest: string } & Pick<PageFrame, 'lead'>

/**
 * `quotes [speaker] [words] [dates] [#n]`: the speakers, the quotes of one, those with some words, those said on some days,
 * or one in full.
 */
export function storyQuotes(request: StoryRequest): Reply {
  const { story, storyPrefix, call, library } = request
  if (story.quotes.length === 0) return notFoundRefusal(phrases.story.noQuotes(`${storyPrefix} help`))
  const { words: args, number } = readFilter(request.args)
  // Somebody’s name counts more than a date in it.
  const isName = args.length > 0 && library.speakers(args.join(' '), story).length > 0
  const { range, words } = isName ? { words: args } : readSaidRange(args, localDate(call.at, request.zone))
  const { all } = quoteItems(library)(story)
  const typed = words.join(' ')
  const ofSpeakers = words.length > 0 ? quotesOfSpeakers(request, words) : undefined
  const person = typed !== '' && !ofSpeakers ? unquotedPerson(library, typed, call, story) : undefined
  if (person) return person
  const chosen =
    words.length === 0 ? { items: all, rest: '' } : (ofSpeakers ?? quotesWithWords(request, words))
  if (chosen.items.length === 0)
    return refuseUnknown(call, typed, {
      known: [library.speakerNames(story)],
      lineOf: name => `${storyPrefix} ${formatLine({ args: ['quotes', speakerKey(name)], flags: {} })}`,
      help: `${storyPrefix} quotes`,
    })
  if (!range) return showQuotes(request, chosen, number)
  // On those days others may have spoken for whoever is named: one judge of a court.
  const wider = hasSaid(chosen, range) ? undefined : quotesOfSpeakers(request, words, 'alike')
  return showSaid(request, wider && hasSaid(wider, range) ? wider : chosen, range, number)
}

const hasSaid = ({ items }: Chosen, range: DayRange): boolean =>
  items.some(({ quote }) => isSaidWithin(quote, range))

/** Of the quotes that a line asks for, those that were said on some days. */
function showSaid(
  request: StoryRequest,
  { items, rest, lead = [] }: Chosen,
  range: DayRange,
  number?: number,
) {
  const { story, library, commandLine } = request
  const quotes = items.map(({ quote }) => quote)
  const said = items.filter(({ quote }) => isSaidWithin(quote, range))
  if (said.length > 0) {
    const between = lead.length > 0 ? [phrases.plain.between] : []
    return showQuotes(
      request,
      {
        items: said,
        rest: `${rest} ${writtenRange(range)}`.trim(),
        lead: [...lead, ...between, ...saidLead(range, said.length, quotes)],
      },
      number,
    )
  }
  const near = items[nearestSaid(quotes, range) ?? -1]
  const line = `${commandLine} ${near?.typed}`
  const nearest = near && { saidOn: near.quote.saidOn, line }
  const { speakers } = quoteItems(library)(story)
  const isWhole = (own: QuoteItem[]) => own.length === items.length && own.every(item => items.includes(item))
  const speaker = speakers.find(each => isWhole(each.quotes))?.name
  return {
    ...refusal(noneSaid(range, quotes, { speaker, nearest })),
    ...(lead.length > 0 && { lead }),
    label: labelOf(story),
    buttons: near ? [{ label: near.quote.speaker, line }] : [],
    parts: [labelPart(story)],
  }
}

/** The quotes of the speakers that are typed, and of these, those with the other words. Undefined if none is typed. */
function quotesOfSpeakers(
  { library, story, call }: StoryRequest,
  words: string[],
  names: 'exact' | 'alike' = 'exact',
): Chosen | undefined {
  for (let count = words.length; count > 0; count--) {
    const choices = [
      { name: words.slice(0, count), others: words.slice(count) },
      { name: words.slice(-count), others: words.slice(0, -count) },
    ]
    for (const { name, others } of choices) {
      const speakers = speakersNamed(name.join(' '))
      if (speakers.length === 0) continue
      const names = new Set(speakers.map(speaker => speaker.name))
      const own = quoteItems(library)(story).all.filter(({ quote }) => names.has(quote.speaker))
      const { found, used, unused } = chooseByWords(own, others, (item, word) =>
        hasTypedWord(item.words, word),
      )
      const rest = formatLine({
        args: [tokens(name.join(' ')).join(' ') || name.join(' '), ...used],
        flags: {},
      })
      const isNone = others.length > 0 && used.length === 0
      return {
        items: isNone ? own : found.length > 0 ? found : own,
        rest,
        ...(isNone
          ? noneLead(own.length, names.size === 1 ? speakers[0]!.name : undefined)
          : unusedLead(call, unused)),
      }
      function noneLead(quotes: number, speaker: string | undefined) {
        const echo = safeEcho(call, unused.join(' '))
        return { lead: [phrases.story.noQuoteWith(quotes, speaker, echo)] }
      }
    }
  }
  return undefined

  function speakersNamed(name: string): Speaker[] {
    const exact = library.speakers(name, story)
    if (exact.length > 0 && names === 'exact') return exact
    return [...new Set([...exact, ...library.similarSpeakers(name, story)])]
  }
}

function quotesWithWords({ library, story, call }: StoryRequest, words: string[]): Chosen {
  const { all } = quoteItems(library)(story)
  const { found, used, unused } = chooseByWords(all, words, (item, word) => hasTypedWord(item.words, word))
  return { items: found, rest: used.join(' '), ...unusedLead(call, unused) }
}

function showQuotes(request: StoryRequest, { items, rest, lead }: Chosen, number?: number): Reply {
  const { story, library, commandLine, flags } = request
  const { speakers, all } = quoteItems(library)(story)
  const line = `${commandLine} ${rest}`.trim()
  const isOneSpeaker = items.every(({ quote }) => quote.speaker === items[0]!.quote.speaker)
  const numbered = isOneSpeaker ? items.find(item => item.number === number) : items[(number ?? 0) - 1]
  if (number !== undefined && !numbered)
    return notFoundRefusal(phrases.pages.noSuchNumber(items.length, line))
  const one = numbered ?? (items.length === 1 && all.length > 1 ? items[0] : undefined)
  if (one) return openQuote(request, one, lead)
  const frame: PageFrame = {
    ...(lead && { lead }),
    label: labelOf(story),
    title: phrases.story.title.quotes(story.title),
  }
  const list: Pick<List, 'story' | 'frame' | 'line' | 'verbLine' | 'page'> = {
    story,
    frame,
    line,
    verbLine: commandLine,
    page: flags.page,
  }
  if (rest === '' && speakers.length > 1 && !fitInFull(story, frame, items)) {
    const [first] = speakers.toSorted((a, b) => b.quotes.length - a.quotes.length)
    return drawList({
      ...list,
      items: speakers,
      menu: phrases.story.menuOfSpeakers,
      heading: phrases.story.quotesBySpeakers(all.length, speakers.length, `${commandLine} ${first!.typed}`),
    })
  }
  const example = `${commandLine} ${items[0]!.typed}`
  return drawList({
    ...list,
    items: isOneSpeaker ? items.map(item => ({ ...item, ...item.alone })) : items,
    menu: phrases.story.menuOfQuotes,
    heading: phrases.story.countOfQuotes(
      items.length,
      isOneSpeaker ? items[0]!.quote.speaker : undefined,
      example,
    ),
  })
}

/** One quote as `/quote` shows it, with buttons back to its speaker and to the quotes beside it. */
function openQuote(
  request: StoryRequest,
  { quote, number, typed }: QuoteItem,
  lead: PageFrame['lead'],
): Reply {
  const { story, library, commandLine, flags } = request
  const { speakers } = quoteItems(library)(story)
  const inOrder = speakers.flatMap(({ quotes }) => quotes)
  const at = inOrder.findIndex(item => item.quote === quote)
  const speaker = speakers.find(({ name }) => name === quote.speaker)!
  const page = pageNumber({ page: flags.page, line: `${commandLine} ${typed}` }, 1)
  if (typeof page !== 'number') return page
  const lineAt = (place: number) => inOrder[place] && `${commandLine} ${inOrder[place].typed}`
  const isAlone = speaker.quotes.length === 1 || speakers.length === 1
  return {
    ...(lead && { lead }),
    label: labelOf(story, labelLead(quote)),
    blocks: [
      quoteBlock(quote),
      sourcesBlock(story, [quote.source.number]),
      note(phrases.quote.exactMatch(number, speaker.quotes.length)),
    ],
    buttons: turnButtons(
      isAlone ? commandLine : `${commandLine} ${speaker.typed}`,
      lineAt(at + 1),
      lineAt(at - 1),
    ),
    parts: [quotePart({ story, quote }), labelPart(story)],
    audience: 'caller',
  }
}
