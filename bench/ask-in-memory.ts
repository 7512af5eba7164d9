/**
 * Answers lines from memory, without a platform, and prints as JSON how long that took. Runs in a process of its own:
 * `node bench/ask-in-memory.ts 10000` uses the bundled stories and generated ones, 10,000 in all; `content` instead of a
 * number uses the stories of CONTENT_DIR.
 */

import type { Reply } from '../src/chat/reply.ts'
import { createHandler } from '../src/commands/handler.ts'
import { storyPrefix } from '../src/commands/label.ts'
import { formatLine, splitCommand } from '../src/commands/line.ts'
import { createLibrary, type Library } from '../src/content/library.ts'
import { readFolder } from '../src/content/read/folder.ts'
import { loadContent } from '../src/content/read/load.ts'
import { render as renderDiscord } from '../src/platforms/discord/render.ts'
import { render as renderSlack } from '../src/platforms/slack/render.ts'
import { generatedStories } from './generated-stories.ts'
import { median, percentile } from './percentiles.ts'

/**
 * The times of one kind of line, in milliseconds, as medians of several rounds. `first` is the very first call, which may
 * build an index; `goal` is the highest p99 that is acceptable.
 */
export type LineTiming = { what: string; goal?: number; first: number; p50: number; p99: number }

/** Long enough for the compiler to optimise what is measured. */
const WARM_MS = 200
const ROUNDS = 5
const ROUND_MS = 120
/** How many calls of a round are kept: a round of quick calls would otherwise fill the memory with figures. */
const MAX_CALLS = 5_000
const GOAL_MS = 1
const GOAL_SEARCH_MS = 5
const QUARTER_MS = 15 * 60_000
const NOW = Date.UTC(2026, 10, 25)

type LineKind = { what: string; search?: true; lines: (library: Library) => string[] }

/** The kinds of lines, each about many stories, speakers or words in turn, so that no line is soon repeated. */
const KINDS: LineKind[] = [
  {
    what: 'summary',
    lines: library => sampleOf(library.stories).map(story => `${storyPrefix(story)} summary`),
  },
  {
    what: 'timeline',
    lines: library => sampleOf(library.stories).map(story => `${storyPrefix(story)} timeline`),
  },
  {
    what: 'quote by speaker',
    lines: library => sampleOf(library.allSpeakers()).map(speaker => `/quote ${speaker.name}`),
  },
  {
    what: 'quote by words',
    lines: library =>
      sampleOf(library.stories.flatMap(story => story.quotes)).map(
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
    lines: library =>
      sampleOf(library.stories).map(story => `/nutgraf ${story.slug.slice(0, 1)}x${story.slug.slice(2)}`),
  },
  { what: 'unknown verb, did you mean', lines: () => ['/lawsuit sumary', '/lawsuit qoutes'] },
  {
    what: 'unknown speaker, did you mean',
    lines: library => sampleOf(library.allSpeakers()).map(({ name }) => `/quote ${name.slice(0, -2)}x`),
  },
  { what: 'help', lines: () => ['/nutgraf help', '/lawsuit help', '/nutgraf help quote'] },
  { what: 'story list', lines: () => ['/nutgraf story list'] },
  { what: 'changes', lines: () => ['/nutgraf changes', '/nutgraf changes --since 2017-01-01'] },
]

/** Picks about 500 items, spread evenly. */
const sampleOf = <T>(items: T[]): T[] => {
  const step = Math.max(1, Math.floor(items.length / 500))
  return items.filter((_, index) => index % step === 0)
}

/** The bundled stories and generated ones, this many in all. */
async function generatedLibrary(count: number): Promise<Library> {
  const { stories } = loadContent((await readFolder('content')).files)
  return createLibrary([...stories, ...generatedStories(count - stories.length)], 'bench')
}

/** The stories of CONTENT_DIR, opened as the command line opens them. */
async function configuredLibrary(): Promise<Library> {
  const { readConfig } = await import('../src/config.ts')
  const read = readConfig(process.env)
  if ('problems' in read) throw new Error(read.problems.join('\n'))
  const { openStoriesOnly } = await import('../src/cli/open.ts')
  return (await openStoriesOnly(read.config)).library()
}

/** Measures all kinds of lines. */
async function measure(library: Library): Promise<LineTiming[]> {
  const log = { debug() {}, info() {}, warn() {}, error: (details: object) => console.error(details) }
  const { answer, suggest } = createHandler({ library: () => library, version: 'bench', zone: 'UTC' }, log)
  const callFor = (typed: string) => ({
    ...splitCommand(typed),
    place: 'slack:T1/C1' as const,
    caller: { id: 'slack:T1/U1', rights: [] },
    audience: 'caller' as const,
    at: 0,
  })
  const kinds = KINDS.map(({ what, search, lines }): LineTiming => {
    const calls = lines(library).map(callFor)
    const goal = search ? GOAL_SEARCH_MS : GOAL_MS
    // Each call has another time of day, so that no answer comes from a cache.
    const callAt = (index: number) => ({ ...calls[index % calls.length]!, at: NOW + index * QUARTER_MS })
    return { what, goal, ...timeCalls(index => answer(callAt(index))) }
  })
  const typed = ['s', 'la', 'law', 'qui']
  const query = { command: 'nutgraf', subcommand: 'story', argument: 'name', at: 0 }
  const completion = timeCalls(index => suggest({ ...query, typed: typed[index % typed.length]! }))
  const reply = answer(callFor('/lawsuit summary')) as Reply
  return [
    ...kinds,
    { what: 'completion of a story’s name', goal: GOAL_MS, ...completion },
    { what: 'drawing a summary for Slack', ...timeCalls(() => renderSlack({ ...reply })) },
    { what: 'drawing a summary for Discord', ...timeCalls(() => renderDiscord({ ...reply })) },
  ]
}

/** Times the first call, then warm ones in rounds. */
function timeCalls(ask: (index: number) => unknown): { first: number; p50: number; p99: number } {
  let index = 0
  const timeOne = () => {
    const from = performance.now()
    ask(index++)
    return performance.now() - from
  }
  const timeMany = (ms: number) => {
    const times: number[] = []
    for (const end = performance.now() + ms; performance.now() < end && times.length < MAX_CALLS; )
      times.push(timeOne())
    return times
  }
  const first = timeOne()
  timeMany(WARM_MS)
  const rounds = Array.from({ length: ROUNDS }, () => timeMany(ROUND_MS))
  const medianOf = (percent: number) => median(rounds.map(times => percentile(times, percent)))
  return { first, p50: medianOf(50), p99: medianOf(99) }
}

if (import.meta.main) {
  const [, , size] = process.argv
  const library = size === 'content' ? await configuredLibrary() : await generatedLibrary(Number(size))
  process.stdout.write(JSON.stringify(await measure(library)))
}
