import { setImmediate as letOthersRun, setTimeout as sleep } from 'node:timers/promises'
import { createPauses } from '../../chat/pauses.ts'
import type { Feed } from '../../content/feed.ts'
import type { FeedState } from '../../store/wire/feeds.ts'
import type { ClaimedFeed } from '../../store/wire/polls.ts'
import { type PollParts, pollFeed } from './poll-feed.ts'
import { type FeedNotices, isInTrouble, isWell } from './trouble.ts'
import { dueSooner } from './waits.ts'

/**
 * What the poller needs. `feeds` gives those of the current content. `onStored` is called when items were stored that
 * others may want to look at. The times are smaller in tests.
 */
export type PollerOptions = PollParts & {
  feeds(): Feed[]
  notices: FeedNotices
  onStored?(): void
  /** Hears of a feed after each poll that reached it. */
  onReached?(state: FeedState, now: number): Promise<void>
  leaseMs?: number
  tickMs?: number
  troubleLookMs?: number
  stopMs?: number
}

/** Polls feeds that are due, as one of any number of processes. `poll` does one round and resolves when it is done. */
export type Poller = { start(): void; poll(): Promise<number>; stop(): Promise<void> }

/** More than twice as long as a request may take: what reads and stores it comes on top. */
const LEASE_MS = 90_000
/** How many feeds a process asks at the same time. */
const MAX_AT_ONCE = 4
/** A feed is due by the store's clock, so nothing wakes us; and looking costs a few statements. */
const TICK_MS = 5_000
const SHORTEST_TICK_MS = 200
const TROUBLE_LOOK_MS = 5 * 60_000
/** How soon a feed that was never reached may be asked again after a crash: nobody has anything of it yet. */
const FIRST_INTERVAL_MS = 15 * 60_000
/** How long requests may go on while the process stops. */
const STOP_MS = 3_000

