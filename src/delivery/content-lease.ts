import { letOthersRun } from '../chat/pauses.ts'
import { DeliveryError, type Log } from '../chat/platform.ts'
import type { StoryParts } from '../store/revisions/revisions.ts'
import type { Store } from '../store/store.ts'

/** What the lease needs. `content` gives the revision that this process answers from, and the stories of it. */
type ContentLeaseOptions = {
  store: Store
  owner: string
  content(): { revision: string; stories(): StoryParts[] }
  /**
   * Called now and then, and whenever the content has changed, in the one process that holds the lease, once all of its
   * content is recorded.
   */
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
  /** Whether this process is the one that holds the lease. */
  isHolder(): boolean
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

/**
 * Renewed three times within that, which a slow store can miss twice. A process with other content takes over from a
 * killed one after 15 to 20 seconds: when the lease has expired, and its own next renewal comes.
 */
const LEASE_MS = 15_000
const RENEWALS = 3
/** After how many renewals `onRenewed` is called if the content is the same: it only finds what was lost in a crash. */
const RENEWALS_A_LOOK = 4

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
  /**
   * Until when that is surely so, by `performance.now`: another process may have taken the lease from one that could not
   * renew it.
   */
  let knownUntil = 0
  let isHolder = false
  let loggedReason: string | undefined
  let loggedFailure: string | undefined
  let renewal: Promise<void> = Promise.resolve()
  let looking: Promise<void> = Promise.resolve()
  let waitingLooks = 0
  let lookedAt: { revision: string; renewals: number } | undefined
  let timer: NodeJS.Timeout | undefined
  let stopped = false

  const isKnown = () => performance.now() < knownUntil
  const mayDeliver = () => isKnown() && currentRevision === content().revision
  const reason = () =>
    mayDeliver()
      ? undefined
      : currentRevision === undefined
        ? 'the store has not said yet which content is current'
        : currentRevision === content().revision
          ? 'the store has not said for a while which content is current'
          : `this process has content ${content().revision}, but ${currentRevision} is in use elsewhere: it answers commands and leaves digests to the others`

  async function renewOnce(): Promise<void> {
    const askedAt = performance.now()
    // The content may change at any moment: all that follows is about the one that this process has now.
    const { revision, stories } = content()
    const recordedUntil = recorded?.revision === revision ? recorded.until : undefined
    const lease = await store.revisions.acquireContentLease(
      owner,
      { value: revision, stories, recordedUntil },
      leaseMs,
    )
    recorded = lease.held ? { revision, until: lease.until } : undefined
    if (lease.changed) log.info({ changed: lease.changed, revision }, 'content: revisions recorded')
    currentRevision = lease.value
    isHolder = lease.held
    knownUntil = askedAt + lease.lastsMs
    confirmation =
      lease.value === revision ? { revision, at: lease.at, recordedTo: lease.recordedTo } : undefined
    const why = reason()
    if (why !== loggedReason)
      log[why === undefined ? 'info' : 'warn']({ revision }, why ?? 'content: this process delivers')
    loggedReason = why
  }

  const renewLease = () => {
    // A process that is stopping must not take the lease again: nobody else could until it expires.
    if (stopped) return renewal
    // One after the other: an old answer must never overwrite a newer one.
    renewal = renewal.then(renewOnce).then(
      () => {
        loggedFailure = undefined
      },
      (cause: Error) => {
        // An outage of hours is one line, not hundreds.
        log[cause.message === loggedFailure ? 'debug' : 'error'](
          { err: cause },
          'content: the lease could not be kept',
        )
        loggedFailure = cause.message
      },
    )
    return renewal
  }

  async function look(): Promise<void> {
    if (stopped || !isHolder || !mayDeliver()) return
    lookedAt = { revision: content().revision, renewals: 0 }
    await onRenewed?.().catch(cause =>
      log.error({ err: cause }, 'content: corrections were not all applied; the next look goes on'),
    )
  }

  /** Looks beside the renewals: what is found may take longer than the lease lasts. */
  const lookNow = () => {
    waitingLooks++
    looking = looking.then(look).finally(() => {
      waitingLooks--
    })
    return looking
  }

  const renew = async () => {
    await renewLease()
    await letOthersRun()
    if (!stopped) await lookNow()
  }

  /** Renews the lease, and looks if the content has changed since the last look, or that was a while ago. */
  async function renewRegularly(): Promise<void> {
    await renewLease()
    if (lookedAt) lookedAt.renewals++
    const isDue = lookedAt?.revision !== content().revision || lookedAt.renewals >= RENEWALS_A_LOOK
    if (isDue && waitingLooks === 0) void lookNow()
  }

  return {
    mayDeliver,
    isHolder: () => isHolder && mayDeliver(),
    reason,
    confirm: async revision => {
      if (confirmation?.revision !== revision || !isKnown()) await renew()
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
        void renewRegularly().then(() => mayDeliver() !== before && onChanged())
      }, leaseMs / RENEWALS)
    },
    stop: async () => {
      clearInterval(timer)
      stopped = true
      await renewal
      await looking
      // A process that waits for the lease takes it at once.
      await store.revisions
        .releaseContentLease(owner)
        .then(store.notify)
        .catch(() => {})
    },
  }
}
