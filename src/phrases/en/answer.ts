import type { Inline } from '../../chat/reply.ts'
import { thousands } from './counting.ts'

/** What is said around answers, whatever they are about. */
export const answer = {
  lineTooLong: (letters: number, most: number, line: string): Inline[] => [
    `That line has ${thousands(letters)} characters; I read at most ${thousands(most)}. Ask in a few words: `,
    { code: line },
  ],
  oldButton: 'This button is older than what I know now: what it led to has changed or is gone.',
  share: 'Share to channel',
  failed: (line: string): Inline[] => [
    'Something went wrong on our side, and it has been logged. Please try again, or ask ',
    { code: line },
    '.',
  ],
}
