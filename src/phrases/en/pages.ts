import type { Inline } from '../../chat/reply.ts'
import { thousands } from './counting.ts'

/** Sentences, buttons and menus for the pages of a long answer, and for lists whose items are opened. */
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

  /** The first sentence of a text in a list, with the mark that there is more. */
  more: (sentence: string) => `${sentence} […]`,
  back: 'Back to the list',
  nextItem: 'Next',
  previousItem: 'Previous',
  menu: 'Go to a page',
  /** A page in a menu, by the first item on it. */
  option: (page: number, first: string) => `${page} · from ${first}`,
  /** A group of items in a menu, such as a year, and how many it has. */
  group: (name: string, count: number) => `${name} (${thousands(count)})`,

  /** Words of a line that chose nothing; where others read along, they are not repeated. */
  notUsed: (words: string) => `I did not use: “${words}”`,
  notUsedCount: (words: number) =>
    words === 1
      ? 'I did not use one word of the line'
      : `I did not use ${thousands(words)} words of the line`,
  chosenBy: (words: string) => `“${words}”`,
  noneWithWords: (all: string): Inline[] => [
    'Nothing in this list has these words. All of it: ',
    { code: all },
  ],
  noSuchNumber: (count: number, all: string): Inline[] => [
    count === 1
      ? 'This list has only one item: '
      : `This list has ${thousands(count)} items, numbered from 1: `,
    { code: all },
  ],
}
