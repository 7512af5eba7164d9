import { setTimeout as sleep } from 'node:timers/promises'
import type { Log } from '../chat/platform.ts'
import type { Store } from '../store/store.ts'

/**
 * What cleaning needs. `mayClean` says whether this process is the one that does it. `keepDays` is for how long everything
 * is kept.
 */
type CleanerOptions = {
  store: Pick<Store, 'cleaning' | 'clock'> & {
    looks: Pick<Store['looks'], 'forget'>
    drafts: Pick<Store['drafts'], 'deleteOld'>
  }
  mayClean(): boolean
  keepDays: number
  log: Log
}

/** Cleans the ledger at the start and once a day. */
export type Cleaner = { start(): void; clean(): Promise<number>; stop(): Promise<void> }

const DAY_MS = 24 * 3_600_000
/** How often a process looks whether it is its turn: another one may have done it until now. */
const LOOK_MS = 10 * 60_000
/** A batch may hold up answers for 20 ms at most, so it grows or shrinks until it takes about half of that. */
const BATCH_MS = 10
const FIRST_BATCH = 20
const LARGEST_BATCH = 200
/** The pause after each batch: nobody waits for this work. */
const PAUSE_MS = 40

/** Creates what deletes old rows of the ledger, a few at a time, the names in it, when people looked last, and drafts. */
export function createCleaner({ store, mayClean, keepDays, log }: CleanerOptions): Cleaner {
  const halt = new AbortController()
  let timer: NodeJS.Timeout | undefined
  let running: Promise<number> = Promise.resolve(0)
  let cleanedAt = Number.NEGATIVE_INFINITY

  /** Repeats a step until it finds less than it asked for; returns how many rows it found. */
  async function repeat(step: (max: number) => Promise<number>): Promise<number> {
    let count = 0
    for (let size = FIRST_BATCH; !halt.signal.aborted && mayClean(); ) {
      const begunAt = performance.now()
      const found = await step(size)
      const tookMs = performance.now() - begunAt
      count += found
      if (found < size) break
      size = Math.ceil(Math.min(LARGEST_BATCH, Math.max(1, size * Math.min(2, BATCH_MS / tookMs))))
      await sleep(PAUSE_MS, undefined, { signal: halt.signal }).catch(() => {})
    }
    return count
  }

  async function clean(): Promise<number> {
    const before = (await store.clock()) - keepDays * DAY_MS
    const deleted = await repeat(max => store.cleaning.deleteOld(before, max))
    const forgotten = await repeat(max => store.cleaning.forgetAskers(before, max))
    const looks = await repeat(max => store.looks.forget(before, max))
    const drafts = await repeat(max => store.drafts.deleteOld(before, max))
    const count = deleted + forgotten + looks + drafts
    if (count > 0) log.info({ deleted, forgotten, looks, drafts, keepDays }, 'clean: old rows are gone')
    return count
  }

  const look = () => {
    if (!mayClean() || performance.now() - cleanedAt < DAY_MS) return
    cleanedAt = performance.now()
    running = running.then(clean).catch(cause => {
      log.error({ err: cause }, 'clean: old rows stay until tomorrow')
      return 0
    })
  }

  return {
    start: () => {
      look()
      timer = setInterval(look, LOOK_MS)
      timer.unref()
    },
    clean,
    stop: async () => {
      clearInterval(timer)
      halt.abort()
      await running
    },
  }
}
