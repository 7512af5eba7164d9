import type { Inline } from '../../chat/reply.ts'
import { thousands } from './counting.ts'

/** Sentences and buttons for the pages of a long answer. */
export const pages = {
  page: (number: number, count: number) => `Page ${thousands(number)} of ${thousands(count)}`,
  next: 'Next page',
  previous: 'Previous page',
  onlyOne: (line: string): Inline[] => ['There is only one page: ', { code: line }],
  onlySoMany: (count: number, line: string): Inline[] => [
    `There are ${thousands(count)} pages. The last one: `,
    { code: line },
  ],
  noSuchPage: 'There is no such page.',
}
