import type { Inline } from '../../chat/reply.ts'
import { plural, thousands } from './counting.ts'
import { quote } from './quote.ts'

/** Sentences about words compared with our copy. They never say that words are true, or that they were not said. */
export const quoteCheck = {
  tooFew: (): Inline[] => ['Give me at least three words in a row to check: ', { code: '/quote check "…"' }],
  tooLong: (length: number, limit: number): Inline[] => [
    `That has ${thousands(length)} characters. Check at most ${limit} at a time, sentence by sentence: `,
    { code: '/quote check "…"' },
  ],
  noWords: 'That message has no words to check.',
  /** The words of a message that were checked; `of` is how many quotations the message has. */
  checkedWords: (words: string, of: number) =>
    `Checked from that message: “${words}”${of > 1 ? ` · the longest of ${thousands(of)} quotes in it` : ''}`,

  exactMatch: (at: Place): Inline[] => [{ bold: 'Exact match' }, ` with our copy of ${sourcePlace(at)}.`],
  exactWords: (at: Place): Inline[] => [{ bold: 'Exact words' }, ` in our copy of ${sourcePlace(at)}.`],
  /** For words that were typed with “…” between them. */
  exactWithLeftOut: (at: Place): Inline[] => [
    { bold: 'Exact match' },
    ` with our copy of ${sourcePlace(at)}, with words left out.`,
  ],
  leftOut: (passages: Words[]) => `Left out there: ${passages.map(inQuotationMarks).join(' · ')}.`,
  /** For pieces of several quotations, or of a quotation and the outlet’s words, typed as one. */
  notOneQuotation: (at: Place): Inline[] => [
    { bold: 'Not one quotation' },
    ` in our copy of ${sourcePlace(at)}. Each piece is there word for word, but they are not parts of one quotation:`,
  ],
  /** For pieces that are all there, but one before the other. */
  otherOrder: (at: Place): Inline[] => [
    { bold: 'Other order' },
    ` in our copy of ${sourcePlace(at)}. Each piece is there word for word, but not in this order:`,
  ],
  piece: (words: Words, line: number, quoted: boolean) =>
    `${inQuotationMarks(words)}, line ${line}, ${quoted ? 'inside quotation marks' : 'the outlet’s own words'}`,
  endDiffers: ({ ours, yours }: { ours: Ending | 'goesOn'; yours: Ending }) =>
    `At the end our copy ${ourEnding(ours)} where yours has ${ENDINGS[yours]}.`,
  notWhetherTrue: 'This shows what our copy says, not whether it is true.',

  // That differing words are bold is not said: the terminal and a screen reader have no bold. They are named below.
  differs: (at: Place): Inline[] => [
    { bold: 'Differs here' },
    ` from our copy of ${sourcePlace(at)}, which reads:`,
  ],
  lettersDiffer: (at: Place): Inline[] => [
    { bold: 'Differs here' },
    ` from our copy of ${sourcePlace(at)}. Accents or special letters differ, which can make another word:`,
  ],
  punctuationDiffers: (at: Place): Inline[] => [
    { bold: 'Differs here' },
    ` from our copy of ${sourcePlace(at)}. The words are the same; only punctuation, capitals or spaces differ.`,
  ],
  spacesDiffer: (at: Place): Inline[] => [
    { bold: 'Differs here' },
    ` from our copy of ${sourcePlace(at)}. The words are the same; only spaces differ.`,
  ],
  /** One place where the two differ; `after` are the words before it in our copy. */
  difference: {
    added: (after: Words | undefined, yours: Words) =>
      `${differencePosition(after)}: yours adds ${inQuotationMarks(yours)}`,
    addedUnseen: (after: Words | undefined) => `${differencePosition(after)}: yours adds words`,
    ours: (after: Words | undefined, ours: Words) =>
      `${differencePosition(after)}: our copy has ${inQuotationMarks(ours)}`,
    leftOut: (after: Words | undefined, ours: Words) =>
      `${differencePosition(after)}: our copy has ${inQuotationMarks(ours)}, yours does not`,
    changed: (after: Words | undefined, ours: Words, yours: Words) =>
      `${differencePosition(after)}: our copy has ${inQuotationMarks(ours)}, yours ${inQuotationMarks(yours)}`,
  },
  /** Signs that nobody sees, by which words that look the same differ. */
  unseenSigns: (ours: UnseenSign[], yours: UnseenSign[]) =>
    `Signs that cannot be seen differ: ${[
      ...(yours.length > 0 ? [`yours has ${namesOfSigns(yours)}`] : []),
      ...(ours.length > 0 ? [`our copy has ${namesOfSigns(ours)}`] : []),
    ].join('; ')}.`,

  notFound: (sources: number): Inline[] =>
    sources === 0
      ? ['We keep no sources to check against right now.']
      : [
          { bold: 'Not found' },
          ` in our ${sources === 1 ? 'only stored source' : plural(sources, 'stored source')}. That does not mean it was not said: we keep only what our stories rest on.`,
        ],

  saidBy: (speaker: string, role: string) => `${speaker}, ${role}.`,
  /** For words that are not in one piece in the source. */
  saidByInParts: (speaker: string, role: string) =>
    `${speaker}, ${role}. […] marks where the source has other words in between.`,
  insideQuotationMarks: 'They are inside quotation marks there.',
  outletsOwnWords: 'They are the outlet’s own words there, not inside quotation marks.',
  whatRecordShows: (verdicts: string[]): Inline[] => [
    { bold: 'What the record shows:' },
    ` ${verdicts.join(' ')}`,
  ],
  /** Used if there is no room for the verdicts. */
  recordAt: (line: string): Inline[] => [{ bold: 'See what the record shows:' }, ' ', { code: line }],
  noteGoesWith: (line: string): Inline[] => ['An editor’s note goes with these words: ', { code: line }],
  theQuote: 'The quote',
}

/** A place in our copy of a source. */
type Place = { outlet: string; number: number; lines: number[] }
/** Words as they are shown; `of` is how many there are, if only the first and last of them are shown. */
type Words = { shown: string; of?: number }
/** The punctuation mark at the end. */
export type Ending = keyof typeof ENDINGS
/** A sign that cannot be seen. */
export type UnseenSign = keyof typeof UNSEEN_SIGNS

const ENDINGS = {
  stop: 'a full stop',
  comma: 'a comma',
  question: 'a question mark',
  exclamation: 'an exclamation mark',
  semicolon: 'a semicolon',
  colon: 'a colon',
  ellipsis: 'an ellipsis',
  none: 'nothing',
}
const UNSEEN_SIGNS = {
  softHyphen: 'a soft hyphen',
  noBreakSpace: 'a no-break space',
  otherSpace: 'a space of another width',
  zeroWidthSpace: 'a zero-width space',
  joiner: 'a zero-width joiner',
  nonJoiner: 'a zero-width non-joiner',
  direction: 'a sign for the direction of text',
  accentsApart: 'accents stored apart from their letters',
}

const namesOfSigns = (signs: UnseenSign[]) => signs.map(sign => UNSEEN_SIGNS[sign]).join(', ')
const ourEnding = (ending: Ending | 'goesOn') => (ending === 'goesOn' ? 'goes on' : `has ${ENDINGS[ending]}`)

const sourcePlace = ({ outlet, number, lines }: Place) =>
  `${outlet} (source ${number}), ${quote.lines(lines)}`
const differencePosition = (after: Words | undefined) =>
  after === undefined ? 'At the start' : `After ${inQuotationMarks(after)}`
const inQuotationMarks = ({ shown, of }: Words) => `“${shown}”${of === undefined ? '' : ` (${of} words)`}`
