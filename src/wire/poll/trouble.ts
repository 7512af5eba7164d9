import type { FeedState } from '../../store/wire/feeds.ts'

/** Tells editors of the feeds: each trouble once when it starts and once when it ends, whoever polls. */
export type FeedNotices = {
  failing(name: string, state: FeedState): Promise<void>
  over(name: string): Promise<void>
  moved(name: string, to: string): Promise<void>
  /** Ends the troubles of feeds that are no longer in the settings, in silence. */
  closeOthers(names: string[]): Promise<void>
}

/** A feed that fails for an hour or two is nothing that anybody has to do something about. */
const TOLERATED_MS = 6 * 3_600_000

/** Whether editors should know of a feed's trouble: it is gone for good, or was not reached for hours. */
export const isInTrouble = ({ isGone, failingSince }: FeedState, now: number): boolean =>
  isGone || (failingSince !== undefined && now - failingSince >= TOLERATED_MS)

/** Whether a feed is well again, and so its trouble over. */
export const isWell = ({ isGone, failures, reachedAt }: FeedState): boolean =>
  !isGone && failures === 0 && reachedAt !== undefined
