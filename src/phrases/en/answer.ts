import type { Inline } from '../../chat/reply.ts'
import { thousands } from './counting.ts'

/** Sentences around answers of every kind: buttons, errors, lines that are too long. */
export const answer = {
  lineTooLong: (length: number, limit: number, line: string): Inline[] => [
    `That line has ${thousands(length)} characters; I read at most ${thousands(limit)}. Ask in a few words: `,
    { code: line },
  ],
  oldButton: 'This button is out of date: what it led to has changed or is gone.',
  share: 'Share to channel',
  failed: (line: string): Inline[] => [
    'Something went wrong on our side, and it has been logged. Please try again, or ask ',
    { code: line },
    '.',
  ],
}
