import type { Inline } from '../../chat/reply.ts'

/** Sentences about an answer that is posted for all to see, and about one that is not. */
export const publish = {
  posted: 'Posted in this channel.',
  callerMayNotPost:
    'You can’t write in this channel, so I don’t post here for you. Without --public, the answer is for you alone.',
  alreadyPosted: 'That has already been posted.',
  rateLimited: (seconds: number) =>
    `Not posted: you shared an answer less than a minute ago. Try again in ${seconds} s.`,
  beingPosted: 'That is being posted here right now.',
  recentlyShared: 'That answer was posted here a few minutes ago.',
  recentlySharedAt: (link: string): Inline[] => [
    'That answer was posted here a few minutes ago: ',
    { link, text: 'go to it' },
  ],
  storeUnavailable:
    'I can’t keep a record of posts right now, so I posted nothing. It has been logged; please try again.',
  failed: 'I could not post that here. It has been logged; please try again.',
  unclear: 'I can’t tell whether that was posted. Check the channel before you try again.',
  retryLater: (seconds: number) => `Not posted: try again in ${seconds} s.`,
  notInvited: 'I can’t post here. Invite me to this channel, then send this again.',
  sharedBy: (name: string | undefined, line: string | undefined): Inline[] => [
    `Shared by ${name ?? 'somebody here'}`,
    ...(line === undefined ? [] : [' · asked with ', { code: line }]),
  ],
}
