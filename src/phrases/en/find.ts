import type { Inline } from '../../chat/reply.ts'
import { plural, thousands } from './counting.ts'

/** What is said of a search: what it found, where, and why it found nothing. */
export const find = {
  about: 'Search every story, quote, event and source',
  aboutWords: 'What to look for',
  /** To look for, where the stories have none. */
  exampleWord: 'words',
  whatToFind: (example: string): Inline[] => ['Find what? For example ', { code: example }],
  tooLong: (length: number, most: number) =>
    `That has ${thousands(length)} characters. Search for a few words, with at most ${most} characters.`,
  nothing: (stories: number, typed?: string) =>
    `${typedPrefix(typed)}Nothing found in ${plural(stories, 'story', 'stories')}. I look for every word; try fewer, or other ones.`,
  nothingInStory: (typed?: string) =>
    `${typedPrefix(typed)}Nothing found in this story. I look for every word; try fewer, or other ones.`,
  /** `best` is how many of the hits can be seen, where those are not all. */
  found: ({ typed, hits, stories, best }: { typed?: string; hits: number; stories: number; best?: number }) =>
    `${typedPrefix(typed)}${plural(hits, 'hit')} in ${plural(stories, 'story', 'stories')}${best === undefined ? '' : ` · the best ${best}`}`,
  similar: 'Nothing has exactly these words. These are similar:',

  /** In which part of a story a hit stands. */
  location: {
    label: 'Title',
    quotation: (kind: keyof typeof KINDS, speaker: string, remark?: string) =>
      [KINDS[kind], speaker, ...(remark === undefined ? [] : [remark])].join(', '),
    source: (outlet: string, line: number) => `${outlet}, line ${line}`,
    event: (day: string) => `Timeline, ${day}`,
    claim: 'What the record shows',
    fact: 'Fact',
    person: 'People',
  },
  /** What must go with words of somebody; `recordAt` stands where there is no room for it. */
  recordAt: (line: string): Inline[] => [
    ' → ',
    { bold: 'the record says something about this:' },
    ' ',
    { code: line },
  ],
  remarkOn: (speaker: string, remark: string) => `${speaker}: ${remark}.`,
}

const KINDS = { direct: 'Quote', partial: 'Partial quote', reported: 'Reported' }

/** What was typed, where it may be repeated. */
const typedPrefix = (typed: string | undefined) => (typed === undefined ? '' : `“${typed}” · `)
