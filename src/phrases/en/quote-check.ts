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
  endDiffers: ({ ours, yours }: { ours: Ending | 'goesOn'; yours: Ending }) =>
    `At the end our copy ${OUR_ENDINGS[ours]} where yours has ${ENDINGS[yours]}.`,
  notWhetherTrue: 'This shows what our copy says, not whether it is true.',

  differs: (at: Place): Inline[] => [
    { bold: 'Differs here' },
    ` from our copy of ${sourcePlace(at)}, which reads (differences in bold):`,
  ],
  punctuationDiffers: (at: Place): Inline[] => [
    { bold: 'Differs here' },
    ` from our copy of ${sourcePlace(at)}. The words are the same; only punctuation, capitals or spaces differ.`,
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
  moreDifferences: (count: number) => `and ${plural(count, 'more difference')}`,

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
type Ending = keyof typeof ENDINGS

const ENDINGS = { stop: 'a full stop', comma: 'a comma', none: 'nothing' }
const OUR_ENDINGS = { goesOn: 'goes on', stop: 'has a full stop', comma: 'has a comma', none: 'has nothing' }

const sourcePlace = ({ outlet, number, lines }: Place) =>
  `${outlet} (source ${number}), ${quote.lines(lines)}`
const differencePosition = (after: Words | undefined) =>
  after === undefined ? 'At the start' : `After ${inQuotationMarks(after)}`
const inQuotationMarks = ({ shown, of }: Words) => `“${shown}”${of === undefined ? '' : ` (${of} words)`}`
