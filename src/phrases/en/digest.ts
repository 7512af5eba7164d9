import type { Inline } from '../../chat/reply.ts'
import { plural, thousands } from './counting.ts'

/** What `/digest` says: how to ask, what is set and changed, and why something is not. */
export const digest = {
  about: 'Digests that come to this channel by themselves: status, on, off, set',
  aboutVerb: {
    status: 'What this channel receives, when, and what became of the last one',
    settings: 'Set a digest in a form: when it comes, and with which stories',
    on: 'Send a digest to this channel',
    off: 'Stop a digest in this channel',
    set: 'Change when a digest comes, or which stories it has',
    quiet: 'A day without news: no post, or one line that says so',
    now: 'What would be sent right now; only you see it',
    preview: 'Any digest as it would be now; only you see it',
    help: 'How to set a digest, by example',
  },
  aboutValue: {
    name: 'Which digest',
    time: 'At which local time: 7:30, 7.30am, 19:00',
    zone: 'In which time zone: chicago, America/Chicago',
    days: 'On which days: weekdays, daily, mon-fri, mon,wed,fri',
    stories: 'Only these stories, with commas between; all for all of them',
    policy: 'skip: no post · note: one line',
  },
  /** Each begins with the word that it offers. */
  offer: {
    weekdays: 'weekdays: Monday to Friday',
    daily: 'daily: every day',
    weekends: 'weekends: Saturday and Sunday',
    skip: 'skip: a day without news brings no post',
    note: 'note: a day without news brings one line',
    all: 'all: the stories of the digest itself',
  },

  intro: (): Inline[] => [{ bold: 'Digests' }, ' come to this channel by themselves, at its own local time.'],
  help: {
    status: 'what this channel gets, when, and how the last one went',
    on: 'in any order; what you leave out is chosen and shown',
    set: 'changes the time and the stories; all for all stories',
    quiet: 'one line on days without news; skip for none',
    preview: 'how it would look now, for your eyes only',
    off: 'stops it',
    settings: 'all of it in a form, where there are forms',
  },

  nothingChanged: 'Nothing was changed.',
  previewIsPrivate: (line: string): Inline[] => [
    { code: line },
    ' does not take --public: a preview is only for you. Nothing was changed.',
  ],
  publicNotNeeded: (line: string): Inline[] => [
    { code: line },
    ' does not take --public: everyone is told anyway. Nothing was changed.',
  ],
  needsBot: (): Inline[] => [
    'Digests need a running bot, and this is a single answer. Nothing was changed. Start one: ',
    { code: 'npm start' },
  ],
  noDigests: 'There is no digest yet. The editors of this newsroom can make one.',

  unknownCaller: 'I can’t tell who asks.',
  notForGuests: 'Guests can’t change digests; a member of this channel can.',
  guestUnknown: 'I can’t check right now whether you are a guest here; try again.',
  needsPermission: 'Changing digests takes the permission Manage Channels or Manage Server.',
  mentionHidesRights: (): Inline[] => [
    'A mention does not tell me whether you have it; the slash command does: ',
    { code: '/digest' },
    '.',
  ],

  choice: (label: string, line: string): Inline[] => [`${label}: `, { code: line }],
  whichDigest: 'Which digest?',
  whichOfThese: 'Several digests are on here. Which one?',
  noneOnWhichDigest: 'No digest is on here. Which digest?',
  notOnHowToStart: (title: string) => `${title} is not on here. To start it:`,
  noLongerOffered: (line: string): Inline[] => [
    'That digest is no longer offered. Stop it: ',
    { code: line },
    '. Nothing was changed.',
  ],
  nameOnly: (line: string): Inline[] => [{ code: line }, ' takes the name of a digest and nothing else.'],
  /** `words` only where they may be repeated. */
  conflictingWords: (words: string | undefined): Inline[] =>
    words === undefined
      ? ['Not all of these words can be meant together.']
      : ['These can’t all be meant together: ', words, '.'],
  storyOrZone: (word: string): Inline[] => [
    { bold: word },
    ' is both a story and a time zone. Which one is meant?',
  ],
  theStory: 'The story',
  theZone: 'The time zone',
  whichZone: (word: string | undefined) =>
    `${word === undefined ? 'That' : `“${word}”`} may be several time zones. Which one is meant?`,
  whichPolicy: (): Inline[] => [
    'What should happen on a day without news? ',
    { code: '/digest quiet skip' },
    ' posts nothing, ',
    { code: '/digest quiet note' },
    ' posts one line. Nothing was changed.',
  ],

  quietDays: { skip: 'quiet days: no post', note: 'quiet days: one line' },
  /** `more` are as many stories as have no room to be named. */
  stories: (count: number, named: string[], more: number) =>
    `${plural(count, 'story', 'stories')}: ${[named.join(', '), more > 0 ? `and ${thousands(more)} more` : ''].filter(Boolean).join(' ')}`,
  inAMoment: 'in a moment',

  isOn: (title: string, { channel, by }: Where): Inline[] => [
    { bold: `${title} is on` },
    ` ${inChannel(channel)}${by === undefined ? '' : `, set by ${by}`}`,
  ],
  first: (when: string) => `First: ${when}, with where each story stands`,
  next: (when: string) => `Next: ${when}`,
  changeOrStop: (change: string, stop: string): Inline[] => [
    'Change: ',
    { code: change },
    ' · Stop: ',
    { code: stop },
  ],
  isOff: (title: string, start: string, { channel, by }: Where): Inline[] => [
    { bold: `${title} is off` },
    ` ${inChannel(channel)}${by === undefined ? '' : `, stopped by ${by}`}\nStart it again: `,
    { code: start },
  ],
  isOffNotPosted: (title: string) => `${title} is off. I could not post that here, so only you see it.`,
  done: 'Done: the confirmation stands here for everyone.',
  saveFailed: 'Nothing was changed: I could not write it down. Please try again.',
  savedTooLate: 'Nothing was changed here: this message came too late to count. Please try again.',

  alreadyOn: (title: string, rhythm: string, stories: string): Inline[] => [
    { bold: `${title} is on` },
    ` as it was: ${rhythm}\n${stories}\nNothing was changed.`,
  ],
  toChange: (line: string): Inline[] => ['To change it: ', { code: line }],
  noStories: (title: string) => `There is no story for ${title} now. Nothing was changed.`,
  noneToStop: 'No digest is on here, so there is nothing to stop.',
  whichToStop: 'Which digest should stop?',
  notOn: (title: string) => `${title} is not on here. Nothing was changed.`,
  storyAlreadyIn: (story: string, digest: string): Inline[] => [
    { bold: story },
    ` is already in ${digest} here. Nothing was changed.`,
  ],
  storyNotIn: (story: string, digest: string): Inline[] => [
    { bold: story },
    ` is not in ${digest} here. Nothing was changed.`,
  ],
  onlyStory: (digest: string, stop: string): Inline[] => [
    `It is the only story of ${digest} here. To stop the digest: `,
    { code: stop },
    '. Nothing was changed.',
  ],

  previewOf: (title: string | undefined) => ['Preview', title].filter(Boolean).join(' · '),
  nothingNew: (title: string, since: string | undefined): Inline[] => [
    { bold: `Preview · ${title}` },
    `\nNothing new${since === undefined ? '' : ` since ${since}`}, so there would be no post now.`,
  ],
  changeQuiet: (line: string): Inline[] => ['Change it: ', { code: line }],
  button: {
    preview: 'Preview',
    status: 'Status',
    replyBelow: 'The reply below',
    stop: (title: string) => `Stop ${title}`,
  },
}

/** A channel by its name, where it has one, and who changed something there. */
type Where = { channel: string | undefined; by: string | undefined }

const inChannel = (channel: string | undefined) => (channel === undefined ? 'here' : `in ${channel}`)