/** Creates the poller. */
export function createPoller(options: PollerOptions): Poller {
  const { store, owner, log, notices, leaseMs = LEASE_MS, tickMs = TICK_MS } = options
  const halt = new AbortController()
  const isStopping = new AbortController()
  const running = new Set<Promise<void>>()
  let looping: Promise<void> | undefined
  let synced: Feed[] | undefined
  let lookedAt = Number.NEGATIVE_INFINITY
  let loggedFailure: string | undefined
  let rounds = 0

  const intervalMs = (feed: Feed, { reachedAt, intervalMs = 0 }: FeedState) =>
    reachedAt === undefined ? Math.min(feed.everyMs, FIRST_INTERVAL_MS) : Math.max(feed.everyMs, intervalMs)

  /** Notes what the settings say now. What each process answers from is compared once, not again and again. */
  async function sync(): Promise<Map<string, Feed>> {
    const feeds = options.feeds()
    if (synced !== feeds) {
      await store.wire.feeds.sync(feeds)
      await letOthersRun()
      await bringForward(feeds)
    }
    synced = feeds
    return new Map(feeds.map(feed => [feed.name, feed]))
  }

  /** Takes a shorter `every` at once, and not only after the next poll. */
  async function bringForward(feeds: Feed[]): Promise<void> {
    const states = await store.wire.feeds.states(feeds.map(({ name }) => name))
    for (const { name, everyMs } of feeds) {
      const state = states.get(name)
      const at = state && dueSooner(state, everyMs, options.random())
      if (at !== undefined) await store.wire.feeds.bringForward(name, { from: state!.nextPollAt, to: at })
    }
  }

  async function poll(): Promise<number> {
    const feeds = await sync()
    if (feeds.size === 0) return 0
    // Each round by a name of its own: a poll that was held up until its lease was over, as by a machine that slept, must
    // not store what it got under the lease that this process has taken since.
    const holder = `${owner} ${++rounds}`
    const claimed = await store.wire.feeds.claim({
      owner: holder,
      names: [...feeds.keys()],
      max: MAX_AT_ONCE - running.size,
      leaseMs,
      intervalMs: state => intervalMs(feeds.get(state.name)!, state),
    })
    for (const claim of claimed) {
      const work = pollOne(feeds.get(claim.state.name)!, claim, holder).finally(() => running.delete(work))
      running.add(work)
    }
    return claimed.length
  }

  async function pollOne(feed: Feed, claimed: ClaimedFeed, holder: string): Promise<void> {
    try {
      // Claiming took some statements, and the first request of all takes a while to set up.
      await letOthersRun()
      const polled = await pollFeed({ ...options, owner: holder }, feed, claimed, halt.signal)
      if (!polled) return
      if (polled.outcomes.some(({ result }) => result !== 'same')) options.onStored?.()
      if (polled.movedNow) await notices.moved(feed.name, polled.state.movedTo!)
      await tell(polled.state, claimed.now)
      // Nobody waits for it, and least of all a process that stops.
      if (polled.state.failures === 0)
        options
          .onReached?.(polled.state, claimed.now)
          .catch(cause =>
            log.debug({ err: cause, feed: feed.name }, 'wire: not told that a feed was reached'),
          )
    } catch (cause) {
      if (!halt.signal.aborted) return log.error({ err: cause, feed: feed.name }, 'wire: a poll failed')
      // Nothing is known of it yet, and whoever starts next should not wait for it.
      if (claimed.state.reachedAt === undefined)
        await store.wire.feeds
          .end({ name: feed.name, owner: holder, state: claimed.state, waitMs: 0 })
          .catch(cause => log.debug({ err: cause, feed: feed.name }, 'wire: a feed stays leased'))
    }
  }

  async function tell(state: FeedState, now: number): Promise<void> {
    if (isInTrouble(state, now)) await notices.failing(state.name, state)
    else if (isWell(state)) await notices.over(state.name)
  }

  /** Looks at all feeds now and then: one may fail for hours without being asked, and a process may have died. */
  async function lookForTrouble(feeds: Feed[]): Promise<void> {
    if (performance.now() - lookedAt < (options.troubleLookMs ?? TROUBLE_LOOK_MS)) return
    lookedAt = performance.now()
    await notices.closeOthers(feeds.map(({ name }) => name))
    const pause = createPauses()
    for (const state of (await store.wire.feeds.states(feeds.map(({ name }) => name))).values()) {
      if (state.failures > 0 || state.isGone) await tell(state, await store.clock())
      await pause()
    }
  }

  async function loop(): Promise<void> {
    while (!isStopping.signal.aborted) {
      let waitMs = tickMs
      try {
        const count = await poll()
        await lookForTrouble(options.feeds())
        waitMs = running.size >= MAX_AT_ONCE && count > 0 ? SHORTEST_TICK_MS : await untilNext()
        loggedFailure = undefined
      } catch (cause) {
        const { message } = cause as Error
        log[message === loggedFailure ? 'debug' : 'error']({ err: cause }, 'wire: feeds cannot be polled now')
        loggedFailure = message
      }
      await sleep(waitMs, undefined, { signal: isStopping.signal }).catch(() => {})
    }
  }

  async function untilNext(): Promise<number> {
    const next = await store.wire.feeds.nextPollAt((synced ?? []).map(({ name }) => name))
    if (next === undefined) return tickMs
    return Math.min(tickMs, Math.max(SHORTEST_TICK_MS, next - (await store.clock())))
  }

  return {
    start: () => {
      looping ??= loop()
    },
    poll: async () => {
      const count = await poll()
      await Promise.all(running)
      return count
    },
    stop: async () => {
      isStopping.abort()
      const all = Promise.all(running)
      await Promise.race([all, sleep(options.stopMs ?? STOP_MS, undefined, { ref: false })])
      halt.abort(new Error('wire: this process stops'))
      await Promise.all(running)
      await looping
      await options.fetcher.close()
    },
  }
}
