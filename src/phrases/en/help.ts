import type { Inline } from '../../chat/reply.ts'
import { thousands } from './counting.ts'

/** Sentences of `/nutgraf`: help, what nutgraf is, and the answer to a word that it does not know. */
export const help = {
  about: 'Short, sourced answers: stories, search, changes, help',
  aboutVerb: {
    changes: 'Corrections and dated entries of all stories, last 7 days',
    help: 'What you can ask',
    about: 'Version, and how old the content is',
    report: 'Tell the editors what is wrong here',
  },
  aboutValue: {
    command: 'Only this command',
    sentence: 'What is wrong, in one sentence',
  },

  /** `typed` is the word, if it may be repeated; `near` are lines that may be meant, `helpLine` is the one for help. */
  unknownWord: (typed: string | undefined, near: string[], helpLine: string): Inline[] => [
    ...(typed === undefined ? ['I don’t know that word.'] : ['I don’t know “', typed, '”.']),
    ...(near.length > 0 ? [' Did you mean: ', ...joinLines(near), '?'] : []),
    ' What you can ask: ',
    { code: helpLine },
  ],

  intro: (): Inline[] => [
    { bold: 'nutgraf:' },
    ' short, sourced answers. Only you see slash-command answers until you share them.',
  ],
  introOfPreview: (): Inline[] => [
    { bold: 'nutgraf:' },
    ' short, sourced answers. The words are the same as on Slack and Discord.',
  ],
  /** `verbs` are some of the story's other verbs. */
  story: (summary: string, verbs: string[], all: string): Inline[] => [
    { code: summary },
    ` · also ${verbs.join(', ')} and more: `,
    { code: all },
  ],
  quote: (line: string): Inline[] => [
    { code: line },
    ' · exact words, with the source · as a picture: ',
    { code: '--card' },
  ],
  check: (): Inline[] => [{ code: '/quote check "some words"' }, ' · are these words in our sources?'],
  find: (line: string): Inline[] => [{ code: line }, ' · search everything'],
  changes: (line: string): Inline[] => [{ code: line }, ' · what is new, what was corrected'],
  digest: (line: string): Inline[] => [{ code: line }, ' · what this channel gets, and when'],
  stories: (line: string, count: number): Inline[] => [
    { code: line },
    count === 1 ? ' · the only story' : ` · all ${thousands(count)} stories`,
  ],
  byMention: (mention: string): Inline[] => [
    'In a thread or a message: ',
    { code: mention },
    ' (everyone sees the answer)',
  ],

  aboutNutgraf: (): Inline[] => [
    { bold: 'nutgraf' },
    ': the newsroom’s memory in chat. Every quote is verbatim and checked against a stored source; no model writes text.',
  ],
  field: {
    version: 'Version',
    stories: 'Stories',
    revision: 'Content revision',
    checked: 'Content last checked',
  },
  dayRange: (first: string, last: string) => `${first} to ${last}`,
}

const joinLines = (lines: string[]) =>
  lines.flatMap((line, index): Inline[] => [index > 0 ? ', ' : '', { code: line }])
