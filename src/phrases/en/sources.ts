import type { Inline } from '../../chat/reply.ts'
import { plural, thousands } from './counting.ts'

/** Sentences about the documents that a story rests on. */
export const sources = {
  none: (all: string): Inline[] => ['This story lists no sources yet. What you can ask: ', { code: all }],
  noSuchNumber: (last: number, all: string): Inline[] => [
    `There is no source with that number. They are numbered 1 to ${last}: `,
    { code: all },
  ],
  /** The kinds of sources by the words of the files, as a list names them. */
  kinds: {
    news: 'News',
    primary: 'Primary documents',
    'court-filing': 'Court filings',
    'official-local': 'City and other local officials',
    secondary: 'Secondary sources',
    reference: 'Reference works',
    mirror: 'Copies and mirrors',
  } as Record<string, string>,
  undated: 'undated',
  menuOfSources: 'Open a source',
  menuOfKinds: 'Choose a kind',
  menuOfOutlets: 'Choose an outlet',
  kindOfTime: (kind: string, time: string) => `${kind} ${time}`,
  option: (number: number, outlet: string, title: string) => `#${number} ${outlet}: ${title}`,
  /** `examples` open one source, and ask for some. */
  overview: (count: number, examples: string[]): Inline[] => [
    `${plural(count, 'source')} · For example `,
    ...examples.flatMap((line, index): Inline[] => [index > 0 ? ' · ' : '', { code: line }]),
  ],
  /** A kind of sources, with the outlets that it has most of, and how many others. */
  ofKind: (kind: string, count: number, outlets: string[], more: number): Inline[] => [
    { bold: `${kind} (${thousands(count)})` },
    `: ${outlets.join(', ')}${more > 0 ? ` and ${plural(more, 'other')}` : ''}`,
  ],
  count: (count: number, example: string): Inline[] => [
    `${plural(count, 'source')} · One with all details: `,
    { code: example },
  ],
  title: (story: string) => `Sources · ${story}`,
  titleOfOne: (number: number, outlet: string, title: string) => `Source ${number}: ${outlet}, ${title}`,
  field: {
    kind: 'Kind',
    date: 'Date',
    seen: 'Seen',
    address: 'Address',
    rights: 'Rights',
    copy: 'Our copy',
    quoted: 'Quoted here',
    note: 'Note',
  },
  seenNotDated: 'date not recorded',
  /** What our copy is: nothing, the text as it was found, or only the quoted passages. */
  copy: {
    none: 'none kept',
    whole: 'kept byte for byte, to check quotes',
    passages: 'holds the quoted passages only, byte for byte',
  },
  /** Who is quoted from it, and where each quotation is: in one passage or several. */
  quoted: (speakers: { speaker: string; quotes: Passage[][] }[]) =>
    speakers
      .map(
        ({ speaker, quotes }) =>
          `${speaker}: ${quotes.map(passages => passages.map(passageText).join(' and ')).join('; ')}`,
      )
      .join(' · '),
}

/** Characters are counted from 1. */
type Passage = { line: number; first: number; last: number }

const passageText = ({ line, first, last }: Passage) => `line ${line}, characters ${first}–${last}`
