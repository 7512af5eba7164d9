import type { Inline } from '../../chat/reply.ts'
import { plural, thousands } from './counting.ts'
import { quote } from './quote.ts'

/** Sentences about stories: what can be asked, their status, people, quotes, and what the record shows. */
export const story = {
  aboutVerb: {
    summary: 'What it is about, with an argument from each side',
    status: 'Where it stands now, the last change, what comes next',
    timeline: 'Dated events with their sources',
    latest: 'The last week of events',
    quotes: 'Verbatim quotes, with speaker, role, date and line',
    who: 'People and organisations, with their role at the time',
    background: 'The explainer',
    facts: 'What was claimed, what the record shows, how sure we are',
    sources: 'The numbered sources',
    next: 'What is coming: dated, expected events',
    changes: 'Corrections of our own text, and events added later',
    follow: 'Add it to a digest in this channel',
    unfollow: 'Take it out of a digest in this channel',
    help: 'What you can ask about it, with examples',
  },
  aboutValue: {
    range: 'A year, month, day or range: 2018, 2018-04, 2017-08..2018-07; or words',
    speaker: 'A speaker, or words; #2 for the second quote',
    name: 'A person, or words of a role',
    number: 'One by its number, or those of an outlet, a kind or a year: #3, news 2018',
    words: 'Only those with these words',
    digest: 'Which digest, where there are several',
  },
  /** Describes an editors' own section in pickers: the first words of its paragraphs, and how many more there are. */
  sectionSummary: (openings: string[], more: number) =>
    `${openings.join(', ')}${more > 0 ? ` and ${thousands(more)} more` : ''}`,
  sectionNamed: (title: string) => `“${title}” in this story`,

  title: {
    help: (story: string) => `What you can ask · ${story}`,
    status: (story: string) => `Status · ${story}`,
    quotes: (story: string) => `Quotes · ${story}`,
    facts: (story: string) => `Facts · ${story}`,
    who: (story: string) => `Who is who · ${story}`,
  },
  button: { sources: 'Sources', timeline: 'Timeline', changes: 'What changed' },

  /** `section` is the word that people type for it. */
  noSection: (section: string, all: string): Inline[] => [
    `This story has no ${section} yet. What you can ask: `,
    { code: all },
  ],
  lastChange: (event: Inline[]): Inline[] => [{ bold: 'Last change:' }, ' ', ...event],
  next: (what: string): Inline[] => [{ bold: 'Next:' }, ' ', what],

  noQuotes: (all: string): Inline[] => ['This story has no quotes yet. What you can ask: ', { code: all }],
  quotesBySpeakers: (quotes: number, speakers: number, line: string): Inline[] => [
    `${thousands(quotes)} quotes by ${thousands(speakers)} speakers · By one of them: `,
    { code: line },
  ],
  countOfQuotes: (quotes: number, speaker: string | undefined, example: string): Inline[] => [
    `${plural(quotes, 'quote')}${speaker === undefined ? '' : ` by ${speaker}`} · One in full: `,
    { code: example },
  ],
  /** Without `words` where others read along, and without a name where several people speak. */
  noQuoteWith: (quotes: number, speaker?: string, words?: string) =>
    `None of ${speaker === undefined ? 'these' : `${speaker}’s`} ${plural(quotes, 'quote')} has ${
      words === undefined ? 'the other words of the line' : `“${words}”`
    }. All of them:`,
  saidIn: (time: string, isDay: boolean) => `${isDay ? 'on' : 'in'} ${time}`,
  /** A side that is left open is absent. */
  saidBetween: (from?: string, to?: string) =>
    from === undefined ? `up to ${to}` : to === undefined ? `since ${from}` : `from ${from} to ${to}`,
  saidWithin: (when: string, count: number, among: number, undated: number) =>
    `Said or written ${when}: ${thousands(count)} of ${plural(among, 'quote')}${
      undated > 0 ? ` · ${thousands(undated)} of them without a date` : ''
    }`,
  /** `among` are the quotes of one speaker, or all that were meant; `near` opens the one nearest in time. */
  noneSaid: (
    when: string,
    among: number,
    undated: number,
    speaker?: string,
    near?: { date: string; line: string },
  ): Inline[] => [
    `${among === 1 ? 'The only quote' : 'None of the'}${among === 1 ? '' : ` ${thousands(among)} quotes`}`,
    speaker === undefined ? ' here' : ` of ${speaker}`,
    ` was ${among === 1 ? 'not ' : ''}said or written ${when}${undated > 0 ? ` (${thousands(undated)} without a date)` : ''}.`,
    ...(near ? [` The nearest is of ${near.date}: `, { code: near.line }] : []),
  ],
  menuOfSpeakers: 'Choose a speaker',
  menuOfQuotes: 'Open a quote',
  /** A speaker in a list, with the role at the first quote. */
  speakerLine: (name: string, role: string, quotes: number): Inline[] => [
    { bold: name },
    `, ${role} · ${plural(quotes, 'quote')}`,
  ],
  quoteNumber: (number: number) => `#${number}`,
  /** A quote among several speakers. */
  quoteOf: (speaker: string, number: string) => `${speaker} ${number}`,
  quoteUndated: 'date not given',
  /** The beginning of a quote that is longer: `marks` are those of a quotation, and never stand round the mark behind it. */
  begins: (words: string, marks: boolean) => (marks ? `begins “${words}” …` : `begins: ${words} …`),
  withoutWords: (characters: number) => `${thousands(characters)} characters`,

  noFacts: (all: string): Inline[] => [
    'This story has no facts listed yet. What you can ask: ',
    { code: all },
  ],
  /** `sources` are their numbers. */
  fact: (text: Inline[], sure: Certainty, sources: number[]): Inline[] => [
    ...text,
    ` (${CERTAINTY_TEXTS[sure]})${sourceNumbers(sources)}`,
  ],
  /** What an outlet says, where in our copy, and the verdict on it. */
  claim: (
    { outlet, lines, says, verdict }: { outlet: string; lines: number[]; says: string; verdict: string },
    text: Inline[],
    sure: Certainty,
    sources: number[],
  ): Inline[] => [
    `${outlet}, ${quote.lines(lines)}: ${says} → `,
    { bold: verdict },
    '. ',
    ...text,
    ` (${CERTAINTY_TEXTS[sure]})${sourceNumbers(sources)}`,
  ],

  menuOfFacts: 'Open a fact',
  countOfFacts: (facts: number, example: string): Inline[] => [
    `${plural(facts, 'fact')} · One in full: `,
    { code: example },
  ],
  /** A claim, or what the record shows, as one line of an index. Only what is less than sure says how sure it is. */
  claimLine: (says: string, verdict: string, sure: Certainty): Inline[] => [
    `${says} → `,
    { bold: verdict },
    unsure(sure),
  ],
  factLine: (text: Inline[], sure: Certainty): Inline[] => [...text, unsure(sure)],

  noPeople: (all: string): Inline[] => [
    'This story has no people listed yet. What you can ask: ',
    { code: all },
  ],
  menuOfPeople: 'Open a person',
  countOfPeople: (people: number, example: string): Inline[] => [
    `${plural(people, 'person or organisation', 'people and organisations')} · One in full: `,
    { code: example },
  ],
  personLine: (name: string, role: string): Inline[] => [{ bold: name }, ` · ${role}`],
  personOption: (name: string, role: string) => `${name} · ${role}`,
  person: (name: string, role: string, about: Inline[] | undefined, sources: number[]): Inline[] => [
    { bold: name },
    ` · ${role}`,
    ...(about ? ['. ', ...about] : []),
    sourceNumbers(sources),
  ],

  about: 'A story by its name, or the list of all',
  aboutName: 'A story, or a story and what to ask: NAME timeline',
  none: 'There are no stories yet.',
  /** `first` is how many of them are listed, if not all are. */
  all: (count: number, first?: number) =>
    `${plural(count, 'STORY', 'STORIES')}${first === undefined ? '' : ` · the first ${thousands(first)}, search finds the others`}`,
  andMore: (count: number, line: string): Inline[] => [`and ${thousands(count)} more: `, { code: line }],
  /** Used if none is named before. */
  onlyMore: (count: number, line: string): Inline[] => [`${thousands(count)} more: `, { code: line }],
}

/** How sure we are. Several source numbers beside a fact do not mean that each source supports all of it. */
type Certainty = keyof typeof CERTAINTY_TEXTS
const CERTAINTY_TEXTS = {
  several: 'two or more sources',
  one: 'one source',
  inferred: 'all from one source, or our inference',
  unverified: 'not verified',
}

const unsure = (sure: Certainty) => (sure === 'several' ? '' : ` (${CERTAINTY_TEXTS[sure]})`)

const sourceNumbers = (sources: number[]) => (sources.length > 0 ? ` [${sources.join(', ')}]` : '')
