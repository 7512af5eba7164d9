import type { Inline } from '../../reply.ts'

/** What is said of how digests stand in a place: when they come, what became of the last one, what the bot may do. */
export const digestStatus = {
  title: (channel: string | undefined) => (channel === undefined ? 'Digests here' : `Digests in ${channel}`),
  notOn: (title: string, about: string | undefined, start: string): Inline[] => [
    { bold: title },
    ` · off${about === undefined ? '' : ` · ${about}`} · start: `,
    { code: start },
  ],
  on: 'ON',
  paused: 'PAUSED',
  whyPaused: (reason: string, start: string): Inline[] => [
    `Why: ${reason} Switch it on again: `,
    { code: start },
  ],
  noLongerOffered: (stop: string): Inline[] => ['No longer offered. Stop it: ', { code: stop }],
  set: (by: string | undefined, day: string) => (by === undefined ? `Set, ${day}` : `Set by ${by}, ${day}`),

  next: (when: string) => `Next: ${when}`,
  noneYet: 'Last: none yet',
  last: (moment: string, became: Inline[]): Inline[] => [`Last: ${moment}, `, ...became],
  /** `late` is the moment, where it was not the one that was set. */
  posted: (late: string | undefined, link: string | undefined): Inline[] => {
    const posted = late === undefined ? 'posted' : `posted ${late}`
    return link === undefined ? [posted] : [`${posted} (`, { link, text: 'open' }, ')']
  },
  quiet: 'nothing new, so no post',
  missed: 'missed: I was not running',
  inDoubt: 'in doubt: nobody can say whether it was posted, so I don’t post it again',
  failed: (reason: string) => `failed: ${reason}`,
  withdrawn: 'withdrawn',
  notPostedYet: (attempts: number) => `not posted yet, ${attempts} attempts so far`,
  beingPosted: 'being posted now',
  /** `more` are as many as have no room; `before` are those of which no more is known. */
  allMissed: (moments: string[], more: number, before: number) =>
    [
      `Missed while I was not running: ${moments.join(', ')}`,
      more > 0 ? ` and ${more} more` : '',
      before > 0 ? ` (so were ${before} before it)` : '',
    ].join(''),

  notDelivered: 'it could not be delivered',
  noReason: 'no reason is known.',
  inTheLog: 'the log says more.',
  timeUnknown: (cause: string) => `its time cannot be reckoned (${cause})`,
  digestGone: 'There is no digest of this name any more.',
  storiesGone: 'None of the stories of this digest exists any more.',

  /** `why` is a sentence on what is missing. */
  mayHere: ({
    post,
    correct,
    look,
    why,
  }: {
    post: boolean
    correct: boolean
    look: boolean
    why?: string
  }) => {
    const may = [
      post ? 'can post ✓' : 'can’t post ✗',
      correct ? 'can correct ✓' : 'can’t correct ✗',
      look
        ? 'can look back ✓'
        : 'can’t read history: if a crash leaves it unclear whether a brief was posted, I stop and tell the desk; I don’t post twice',
    ]
    return `This channel: ${[may.join(' · '), why].filter(Boolean).join('. ')}`
  },
  mayUnknown: 'I can’t tell right now what I may do in this channel.',
}
