import { createHash } from 'node:crypto'
import { setImmediate as letOthersRun } from 'node:timers/promises'
import { createPauses } from '../../chat/pauses.ts'
import type { Log } from '../../chat/platform.ts'
import type { Feed } from '../../content/feed.ts'
import type { Store } from '../../store/store.ts'
import type { FeedFailure, FeedState } from '../../store/wire/feeds.ts'
import type { ClaimedFeed, PollEnd } from '../../store/wire/polls.ts'
import type { Outcome } from '../../store/wire/store-updates.ts'
import type { FeedFetcher, Fetched } from '../fetch/fetch-feed.ts'
import type { Identify, IdentifyResult, KeyKind, KeysOf, ParsedFeed, ReadFeedBytes } from '../item.ts'
import { addressOf, afterFailure, afterReached } from './next-state.ts'
import { outsideQuietTimes, retryAfterMs, waitAfterFailure, wishedMs, withJitter } from './waits.ts'

/** What polling works with. What reads and identifies is given, so that tests can hand over their own. */
export type PollParts = {
  store: Pick<Store, 'wire' | 'clock'>
  fetcher: FeedFetcher
  read: ReadFeedBytes
  keysOf: KeysOf
  identify(...input: Parameters<Identify>): IdentifyResult | Promise<IdentifyResult>
  newId(): string
  random(): number
  owner: string
  log: Log
}

/** What a poll found: how the feed is now, and what became of its items; undefined if another process has it. */
export type Polled = { state: FeedState; movedNow: boolean; outcomes: Outcome[] } | undefined

/** Longer addresses are none. */
const MAX_HUB = 2_000
/** Nobody waits for a poll, so it works in small slices. */
const SLICE_MS = 3

/** A feed that is gone for good is due again never: only another address in the settings begins anew. */
const NEVER_MS = 10 * 365 * 86_400_000

/**
 * Asks a feed once, and stores what it brought together with what is known of it now. `signal` gives up on the request:
 * then this rejects, and nothing is stored.
 */
export async function pollFeed(
  parts: PollParts,
  feed: Feed,
  { state, now }: ClaimedFeed,
  signal: AbortSignal,
): Promise<Polled> {
  const { etag, lastModified } = state
  const fetched = await parts.fetcher.fetch({ url: addressOf(state), etag, lastModified, signal })
  if (fetched.kind === 'failed') return fail(parts, feed, { state, now }, fetched)
  // Nobody asked whether it had changed.
  if (fetched.kind === 'same' && state.bodyHash === undefined)
    return fail(parts, feed, { state, now }, { failure: { code: 'status', detail: '304' }, headers: {} })
  if (fetched.kind === 'same') return reach(parts, feed, { state, now }, fetched)
  const bodyHash = await hashOf(fetched.bytes)
  if (bodyHash === state.bodyHash) return reach(parts, feed, { state, now }, fetched)
  const { bytes, url, headers } = fetched
  const read = await parts.read({ bytes, contentType: headers['content-type'], url, zone: feed.zone })
  signal.throwIfAborted()
  if ('unreadable' in read) {
    parts.log.debug({ feed: feed.name, why: read.why }, 'wire: the body of a feed cannot be read')
    return fail(parts, feed, { state, now }, { failure: { code: read.unreadable }, headers })
  }
  return store(parts, feed, { state: { ...state, bodyHash }, now }, { fetched, read })
}

/** So much of a body is hashed at a time: a millisecond. */
const HASHED_BYTES = 1_000_000

async function hashOf(bytes: Uint8Array): Promise<string> {
  const hash = createHash('sha256')
  for (let at = 0; at < bytes.length; at += HASHED_BYTES) {
    await letOthersRun()
    hash.update(bytes.subarray(at, at + HASHED_BYTES))
  }
  return hash.digest('hex').slice(0, 32)
}

