import type { Inline } from '../../chat/reply.ts'
import { thousands } from './counting.ts'

/** Sentences of `/digest status`: when digests are posted in a place, how the last one went, what the bot may do. */
export const digestStatus = {
  title: (channel: string | undefined) => (channel === undefined ? 'Digests here' : `Digests in ${channel}`),
  notOn: (title: string, about: string | undefined, start: string): Inline[] => [
    { bold: title },
    ` · off${about === undefined ? '' : ` · ${about}`} · Start: `,
    { code: start },
  ],
  on: 'ON',
  paused: 'PAUSED',
  whyPaused: (reason: string, start: string): Inline[] => [
    `Why: ${reason} Switch it on again: `,
    { code: start },
  ],
  noLongerOffered: (stop: string): Inline[] => ['No longer offered. Stop it: ', { code: stop }],
  setBy: (by: string | undefined, day: string) => (by === undefined ? `Set, ${day}` : `Set by ${by}, ${day}`),

  noneYet: 'Last: none yet',
  last: (moment: string, became: Inline[]): Inline[] => [`Last: ${moment}, `, ...became],
  /** `late` is when it was posted, if not at the set time. */
  posted: (late: string | undefined, link: string | undefined): Inline[] => {
    const posted = late === undefined ? 'posted' : `posted ${late}`
    return link === undefined ? [posted] : [`${posted} (`, { link, text: 'open' }, ')']
  },
  quiet: 'nothing new, so no post',
  missed: 'missed: I was not running',
  inDoubt: 'in doubt: I can’t tell whether it was posted, so I won’t post it again',
  failed: (why: string | undefined) => `not posted: ${why ?? 'the log says why'}`,
  withdrawn: 'taken down',
  notPostedYet: (attempts: number) => `not posted yet, ${thousands(attempts)} attempts so far`,
  beingPosted: 'being posted now',
  /** `more` is how many are not listed. */
  allMissed: (moments: string[], more: number) =>
    `Missed while I was not running: ${moments.join(', ')}${more > 0 ? ` and ${thousands(more)} more` : ''}`,

  notDelivered: 'It could not be posted. The log says why.',
  timeUnknown: 'I can’t work out the next time: its time zone may no longer exist.',
  digestGone: 'This digest no longer exists.',
  storiesGone: 'None of this digest’s stories exists any more.',

  /** `why` is a sentence about what is missing. */
  permissionsHere: ({
    post,
    correct,
    look,
    why,
    repairs = 'edits',
  }: {
    post: boolean
    correct: boolean
    look: boolean
    why?: string
    /** How a message that is wrong gets right here. */
    repairs?: 'edits' | 'second message'
  }) => {
    const may = [
      post ? 'can post ✓' : 'can’t post ✗',
      repairs === 'second message'
        ? 'corrects in a second message ✓'
        : correct
          ? 'can correct ✓'
          : 'can’t correct ✗',
      look
        ? 'can look back ✓'
        : 'can’t look back ✗: if a crash leaves it unclear whether a digest was posted, I notify the desk rather than risk posting it twice',
    ]
    return `This channel: ${[may.join(' · '), why].filter(Boolean).join('. ')}`
  },
  permissionsUnknown: 'I can’t tell right now what I may do in this channel.',
}
