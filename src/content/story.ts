/**
 * A story as the rest of the program sees it.
 * A story is a folder: story.md, quotes.yml, timeline.yml, people.yml, facts.yml, corrections.yml, sources.yml, sources/*.
 */
import type { Block, Inline, StoryState } from '../chat/reply.ts'

/** Where quoted words stand in a source's stored text: UTF-16 offsets, and the line counted from 1. */
export type Span = { start: number; end: number; line: number }

/**
 * A document that a story rests on. `text` is our stored copy, byte for byte, `file` its name for people; `skip` its
 * lines that are no story.
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

/** Words that somebody said or wrote, found byte for byte in a stored source. `words` joins several spans with ` […] `. */
export type Quote = {
  id: string
  speaker: string
  aliases: string[]
  role: string
  kind: 'direct' | 'partial' | 'reported'
  words: string
  spans: Span[]
  source: Source
  saidOn: string
  remark?: string
  next?: string
  note?: Inline[]
  embargo?: string
}

/**
 * A dated entry of the timeline. `added` is the day on which an older event was entered; `short` is what a timeline that
 * is drawn says of it in place of its text, where it is `major`.
 */
export type Event = {
  id: string
  date: string
  text: Inline[]
  confidence: 'high' | 'medium'
  sources: number[]
  major: boolean
  short?: string
  added?: string
  note?: Inline[]
  embargo?: string
}

/** Somebody in the story, with the role they had at the time. */
export type Person = { name: string; aliases: string[]; role: string; about?: Inline[]; sources: number[] }

/** What the record shows; with `claim`, on words of a stored source, whose verdict goes with every excerpt that shows any of them. */
export type Fact = {
  id: string
  text: Inline[]
  confidence: 'high' | 'medium' | 'unverified'
  sources: number[]
  claim?: { says: string; source: Source; spans: Span[]; verdict: string; short?: string }
}

/**
 * A mistake of ours, what is right now, and why. `part` is `quote:ID`, `event:ID`, `fact:ID`, `section:NAME` or `label`.
 * Without `repeat` what was wrong is shown nowhere again; with `notice` it is told at once where it was shown.
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
 * A story that was taken down: on which day and why. Whoever asks for it, by its slug or command, gets these words and
 * nothing else.
 */
export type Withdrawal = { slug: string; on: string; reason: string; command?: string }

/** One block of a section, a list item on its own, and the numbers of the sources that are cited in it. */
export type CitedBlock = { block: Block; sources: number[] }

/** A section of story.md: `## Cities` is the verb `cities`. `sources` are the numbers cited in all of it, in order. */
export type Section = { name: string; title: string; body: CitedBlock[]; sources: number[]; words: number }

/**
 * A running subject. `from` is the date of its first event; `coversTo` of the last one known. Before its `embargo` (an
 * ISO moment with its zone; quotes, events and corrections may have one too) it does not exist. `stale` says since when
 * nobody has checked it, where that is too long ago.
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
  command?: string
  tags: string[]
  sections: Section[]
  quotes: Quote[]
  timeline: Event[]
  people: Person[]
  facts: Fact[]
  sources: Source[]
  corrections: Correction[]
}

/** A problem of a file, where it stands and what to do. */
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
  'changes',
  'help',
  'follow',
  'unfollow',
] as const
