import type { Inline } from '../../chat/reply.ts'
import { pages } from './pages.ts'

/** Words that an answer did not use: the words, or how many they are where others read the answer too. */
type Unused = string | number

/** Sentences about lines in plain words: how they were read, and what of them was not used. */
export const plain = {
  /** Above the answer: the line in our words, and what of the typed one it leaves out. */
  readAs: (line: string, unused?: Unused): Inline[] => [
    'I read this as: ',
    { code: line },
    ...notUsed(unused),
  ],
  onlyUnused: (unused: Unused): Inline[] => notUsed(unused).slice(1),
  /** Between two remarks in one line. */
  between: ' · ',
  /** A line that changes something, or that others would see. */
  offered: (line: string, unused?: Unused): Inline[] => [
    ...[
      'I read this as: ',
      { code: line },
      '. It changes something here or shows it to others, so I leave it to you.',
    ],
    ...notUsed(unused),
  ],
  run: (line: string) => `Run ${line}`,
  runIt: 'Run it',
  whichStory: (lines: string[], all: string): Inline[] => [
    'Which story? ',
    ...lines.flatMap((line, index): Inline[] => [index > 0 ? ', ' : '', { code: line }]),
    '. All stories: ',
    { code: all },
  ],
  /** `words` are what was looked for, if they may be repeated. */
  nothingFor: (words: string | undefined, help: string): Inline[] => [
    `I found nothing here for ${words === undefined ? 'that' : `“${words}”`}. What you can ask: `,
    { code: help },
  ],
  youAreWelcome: (help: string): Inline[] => ['You’re welcome! What you can ask: ', { code: help }],
  greeting: (example: string, help: string): Inline[] => [
    'Hello! Ask about a story, a person or a quote, for example ',
    { code: example },
    '. What you can ask: ',
    { code: help },
  ],
}

function notUsed(unused?: Unused): Inline[] {
  if (unused === undefined) return []
  return [' · ', typeof unused === 'number' ? pages.notUsedCount(unused) : pages.notUsed(unused)]
}
