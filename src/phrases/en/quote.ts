import type { Inline } from '../../chat/reply.ts'
import { thousands } from './counting.ts'

/** Sentences about quotations: their kinds, who said them, and why there is none. */
export const quote = {
  about: 'Exact words, with speaker, role, source and line',
  aboutOf: 'A speaker, or some of the words',
  aboutCheck: 'Whether these exact words are in our sources',
  aboutWords: 'The words to check, as they were published',
  checkIsPrivate: (line: string): Inline[] => [
    'A check is for you alone: it shows how your words differ from our copy. A quote can be shared: ',
    { code: line },
  ],
  tooLong: (length: number, limit: number, line: string): Inline[] => [
    `That has ${thousands(length)} characters. Ask with at most ${limit}; to check a whole passage: `,
    { code: line },
  ],
  tooManyToDate: (count: number, byName: string, storyFlag: string): Inline[] => [
    `${thousands(count)} quotes have these words: too many to look through for a time. Name who said it, `,
    { code: byName },
    ', or a story, with ',
    { code: storyFlag },
    '.',
  ],
  kinds: { direct: 'quote', partial: 'partial quote', reported: 'reported, not a quotation' },
  /** `role` is the speaker's at the time, `where` the outlet, date and lines, `said` when it was said or written. */
  attribution: (speaker: string, role: string, where: string, said?: string): Inline[] => [
    { bold: speaker },
    `, ${role}\n${where}${said === undefined ? '' : ` · ${said}`}`,
  ],
  reportedAttribution: (
    outlet: string,
    speaker: string,
    role: string,
    where: string,
    said?: string,
  ): Inline[] => [
    `${outlet}’s words, not in quotation marks, about `,
    { bold: speaker },
    `, ${role}\n${where}${said === undefined ? '' : ` · ${said}`}`,
  ],
  /** Whose words they are, on a line of its own in a picture. */
  reportedAbout: (outlet: string, speaker: string) =>
    `${outlet}’s words, not in quotation marks, about ${speaker}`,
  lines: (numbers: number[]) => `line${numbers.length > 1 ? 's' : ''} ${numbers.join(', ')}`,
  ofOurCopy: (lines: string) => `${lines} of our copy`,
  outletOmission: (outlet: string) => `words left out by ${outlet}`,
  dated: (date: string) => `dated ${date}`,
  undated: 'date: not given',
  spoken: (date: string) => `said ${date}`,
  spokenUndated: 'date spoken: not given',
  wordsDated: (date: string) => `words of ${date}`,
  wordsUndated: 'date of the words: not given',
  editorsNote: (note: Inline[]): Inline[] => [{ bold: 'Editor’s note:' }, ' ', ...note],
  next: 'Next',
  nextAbout: (what: string) => `Next: ${what}`,
  source: 'Source',
  exactMatch: (number: number, count: number) =>
    `${thousands(number)} of ${thousands(count)} · exact match with our stored copy`,
  countOfQuotes: (count: number) =>
    count === 1
      ? 'There is only one quote for that.'
      : `There are ${thousands(count)} quotes for that, numbered from 1.`,
  countOfQuotesWithLine: (count: number, line: string): Inline[] => [
    count === 1
      ? 'There is only one quote for that: '
      : `There are ${thousands(count)} quotes for that, numbered from 1: `,
    { code: line },
  ],
  /** `words` only if they may be repeated. */
  noneHas: (speaker: string, quotes: number, words: string | undefined, count: number): Inline[] => [
    quotes === 1 ? 'The only quote of ' : 'None of ',
    { bold: quotes === 1 ? speaker : possessive(speaker) },
    quotes === 1 ? ' does not have ' : ` ${thousands(quotes)} quotes has `,
    words === undefined ? (count === 1 ? 'that word' : 'any of those words') : `“${words}”`,
    quotes === 1 ? '. It is:' : '. These are the quotes:',
  ],
  /** The first words of a note above a quote that has some of the typed words. */
  notWith: (words: string | undefined): string =>
    words === undefined ? 'No quote here has all of those words.' : `No quote here also has “${words}”.`,
  allOf: (line: string): Inline[] => ['All of them: ', { code: line }],
  quotesOf: 'All quotes',
  openOne: 'Read one in full',
  noExactMatch: 'No quote here has exactly these words. I never paraphrase.',
  noneYet: (line: string): Inline[] => ['There are no quotes yet. All stories: ', { code: line }],
  noneInStory: (line: string): Inline[] => ['This story has no quotes yet. All stories: ', { code: line }],
  whoseWords: (names: string[]): Inline[] => [
    'Whose words? ',
    ...names.flatMap((name, index): Inline[] => [index > 0 ? ' · ' : '', { bold: name }]),
  ],
  moreNames: (count: number) => `and ${thousands(count)} more: type a name, or some of the words`,
  whichNamesake: ['These are quoted under this name, or one like it. Whose words?'] as Inline[],
  namesake: (name: string, role: string, title: string, story: string): Inline[] => [
    { bold: name },
    `, ${role}, in ${title} (`,
    { code: story },
    ')',
  ],
  namesakeButton: (name: string, story: string) => `${name} (${story})`,
  moreNamesakes: (count: number, flag: string) => `and ${thousands(count)} more: name the story with ${flag}`,
  example: (line: string): Inline[] => ['For example ', { code: line }],
}

const possessive = (name: string) => `${name}’s`
