import type { Inline } from '../../chat/reply.ts'

/** What is said of the documents that a story rests on. */
export const sources = {
  none: (all: string): Inline[] => ['This story lists no sources yet. All you can ask: ', { code: all }],
  noSuchNumber: (last: number, all: string): Inline[] => [
    `There is no source with that number. They are numbered 1 to ${last}: `,
    { code: all },
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
  seenNotDated: 'day not noted',
  /** What our copy is: nothing, the text as it was found, or the passages that are quoted and no more. */
  copy: {
    none: 'none kept',
    whole: 'kept byte for byte, to check quotes',
    passages: 'holds the quoted passages only, byte for byte',
  },
  /** Who is quoted from it, and where each quotation stands: in one passage or several. */
  quoted: (each: { speaker: string; quotes: Passage[][] }[]) =>
    each
      .map(
        ({ speaker, quotes }) =>
          `${speaker}: ${quotes.map(one => one.map(passageText).join(' and ')).join('; ')}`,
      )
      .join(' · '),
}

/** Characters are counted from 1. */
type Passage = { line: number; first: number; last: number }

const passageText = ({ line, first, last }: Passage) => `line ${line}, characters ${first}–${last}`
