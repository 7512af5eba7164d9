import type { FeedFailure, FeedState } from '../../store/wire/feeds.ts'
import type { Fetched } from '../fetch/fetch-feed.ts'

/** An answer that came from the feed itself. */
type Answer = Exclude<Fetched, { kind: 'failed' }>

/** So many polls in a row must say that a feed moved for good, each at every step of the way. */
const POLLS_TO_MOVE = 3
/** After so many failures at the address that a feed moved to, the one in the settings is asked again. */
const FAILURES_TO_RETURN = 3

/** The address at which a feed is asked. */
export const addressOf = ({ url, movedTo }: FeedState): string => movedTo ?? url

/** What is known of a feed that was reached. `movedNow` says that its new address is kept from now on. */
export function afterReached(state: FeedState, answer: Answer): { state: FeedState; movedNow: boolean } {
  const moving = movingOf(state, answer.movedTo)
  const movedNow = moving !== undefined && moving.polls >= POLLS_TO_MOVE
  const { failingSince: _since, failure: _failure, moving: _moving, ...kept } = state
  return {
    movedNow,
    state: {
      ...kept,
      reachedAt: state.askedAt,
      failures: 0,
      ...validatorsAfter(state, answer),
      ...(movedNow ? { movedTo: moving.to } : moving && { moving }),
    },
  }
}

function movingOf(state: FeedState, to: string | undefined): FeedState['moving'] {
  if (to === undefined || to === addressOf(state)) return undefined
  return { to, polls: state.moving?.to === to ? state.moving.polls + 1 : 1 }
}

/** The validators that the next poll sends: opaque, as they came. "Not changed" may bring others. */
function validatorsAfter(
  { etag, lastModified }: FeedState,
  { kind, headers }: Answer,
): Pick<FeedState, 'etag' | 'lastModified'> {
  if (kind === 'same')
    return { etag: headers.etag ?? etag, lastModified: headers['last-modified'] ?? lastModified }
  // Whoever writes this wants to be asked for everything each time.
  if (headers.expires?.trim() === '0') return { etag: undefined, lastModified: undefined }
  return { etag: headers.etag, lastModified: headers['last-modified'] }
}

/** What is known of a feed that was not reached. */
export function afterFailure(state: FeedState, failure: FeedFailure): FeedState {
  const failures = state.failures + 1
  const { moving: _moving, ...kept } = state
  const failed: FeedState = {
    ...kept,
    failures,
    failure,
    failingSince: state.failingSince ?? state.askedAt,
  }
  // What is wrong may be the new address alone.
  if (state.movedTo !== undefined && (failure.code === 'gone' || failures >= FAILURES_TO_RETURN)) {
    const { movedTo: _movedTo, ...returned } = failed
    return returned
  }
  return { ...failed, isGone: failure.code === 'gone' }
}
