import type { Inline } from '../../chat/reply.ts'
import { plural, thousands } from './counting.ts'

const NOT_CHECKED = 'not checked by our desk'

/** Sentences about items on the wire: what other outlets report, under their own names. */
export const wire = {
  about: 'What other outlets report, in their own headlines',
  aboutWords: 'Words, a feed or a story',

  /** Nobody can switch this off: it stands above everything that only others have reported. */
  reportedBy: (outlets: string[], others: number) =>
    `REPORTED BY ${outlets.join(', ')}${others > 0 ? ` and ${thousands(others)} more` : ''} · ${NOT_CHECKED}`,
  reportedByAt: (whoAndWhen: string) => `REPORTED BY ${whoAndWhen} · ${NOT_CHECKED}`,
  aboutThisStory: 'About this story',
  /** Below several reports that are posted together. */
  severalAtOnce: (title: string, count: number) => `${title} · ${plural(count, 'report')} together`,
  inTheNews: `In the news (${NOT_CHECKED})`,
  /** Below a headline: who reports it, and when. */
  reported: (outlets: string, moment: string) => `${outlets}, ${moment}`,
  firstSeen: (moment: string) => `first seen ${moment}`,
  withdrawn: (outlet: string, moment: string): Inline[] => [
    { bold: 'WITHDRAWN' },
    ` by ${outlet}, ${moment}`,
  ],
  /** Another outlet still stands by the report. */
  withdrawnBy: (outlets: string) => `withdrawn by ${outlets}`,
  headlineChanged: (outlet: string, moment: string, was: string): Inline[] => [
    { bold: 'HEADLINE CHANGED' },
    ` by ${outlet}, ${moment} · was: ${was}`,
  ],
  /** Where the old words have no room. */
  headlinesChanged: (times: number): Inline[] => [
    { bold: times === 1 ? 'HEADLINE CHANGED' : `${thousands(times)} HEADLINES CHANGED` },
    ' since this was posted.',
  ],
  longHeadline: (characters: number) => `A report whose headline has ${thousands(characters)} characters`,
  noLongerThere: 'What was shown here is no longer on the wire.',

  title: (count: number, typed?: string) =>
    `${typed === undefined ? '' : `“${typed}” · `}${plural(count, 'report')} on the wire`,
  titleOf: (count: number, whose: string) => `${plural(count, 'report')} on the wire · ${whose}`,
  noFeeds: 'No feeds are set up here, so there is nothing on the wire.',
  nothingYet: 'Nothing has come in yet.',
  nothingSince: (line: string): Inline[] => ['Nothing has come in since then. All: ', { code: line }],
  nothingOf: (line: string): Inline[] => ['Nothing on the wire has these words. All: ', { code: line }],
  nothingAbout: (title: string, line: string): Inline[] => [
    `Nothing on the wire is about ${title}. All: `,
    { code: line },
  ],
  nothingFrom: (outlet: string, line: string): Inline[] => [
    `Nothing has come in from ${outlet}. All: `,
    { code: line },
  ],
  unreadableSince: 'I can’t read that date. Try --since 7d, --since monday or --since 2026-05-01.',
  /** At the end of an answer that shows only some of them. */
  all: (count: number, line: string): Inline[] => [`All ${thousands(count)}: `, { code: line }],
  more: (count: number): string => `${plural(count, 'report')} on the wire`,
}
