import { setTimeout as sleep } from 'node:timers/promises'
import type { Log } from '../../chat/platform.ts'
import type { Store } from '../../store/store.ts'
import { CALLS_KEPT_MS } from '../senders/calls-kept.ts'

/** What upkeep needs. `onReleased` is called when items can be seen whose time has come. */
type UpkeepOptions = {
  store: Pick<Store, 'wire' | 'clock'>
  wireDays: number
  onReleased(): void
  log: Log
  lookMs?: number
}

/** What keeps the wire in order: held items arrive in time, and old ones go. */
export type Upkeep = { start(): void; clean(): Promise<number>; stop(): Promise<void> }

/** How late a held item may arrive. */
const LOOK_MS = 5_000
const DAY_MS = 86_400_000
/** The pause after each piece of cleaning: nobody waits for it. */
const PAUSE_MS = 40

/** Creates the upkeep; any number of processes may do it. */
export function createUpkeep({ store, wireDays, onReleased, log, lookMs = LOOK_MS }: UpkeepOptions): Upkeep {
  const halt = new AbortController()
  const { signal } = halt
  let looping: Promise<void> | undefined
  let cleanedAt = Number.NEGATIVE_INFINITY

  async function clean(): Promise<number> {
    const now = await store.clock()
    const before = now - wireDays * DAY_MS
    let deleted = 0
    let look: Awaited<ReturnType<typeof store.wire.deleteOld>> = { deleted: 0 }
    do {
      look = await store.wire.deleteOld(before, look.next)
      deleted += look.deleted
      if (look.next) await sleep(PAUSE_MS, undefined, { signal }).catch(() => {})
    } while (look.next && !signal.aborted)
    const calls = await store.wire.forgetCalls(now - CALLS_KEPT_MS)
    if (deleted + calls > 0) log.info({ items: deleted, calls, wireDays }, 'wire: what is old is gone')
    return deleted
  }

  async function loop(): Promise<void> {
    let loggedFailure: string | undefined
    while (!signal.aborted) {
      try {
        if ((await store.wire.release()) > 0) onReleased()
        if (performance.now() - cleanedAt >= DAY_MS) {
          cleanedAt = performance.now()
          await clean()
        }
        loggedFailure = undefined
      } catch (cause) {
        const { message } = cause as Error
        log[message === loggedFailure ? 'debug' : 'error']({ err: cause }, 'wire: no upkeep now')
        loggedFailure = message
      }
      await sleep(lookMs, undefined, { signal }).catch(() => {})
    }
  }

  return {
    start: () => {
      looping ??= loop()
    },
    clean,
    stop: async () => {
      halt.abort()
      await looping
    },
  }
}
