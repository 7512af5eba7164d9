import { DeliveryError, type Log } from '../chat/platform.ts'
import type { PartHash } from '../store/revisions.ts'
import type { Store } from '../store/store.ts'

/** What holding the content needs: which content this process answers from, and the parts of it. */
type ContentLeaseOptions = {
  store: Store
  owner: string
  content(): { revision: string; parts(): PartHash[] }
  /** What the one process that holds the content does at each look, once all of it is written down. */
  onRenewed?(): Promise<void>
  leaseMs?: number
  log: Log
}

/**
 * Whether this process may deliver. `current` is true while its content is the one that counts; else `reason` says
 * why not, for the log and for `/health`.
 */
export type ContentLease = {
  mayDeliver(): boolean
  reason(): string | undefined
  /** The moment up to which this process surely had the content that counts; fails where it has not. */
  confirmedUntil(): Promise<number>
  renew(): Promise<void>
  /** Looks again and again; `changed` hears whether this process may deliver now, when that has changed. */
  start(changed: () => void): void
  stop(): Promise<void>
}

const LEASE_MS = 60_000

/**
 * Keeps the lease on the content. One process holds it and writes down the revisions of parts; a process with other
 * content answers commands but neither posts digests nor edits, or two checkouts during a deploy would edit the same
 * message back and forth.
 */
export function createContentLease({
  store,
  owner,
  content,
  onRenewed,
  leaseMs = LEASE_MS,
  log,
}: ContentLeaseOptions): ContentLease {
  let recorded: string | undefined
  let counts: string | undefined
  let timer: NodeJS.Timeout | undefined
  let said: string | undefined
  let confirmed: number | undefined
  let looking: Promise<void> = Promise.resolve()
  let stopped = false

  const mayDeliver = () => counts === content().revision
  const reason = () =>
    mayDeliver()
      ? undefined
      : counts === undefined
        ? 'the store has not been asked yet which content counts'
        : `this process has content ${content().revision}, but ${counts} is in use elsewhere: it answers commands and leaves digests to the others`

  async function lookOnce(): Promise<void> {
    const { revision, parts } = content()
    const before = await store.clock()
    const lease = await store.revisions.acquireContentLease(owner, revision, leaseMs)
    // What we wrote down ourselves is ours to tell; what others write later is not.
    let at = before
    if (lease.held && recorded !== revision) {
      const changed = await store.revisions.record(parts())
      recorded = revision
      at = await store.clock()
      if (changed > 0) log.info({ changed, revision }, 'content: revisions recorded')
    }
    counts = lease.value
    if (mayDeliver()) confirmed = at
    if (lease.held && mayDeliver())
      await onRenewed?.().catch(cause =>
        log.error({ err: cause }, 'content: not all of it could be carried on'),
      )
    const now = reason()
    if (now !== said)
      log[now === undefined ? 'info' : 'warn']({ revision }, now ?? 'content: this process delivers')
    said = now
  }

  const renew = () => {
    // What was let go must not be taken again by whoever ends, or nobody has it until the lease is over.
    if (stopped) return looking
    // One after the other: an old answer must never stand over a newer one.
    looking = looking
      .then(lookOnce)
      .catch(cause => log.error({ err: cause }, 'content: the lease could not be kept'))
    return looking
  }

  return {
    mayDeliver,
    reason,
    confirmedUntil: async () => {
      if (confirmed === undefined || !mayDeliver()) await renew()
      if (confirmed === undefined || !mayDeliver())
        throw new DeliveryError(`content: ${reason()}`, { outcome: 'unsent', retryInMs: leaseMs / 3 })
      return confirmed
    },
    renew,
    start: changed => {
      timer = setInterval(() => {
        const was = mayDeliver()
        void renew().then(() => mayDeliver() !== was && changed())
      }, leaseMs / 3)
    },
    stop: async () => {
      clearInterval(timer)
      stopped = true
      await looking
      // Whoever waits for it takes it at once.
      await store.revisions
        .releaseContentLease(owner)
        .then(store.notify)
        .catch(() => {})
    },
  }
}
