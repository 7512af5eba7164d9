/** Why a feed was not reached, as a code; the sentence is made where people read it. */
export type FeedFailureCode =
  /** Its name has no address, or none that may be asked. */
  | 'dns'
  | 'private'
  /** No answer in time, or the connection failed. */
  | 'timeout'
  | 'connection'
  | 'certificate'
  /** An answer that is not the feed: `detail` has the status. */
  | 'status'
  | 'tooManyRequests'
  | 'gone'
  | 'redirects'
  /** A body that cannot be used. */
  | 'tooLarge'
  | 'html'
  | 'challenge'
  | 'cutOff'
  | 'notAFeed'
  | 'encoding'
  | 'tooMany'

/** Why a feed was not reached: a code, and a short detail such as `503`. */
export type FeedFailure = { code: FeedFailureCode; detail?: string }

/**
 * What a hub (WebSub) was asked for: to wake us at an address with this token, and to sign with this secret. `until` is there
 * once it has confirmed that.
 */
export type WebSub = {
  hub: string
  topic: string
  token: string
  secret: string
  askedAt: number
  until?: number
}

/**
 * What is known of a feed from polling it: it outlives restarts, and one process at a time polls it. "Reached" means that
 * the feed was read, or said that it has not changed.
 */
export type FeedState = {
  name: string
  /** The address in the settings that all this belongs to. With another one, all but the items begins anew. */
  url: string
  /** The address that it moved to for good, as three polls in a row said. */
  movedTo?: string
  /** An address to which it may have moved, and how many polls in a row said so. */
  moving?: { to: string; polls: number }
  /** The validators of the last body, verbatim, and the hash of it. */
  etag?: string
  lastModified?: string
  bodyHash?: string
  /** By what its items are known again: a `KeyKind` of `wire/item.ts`. */
  keyKind: string
  /** When it may be asked again, and how long it asked us to wait at least, after it was reached last. */
  nextPollAt: number
  intervalMs?: number
  /** What its last body wished: a time to live, and hours and days (UTC) in which it is not to be asked. */
  wishes?: { ttlMs?: number; quietHours?: number[]; quietDays?: number[] }
  /** The hub that its last body named, and by which address it knows itself there. */
  hub?: { url: string; topic: string }
  /** What that hub was asked for last. */
  webSub?: WebSub
  /** When it was asked last, and when it was asked the time that it was reached last. */
  askedAt?: number
  reachedAt?: number
  /** When its last body was read that differed from the one before. */
  bodyAt?: number
  /** When it last brought an item that nobody had. */
  newItemAt?: number
  /** Polls in a row that failed, since when, and why the last one did. */
  failures: number
  failingSince?: number
  failure?: FeedFailure
  /** It said that it is gone for good (410): it is asked no more, until its address in the settings changes. */
  isGone: boolean
}
