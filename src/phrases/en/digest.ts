import type { Inline } from '../../chat/reply.ts'
import { plural, thousands } from './counting.ts'

/** Sentences of `/digest`: how to ask, what is set and changed, and why something is refused. */
export const digest = {
  about: 'Digests posted here on a schedule: status, on, off, set',
  aboutVerb: {
    status: 'What this channel gets, when, and how the last one went',
    settings: 'Set a digest in a form: when, and with which stories',
    on: 'Send a digest to this channel',
    off: 'Stop a digest in this channel',
    set: 'Change when a digest is posted, or its stories',
    quiet: 'On days without news: no post, or one line that says so',
    now: 'What would be sent right now; only you see it',
    preview: 'Any digest as it would be now; only you see it',
    help: 'How to set a digest, with examples',
  },
  aboutValue: {
    name: 'Which digest',
    time: 'Local time: 7:30, 7.30am, 19:00',
    zone: 'Time zone: chicago, America/Chicago',
    days: 'Days: weekdays, daily, mon-fri, mon,wed,fri',
    stories: 'Only these stories, separated by commas; “all” for every story',
    words: 'Only news with these words: ordinance, "7th circuit" -sports; “all” for all news',
    policy: 'skip: no post · note: one line',
  },
  /** Each begins with the word to type. */
  offer: {
    weekdays: 'weekdays: Monday to Friday',
    daily: 'daily: every day',
    weekends: 'weekends: Saturday and Sunday',
    skip: 'skip: no post on days without news',
    note: 'note: one line on days without news',
    all: 'all: every story of the digest',
  },

  intro: (): Inline[] => [
    { bold: 'Digests' },
    ' are posted here on a schedule, at this channel’s own local time.',
  ],
  help: {
    status: 'what this channel gets, when, and how the last one went',
    on: 'in any order; I choose what you leave out, and show it',
    set: 'changes the time and the stories; “all” for every story',
    words: 'only news with any of these words; “words:” alone for all news',
    quiet: 'one line on days without news; “skip” for none',
    preview: 'how it would look now, for your eyes only',
    off: 'stops it',
    settings: 'all of it in a form, where a form can open',
  },

  nothingChanged: 'Nothing was changed.',
  previewIsPrivate: (line: string): Inline[] => [
    { code: line },
    ' does not take --public: a preview is only for you. Nothing was changed.',
  ],
  publicNotNeeded: (line: string): Inline[] => [
    { code: line },
    ' does not take --public: the change is announced here anyway. Nothing was changed.',
  ],
  needsBot: (): Inline[] => [
    'Digests need a running bot; ',
    { code: 'ask' },
    ' prints one answer and exits. Nothing was changed. Start a bot: ',
    { code: 'npm start' },
  ],
  noDigests: 'There are no digests yet. The editors of this newsroom can define one.',

  unknownCaller: 'I can’t tell who is asking.',
  notForGuests: 'Guests can’t change digests; a member of this channel can.',
  guestUnknown: 'I can’t check right now whether you are a guest here; try again.',
  needsPermission: 'Changing digests needs the permission Manage Channels or Manage Server.',
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
  /** `words` only if they may be repeated. */
  conflictingWords: (words: string | undefined): Inline[] =>
    words === undefined
      ? ['Some of these words contradict each other.']
      : ['These contradict each other: ', words, '.'],
  storyOrZone: (word: string): Inline[] => [
    { bold: word },
    ' is both a story and a time zone. Which one do you mean?',
  ],
  theStory: 'The story',
  theZone: 'The time zone',
  whichZone: (word: string | undefined) =>
    `${word === undefined ? 'That' : `“${word}”`} can mean several time zones. Which one do you mean?`,
  whichPolicy: (): Inline[] => [
    'What should happen on a day without news? ',
    { code: '/digest quiet skip' },
    ' posts nothing, ',
    { code: '/digest quiet note' },
    ' posts one line. Nothing was changed.',
  ],

  /** `word` only if it may be repeated; `lines` say each of the two. */
  quietTakes: (word: string | undefined, lines: string[]): Inline[] => [
    ...(word === undefined ? ['quiet takes skip or note: '] : [`“${word}” is not skip or note: `]),
    ...lines.flatMap((line, index): Inline[] => [index > 0 ? ' (no post) or ' : '', { code: line }]),
    ' (one line).',
  ],
  /** `word` only if it may be repeated; `names` are the digests there are. */
  noSuchDigest: (word: string | undefined, names: string[]): Inline[] => [
    word === undefined ? 'No digest has that name. Here: ' : `No digest is called “${word}”. Here: `,
    `${names.join(', ')}.`,
  ],
  noSuchTime: (word: string | undefined) =>
    `${word === undefined ? 'That' : `“${word}”`} is not a time. Write 7:30, 19:00 or 7pm.`,
  /** A word that resembles no story, day or time zone; a digest could have been meant if none is named. */
  unknownWord: (word: string | undefined, digestNamed: boolean, line: string): Inline[] => [
    `I know no ${digestNamed ? '' : 'digest, '}story or time zone ${word === undefined ? 'by that name' : `“${word}”`}. For a time zone, try a city such as chicago. Examples: `,
    { code: line },
  ],

  quietDays: { skip: 'quiet days: no post', note: 'quiet days: one line' },
  /** `more` is how many stories are not named, for lack of room. */
  stories: (count: number, named: string[], more: number) =>
    `${plural(count, 'story', 'stories')}: ${[named.join(', '), more > 0 ? `and ${thousands(more)} more` : ''].filter(Boolean).join(' ')}`,
  inAMoment: 'in a moment',
  noReportYet: (title: string) => `Nothing has come in yet that ${title} would post.`,
  asReportsCome: 'as reports come in',
  hasNoTime: (title: string) => `${title} posts each report as it comes, so it has no time of day.`,
  /** What holds reports back: more than an hour has room for, and quiet hours. */
  limits: (anHour: number, quietHours: string | undefined) =>
    `at most ${plural(anHour, 'post')} an hour${quietHours === undefined ? '' : `, none ${quietHours}`}: the others come together afterwards`,

  isOn: (title: string, { channel, by }: Where): Inline[] => [
    { bold: `${title} is on` },
    ` ${inChannel(channel)}${by === undefined ? '' : `, set by ${by}`}`,
  ],
  first: (when: string) => `First: ${when}, with the status of each story`,
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
  done: 'Done. I posted a confirmation in this channel.',
  saveFailed: 'Nothing was changed: I could not save it. Please try again.',
  savedTooLate: 'Saving took too long, so nothing was changed. Please try again.',

  alreadyOn: (title: string, rhythm: string, stories: string): Inline[] => [
    { bold: `${title} is already on` },
    `: ${rhythm}\n${stories}\nNothing was changed.`,
  ],
  toChange: (line: string): Inline[] => ['To change it: ', { code: line }],
  noStories: (title: string) => `${title} has no stories right now. Nothing was changed.`,
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

/** The name of a channel, if it has one, and who changed something there. */
type Where = { channel: string | undefined; by: string | undefined }

const inChannel = (channel: string | undefined) => (channel === undefined ? 'here' : `in ${channel}`)
