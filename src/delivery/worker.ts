import { setTimeout as sleep } from 'node:timers/promises'
import { platformOf } from '../chat/platform.ts'
import type { ClaimedDelivery } from '../store/claims.ts'
import type { DeliverOptions, DeliveryOutcome } from './attempt.ts'
import { deliver } from './deliver.ts'

/** How much a worker does at once: requests in flight, rows claimed before their turn, and how long it may sleep. */
export type WorkerSize = { inFlight: number; ahead: number; sweepMs: number }

const DEFAULT_SIZE: WorkerSize = { inFlight: 16, ahead: 48, sweepMs: 60_000 }
/** How soon rows that wait for a free lane or place are looked at again. */
const BLOCKED_RETRY_MS = 120
/** The shortest time between two claims of a busy worker: each claim costs the store more than a row. */
const MIN_POLL_MS = 100
/**
 * How long before its turn a row is drawn and recorded, so that its request goes out in time even if the store is slow.
 * Not earlier: where we may not look, a recorded row is in doubt after a crash.
 */
const PREPARE_MS = 150
/** The pause after the store has failed. */
const FAULT_PAUSE_MS = 2_000

/** Delivers due rows from the ledger, in order and at the right pace, until it is stopped. */
export type Worker = {
  start(): void
  wake(): void
  /** Resolves when no claimed row is under way. */
  idle(): Promise<void>
  stop(): Promise<void>
}

/**
 * What a worker needs. `platforms` names those that it can post on. `mayDeliver` says whether this process has the
 * current content. `onSettled` is called after each attempt, with its outcome.
 */
type WorkerOptions = DeliverOptions & {
  platforms(): string[]
  mayDeliver(): boolean
  onSettled?(row: ClaimedDelivery, outcome: DeliveryOutcome): void
  size?: Partial<WorkerSize>
}

/** Creates a worker. */
export function createWorker(work: WorkerOptions): Worker {
  const { store, owner, log, times } = work
  const { inFlight, ahead, sweepMs } = { ...DEFAULT_SIZE, ...work.size }
  const underWay = new Set<Promise<void>>()
  const slots = semaphore(inFlight)
  const halt = new AbortController()
  let alarm = new AbortController()
  let loop: Promise<void> | undefined
  let lastClaimAt = 0

  const wake = () => alarm.abort()

  /** Claims what is due and begins to deliver it; returns how many milliseconds to sleep afterwards. */
  async function round(): Promise<number> {
    if (!work.mayDeliver()) return sweepMs
    // Enough to do: the next row that is done wakes us. A claim costs more than a row, and more the longer the queue
    // is.
    if (underWay.size > ahead / 2) return sweepMs
    const pauseMs = lastClaimAt + MIN_POLL_MS - performance.now()
    if (underWay.size >= inFlight && pauseMs > 0) return pauseMs
    lastClaimAt = performance.now()
    const rows = await claim(ahead - underWay.size)
    for (const row of rows) {
      const delivery = handle(row).finally(() => {
        underWay.delete(delivery)
        wake()
      })
      underWay.add(delivery)
    }
    if (rows.length > 0) return 0
    const nextDueAt = await store.ledger.nextDueAt()
    if (nextDueAt === undefined) return sweepMs
    return Math.min(sweepMs, Math.max(BLOCKED_RETRY_MS, nextDueAt - (await store.clock())))
  }

  async function claim(max: number): Promise<ClaimedDelivery[]> {
    if (max <= 0) return []
    return store.ledger.claim({
      owner,
      leaseMs: times.leaseMs,
      max,
      platforms: work.platforms(),
      pace: (place, edit) => work.platform(platformOf(place))?.pace?.(place, edit),
      deduplicatesForMs: place => work.platform(platformOf(place))?.deduplicatesForMs ?? 0,
    })
  }

  async function handle(row: ClaimedDelivery): Promise<void> {
    const waitMs = Math.max(0, row.turnAt - performance.now() - PREPARE_MS)
    await sleep(waitMs, undefined, { signal: halt.signal }).catch(() => {})
    await slots.acquire()
    if (halt.signal.aborted) {
      slots.release()
      return giveBack(row, work)
    }
    try {
      const outcome = await deliver(row, work, row.turnAt)
      log.debug({ key: row.key, outcome }, 'worker: done')
      work.onSettled?.(row, outcome)
    } catch (cause) {
      log.error({ err: cause, key: row.key }, 'worker: a delivery was not settled; its lease will run out')
    } finally {
      slots.release()
    }
  }

  async function run(): Promise<void> {
    while (!halt.signal.aborted) {
      alarm = new AbortController()
      const pauseMs = await round().catch(cause => {
        log.error({ err: cause }, 'worker: the ledger cannot be read')
        return FAULT_PAUSE_MS
      })
      if (pauseMs <= 0) continue
      const signal = AbortSignal.any([alarm.signal, halt.signal])
      await sleep(pauseMs, undefined, { signal }).catch(() => {})
    }
  }

  return {
    start: () => {
      loop ??= run()
    },
    wake,
    idle: async () => {
      while (underWay.size > 0) await Promise.all(underWay)
    },
    stop: async () => {
      halt.abort()
      await loop
      await Promise.all(underWay)
    },
  }
}

/** Makes a claimed row due again that was not begun, so that another process may claim it at once. */
async function giveBack(row: ClaimedDelivery, { store, owner }: DeliverOptions): Promise<void> {
  const { key, attempts, firstTriedAt } = row
  const first = firstTriedAt === undefined
  await store.ledger
    .retryLater({ key, owner, attempts }, { inMs: 0, error: 'a process stopped', first })
    .catch(() => {})
}

/** Lets at most `max` callers in at a time; the others wait in order. */
function semaphore(max: number) {
  let free = max
  const waiting: (() => void)[] = []
  return {
    acquire: (): Promise<void> | void => {
      if (free === 0) return new Promise<void>(resolve => waiting.push(resolve))
      free--
    },
    release: () => {
      const next = waiting.shift()
      if (next) next()
      else free++
    },
  }
}
