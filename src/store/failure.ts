/** Why something failed: the cause for the log, and where there is one, the sentence for people. */
export type Failure = { message: string; human?: string }

const joinLines = (words: string) => words.replace(/\s*\n\s*/g, ' ')

/** As a row keeps it, in one text: the cause, and above it the sentence for people. */
export const formatFailure = ({ message, human }: Failure): string =>
  [...(human === undefined ? [] : [human]), message].map(joinLines).join('\n')

/** What a row has kept. */
export function parseFailure(error: string): Failure {
  const [first = '', cause] = error.split('\n')
  return cause === undefined ? { message: first } : { message: cause, human: first }
}
