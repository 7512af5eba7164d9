import { createHmac } from 'node:crypto'
import type { FeedState, WebSub } from '../../store/wire/feeds.ts'

const MINUTE_MS = 60_000
const DAY_MS = 24 * 60 * MINUTE_MS
/** How long we ask a hub to wake us, and what counts where it does not say. */
export const LEASE_S = 10 * 24 * 3_600
/** A hub that answers less, or far more, has made a mistake. */
const [SHORTEST_LEASE_S, LONGEST_LEASE_S] = [600, 90 * 24 * 3_600]
/** A lease is renewed a day before its end, or halfway where it is short. */
const RENEW_MS = DAY_MS
/** A hub that did not confirm is asked again so much later. */
const ASK_AGAIN_MS = 6 * 60 * MINUTE_MS

/**
 * What a feed’s hub is to be asked for now: to wake us at an address that nobody can guess. Undefined while it will do so, or
 * was asked lately, or where the feed names no hub.
 */
export function dueSubscription(
  { hub, webSub }: Pick<FeedState, 'hub' | 'webSub'>,
  now: number,
  newSecret: () => string,
): WebSub | undefined {
  if (!hub) return undefined
  const isSame = webSub?.hub === hub.url && webSub.topic === hub.topic
  if (!isSame)
    return { hub: hub.url, topic: hub.topic, token: newSecret(), secret: newSecret(), askedAt: now }
  const { askedAt, until } = webSub
  const isWoken = until !== undefined && until > now + Math.min(RENEW_MS, (until - askedAt) / 2)
  if (isWoken || now - askedAt < ASK_AGAIN_MS) return undefined
  // Under the same address and secret, so that what is under way still counts.
  return { ...webSub, askedAt: now }
}

/** Until when a hub wakes us, by what it said. */
export function leaseEnd(seconds: string | null, now: number): number {
  const given = /^\d{1,10}$/.test(seconds ?? '') ? Number(seconds) : LEASE_S
  return now + Math.min(LONGEST_LEASE_S, Math.max(SHORTEST_LEASE_S, given)) * 1_000
}

/** What a hub is sent. */
export const subscribeForm = ({ topic, secret }: WebSub, callback: string): Record<string, string> => ({
  'hub.mode': 'subscribe',
  'hub.topic': topic,
  'hub.callback': callback,
  'hub.secret': secret,
  'hub.lease_seconds': String(LEASE_S),
})

/** The beginning of the signature of a push: `sha256=`. Undefined where there is none that counts. */
export function pushSignature(header: string | undefined, secret: string) {
  const [, algorithm, given] = /^(sha1|sha256|sha384|sha512)=([0-9a-f]{40,128})$/i.exec(header ?? '') ?? []
  return algorithm && given
    ? { given: given.toLowerCase(), hmac: createHmac(algorithm.toLowerCase(), secret) }
    : undefined
}
