import type { Call } from '../../chat/platform.ts'
import { MOST_ACTIONS, missing, note, type Reply, refusal } from '../../chat/reply.ts'
import { placeOf, tokens } from '../../content/fold.ts'
import type { Library, Sayings } from '../../content/library.ts'
import type { Story } from '../../content/story.ts'
import { insideMarks } from '../../content/verify.ts'
import { phrases } from '../../phrases/phrases.ts'
import { buttonsFor, shortName } from '../buttons.ts'
import type { Command } from '../command.ts'
import type { Newsroom } from '../context.ts'
import { refusedFlag, storyFlag } from '../flags.ts'
import { headOfStory, labelOf, labelPart, sourcesBlock } from '../label.ts'
import { line, textAfter, type Words } from '../line.ts'
import { unknown } from '../refusals.ts'
import { leadOf, quoteBlock, quotePart, speakerKey } from './attribution.ts'
import { quoteCard } from './card.ts'
import { checkWords } from './check.ts'
import { outletsOwn, unquotedPerson, wordInSource } from './not-quoted.ts'

const MOST_CHOICES = 10
const MOST_TYPED = 200

/**
 * What was asked, apart from the words: in which stories, by whom, and the flags that say so again; those of a picture
 * are apart, since its buttons lead to the words too.
 */
type Asked = {
  library: Library
  story?: Story
  call: Call
  flags: Words['flags']
  drawn: { card?: true; dark?: true }
}

/** `/quote <speaker or words> [#n]` and `/quote check "<text>"`: exact words, or an honest no. */
export function quoteCommand(newsroom: Newsroom): Command {
  return {
    name: 'quote',
    about: phrases.quote.about,
    reach: 'always',
    argument: { name: 'of', about: phrases.quote.ofAbout, required: true, suggests: true },
    subcommands: [
      {
        name: 'check',
        about: phrases.quote.checkAbout,
        argument: { name: 'words', about: phrases.quote.wordsAbout, required: true },
        flags: [],
      },
    ],
    flags: ['story', 'card', 'dark', 'public'],
    run: (words, call) => run(newsroom.library(), words, call),
  }
}

/** Who checks words quotes somebody: for all to read, the quotation itself is the better answer. */
const CHECKS_ALONE = refusal(phrases.quote.checksAlone('/quote NAME --public'))
const CHECK_DRAWS = refusal(phrases.picture.checkDraws('/quote NAME --card'))
const DARK_ALONE = refusal(phrases.picture.darkAlone('/quote NAME --card --dark'))

function run(library: Library, words: Words, call: Call): Reply {
  const refused = refusedFlag(words.flags, '/quote', ['story', 'card', 'dark'])
  if (refused) return refused
  const check = toCheck(words, call.text)
  const { card, dark } = words.flags
  if (check !== undefined) {
    if (card || dark) return CHECK_DRAWS
    return words.flags.public ? CHECKS_ALONE : checkWords(library, check, call)
  }
  if (dark && !card) return DARK_ALONE
  const named = storyFlag(library, words, call, '/quote')
  if ('refused' in named) return named.refused
  const drawn = { ...(card && { card: true as const }), ...(dark && { dark: true as const }) }
  const flags: Words['flags'] = named.story ? { story: named.story.slug } : {}
  const asked: Asked = { library, call, flags, drawn, ...named }
  const { query, number } = queryOf(words.args)
  if (query === '') return choices(library.allSpeakers(asked.story), asked)
  if (query.length > MOST_TYPED)
    return refusal(phrases.quote.tooLong(query.length, MOST_TYPED, '/quote check "…"'))
  const speakers = library.speakers(query, asked.story)
  const saying = speakers.length > 0 ? undefined : library.saying(query, asked.story)
  // As they are compared: a button that finds no room is printed, for all to read, and signs may say anything.
  if (saying && saying.count > 0) return oneOf(saying, number, tokens(query).join(' '), asked)
  const meant = saying ? library.alike(query, asked.story) : speakers
  if (meant.length > 1) return choices(meant, asked)
  const [speaker] = meant
  if (!speaker) return nothingExact(query, asked)
  const { story } = asked
  const { said } = speaker
  return oneOf(
    { count: said.length, nth: index => said[index] },
    number,
    speakerKey(speaker.name).toLowerCase() === query.toLowerCase()
      ? query
      : shortName(speaker.name, library, story),
    asked,
  )
}

