import type { Feed } from '../content/feed.ts'
import { createLiveWire } from '../wire/live.ts'
import type { WireView } from '../wire/view.ts'
import type { OpenBot } from './open.ts'

/** What others report, in memory for answers. It is empty until it is started; `refresh` reads what is new. */
export type FollowedWire = {
  view(): WireView
  start(): Promise<void>
  refresh(): void
  stop(): Promise<void>
}

/** A process that hears of nothing, behind some poolers, looks by itself. */
const LOOK_MS = 10_000

/** Creates what keeps the items on the wire in memory, in every process that answers. */
export function followWire({ store, log }: OpenBot, feeds: () => Feed[]): FollowedWire {
  const live = createLiveWire({ store, feeds, log })
  let timer: NodeJS.Timeout | undefined
  let stopListening: (() => Promise<void>) | undefined
  const refresh = () => void live.refresh()
  return {
    view: live.view,
    refresh,
    start: async () => {
      stopListening = await store.listen(refresh)
      timer = setInterval(refresh, LOOK_MS)
      await live.refresh()
    },
    stop: async () => {
      clearInterval(timer)
      await stopListening?.()
      await live.refresh()
    },
  }
}
