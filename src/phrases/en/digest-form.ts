import type { Inline } from '../../chat/reply.ts'

/** Texts of the digest settings form, and what is wrong with a field. */
export const digestForm = {
  noLongerOffered: (title: string): Inline[] => [
    { bold: title },
    ' is no longer offered. It can only be switched off.',
  ],
  notHereYet: (title: string, about: string | undefined, channel: string | undefined): Inline[] => [
    { bold: title },
    `${aboutSuffix(about)}\nNot on ${channel === undefined ? 'in this channel' : `in ${channel}`}. Your change will be announced ${channel === undefined ? 'here' : 'there'}.`,
  ],
  isOn: (title: string, about: string | undefined, next: string): Inline[] => [
    { bold: title },
    `${aboutSuffix(about)}\nOn in this channel. Next: ${next}. Your change will be announced here.`,
  ],
  isPaused: (title: string, about: string | undefined): Inline[] => [
    { bold: title },
    `${aboutSuffix(about)}\nPaused in this channel; saving starts it again. Your change will be announced here.`,
  ],

  digest: 'Digest',
  comesHere: 'In this channel',
  onAndSkip: 'On · nothing on days without news',
  onAndNote: 'On · one line on days without news',
  off: 'Off · not posted here',
  time: 'Time',
  zone: 'Time zone',
  aCity: 'A city, such as Chicago',
  days: 'Days',
  stories: 'Stories',
  allStories: 'All stories of the digest',
  timeAndZone: 'Time and time zone',
  words: 'Only with these words',
  nothingMeansAll: 'Leave this empty for all stories of the digest, including future ones.',
  switchOn: 'Switch on',
  save: 'Save',

  chooseDigest: 'Choose a digest.',
  chooseTime: 'Choose a time.',
  chooseZone: 'Choose a time zone.',
  chooseDays: 'Choose at least one day.',
  storiesOrAll: 'Choose single stories or “all”, not both.',
  tooMany: 'That is too many stories for one line. Choose fewer, or “all”.',
}

const aboutSuffix = (about: string | undefined) => (about === undefined ? '' : ` · ${about}`)
