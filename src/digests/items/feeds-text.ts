import { phrases } from '../../phrases/phrases.ts'
import type { FeedsTold } from '../selection.ts'
import { type ItemClock, momentOf } from './draw.ts'

/** How many outlets are named that were not reached; the others are counted. */
const MAX_NAMED = 5

/** Says which feeds were not reached and since when, or that all were. */
export function feedsText({ count, unreached, since, over }: FeedsTold, clock: ItemClock): string {
  if (over) return phrases.edition.feedsReachedAgain(count)
  if (unreached.length === 0) return phrases.edition.feedsReached(count)
  const named = unreached.slice(0, MAX_NAMED)
  return phrases.edition.feedsNotReached({
    unreached: unreached.length,
    count,
    since: since === undefined ? undefined : momentOf(since, clock),
    names: named,
    others: unreached.length - named.length,
  })
}
