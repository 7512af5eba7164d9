import type { Inline } from '../../chat/reply.ts'

/** What is said of an answer that is posted for all to see, and of one that is not. */
export const publish = {
  posted: 'Posted in this channel.',
  callerMayNotPost:
    'You can’t write in this channel, so I don’t post here for you. The answer is there for you alone, without --public.',
  alreadyPosted: 'That was posted already.',
  rateLimited: (seconds: number) =>
    `Everybody can share one answer a minute. Not posted: try again in ${seconds} s.`,
  beingPosted: 'That is being posted here right now.',
  recentlyShared: 'That answer was posted here a few minutes ago.',
  recentlySharedAt: (link: string): Inline[] => [
    'That answer was posted here a few minutes ago: ',
    { link, text: 'go to it' },
  ],
  storeUnavailable:
    'I can’t write down what I post right now, so I don’t post. It has been logged; please try again.',
  failed: 'I could not post that here. It has been logged; please try again.',
  unclear: 'I can’t tell whether that was posted. Look in the channel before you try again.',
  retryLater: (seconds: number) => `Not posted: try again in ${seconds} s.`,
  notInvited: 'I can’t post here. Invite me to this channel, then send this again.',
  sharedBy: (name: string | undefined, line: string | undefined): Inline[] => [
    `Shared by ${name ?? 'somebody here'}`,
    ...(line === undefined ? [] : [' · asked with ', { code: line }]),
  ],
}
