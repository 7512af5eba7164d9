import type { Inline } from '../../chat/reply.ts'
import { plural } from './counting.ts'

/** What is said in pictures and about them. */
export const picture = {
  /** The first line in a timeline that is drawn: it shows the turning points alone, and maybe of some days only. */
  timeline: (shown: number, all: number, days?: Days) =>
    `TIMELINE · ${turningPoints(shown, all)}${days ? `\nonly ${daysText(days)}` : ''}`,
  caption: (story: string, shown: number, all: number, days?: Days): Inline[] => [
    { bold: story },
    ` · ${turningPoints(shown, all)}${days ? `, only ${daysText(days)}` : ''}`,
  ],
  /** Stands below events of which some end in the sign. */
  noteFootnote: '* with an editor’s note: see the timeline',
  darkVersion: 'Dark version',
  lightVersion: 'Light version',
  asText: 'As text',
  allEvents: 'All events',
  notPaintable: 'No picture: some letters here can’t be drawn. These are the words.',
  tooLong: 'No picture: this is too long for one. These are the words.',
  noTurningPoints: (line: string): Inline[] => [
    'No event there is marked as a turning point, so there is nothing to draw. All events: ',
    { code: line },
  ],
  noTurningPointsInTime: (line: string): Inline[] => [
    'No turning point in that time. All of them: ',
    { code: line },
  ],
  darkNeedsPicture: (line: string): Inline[] => ['--dark is for a picture: ', { code: line }],
  checkHasNoPicture: (line: string): Inline[] => [
    'A check has no picture: it tells how your words differ from our copy. A quote has one: ',
    { code: line },
  ],
}

/** The first and the last day of some events. */
type Days = { from: string; to: string }

const daysText = ({ from, to }: Days) => (from === to ? from : `${from} to ${to}`)

const turningPoints = (shown: number, all: number) =>
  shown === all ? plural(all, 'event') : `${plural(shown, 'turning point')} of ${plural(all, 'event')}`
