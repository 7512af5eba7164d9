import { randomBytes } from 'node:crypto'
import type { Log } from '../../chat/platform.ts'
import type { Store } from '../../store/store.ts'
import type { FeedState } from '../../store/wire/feeds.ts'
import { createGuardedClient, type LookUp } from '../fetch/guarded-request.ts'
import { createAddressGuard } from '../fetch/own-hosts.ts'
import { dueSubscription, subscribeForm } from './subscription.ts'

/** Where hubs wake us: `/websub/<feed>/<token>` of the public address. */
export const WEBSUB_PATH = '/websub/'

/** What asking hubs needs. `dnsLookUp` is another one in tests alone. */
type SubscriberOptions = {
  store: { wire: { feeds: Pick<Store['wire']['feeds'], 'changeWebSub'> } }
  publicUrl: string
  userAgent: string
  ownHosts: string[]
  log: Log
  dnsLookUp?: LookUp
}

/** Asks hubs to wake us: after each poll of a feed that names one, where that is due. */
export type Subscriber = { afterPoll(state: FeedState, now: number): Promise<void>; close(): Promise<void> }

const TIMEOUT_MS = 10_000
const MAX_ANSWER = 100_000

/** Creates what asks hubs. That a hub refuses or is away is no trouble: its feed is asked as all others are. */
export function createSubscriber(options: SubscriberOptions): Subscriber {
  const { store, publicUrl, userAgent, ownHosts, log, dnsLookUp } = options
  const guard = createAddressGuard(ownHosts)
  const client = createGuardedClient({ dnsLookUp, isOwnName: guard.isOwnName })

  /** Only to hubs that nobody on the way can listen to: they get the secret. */
  function problemWith(hub: URL | null, feed: URL | null): string | undefined {
    if (!hub || !feed) return 'no address'
    const problem = guard.problem(hub, feed)
    return problem ?? (hub.protocol === 'https:' || guard.isOwnName(hub.hostname) ? undefined : 'not https')
  }

  return {
    async afterPoll(state, now) {
      if (!state.hub) return
      // First noted, then asked: a hub checks at once whether it was us. One that may not be asked is noted too. What is
      // due is decided by what is stored: the hub may have confirmed since the feed was asked.
      const due = await store.wire.feeds.changeWebSub(state.name, stored =>
        dueSubscription(stored, now, () => randomBytes(24).toString('hex')),
      )
      if (!due) return
      const hub = URL.parse(due.hub)
      const problem = problemWith(hub, URL.parse(state.movedTo ?? state.url))
      if (problem !== undefined) return log.debug({ feed: state.name, problem }, 'wire: its hub is not asked')
      const callback = `${publicUrl.replace(/\/+$/, '')}${WEBSUB_PATH}${state.name}/${due.token}`
      const body = new URLSearchParams(subscribeForm(due, callback)).toString()
      try {
        const { status } = await client.request({
          url: hub!,
          method: 'POST',
          headers: { 'user-agent': userAgent, 'content-type': 'application/x-www-form-urlencoded' },
          body,
          maxBytes: MAX_ANSWER,
          signal: AbortSignal.timeout(TIMEOUT_MS),
        })
        log.debug({ feed: state.name, status }, 'wire: its hub was asked to wake us')
      } catch (cause) {
        log.debug({ feed: state.name, err: cause }, 'wire: its hub is not reached')
      }
    },
    close: client.close,
  }
}
