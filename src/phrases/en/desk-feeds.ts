import type { Inline } from '../../chat/reply.ts'
import { plural, thousands } from './counting.ts'
import { feedTrouble } from './feed-trouble.ts'

type Failing = { times: number; reason?: Parameters<typeof feedTrouble.reason>[0] }

/** Sentences of `/desk feeds`, for editors: whether feeds and senders are well, and what became of what they brought. */
export const deskFeeds = {
  about: 'The feeds and senders: when each was reached, and what became of its reports',
  aboutName: 'Which feed or sender; leave it out to see all',
  title: (feeds: number, senders: number) =>
    [plural(feeds, 'feed'), ...(senders > 0 ? [plural(senders, 'sender')] : [])].join(', '),
  none: 'No feeds are set up (content/feeds.yml), and no senders (HOOK_SECRET_NAME).',
  example: (): Inline[] => [
    { code: '/desk feeds' },
    ' · feeds and senders, and what became of their reports',
  ],

  feed: (feed: {
    name: string
    outlet: string
    reached?: string
    newItem?: string
    failing?: Failing
    isGone: boolean
    movedTo?: string
    next?: string
  }): Inline[] => [
    { bold: feed.name },
    ` · ${feed.outlet} · `,
    feed.reached === undefined ? 'never reached' : `reached ${feed.reached}`,
    feed.newItem === undefined ? '' : `, last new report ${feed.newItem}`,
    ...(feed.failing ? [' · ', { bold: failingText(feed.failing) }] : []),
    feed.isGone ? ' · asked no more' : feed.next === undefined ? '' : ` · next ${feed.next}`,
    feed.movedTo === undefined ? '' : ` · has moved to ${feed.movedTo}`,
  ],
  sender: (name: string, last: string | undefined): Inline[] => [
    { bold: name },
    ` · sender · ${last === undefined ? 'has never called' : `called last ${last}`}`,
  ],
  nextIsNow: 'in a moment',
  how: (line: string): Inline[] => ['What became of its last reports: ', { code: line }],

  titleOf: (name: string, count: number) =>
    count === 0 ? `${name}: no reports` : `${name}: its last ${plural(count, 'report')}`,
  fate: {
    /** Nothing of its words, not even here. */
    withdrawn: (outlet: string, moment: string) => `A report that ${outlet} took back, ${moment}`,
    held: (moment: string) => `A report that is held until ${moment}`,
    draft: 'draft: its sender did not sign, so only editors see it',
    backlog: 'was there when the feed was first read: it can be found, and is posted nowhere',
    stories: (slugs: string[]) => `about ${slugs.join(', ')}`,
    noStory: 'no story has words for it',
    places: (places: string[], others: number) =>
      `shown in ${places.join(', ')}${others > 0 ? ` and ${thousands(others)} more` : ''}`,
    dropped: 'dropped by the words of its feed (only, not)',
    noDigest: 'no digest takes it',
    notChosen: (digests: string[]) => `no channel with ${digests.join(', ')} has shown it`,
  },
}

const failingText = ({ times, reason }: Failing): string =>
  `failed ${plural(times, 'time')}${reason === undefined ? '' : `: ${feedTrouble.reason(reason)}`}`
