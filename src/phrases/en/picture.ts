import type { Inline } from '../../reply.ts'
import { plural } from '../plural.ts'

/** What is said in pictures and about them. */
export const picture = {
  /** The first line in a timeline that is drawn: it shows the turning points alone. */
  timeline: (shown: number, all: number) => `TIMELINE · ${turningPoints(shown, all)}`,
  titled: (story: string, shown: number, all: number): Inline[] => [
    { bold: story },
    ` · ${turningPoints(shown, all)}`,
  ],
  inDark: 'In dark',
  inLight: 'In light',
  asText: 'As text',
  allEvents: 'All events',
  noLetters: 'No picture: some letters here can’t be drawn. These are the words.',
  tooLong: 'No picture: this is too long for one. These are the words.',
  /** Where not even that finds room beside the words. */
  notDrawn: (line: string): Inline[] => ['I can’t draw a picture of this. In words: ', { code: line }],
  noTurningPoints: (line: string): Inline[] => [
    'No event there is marked as a turning point, so there is nothing to draw. All events: ',
    { code: line },
  ],
  noTurningPointsInTime: (line: string): Inline[] => [
    'No turning point in that time. All of them: ',
    { code: line },
  ],
  darkAlone: (line: string): Inline[] => ['--dark is for a picture: ', { code: line }],
  checkDraws: (line: string): Inline[] => [
    'A check has no picture: it tells how your words differ from our copy. A quotation has one: ',
    { code: line },
  ],
}

const turningPoints = (shown: number, all: number) =>
  shown === all ? plural(all, 'event') : `${plural(shown, 'turning point')} of ${plural(all, 'event')}`
