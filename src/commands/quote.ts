import { placeOf, tokens } from '../content/fold.ts'
import type { Library, Sayings } from '../content/library.ts'
import type { Story } from '../content/story.ts'
import { insideMarks } from '../content/verify.ts'
import type { Call } from '../platform.ts'
import { type Inline, MOST_ACTIONS, missing, note, type Reply, refusal } from '../reply.ts'
import { type Newsroom, unknown } from './ask.ts'
import type { Command } from './command.ts'
import { refusedFlag, storyFlag } from './flags.ts'
import { headOfStory, labelOf, labelPart, sourcesBlock } from './label.ts'
import { line, textAfter, type Words } from './line.ts'
import { buttonsFor, shortName } from './named.ts'
import { checkWords } from './quotecheck.ts'
import { leadOf, quoteBlock, quotePart, speakerKey } from './quoted.ts'
import { outletsOwn, unquotedPerson, wordInSource } from './unquoted.ts'

const MOST_CHOICES = 10
const MOST_TYPED = 200

/** What was asked, apart from the words: in which stories, by whom, and how to say it again. */
type Asked = { library: Library; story?: Story; call: Call }

/** `/quote <speaker or words> [#n]` and `/quote check "<text>"`: exact words, or an honest no. */
export function quoteCommand(newsroom: Newsroom): Command {
  return {
    name: 'quote',
    about: 'Exact words, with speaker, role, source and line',
    reach: 'always',
    argument: { name: 'of', about: 'A speaker, or some of the words', required: true, suggests: true },
    subcommands: [
      {
        name: 'check',
        about: 'Whether words stand in our sources exactly so',
        argument: { name: 'words', about: 'The words to check, as they were published', required: true },
        flags: [],
      },
    ],
    flags: ['story', 'public'],
    run: (words, call) => run(newsroom.library(), words, call),
  }
}

/** Who checks words quotes somebody: for all to read, the quotation itself is the better answer. */
const CHECKS_ALONE = refusal([
  'A check is for you alone: it tells how your words differ from our copy. A quotation can be shared: ',
  { code: '/quote NAME --public' },
])

function run(library: Library, words: Words, call: Call): Reply {
  const refused = refusedFlag(words.flags, '/quote', ['story'])
  if (refused) return refused
  const check = toCheck(words, call.text)
  if (check !== undefined) return words.flags.public ? CHECKS_ALONE : checkWords(library, check, call)
  const named = storyFlag(library, words, call, '/quote')
  if ('refused' in named) return named.refused
  const asked: Asked = { library, call, ...named }
  const { query, number } = queryOf(words.args)
  if (query === '') return choices(library.allSpeakers(asked.story), asked)
  if (query.length > MOST_TYPED)
    return refusal([
      `That has ${query.length} characters. Ask with at most ${MOST_TYPED}; to check a whole passage: `,
      { code: '/quote check "…"' },
    ])
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
function oneOf(quotes: Sayings, number: number, query: string, { story, call }: Asked): Reply {
  const again = (n: number) =>
    `/quote ${line({ args: [query, `#${n}`], flags: story ? { story: story.slug } : {} })}`
  const shown = quotes.nth(number - 1)
  if (!shown) {
    const many = quotes.count === 1 ? 'is one quote' : `are ${quotes.count} quotes`
    const first: Inline[] = call.audience === 'caller' ? [': ', { code: again(1) }] : ['.']
    return missing([`There ${many} for that, numbered from 1`, ...first])
  }
  const { quote } = shown
  const next =
    number < quotes.count
      ? [{ label: quote.next ? `Next: ${quote.next}` : 'Next', line: again(number + 1) }]
      : []
  const source = {
    label: 'Source',
    line: `${headOfStory(shown.story, call)} sources #${quote.source.number}`,
  }
  return {
    label: labelOf(shown.story, leadOf(quote)),
    blocks: [
      quoteBlock(quote),
      sourcesBlock(shown.story, [quote.source.number]),
      note(`${number} of ${quotes.count} · exact match with our stored copy`),
    ],
    actions: [...next, source],
    parts: [quotePart(shown), labelPart(shown.story)],
    audience: 'caller',
  }
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
  const lineOf = (name: string) =>
    `/quote ${line({ args: [speakerKey(name)], flags: story ? { story: story.slug } : {} })}`
  const reply = unknown(call, query, { known: [library.speakerNames(story)], lineOf, help: '/quote' })
  const [found] = single && reply.actions?.length === 0 ? library.linesHolding(query, story) : []
  if (found) return wordInSource(found, call)
  return {
    ...reply,
    blocks: [...reply.blocks, note('No quotation here has exactly these words. I never paraphrase.')],
  }
}

function choices(speakers: { name: string }[], { library, story }: Asked): Reply {
  const lineOf = (name: string) =>
    `/quote ${line({ args: [speakerKey(name)], flags: story ? { story: story.slug } : {} })}`
  const names = speakers.slice(0, MOST_CHOICES).map(speaker => speaker.name)
  const [first] = names
  if (first === undefined) {
    const where =
      story && library.stories.length > 1
        ? 'This story has no quotations yet. All stories: '
        : 'There are no quotations yet. All stories: '
    return refusal([where, { code: '/nutgraf story list' }])
  }
  const rest = speakers.length - names.length
  const items = names.flatMap((name, index): Inline[] => [index > 0 ? ' · ' : '', { bold: name }])
  const more = rest > 0 ? [note(`and ${rest} more: type a name, or some of the words`)] : []
  return {
    ...refusal(['Whose words? ', ...items], ...more, note('For example ', { code: lineOf(first) })),
    actions: buttonsFor(names.slice(0, MOST_ACTIONS), lineOf),
  }
}

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
