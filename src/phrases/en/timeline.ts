import type { Inline } from '../../chat/reply.ts'
import { plural } from './counting.ts'

const DATES_LOOK_LIKE: Inline[] = [
  'Dates look like ',
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
]

/** Sentences about dated events. */
export const timeline = {
  /** Where words were typed for which there is no event; `words` only where nobody else reads them. */
  neitherDateNorWords: (words?: string): Inline[] => [
    words === undefined
      ? 'No event has these words, and I can’t read them as a date. '
      : `No event has “${words}”, and I can’t read it as a date. `,
    ...DATES_LOOK_LIKE,
  ],
  unreadableDate: ['I can’t read that date. ', ...DATES_LOOK_LIKE] as Inline[],
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
  /** An event as one line of an index: its day and what happened, in short. */
  line: (date: string, text: Inline[]): Inline[] => [{ bold: date }, ' · ', ...text],
  option: (date: string, text: string) => `${date} · ${text}`,
  menuOfEvents: 'Open an event',
  menuOfTimes: 'Choose a time',
  menuOfAll: (events: number) => `All ${plural(events, 'event')}, by time`,
  /** `first` and `last` are years, or months; `example` opens one event. */
  count: (events: number, first: string, last: string, example: string): Inline[] => [
    `${plural(events, 'event')} ${first === last ? `in ${first}` : `from ${first} to ${last}`} · One in full: `,
    { code: example },
  ],
  titleOfTurningPoints: (story: string) => `Turning points · ${story}`,
  asPicture: 'As a picture',
}
