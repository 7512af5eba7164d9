import type { Inline } from '../../chat/reply.ts'
import { plural, thousands } from './counting.ts'

/** Texts of a digest as it is posted: what is new, the status of stories, and later corrections. */
export const edition = {
  severalStories: (name: string, others: number) =>
    others > 0 ? `${name} and ${plural(others, 'more story', 'more stories')}` : name,
  notAllChecked: 'not all of it was checked',
  continued: 'continued',
  sentLate: (sent: string, due: string) => `sent ${sent} instead of ${due}`,

  news: { CORRECTED: 'CORRECTED', NEW: 'NEW', ADDED: 'ADDED', REVISED: 'REVISED' },
  newsOfStory: { CORRECTED: 'CORRECTED STORY', NEW: 'NEW STORY', ADDED: 'ADDED STORY' },
  addedToTimeline: 'ADDED TO THE TIMELINE',
  eventOf: (day: string) => `event of ${day}`,
  note: (words: Inline[]): Inline[] => [{ italic: 'Note:' }, ' ', ...words],
  quotation: (day: string | undefined) => (day === undefined ? 'quote, date not given' : `quote of ${day}`),
  reportedWords: (day: string | undefined) =>
    day === undefined ? 'reported words, date not given' : `reported words of ${day}`,
  saidBy: (speaker: string, role: string, line: string): Inline[] => [
    { bold: speaker },
    `, ${role}: `,
    { code: line },
  ],
  readIt: (line: string): Inline[] => ['Read it: ', { code: line }],
  checkedClaim: 'checked claim',
  fact: 'fact',
  notVerified: '(not verified)',
  /** What kind of part was corrected, named like the pages of a story. A section is named by its title instead. */
  part: {
    event: 'timeline',
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
  /** `others` is how many stories are not named, for lack of room. */
  noChange: (named: string[], others: number) => {
    const counted =
      named.length > 0 ? `${thousands(others)} more` : plural(others, 'other story', 'other stories')
    return `No change: ${[...named, ...(others > 0 ? [counted] : [])].join(' · ')}`
  },
  firstDigest: 'First digest: where each story stands. From now on: what is new.',
  changesSince: (moment: string) => `Changes since ${moment}`,
  moreInTheReply: (entries: number) => `${thousands(entries)} more in the reply below`,
  button: {
    summary: button('Summary'),
    sources: button('Sources'),
    whatChanged: button('What changed'),
  },

  nothingNewSince: (moment: string) => `Nothing new since ${moment}`,
  stories: (count: number) => plural(count, 'story', 'stories'),
  next: (moment: string) => `next: ${moment}`,

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
