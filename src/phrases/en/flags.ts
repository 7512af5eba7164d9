import type { Inline } from '../../chat/reply.ts'

/** What flags are for, and why one was refused. The names of flags are not translated. */
export const flags = {
  about: {
    public: 'Post the answer in this channel for everyone',
    page: 'Which page of a long answer',
    since: 'Only from this day on: 2018-04-19, yesterday, monday, 7d',
    story: 'Only this story',
    card: 'As a picture to save and share',
    chart: 'The turning points as a picture',
    dark: 'The picture in dark colours',
    was: 'What we had',
    now: 'What is right',
    why: 'How the mistake was found',
    into: 'For which story',
    as: 'Under which name',
    name: 'Who said it',
    role: 'What they were then',
    date: 'The day of the event: 2018-04-19',
    text: 'The event in our own words',
    title: 'The title of a new story',
    status: 'How things stand, in one line',
    summary: 'The summary of a new story',
    confidence: 'medium, or high with the number of another source that says so',
    notice: 'Post a notice in each thread now, not only in the next digest',
    'no-repeat': 'Do not repeat the wrong words',
    confirm: 'Do it; without this you only see what would be done',
  },
  /** `line` is the command that was typed, `takes` the flags it accepts. */
  unknown: (line: string, takes: string[]): Inline[] => [
    'I don’t know that flag. ',
    { code: line },
    ` takes ${joinFlags(takes)}. Put words that begin with a dash in quotation marks: `,
    { code: '"--like this"' },
  ],
  notTaken: (line: string, flag: string, takes: string[]): Inline[] => [
    { code: line },
    ` does not take ${flag}. It takes ${joinFlags(takes)}.`,
  ],
  publicHasNoValue: '--public takes no value: with it the answer is for everyone, without it for you alone.',
  noValue: (flag: string) => `${flag} takes no value.`,
  needsValue: (flag: string, about: string, example: string): Inline[] => [
    `${flag} needs a value. ${about}. For example `,
    { code: example },
  ],
  /** Examples of flags whose value is text. */
  examples: {
    story: '--story name',
    was: '--was "29 April"',
    now: '--now "30 April"',
    why: '--why "Read from the wrong line."',
    into: '--into name',
    as: '--as name',
    name: '--name "Ann Mori"',
    role: '--role "Mayor"',
    date: '--date 2018-04-19',
    text: '--text "The court rules."',
    title: '--title "The bridge"',
    status: '--status "It is closed."',
    summary: '--summary "The city closed the bridge."',
    confidence: '--confidence "high 2"',
  },
}

const joinFlags = (takes: string[]) => takes.join(', ') || 'none'
