import type { Log } from '../../chat/platform.ts'
import type { Store } from '../../store/store.ts'

/** What following the wire needs: whether this process is the one to do it, and what it does then. */
type WireFollowerOptions = {
  store: Pick<Store, 'wire'>
  mayFollow(): boolean
  /** Makes messages follow items that have changed. */
  applyChanges(): Promise<unknown>
  /** Posts items that have come. */
  tellArrived(): Promise<unknown>
  log: Log
}

/** Follows the wire: `look` does all that is to do; `nudge` does, too, if something has come or changed since. */
export type WireFollower = { look(): Promise<void>; nudge(): void; stop(): Promise<void> }

/** Creates what makes posts follow the wire. Looks run one after another, and one more if there was a nudge meanwhile. */
export function createWireFollower(options: WireFollowerOptions): WireFollower {
  const { store, mayFollow, applyChanges, tellArrived, log } = options
  let seen = ''
  let running: Promise<void> | undefined
  let isNudged = false
  let isStopped = false

  async function lookNow(isAsked: boolean): Promise<void> {
    if (isStopped || !mayFollow()) return
    const latest = JSON.stringify(await store.wire.latest())
    if (!isAsked && latest === seen) return
    await applyChanges()
    await tellArrived()
    seen = latest
  }

  async function run(isAsked: boolean): Promise<void> {
    try {
      await lookNow(isAsked)
    } catch (cause) {
      log.error({ err: cause }, 'wire: posts do not follow it now; the next look does')
    }
    running = undefined
    if (!isNudged || isStopped) return
    isNudged = false
    running = run(false)
  }

  return {
    look: async () => {
      await running
      running ??= run(true)
      await running
    },
    nudge: () => {
      if (running) isNudged = true
      else running = run(false)
    },
    stop: async () => {
      isStopped = true
      await running
    },
  }
}
