/** Why something failed: the cause for the log and, if there is one, the sentence for people. */
export type Failure = { message: string; human?: string }

const joinLines = (words: string) => words.replace(/\s+/g, blanks => (blanks.includes('\n') ? ' ' : blanks))

/** Formats a failure as the one text that a row stores: the sentence for people on the first line, then the cause. */
export const formatFailure = ({ message, human }: Failure): string =>
  [...(human === undefined ? [] : [human]), message].map(joinLines).join('\n')

/** Reads the failure that a row stores. */
export function parseFailure(error: string): Failure {
  const [first = '', cause] = error.split('\n')
  return cause === undefined ? { message: first } : { message: cause, human: first }
}
