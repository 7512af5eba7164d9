import type { Feed } from '../../content/feed.ts'
import type { FeedsTold } from '../../digests/selection.ts'
import type { FeedState } from '../../store/wire/feeds.ts'

/** A feed that fails for less than this was reached well enough: most failures pass with the next poll. */
const SHORT_MS = 3_600_000
/** So long after its time a feed was surely forgotten by those who ask. */
const OVERDUE_MS = 15 * 60_000

/** What an edition is told of its feeds, and whether its place must hear of it now. */
type FeedsNow = { feeds?: FeedsTold; tellsFeeds: boolean }

/**
 * Finds out which feeds of a digest were not reached since the edition before (`since`), so that nobody says “nothing new”
 * who cannot know. A place hears once of an outlet that is not reached, and once when all are again; `told` are the outlets
 * that it heard of.
 */
export function feedsReached(
  feeds: Feed[],
  states: ReadonlyMap<string, FeedState>,
  { since, told = [], now }: { since: number; told?: string[]; now: number },
): FeedsNow {
  const unreached = feeds.filter(({ name }) => !isReached(states.get(name), since, now))
  const moments = unreached.flatMap(({ name }) => states.get(name)?.reachedAt ?? [])
  const outlets = [...new Set(unreached.map(({ outlet }) => outlet))]
  if (feeds.length === 0) return { tellsFeeds: false }
  if (outlets.length === 0)
    return {
      feeds: { count: feeds.length, unreached: [], ...(told.length > 0 && { over: true }) },
      tellsFeeds: told.length > 0,
    }
  return {
    feeds: {
      count: feeds.length,
      unreached: outlets,
      // The latest of them: it is true of each.
      ...(moments.length > 0 && { since: Math.max(...moments) }),
    },
    tellsFeeds: outlets.some(outlet => !told.includes(outlet)),
  }
}

function isReached(state: FeedState | undefined, since: number, now: number): boolean {
  if (!state) return true
  const { reachedAt, failures, isGone, nextPollAt } = state
  const isFailing = failures > 0 || isGone
  if (reachedAt === undefined || reachedAt < since) return !isFailing && nextPollAt >= now - OVERDUE_MS
  return !isFailing || now - reachedAt < SHORT_MS
}