/** The nth quote of those found, and the way to the next. */
function oneOf(quotes: Sayings, number: number, query: string, asked: Asked): Reply {
  const { call } = asked
  const again = (n: number, flags: Words['flags'] = {}) =>
    `/quote ${line({ args: [query, `#${n}`], flags: { ...asked.flags, ...flags } })}`
  const shown = quotes.nth(number - 1)
  if (!shown) {
    return missing(
      call.audience === 'caller'
        ? phrases.quote.numberedWithLine(quotes.count, again(1, asked.drawn))
        : [phrases.quote.numbered(quotes.count)],
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
    line: `${headOfStory(shown.story, call)} sources #${quote.source.number}`,
  }
  const reply: Reply = {
    label: labelOf(shown.story, leadOf(quote)),
    blocks: [
      quoteBlock(quote),
      sourcesBlock(shown.story, [quote.source.number]),
      note(phrases.quote.exact(number, quotes.count)),
    ],
    actions: [...next, source],
    parts: [quotePart(shown), labelPart(shown.story)],
    audience: 'caller',
  }
  const { card, dark = false } = asked.drawn
  return card ? quoteCard(reply, shown, { dark, lineOf: flags => again(number, flags) }) : reply
}

/**
 * Nothing exact: says so, tells who that is or whose words they are where the stories know it, and offers names.
 */
function nothingExact(query: string, asked: Asked): Reply {
  const { library, story, call } = asked
  const person = unquotedPerson(library, query, call, story)
  if (person) return person
  const single = tokens(query).length === 1
  if (!single) {
    for (const found of library.linesHolding(query, story)) {
      const place = placeOf(query, found.text)
      if (place && !insideMarks(found.source.text ?? '', shifted(place, found.start)))
        return outletsOwn(found, shifted(place, found.start), call)
    }
  }
  const lineOf = (name: string) => lineFor(name, asked)
  const reply = unknown(call, query, { known: [library.speakerNames(story)], lineOf, help: '/quote' })
  const [found] = single && reply.actions?.length === 0 ? library.linesHolding(query, story) : []
  if (found) return wordInSource(found, call)
  return {
    ...reply,
    blocks: [...reply.blocks, note(phrases.quote.neverParaphrased)],
  }
}

function choices(speakers: { name: string }[], asked: Asked): Reply {
  const lineOf = (name: string) => lineFor(name, asked)
  const names = speakers.slice(0, MOST_CHOICES).map(speaker => speaker.name)
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
    ...refusal(phrases.quote.whose(names), ...more, note(...phrases.quote.example(lineOf(first)))),
    actions: buttonsFor(names.slice(0, MOST_ACTIONS), lineOf),
  }
}

/** The line that asks for the words of a speaker, in the same way as was asked. */
const lineFor = (name: string, { flags, drawn }: Asked) =>
  `/quote ${line({ args: [speakerKey(name)], flags: { ...flags, ...drawn } })}`

function queryOf(args: string[]): { query: string; number: number } {
  const last = /^#(\d+)$/.exec(args.at(-1) ?? '')
  const query = (last ? args.slice(0, -1) : args).join(' ').trim()
  return { query, number: last ? Number(last[1]) : 1 }
}

/**
 * The text to check, as typed: its own quotation marks belong to it, those around all of it do not. A picker sends
 * `check` and the words in one value or in two; a person who only types `check` is asked for the words.
 */
function toCheck({ args: [first = '', ...more] }: Words, typed: string): string | undefined {
  const inOne = /^check\s+(\S[\s\S]*)$/i.exec(first)
  if (inOne && more.length === 0) return unquoted(inOne[1]!)
  return first.toLowerCase() === 'check' ? unquoted(textAfter(typed, 1)) : undefined
}

function unquoted(text: string): string {
  const straight = /^"([\s\S]*)"$/.exec(text.trim())
  if (straight) return unquoted(straight[1]!.replace(/\\([\\"])/g, '$1'))
  return /^[“„]([^“”„]*)[“”]$/.exec(text.trim())?.[1] ?? text.trim()
}

const shifted = ({ start, end }: { start: number; end: number }, by: number) => ({
  start: start + by,
  end: end + by,
})
