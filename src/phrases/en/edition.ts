import type { Inline } from '../../chat/reply.ts'
import { plural, thousands } from './counting.ts'
import { quote } from './quote.ts'

/** Texts of a digest as it is posted: what is new, the status of stories, and later corrections. */
export const edition = {
  severalStories: (name: string, others: number) =>
    others > 0 ? `${name} and ${plural(others, 'more story', 'more stories')}` : name,
  notAllChecked: 'not all of it was checked',
  continued: 'continued',
  sentLate: (sent: string, due: string) => `sent ${sent} instead of ${due}`,

  /** How something is new. STANDS is no news, but where a story stands. */
  news: {
    CORRECTED: 'CORRECTED',
    NEW: 'NEW',
    COMING: 'COMING',
    ADDED: 'ADDED',
    REVISED: 'REVISED',
    STANDS: 'Where it stands',
  },
  newsOfStory: { NEW: 'NEW STORY', ADDED: 'ADDED STORY' },
  /** The beginning of a first line: what it is about, before a colon. */
  subjectOfStory: { NEW: 'New story', ADDED: 'Added story' },
  correctedPart: (part: string) => `CORRECTED, ${part}`,
  wasAndWhy: ({ was, why }: { was?: string; why: string }) =>
    `${was === undefined ? '' : `was: ${was} · `}why: ${why}`,
  eventOf: (day: string) => `event of ${day}`,
  expectedOn: (day: string) => `expected ${day}`,
  /** A headline leaves it out at its beginning. */
  article: /^(?:the|an?) /,
  note: (words: Inline[]): Inline[] => [{ italic: 'Note:' }, ' ', ...words],
  now: (sentence: Inline[]): Inline[] => [{ bold: 'Now:' }, ' ', ...sentence],
  whyItMatters: (sentence: Inline[]): Inline[] => [{ bold: 'Why it matters:' }, ' ', ...sentence],
  /** The outlets of an entry, at its end; `others` are not named. */
  outlets: (named: Inline[], others: number): Inline[] => [
    '[',
    ...named.flatMap((outlet, index): Inline[] => [index > 0 ? ', ' : '', outlet]),
    others > 0 ? ` +${others}]` : ']',
  ],

  /** What kind of words they are, before them, by the kind of the quotation. `day` is when they were said. */
  quoted: {
    direct: (day: string | undefined, isDayKnown: boolean) => quotedOn('quote', day, isDayKnown, ''),
    partial: (day: string | undefined, isDayKnown: boolean) => quotedOn('partial quote', day, isDayKnown),
    reported: (day: string | undefined, isDayKnown: boolean) => quotedOn('reported words', day, isDayKnown),
  },
  reportedAbout: quote.reportedAbout,
  wordsOf: (speaker: string, role: string) => `Words of ${speaker}, ${role}`,
  saidBy: (speaker: string, role: string): Inline[] => [{ bold: speaker }, `, ${role}`],
  wordsToRead: (count: number, line: string): Inline[] => [`${plural(count, 'word')}, `, { code: line }],
  readIt: (line: string): Inline[] => ['Read it: ', { code: line }],
  claimAndVerdict: (outlet: string, says: string, verdict: string): Inline[] => [
    `${outlet}: ${says} → `,
    { bold: verdict },
    '.',
  ],
  checkedClaim: 'checked claim',
  fact: 'fact',
  notVerified: '(not verified)',
  /** What kind of part was corrected, named like the pages of a story. A section is named by its title instead. */
  part: {
    event: 'timeline',
    expected: 'what is expected',
    quote: 'quotes',
    label: 'title, state or dates',
    fact: 'facts',
    section: 'section',
    who: 'who is who',
    source: 'sources',
  },

  /** `lines` are the typed lines that show it. */
  whereItStands: (lines: Inline[]): Inline[] => ['Where it stands: ', ...lines],
  moreEntries: (count: number, lines: Inline[]): Inline[] => [`${thousands(count)} more: `, ...lines],
  newEntries: (count: number, lines: Inline[]): Inline[] => [`${thousands(count)} new: `, ...lines],
  inTheReply: 'In the reply below.',
  moreStories: (stories: number, line: string): Inline[] => [
    `And ${plural(stories, 'more story', 'more stories')}: `,
    { code: line },
  ],
  moreStoriesNew: (stories: number, entries: number, line: string): Inline[] => [
    `And ${plural(stories, 'more story', 'more stories')} with ${plural(entries, 'new entry', 'new entries')}: `,
    { code: line },
  ],
  whereStoriesStand: (stories: number) => `Where ${plural(stories, 'story stands', 'stories stand')}`,
  newsIn: (entries: number) => plural(entries, 'new entry', 'new entries'),
  firstDigest: (title: string) => `${title}: where each story stands. From now on: what is new.`,
  changesSince: (title: string, moment: string) => `${title} · since ${moment}`,
  moreInTheReply: (entries: number) => `${thousands(entries)} more in the thread`,
  /** How long it takes to read. */
  seconds: (count: number) => `${count} s`,
  /** `story` names it where there are several. */
  coming: (day: string, story: string | undefined, what: Inline[]): Inline[] => [
    { bold: 'Next:' },
    ` ${day}, ${story === undefined ? '' : `${story}: `}`,
    ...what,
  ],
  today: (day: string) => `today, ${day}`,
  button: {
    summary: button('Summary'),
    whatChanged: button('What changed'),
    changeOrStop: 'Change or stop',
  },

  nothingNewSince: (moment: string) => `Nothing new since ${moment}`,
  nothingChosenSince: (moment: string) => `Nothing with this channel’s words since ${moment}`,
  leftOut: (entries: number) => `${plural(entries, 'entry', 'entries')} left out`,
  stories: (count: number) => plural(count, 'story', 'stories'),
  storiesWithoutNews: (count: number) => `${plural(count, 'story', 'stories')} without news`,
  feedsReached: (count: number) => `${thousands(count)} of ${plural(count, 'feed')} reached`,
  feedsReachedAgain: (count: number) =>
    count === 1 ? 'the feed is reached again' : `all ${plural(count, 'feed')} are reached again`,
  /** Where it was never reached, there is no `since`. */
  feedsNotReached: (feeds: {
    unreached: number
    count: number
    since: string | undefined
    names: string[]
    others: number
  }) =>
    `${thousands(feeds.unreached)} of ${plural(feeds.count, 'feed')} not reached${feeds.since === undefined ? '' : ` since ${feeds.since}`}: ${feeds.names.join(', ')}${feeds.others > 0 ? ` and ${thousands(feeds.others)} more` : ''}`,
  next: (moment: string) => `next brief ${moment}`,

  corrected: (moment: string, what: string): Inline[] => [{ bold: 'CORRECTED' }, ` ${moment} · ${what}`],
  correctedTimes: (times: number, last: string, line: string): Inline[] => [
    { bold: 'CORRECTED' },
    times === 1 ? ` once, ${last}: ` : ` ${thousands(times)} times, last ${last}: `,
    { code: line },
  ],
  /** `last` is when the latest of these corrections was taken back. */
  takenBack: (count: number, last: string): Inline[] =>
    count === 1
      ? [{ bold: 'CORRECTION TAKEN BACK' }, ` ${last} · A correction that was shown here no longer applies.`]
      : [
          { bold: `${thousands(count)} CORRECTIONS TAKEN BACK` },
          `, last ${last} · They were shown here and no longer apply.`,
        ],
  withdrawn: (day: string, reason: string): Inline[] => [
    { bold: 'WITHDRAWN' },
    ` ${day} · this story was taken down: ${reason}`,
  ],
  storyNoLongerThere: 'What was shown here about one story is no longer available.',
  partNoLongerThere: 'What was shown here is no longer in the story.',
}

/** The label of a button, which names its story if there are several. */
function button(label: string): (story: string | undefined) => string {
  return story => (story === undefined ? label : `${label}: ${story}`)
}

function quotedOn(kind: string, day: string | undefined, isDayKnown: boolean, bare = kind): string {
  if (day !== undefined) return `${kind} of ${day}`
  return isDayKnown ? bare : `${kind}, date not given`
}
