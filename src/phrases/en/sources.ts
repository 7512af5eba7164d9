import type { Inline } from '../../chat/reply.ts'

/** Sentences about the documents that a story rests on. */
export const sources = {
  none: (all: string): Inline[] => ['This story lists no sources yet. What you can ask: ', { code: all }],
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