async function fail(
  { store, owner, random, log }: PollParts,
  feed: Feed,
  { state, now }: ClaimedFeed,
  { failure, headers }: Pick<Extract<Fetched, { kind: 'failed' }>, 'headers'> & { failure: FeedFailure },
): Promise<Polled> {
  const next = afterFailure(state, failure)
  const { failures } = next
  const retryMs = retryAfterMs(headers, now)
  const waitMs = next.isGone
    ? NEVER_MS
    : waitAfterFailure(feed.everyMs, { failures, retryMs, random: random() })
  log[failures === 1 ? 'info' : 'debug'](
    { feed: feed.name, failure, failures },
    'wire: a feed was not reached',
  )
  const isMine = await store.wire.feeds.end({ name: feed.name, owner, state: next, waitMs })
  return isMine ? { state: next, movedNow: false, outcomes: [] } : undefined
}

/** A feed that was reached and has nothing else than before. */
async function reach(
  { store, owner, random }: PollParts,
  feed: Feed,
  claimed: ClaimedFeed,
  fetched: Exclude<Fetched, { kind: 'failed' }>,
): Promise<Polled> {
  const { state, movedNow } = afterReached(claimed.state, fetched)
  const end = endOf({ feed, owner, state, claimed, fetched, random: random() })
  return (await store.wire.feeds.end(end)) ? { state: end.state, movedNow, outcomes: [] } : undefined
}

async function store(
  { store, owner, random, keysOf, identify, newId, log }: PollParts,
  feed: Feed,
  claimed: ClaimedFeed,
  { fetched, read }: { fetched: Extract<Fetched, { kind: 'body' }>; read: ParsedFeed },
): Promise<Polled> {
  const { now } = claimed
  const via = `feed:${feed.name}` as const
  const { state: reached, movedNow } = afterReached(claimed.state, fetched)
  const isFirst = reached.bodyAt === undefined
  const { ttlMs, quietHours, quietDays } = read
  const state: FeedState = {
    ...reached,
    bodyAt: now,
    wishes: { ttlMs, quietHours, quietDays },
    hub: hubOf(read, addressOf(reached)),
  }
  const end = endOf({ feed, owner, state, claimed, fetched, random: random() })
  let keyKind = state.keyKind as KeyKind
  const keys: string[] = []
  await letOthersRun()
  const pause = createPauses(SLICE_MS)
  for (const item of read.items) {
    keys.push(...keysOf(item))
    await pause()
  }
  const outcomes = await store.wire.feeds.endWithItems(
    {
      via,
      keys,
      decide: async known => {
        const { outlet } = feed
        const decided = await identify({ via, outlet, parsed: read.items, known, keyKind, now, newId })
        keyKind = decided.keyKind
        return isFirst ? decided.updates.map(update => ({ ...update, backlog: true })) : decided.updates
      },
    },
    outcomes => {
      const isNew = outcomes.some(({ result }) => result === 'new')
      end.state = { ...end.state, keyKind, ...(isNew && { newItemAt: now }) }
      return end
    },
  )
  if (outcomes === undefined) return undefined
  const counts = Object.fromEntries(
    [...Map.groupBy(outcomes, ({ result }) => result)].map(([result, all]) => [result, all.length]),
  )
  log.debug({ feed: feed.name, ...counts }, 'wire: a feed was read')
  return { state: end.state, movedNow, outcomes }
}

/** The hub that a feed names, if it can be asked, and the address by which the feed is known there. */
function hubOf({ hub, self }: ParsedFeed, address: string): FeedState['hub'] {
  const topic = self ?? address
  return hub !== undefined && hub.length + topic.length <= MAX_HUB ? { url: hub, topic } : undefined
}

type Reached = {
  feed: Feed
  owner: string
  state: FeedState
  claimed: ClaimedFeed
  fetched: Exclude<Fetched, { kind: 'failed' }>
  random: number
}

/** Ends a poll of a feed that was reached, with the moment from which it may be asked again. */
function endOf({ feed, owner, state, claimed: { now }, fetched, random }: Reached): PollEnd {
  const wishes = state.wishes ?? {}
  const intervalMs = wishedMs(wishes, fetched.headers, now)
  const waitMs = outsideQuietTimes(withJitter(Math.max(feed.everyMs, intervalMs), random), wishes, now)
  return { name: feed.name, owner, state: { ...state, intervalMs }, waitMs }
}
