import { clockAt, readableDate, readableDay } from '../../dates/dates.ts'
import { phrases } from '../../phrases/phrases.ts'
import { readableRhythm } from '../rhythm.ts'
import { storyName } from '../status.ts'
import { type Replay, type ReplayedBrief, type ReplayStep, rhythmOfReplay } from './replay.ts'
import { totalsOf } from './totals.ts'

/** What is replayed: `Replay · Chicago v. Sessions · Morning brief · Mon–Fri 08:00 Chicago time · 25 July 2017 to …`. */
export const replayHeading = (replay: Replay): string =>
  phrases.replay.heading(
    replay.stories.map(storyName),
    replay.digest.title,
    readableRhythm(rhythmOfReplay(replay)),
    readableDate(replay.from),
    readableDate(replay.to),
  )

/** When a brief would have been posted: `Wed 26 July 2017 08:00`. */
export const briefMoment = ({ date, slot }: ReplayedBrief, { zone }: Replay): string =>
  phrases.dates.moment(readableDay(date), clockAt(slot, zone))

/** The line in the place of days without news. */
export const quietLine = (quietDays: number, { digest }: Replay): string =>
  phrases.replay.quietDays(quietDays, digest.quiet)

/** The last line: how many briefs, what they told, and how long they were. */
export function totalsLine(steps: ReplayStep[], replay: Replay): string {
  const { briefs, entries, wordsABrief: words, longest } = totalsOf(steps)
  if (!longest) return phrases.replay.nothing
  const longestLine = phrases.replay.longest(briefMoment(longest, replay), longest.words)
  return `${phrases.replay.totals({ briefs, entries, words })} · ${longestLine}`
}
