/**
 * The types of a story, as the rest of the program sees it. On disk a story is a folder: story.md, quotes.yml,
 * timeline.yml, people.yml, facts.yml, corrections.yml, sources.yml and sources/*.
 */
import type { Block, Inline, StoryState } from '../chat/reply.ts'

/** The position of quoted words in a source's stored text: UTF-16 offsets, and the line counted from 1. */
export type Span = { start: number; end: number; line: number }

/**
 * A document that a story is based on. `text` is our stored copy, byte for byte, and `file` its path for people. `skip`
 * numbers the lines of it that belong to the website, not to the story.
 */
export type Source = {
  number: number
  outlet: string
  title: string
  kind: string
  date?: string
  dateNote?: string
  url?: string
  seen?: string
  rights?: string
  note?: string
  text?: string
  file?: string
  skip: number[]
}

/**
 * Words that somebody said or wrote, found byte for byte in a stored source. `words` joins the spans with ` […] `, or with
 * a space where they are one quotation over a paragraph break.
 */
export type Quote = {
  id: string
  speaker: string
  aliases: string[]
  role: string
  kind: 'direct' | 'partial' | 'reported'
  words: string
  /** Where each span begins in `words`. */
  starts: number[]
  spans: Span[]
  source: Source
  saidOn: string
  remark?: string
  next?: string
  note?: Inline[]
  embargo?: string
}

/**
 * A dated entry of the timeline. `date` may be a month (`2021-09`) or a year (`2021`). `added` is the day on which an
 * older event was entered. `expected` marks one that is still to come. A `major` event is drawn in the picture of the
 * timeline, with `short` instead of its text. `id` is the name that messages know it by; if its entry is called
 * something else, that is `written`. `unnamed` marks an entry without an id, called by its place in the day.
 */
export type Event = {
  id: string
  written?: string
  unnamed?: true
  date: string
  text: Inline[]
  confidence: 'high' | 'medium'
  sources: number[]
  major: boolean
  short?: string
  added?: string
  expected?: true
  note?: Inline[]
  embargo?: string
}

/**
 * A person or organisation in the story, with the role they had at the time. `from` and `until` are the first and the last
 * day on which they had it, as far as that is known.
 */
export type Person = {
  name: string
  aliases: string[]
  role: string
  from?: string
  until?: string
  about?: Inline[]
  sources: number[]
}

/**
 * What the record shows. With a `claim` it is about words of a stored source: every excerpt that shows any of these
 * words must show the verdict too.
 */
export type Fact = {
  id: string
  text: Inline[]
  confidence: 'high' | 'medium' | 'unverified'
  sources: number[]
  claim?: { says: string; source: Source; spans: Span[]; verdict: string; short?: string }
}

/**
 * A mistake of ours: what was wrong, what is right, and why. `part` is `quote:ID`, `event:ID`, `expected:ID`, `fact:ID`,
 * `section:NAME` or `label`. Without `repeat`, the wrong words are never shown again. With `notice`, the correction is
 * also posted at once, in the thread of each message that shows the part.
 */
export type Correction = {
  on: string
  part: string
  was: string
  now: string
  why: string
  repeat: boolean
  notice: boolean
  embargo?: string
}

/**
 * A story that was taken down, the day and the reason. Asking for it, by its slug or command, shows this and nothing of
 * the story.
 */
export type Withdrawal = { slug: string; on: string; reason: string; command?: string }

/**
 * By which words items on the wire are found for a story: an item has one of `words`, and none of `not`. Each is a word
 * or a phrase.
 */
export type WireWords = { words: string[]; not: string[] }

/** One block of a section (each list item is its own block), and the numbers of the sources cited in it. */
export type CitedBlock = { block: Block; sources: number[] }

/** A section of story.md: `## Cities` is the verb `cities`. `sources` are all numbers cited in it, in order. */
export type Section = { name: string; title: string; body: CitedBlock[]; sources: number[]; words: number }

/**
 * A subject that is followed over time. `from` is the date of its first event, `coversTo` the date of the last one
 * known. `timeline` is what has happened, `coming` what is expected, the nearest first. `why` is one sentence on why the
 * story matters. It does not exist before its `embargo`, an ISO moment with its zone; quotes, events and corrections may
 * have one too. `stale` is the warning on a story whose last check is too long ago.
 * `wire` finds its items.
 */
export type Story = {
  slug: string
  title: string
  dek: string
  state: StoryState
  from?: string
  coversTo: string
  notChecked?: string
  checked?: { on: string; by?: string }
  stale?: string
  embargo?: string
  withdrawn?: { on: string; reason: string }
  published?: string
  archive?: string
  next?: string
  why?: { text: Inline[]; sources: number[] }
  command?: string
  tags: string[]
  wire?: WireWords
  sections: Section[]
  quotes: Quote[]
  timeline: Event[]
  people: Person[]
  facts: Fact[]
  sources: Source[]
  coming: Event[]
  corrections: Correction[]
}

/** A problem in a content file: where it is and what to do. */
export type Problem = { file: string; line: number; message: string }

/** `file:line message`, as `npm run check` prints it. */
export const formatProblem = (problem: Problem) => `${problem.file}:${problem.line} ${problem.message}`

/** The verbs that every story has. */
export const STORY_VERBS = [
  'summary',
  'status',
  'timeline',
  'latest',
  'quotes',
  'who',
  'background',
  'facts',
  'sources',
  'next',
  'changes',
  'help',
  'follow',
  'unfollow',
] as const
