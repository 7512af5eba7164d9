import type { Inline } from '../../chat/reply.ts'

/** Sentences about people and words that are in the stories or sources but not in a quote. */
export const unquoted = {
  quotedAs: (person: string, speaker: string, line: string): Inline[] => [
    { bold: person },
    ` is quoted here as ${speaker}: `,
    { code: line },
  ],
  quotesOf: (speaker: string) => `Quotes: ${speaker}`,
  notQuoted: (person: string, story: string, line: string): Inline[] => [
    { bold: person },
    ` is in the story “${story}” but is not quoted here: `,
    { code: line },
  ],
  whoIn: (story: string) => `Who: ${story}`,
  wordInSource: (at: Place) => `Nobody is quoted here with that word. It appears in ${sourcePlace(at)}.`,
  outletsOwnWords: (at: Place): Inline[] => [
    { bold: 'There is no such quote.' },
    ` These words are the outlet’s own: they appear in ${sourcePlace(at)} without quotation marks, and nobody is quoted as saying them.`,
  ],
}

/** A line in our copy of a source. */
type Place = { outlet: string; line: number; number: number }

const sourcePlace = ({ outlet, line, number }: Place) =>
  `${outlet}, line ${line} of our copy (source ${number})`
