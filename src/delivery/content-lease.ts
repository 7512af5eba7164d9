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
  /** Confirms that some content of this process is the current one; rejects if it is not. */
  confirm(revision: string): Promise<Confirmation>
  renew(): Promise<void>
  /** Renews again and again; calls `onChanged` when this process has begun or ceased to be allowed to deliver. */
  start(onChanged: () => void): void
  stop(): Promise<void>
}

/** How soon a row is tried again that a process without the current content had claimed: another one may take it. */
const RETRY_MS = 500

/**
 * The moment at which content surely was the current one. All of it is recorded then, the newest at `recordedTo`; what
 * is recorded later than `at` is not in it.
 */
export type Confirmation = { revision: string; at: number; recordedTo: number }

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
  /** What this process has recorded, and until when no other can have recorded anything else since. */
  let recorded: { revision: string; until: number } | undefined
  let currentRevision: string | undefined
  let confirmation: Confirmation | undefined
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
    // The content may change at any moment: all that follows is about the one that this process has now.
    const { revision, parts } = content()
    const recordedUntil = recorded?.revision === revision ? recorded.until : undefined
    const lease = await store.revisions.acquireContentLease(
      owner,
      { value: revision, parts, recordedUntil },
      leaseMs,
    )
    recorded = lease.held ? { revision, until: lease.until } : undefined
    if (lease.changed) log.info({ changed: lease.changed, revision }, 'content: revisions recorded')
    currentRevision = lease.value
    confirmation =
      lease.value === revision ? { revision, at: lease.at, recordedTo: lease.recordedTo } : undefined
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
    confirm: async revision => {
      if (confirmation?.revision !== revision) await renew()
      if (confirmation?.revision !== revision)
        throw new DeliveryError(`content: ${reason() ?? 'it has changed meanwhile'}`, {
          outcome: 'unsent',
          retryInMs: RETRY_MS,
        })
      return confirmation
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
