import type { Inline } from '../../chat/reply.ts'
import { thousands } from './counting.ts'

/** What is said of how digests stand in a place: when they come, what became of the last one, what the bot may do. */
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
  /** `late` is the moment, where it was not the one that was set. */
  posted: (late: string | undefined, link: string | undefined): Inline[] => {
    const posted = late === undefined ? 'posted' : `posted ${late}`
    return link === undefined ? [posted] : [`${posted} (`, { link, text: 'open' }, ')']
  },
  quiet: 'nothing new, so no post',
  missed: 'missed: I was not running',
  inDoubt: 'in doubt: nobody can say whether it was posted, so I don’t post it again',
  failed: (why: string | undefined) => `not posted: ${why ?? 'the log says why'}`,
  withdrawn: 'taken down',
  notPostedYet: (attempts: number) => `not posted yet, ${thousands(attempts)} attempts so far`,
  beingPosted: 'being posted now',
  /** `more` are as many as are not named. */
  allMissed: (moments: string[], more: number) =>
    `Missed while I was not running: ${moments.join(', ')}${more > 0 ? ` and ${thousands(more)} more` : ''}`,

  notDelivered: 'It could not be posted. The log says why.',
  timeUnknown: 'I can’t work out when it comes next: its time zone may no longer exist.',
  digestGone: 'There is no digest of this name any more.',
  storiesGone: 'None of the stories of this digest exists any more.',

  /** `why` is a sentence on what is missing. */
  permissionsHere: ({
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
        : 'can’t look back ✗: if a crash leaves it unclear whether a digest was posted, I stop and tell the desk; I don’t post twice',
    ]
    return `This channel: ${[may.join(' · '), why].filter(Boolean).join('. ')}`
  },
  permissionsUnknown: 'I can’t tell right now what I may do in this channel.',
}
