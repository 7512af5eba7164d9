import { tokens } from '../content/fold.ts'
import type { Library, Said, SourceLine } from '../content/library.ts'
import type { Story } from '../content/story.ts'
import { insideMarks } from '../content/verify.ts'
import type { Call } from '../platform.ts'
import { type Action, type Inline, note, type Reply, refusal } from '../reply.ts'
import { type Newsroom, unknown } from './ask.ts'
import type { Command } from './command.ts'
import { headOfStory, labelOf, sourcesBlock } from './label.ts'
import { line, type Words } from './line.ts'
import { checkWords } from './quotecheck.ts'
import { kindOf, quoteBlock, quotePart, speakerKey } from './quoted.ts'

const MOST_CHOICES = 10

/** `/quote <speaker or words> [#n]` and `/quote check "<text>"`: exact words, or an honest no. */
export function quoteCommand(newsroom: Newsroom): Command {
  return {
    name: 'quote',
    about: 'Exact words, with speaker, role, source and line',
    reach: 'always',
    argument: {
      name: 'of',
      about: 'A speaker, some of the words, or check "…"',
      required: true,
      suggests: true,
    },
    flags: ['story', 'public'],
    run: (words, call) => run(newsroom.library(), words, call),
  }
}

function run(library: Library, words: Words, call: Call): Reply {
  const storyName = words.flags.story
  const story = typeof storyName === 'string' ? library.story(storyName) : undefined
  if (storyName !== undefined && !story) {
    return unknown(call, String(storyName), {
      known: library.stories.map(one => one.slug),
      lineOf: name => `/quote ${line({ ...words, flags: { ...words.flags, story: name } })}`,
      help: '/nutgraf story list',
    })
  }
  if (words.args[0]?.toLowerCase() === 'check' && words.args.length > 1)
    return checkWords(library, textToCheck(call.text), call)
  const { query, number } = asked(words.args)
  if (query === '') return whom(library, call, story)
  const speakers = library.speakers(query, story)
  if (speakers.length > 1) return choices(speakers.map(speaker => speaker.name))
  const said = speakers[0]?.said ?? library.saying(query, story)
  if (said.length > 0) return oneOf(said, number, query, story)
  return nothingExact(library, query, call, story)
}

/** The nth quote of those found, and the way to the next. */
function oneOf(said: Said[], number: number, query: string, story: Story | undefined): Reply {
  const shown = said[number - 1]
  const again = (n: number) =>
    `/quote ${line({ args: [query, `#${n}`], flags: story ? { story: story.slug } : {} })}`
  if (!shown) {
    const many = said.length === 1 ? 'is one quote' : `are ${said.length} quotes`
    return refusal([`There ${many} for that, numbered from 1: `, { code: again(1) }])
  }
  const { quote } = shown
  const next =
    number < said.length
      ? [{ label: quote.next ? `Next: ${quote.next}` : 'Next', line: again(number + 1) }]
      : []
  const source = { label: 'Source', line: `${headOfStory(shown.story)} sources #${quote.source.number}` }
  return {
    label: labelOf(shown.story, {
      lead: kindOf(quote),
      ...(quote.remark !== undefined && { remark: quote.remark }),
    }),
    blocks: [
      quoteBlock(quote),
      sourcesBlock(shown.story, [quote.source.number]),
      note(`${number} of ${said.length} · exact match with our stored copy`),
    ],
    actions: [...next, source] satisfies Action[],
    parts: [quotePart(shown)],
    audience: 'caller',
  }
}

/** Nothing exact: says so, tells whose words they are if a source has them outside quotation marks, and offers names. */
function nothingExact(library: Library, query: string, call: Call, story: Story | undefined): Reply {
  const own =
    tokens(query).length > 1
      ? library.linesHolding(query, story).find(found => !quotedThere(found, query))
      : undefined
  if (own) return outletsOwn(own)
  const names = library
    .allSpeakers(story)
    .flatMap(speaker => [speaker.name, ...speaker.name.split(' ').slice(-1)])
  const lineOf = (name: string) =>
    `/quote ${line({ args: [speakerKey(name)], flags: story ? { story: story.slug } : {} })}`
  const reply = unknown(call, query, { known: names, lineOf, help: '/quote' })
  return {
    ...reply,
    blocks: [...reply.blocks, note('No quotation here has exactly these words. I never paraphrase.')],
  }
}

function outletsOwn(found: SourceLine): Reply {
  const { story, source } = found
  const claim = story.facts.find(
    fact => fact.claim?.source === source && fact.claim.spans.some(span => span.line === found.line),
  )
  const where = `${source.outlet}, line ${found.line} of our copy (source ${source.number})`
  return {
    ...refusal([
      { bold: 'There is no such quotation.' },
      ` These words are the outlet’s own: they stand in ${where} without quotation marks, and nobody is quoted as saying them.`,
    ]),
    label: labelOf(story, { lead: 'not a quotation' }),
    parts: claim ? [`${story.slug}/fact:${claim.id}`] : [],
    actions: [{ label: 'Source', line: `${headOfStory(story)} sources #${source.number}` }],
  }
}

function quotedThere(found: SourceLine, query: string): boolean {
  const first = tokens(query)[0] ?? ''
  const at = found.text.toLowerCase().indexOf(first)
  return insideMarks(found.source.text ?? '', {
    start: found.start + Math.max(0, at),
    end: found.start + Math.max(0, at),
  })
}

function whom(library: Library, _call: Call, story: Story | undefined): Reply {
  return choices(library.allSpeakers(story).map(speaker => speaker.name))
}

function choices(names: string[]): Reply {
  const lineOf = (name: string) => `/quote ${line({ args: [speakerKey(name)], flags: {} })}`
  const shown = names.slice(0, MOST_CHOICES)
  const rest = names.length - shown.length
  const items = shown.flatMap((name, index): Inline[] => [index > 0 ? ' · ' : '', { bold: name }])
  const more = rest > 0 ? [note(`and ${rest} more: type a name, or some of the words`)] : []
  return {
    ...refusal(
      ['Whose words? ', ...items],
      ...more,
      note('For example ', { code: lineOf(shown[0] ?? 'a name') }),
    ),
    actions: shown.slice(0, 3).map(name => ({ label: name, line: lineOf(name) })),
  }
}

function asked(args: string[]): { query: string; number: number } {
  const last = /^#(\d{1,4})$/.exec(args.at(-1) ?? '')
  return last
    ? { query: args.slice(0, -1).join(' '), number: Number(last[1]) }
    : { query: args.join(' '), number: 1 }
}

/** The text after `check`, as typed: its own quotation marks belong to it, those around all of it do not. */
function textToCheck(typed: string): string {
  const rest = typed.replace(/^\s*check\s+/i, '').trim()
  const whole = /^["“„]([\s\S]*)["”]$/.exec(rest)
  if (!whole) return rest
  return rest.startsWith('"') ? whole[1]!.replace(/\\([\\"])/g, '$1') : whole[1]!
}
