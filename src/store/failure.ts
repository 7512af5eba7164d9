/** Why something failed: the cause for the log, and where there is one, the sentence for people. */
export type Why = { message: string; human?: string }

const oneLine = (words: string) => words.replace(/\s*\n\s*/g, ' ')

/** As a row keeps it, in one text: the cause, and above it the sentence for people. */
export const keptWhy = ({ message, human }: Why): string =>
  [...(human === undefined ? [] : [human]), message].map(oneLine).join('\n')

/** What a row has kept. */
export function whyOf(error: string): Why {
  const [first = '', cause] = error.split('\n')
  return cause === undefined ? { message: first } : { message: cause, human: first }
}
