import { DeliveryError, type Log } from '../chat/platform.ts'
import type { PartHash } from '../store/revisions.ts'
import type { Store } from '../store/store.ts'

/** What the lease needs. `content` gives the revision that this process answers from, and the parts of it. */
type ContentLeaseOptions = {
  store: Store
  owner: string
  content(): { revision: string; parts(): PartHash[] }
  /** Called at each renewal in the one process that holds the lease, once all of its content is recorded. */
  onRenewed?(): Promise<void>
  leaseMs?: number
  log: Log
}

/**
 * Decides whether this process may deliver: only while it has the current content. `reason` says why not, for the log
 * and for `/health`.
 */
export type ContentLease = {
  mayDeliver(): boolean
  reason(): string | undefined
  /** The moment up to which this process surely had the current content; rejects if it does not have it. */
  confirmedUntil(): Promise<number>
  renew(): Promise<void>
  /** Renews again and again; calls `onChanged` when this process has begun or ceased to be allowed to deliver. */
  start(onChanged: () => void): void
  stop(): Promise<void>
}

/** A minute: long enough for a slow store, and short enough for a deploy that takes over from a killed process. */
const LEASE_MS = 60_000

/**
 * Keeps the lease on the content. One process holds it and records the revisions of parts. A process with other content
 * answers commands but neither posts digests nor edits: otherwise two checkouts during a deploy would edit the same
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
  let recordedRevision: string | undefined
  let currentRevision: string | undefined
  let confirmedAt: number | undefined
  let loggedReason: string | undefined
  let renewal: Promise<void> = Promise.resolve()
  let timer: NodeJS.Timeout | undefined
  let stopped = false

  const mayDeliver = () => currentRevision === content().revision
  const reason = () =>
    mayDeliver()
      ? undefined
      : currentRevision === undefined
        ? 'the store has not said yet which content is current'
        : `this process has content ${content().revision}, but ${currentRevision} is in use elsewhere: it answers commands and leaves digests to the others`

  async function renewOnce(): Promise<void> {
    const { revision, parts } = content()
    const before = await store.clock()
    const lease = await store.revisions.acquireContentLease(owner, revision, leaseMs)
    // What we record ourselves belongs to our news; what others record later does not.
    let at = before
    if (lease.held && recordedRevision !== revision) {
      const changed = await store.revisions.record(parts())
      recordedRevision = revision
      at = await store.clock()
      if (changed > 0) log.info({ changed, revision }, 'content: revisions recorded')
    }
    currentRevision = lease.value
    if (mayDeliver()) confirmedAt = at
    if (lease.held && mayDeliver())
      await onRenewed?.().catch(cause =>
        log.error({ err: cause }, 'content: corrections were not all applied; the next renewal goes on'),
      )
    const why = reason()
    if (why !== loggedReason)
      log[why === undefined ? 'info' : 'warn']({ revision }, why ?? 'content: this process delivers')
    loggedReason = why
  }

  const renew = () => {
    // A process that is stopping must not take the lease again: nobody else could until it expires.
    if (stopped) return renewal
    // One after the other: an old answer must never overwrite a newer one.
    renewal = renewal
      .then(renewOnce)
      .catch(cause => log.error({ err: cause }, 'content: the lease could not be kept'))
    return renewal
  }

  return {
    mayDeliver,
    reason,
    confirmedUntil: async () => {
      if (confirmedAt === undefined || !mayDeliver()) await renew()
      if (confirmedAt === undefined || !mayDeliver())
        throw new DeliveryError(`content: ${reason()}`, { outcome: 'unsent', retryInMs: leaseMs / 3 })
      return confirmedAt
    },
    renew,
    start: onChanged => {
      timer = setInterval(() => {
        const before = mayDeliver()
        void renew().then(() => mayDeliver() !== before && onChanged())
      }, leaseMs / 3)
    },
    stop: async () => {
      clearInterval(timer)
      stopped = true
      await renewal
      // A process that waits for the lease takes it at once.
      await store.revisions
        .releaseContentLease(owner)
        .then(store.notify)
        .catch(() => {})
    },
  }
}
