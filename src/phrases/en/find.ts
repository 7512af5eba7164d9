import type { Inline } from '../../chat/reply.ts'
import { plural, thousands } from './counting.ts'

/** Sentences of a search: what it found, where, and why it found nothing. */
export const find = {
  about: 'Search every story, quote, event and source',
  aboutWords: 'What to look for',
  /** An example of what to search for, if the stories offer none. */
  exampleWord: 'words',
  whatToFind: (example: string): Inline[] => ['Find what? For example ', { code: example }],
  tooLong: (length: number, limit: number) =>
    `That has ${thousands(length)} characters. Search for a few words, with at most ${limit} characters.`,
  nothing: (stories: number, typed?: string) =>
    `${typedPrefix(typed)}Nothing found in ${plural(stories, 'story', 'stories')}. I look for every word; try fewer or different ones.`,
  nothingInStory: (typed?: string) =>
    `${typedPrefix(typed)}Nothing found in this story. I look for every word; try fewer or different ones.`,
  /** `best` is how many of the hits are shown, if not all are. */
  found: ({ typed, hits, stories, best }: { typed?: string; hits: number; stories: number; best?: number }) =>
    `${typedPrefix(typed)}${plural(hits, 'hit')} in ${plural(stories, 'story', 'stories')}${best === undefined ? '' : ` · the best ${best}`}`,
  /** Nothing has all of the words. `used` are those of the hits, `unused` the others, if they may be repeated. */
  some: (used: string | undefined, unused: string | undefined): string =>
    used === undefined || unused === undefined
      ? 'Nothing has all of these words. These have some of them:'
      : `Nothing has all of these words. Not found with the others: “${unused}”. These have “${used}”:`,
  similar: 'Nothing has exactly these words. These are similar:',

  /** The part of a story that a hit is in. */
  location: {
    label: 'Title',
    quotation: (kind: keyof typeof KINDS, speaker: string, remark?: string) =>
      [KINDS[kind], speaker, ...(remark === undefined ? [] : [remark])].join(', '),
    source: (outlet: string, line: number) => `${outlet}, line ${line}`,
    listed: (number: number) => `Source ${number}`,
    event: (day: string) => `Timeline, ${day}`,
    claim: 'What the record shows',
    fact: 'Fact',
    person: 'People',
  },
  /** A pointer to the verdict that must go with a claim, used if there is no room for the verdict itself. */
  recordAt: (line: string): Inline[] => [' → ', { bold: 'see what the record shows:' }, ' ', { code: line }],
  remarkOn: (speaker: string, remark: string) => `${speaker}: ${remark}.`,
}

const KINDS = { direct: 'Quote', partial: 'Partial quote', reported: 'Reported' }

/** The typed words, if they may be repeated. */
const typedPrefix = (typed: string | undefined) => (typed === undefined ? '' : `“${typed}” · `)
