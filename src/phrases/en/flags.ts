import type { Inline } from '../../chat/reply.ts'

/** What flags are for, and why one was refused. Their names are no words: they stay as they are. */
export const flags = {
  about: {
    public: 'Post the answer in this channel for everyone',
    page: 'Which page of a long answer',
    since: 'Only from this day on: 2018-04-19, yesterday, monday, 7d',
    story: 'Only this story',
    card: 'As a picture that can be saved and passed on',
    chart: 'The turning points as a picture',
    dark: 'The picture in dark colours',
    was: 'What we had',
    now: 'What is right',
    why: 'How the mistake was found',
    notice: 'Tell it at once in the thread, not only in the next digest',
    'no-repeat': 'Show nowhere what we had',
    confirm: 'Do it; without it you see what would be done',
  },
  /** `asked` is the line, `takes` the flags that it takes. */
  unknown: (asked: string, takes: string[]): Inline[] => [
    'I don’t know that flag. ',
    { code: asked },
    ` takes ${joinFlags(takes)}. Put words that begin with a dash in quotation marks: `,
    { code: '"--like this"' },
  ],
  notTaken: (asked: string, flag: string, takes: string[]): Inline[] => [
    { code: asked },
    ` does not take ${flag}. It takes ${joinFlags(takes)}.`,
  ],
  publicHasNoValue: '--public takes no value: with it the answer is for everyone, without it for you alone.',
  noValue: (flag: string) => `${flag} takes no value.`,
  needsValue: (flag: string, about: string, example: string): Inline[] => [
    `${flag} needs a value. ${about}. For example `,
    { code: example },
  ],
  /** What may stand after a flag, where an example says it in words. */
  examples: {
    story: '--story name',
    was: '--was "29 April"',
    now: '--now "30 April"',
    why: '--why "Read from the wrong line."',
  },
}

const joinFlags = (takes: string[]) => takes.join(', ') || 'none'
