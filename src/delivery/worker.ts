import { setTimeout as sleep } from 'node:timers/promises'
import type { ClaimedDelivery } from '../store/claims.ts'
import { type DeliverOptions, type DeliveryOutcome, deliver } from './deliver.ts'

/** How hard a worker works: requests in flight, rows held ahead of their turn, and how long it may sleep. */
export type WorkerSize = { inFlight: number; ahead: number; sweepMs: number }

const DEFAULT_SIZE: WorkerSize = { inFlight: 16, ahead: 48, sweepMs: 60_000 }
/** Rows that wait for a free lane or place are looked at again after so long. */
const BLOCKED_RETRY_MS = 120
/** While there is something to do, the ledger is asked no more often than this. */
const MIN_POLL_MS = 100
/**
 * So long before its turn a row is drawn and written down: then its request goes out in time, whatever the store does. No
 * longer, since what was written down is in doubt after a crash where we may not look.
 */
const PREPARE_MS = 150
/** After a fault of the store. */
const FAULT_PAUSE_MS = 2_000

/** A worker: takes what is due from the ledger, in the right order and at the right pace, until it is stopped. */
export type Worker = { start(): void; wake(): void; idle(): Promise<void>; stop(): Promise<void> }

/**
 * Makes a worker. `platforms` are those that it can post on; `mayDeliver` says whether this process has the content
 * that counts; `settled` hears of each row that came to an end.
 */
export function createWorker(
  work: DeliverOptions & {
    platforms(): string[]
    mayDeliver(): boolean
    onSettled?(row: ClaimedDelivery, outcome: DeliveryOutcome): void
    size?: Partial<WorkerSize>
  },
): Worker {
  const { store, owner, log, times } = work
  const { inFlight, ahead, sweepMs } = { ...DEFAULT_SIZE, ...work.size }
  const held = new Set<Promise<void>>()
  const slots = semaphore(inFlight)
  const halt = new AbortController()
  let alarm = new AbortController()
  let loop: Promise<void> | undefined
  let asked = 0

  const wake = () => alarm.abort()

  async function round(): Promise<number> {
    if (!work.mayDeliver()) return sweepMs
    // Enough to do: whoever is done wakes us. A claim costs more than a row, and the more the longer the queue is.
    if (held.size > ahead / 2) return sweepMs
    const rest = asked + MIN_POLL_MS - performance.now()
    if (held.size >= inFlight && rest > 0) return rest
    asked = performance.now()
    const free = ahead - held.size
    const rows =
      free > 0
        ? await store.ledger.claim({
            owner,
            leaseMs: times.leaseMs,
            max: free,
            platforms: work.platforms(),
            pace: (place, edit) => work.platform(place.slice(0, place.indexOf(':')))?.pace?.(place, edit),
          })
        : []
    for (const row of rows) {
      const one = handle(row).finally(() => {
        held.delete(one)
        wake()
      })
      held.add(one)
    }
    if (rows.length > 0) return 0
    const next = await store.ledger.nextDueAt()
    if (next === undefined) return sweepMs
    return Math.min(sweepMs, Math.max(BLOCKED_RETRY_MS, next - (await store.clock())))
  }

  async function handle(row: ClaimedDelivery): Promise<void> {
    const mine = { key: row.key, owner, attempts: row.attempts }
    const wait = Math.max(0, row.turnAt - performance.now() - PREPARE_MS)
    await sleep(wait, undefined, { signal: halt.signal }).catch(() => {})
    await slots.acquire()
    if (halt.signal.aborted) {
      slots.release()
      // Stopped before its turn: others may have it at once.
      const first = row.firstTriedAt === undefined
      await store.ledger.retryLater(mine, { inMs: 0, error: 'a process stopped', first }).catch(() => {})
      return
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
      const pause = await round().catch(cause => {
        log.error({ err: cause }, 'worker: the ledger could not be asked')
        return FAULT_PAUSE_MS
      })
      if (pause > 0)
        await sleep(pause, undefined, { signal: AbortSignal.any([alarm.signal, halt.signal]) }).catch(
          () => {},
        )
    }
  }

  return {
    start: () => {
      loop ??= run()
    },
    wake,
    /** Resolves once nothing that this worker holds is under way. */
    idle: async () => {
      while (held.size > 0) await Promise.all(held)
    },
    stop: async () => {
      halt.abort()
      await loop
      await Promise.all(held)
    },
  }
}

function semaphore(most: number) {
  let free = most
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
