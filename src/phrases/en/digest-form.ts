import type { Inline } from '../../chat/reply.ts'

/** What the form of a digest says, and what is wrong with what was filled in. */
export const digestForm = {
  noLongerOffered: (title: string): Inline[] => [
    { bold: title },
    ' is no longer offered. It can only be switched off.',
  ],
  notHereYet: (title: string, about: string | undefined, channel: string | undefined): Inline[] => [
    { bold: title },
    `${aboutSuffix(about)}\nIt does not come ${channel === undefined ? 'here' : `in ${channel}`} yet. The channel is told of what you set.`,
  ],
  isOn: (title: string, about: string | undefined, next: string): Inline[] => [
    { bold: title },
    `${aboutSuffix(about)}\nIt is on here. Next: ${next}. The channel is told of what you change.`,
  ],
  isPaused: (title: string, about: string | undefined): Inline[] => [
    { bold: title },
    `${aboutSuffix(about)}\nIt is paused here; saving starts it again. The channel is told of what you change.`,
  ],

  digest: 'Digest',
  comesHere: 'Comes here',
  onAndSkip: 'On · nothing on days without news',
  onAndNote: 'On · one line on days without news',
  off: 'Off · it does not come here',
  time: 'Time',
  zone: 'Time zone',
  aCity: 'A city: Chicago',
  days: 'Days',
  stories: 'Stories',
  allStories: 'All stories of the digest',
  nothingMeansAll: 'Leave this empty for all stories of the digest, also those that come later.',
  switchOn: 'Switch on',
  save: 'Save',

  chooseDigest: 'Choose a digest.',
  chooseTime: 'Choose a time.',
  chooseZone: 'Choose a time zone.',
  chooseDays: 'Choose at least one day.',
  storiesOrAll: 'Choose single stories or all, not both.',
  tooMany: 'These are too many to name at once. Choose fewer, or all.',
}

const aboutSuffix = (about: string | undefined) => (about === undefined ? '' : ` · ${about}`)
