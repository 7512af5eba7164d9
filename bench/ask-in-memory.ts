/**
 * A process of its own that answers lines from memory, without any platform, and prints how long that took:
 * `node bench/ask-in-memory.ts 10000` does so with the bundled stories and as many generated ones as make 10,000.
 */

import type { Reply } from '../src/chat/reply.ts'
import { createHandler } from '../src/commands/handler.ts'
import { storyPrefix } from '../src/commands/label.ts'
import { formatLine, splitCommand } from '../src/commands/line.ts'
import { createLibrary, type Library } from '../src/content/library.ts'
import { readFolder } from '../src/content/read/folder.ts'
import { loadContent } from '../src/content/read/load.ts'
import { render as discord } from '../src/platforms/discord/render.ts'
import { render as slack } from '../src/platforms/slack/render.ts'
import { generatedStories } from './generated-stories.ts'
import { median, percentile } from './percentiles.ts'

/**
 * What was measured of one kind of line, in milliseconds: medians of several rounds. `first` is the very first call,
 * which may build an index; `goal` is the most that p99 should be.
 */
export type LineTiming = { what: string; goal?: number; first: number; p50: number; p99: number }

const WARM_MS = 200
const ROUNDS = 5
const ROUND_MS = 120
const MAX_CALLS = 5_000
const GOAL_MS = 1
const GOAL_SEARCH_MS = 5
const QUARTER_MS = 15 * 60_000
const NOW = Date.UTC(2026, 10, 25)

type Kind = { what: string; search?: true; lines: (books: Library) => string[] }

/** Kinds of lines; each is asked about many stories, speakers or words in turn, so that no answer is asked twice soon. */
const KINDS: Kind[] = [
  { what: 'summary', lines: books => sampleOf(books.stories).map(story => `${storyPrefix(story)} summary`) },
  {
    what: 'timeline',
    lines: books => sampleOf(books.stories).map(story => `${storyPrefix(story)} timeline`),
  },
  {
    what: 'quote by speaker',
    lines: books => sampleOf(books.allSpeakers()).map(speaker => `/quote ${speaker.name}`),
  },
  {
    what: 'quote by words',
    lines: books =>
      sampleOf(books.stories.flatMap(story => story.quotes)).map(
        quote =>
          `/quote ${formatLine({ args: [quote.words.split(/\s+/).slice(1, 7).join(' ')], flags: {} })}`,
      ),
  },
  { what: 'quote nobody said', lines: () => ['/quote see you in court', '/quote the court of the mayor'] },
  { what: 'quote check', lines: () => ['/quote check "the harm they do to the city and the court"'] },
  { what: 'find, rare word', search: true, lines: () => ['/nutgraf find ice', '/nutgraf find byrne'] },
  { what: 'find, long word', search: true, lines: () => ['/nutgraf find sanctuary'] },
  { what: 'find, common word', search: true, lines: () => ['/nutgraf find court', '/nutgraf find mayor'] },
  { what: 'find, three words', search: true, lines: () => ['/nutgraf find mayor court order'] },
  {
    what: 'unknown story, did you mean',
    lines: books =>
      sampleOf(books.stories).map(story => `/nutgraf ${story.slug.slice(0, 1)}x${story.slug.slice(2)}`),
  },
  { what: 'unknown verb, did you mean', lines: () => ['/lawsuit sumary', '/lawsuit qoutes'] },
  {
    what: 'unknown speaker, did you mean',
    lines: books => sampleOf(books.allSpeakers()).map(({ name }) => `/quote ${name.slice(0, -2)}x`),
  },
  { what: 'help', lines: () => ['/nutgraf help', '/lawsuit help', '/nutgraf help quote'] },
  { what: 'story list', lines: () => ['/nutgraf story list'] },
  { what: 'changes', lines: () => ['/nutgraf changes', '/nutgraf changes --since 2017-01-01'] },
]

const sampleOf = <T>(all: T[]): T[] => {
  const step = Math.max(1, Math.floor(all.length / 500))
  return all.filter((_, index) => index % step === 0)
}

async function measure(count: number): Promise<LineTiming[]> {
  const { stories } = loadContent((await readFolder('content')).files)
  const books = createLibrary([...stories, ...generatedStories(count - stories.length)], 'bench')
  const log = { debug() {}, info() {}, warn() {}, error: (details: object) => console.error(details) }
  const { answer, suggest } = createHandler({ library: () => books, version: 'bench', zone: 'UTC' }, log)
  const call = (typed: string) => ({
    ...splitCommand(typed),
    place: 'slack:T1/C1' as const,
    caller: { id: 'slack:T1/U1', rights: [] },
    audience: 'caller' as const,
    at: 0,
  })
  const kinds = KINDS.map(({ what, search, lines }): LineTiming => {
    const calls = lines(books).map(call)
    const goal = search ? GOAL_SEARCH_MS : GOAL_MS
    // Each at another time of day, so that no answer is simply remembered.
    const later = (index: number) => ({ ...calls[index % calls.length]!, at: NOW + index * QUARTER_MS })
    return { what, goal, ...timeCalls(index => answer(later(index))) }
  })
  const typed = ['s', 'la', 'law', 'qui']
  const story = { command: 'nutgraf', subcommand: 'story', argument: 'name', at: 0 }
  const completed = timeCalls(index => suggest({ ...story, typed: typed[index % typed.length]! }))
  const reply = answer(call('/lawsuit summary')) as Reply
  return [
    ...kinds,
    { what: 'completion of a story’s name', goal: GOAL_MS, ...completed },
    { what: 'drawing a summary for Slack', ...timeCalls(() => slack({ ...reply })) },
    { what: 'drawing a summary for Discord', ...timeCalls(() => discord({ ...reply })) },
  ]
}

function timeCalls(ask: (index: number) => unknown): { first: number; p50: number; p99: number } {
  let index = 0
  const once = () => {
    const from = performance.now()
    ask(index++)
    return performance.now() - from
  }
  const repeated = (ms: number) => {
    const took: number[] = []
    for (const end = performance.now() + ms; performance.now() < end && took.length < MAX_CALLS; )
      took.push(once())
    return took
  }
  const first = once()
  repeated(WARM_MS)
  const rounds = Array.from({ length: ROUNDS }, () => repeated(ROUND_MS))
  const of = (share: number) => median(rounds.map(took => percentile(took, share)))
  return { first, p50: of(50), p99: of(99) }
}

if (import.meta.main) process.stdout.write(JSON.stringify(await measure(Number(process.argv[2]))))
