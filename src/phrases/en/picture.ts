import type { Inline } from '../../chat/reply.ts'
import { plural } from './counting.ts'

/** Texts in pictures and about them. */
export const picture = {
  /** The first line of a drawn timeline, which shows only the turning points, and sometimes only those of some days. */
  timeline: (shown: number, total: number, days?: Days) =>
    `TIMELINE · ${turningPoints(shown, total)}${days ? `\nonly ${daysText(days)}` : ''}`,
  caption: (story: string, shown: number, total: number, days?: Days): Inline[] => [
    { bold: story },
    ` · ${turningPoints(shown, total)}${days ? `, only ${daysText(days)}` : ''}`,
  ],
  /** The footnote below events, if some of them end in an asterisk. */
  noteFootnote: '* with an editor’s note: see the timeline',
  darkVersion: 'Dark version',
  lightVersion: 'Light version',
  asText: 'As text',
  allEvents: 'All events',
  notPaintable: 'No picture: some characters here can’t be drawn. Here is the text.',
  tooLong: 'No picture: this is too long for one. Here is the text.',
  noTurningPoints: (line: string): Inline[] => [
    'No event there is marked as a turning point, so there is nothing to draw. All events: ',
    { code: line },
  ],
  noTurningPointsInTime: (line: string): Inline[] => [
    'No turning point in that time. All of them: ',
    { code: line },
  ],
  darkNeedsPicture: (line: string): Inline[] => ['--dark needs a picture: ', { code: line }],
  checkHasNoPicture: (line: string): Inline[] => [
    'A check has no picture: it shows how your words differ from our copy. A quote has one: ',
    { code: line },
  ],
}

/** The first and last day of some events. */
type Days = { from: string; to: string }

const daysText = ({ from, to }: Days) => (from === to ? from : `${from} to ${to}`)

const turningPoints = (shown: number, total: number) =>
  shown === total ? plural(total, 'event') : `${plural(shown, 'turning point')} of ${plural(total, 'event')}`
