import type { Inline } from '../../chat/reply.ts'
import { plural } from './counting.ts'

/** Sentences about dated events. */
export const timeline = {
  unreadableDate: [
    'I can’t read that date. Dates look like ',
    { code: '2018' },
    ', ',
    { code: '2018-04' },
    ', ',
    { code: '2018-04-19' },
    ' or ',
    { code: '2017-08..2018-07' },
    '; ',
    { code: '--since 2018-04-19' },
    ' starts on that day.',
  ] as Inline[],
  noneInTime: (lastDay: string, line: string): Inline[] => [
    `No events in that time. The last event is from ${lastDay}: `,
    { code: line },
  ],
  noneAtAll: (line: string): Inline[] => [
    'No events in that time: this story has no dated events. What you can ask: ',
    { code: line },
  ],
  none: (line: string): Inline[] => ['This story has no dated events. What you can ask: ', { code: line }],
  /** `numbers` are source numbers, `added` the day on which the event was entered later. */
  event: (
    date: string,
    text: Inline[],
    { numbers, added, note }: { numbers: number[]; added?: string; note?: Inline[] },
  ): Inline[] => [
    { bold: date },
    ' · ',
    ...text,
    numbers.length > 0 ? ` [${numbers.join(', ')}]` : '',
    added === undefined ? '' : ` Added to the timeline ${added}.`,
    ...(note ? [' ', { italic: 'Note:' }, ' ', ...note] : []),
  ],
  title: (story: string) => `Timeline · ${story}`,
  /** `years` is one year, or the first and last; `lines` ask for fewer events. */
  ranges: (events: number, years: string[], lines: string[]): Inline[] => [
    `${plural(events, 'event')}, ${years.join(' to ')}`,
    ...lines.flatMap((line): Inline[] => [' · ', { code: line }]),
  ],
}
