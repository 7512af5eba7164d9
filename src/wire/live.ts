import { setImmediate as letOthersRun } from 'node:timers/promises'
import { filterInSlices } from '../chat/pauses.ts'
import type { Log } from '../chat/platform.ts'
import type { Feed } from '../content/feed.ts'
import type { Store } from '../store/store.ts'
import type { Item } from '../store/wire/items.ts'
import { feedsByVia, keepers } from './match/story-items.ts'
import { createWireView, type WireView } from './view.ts'

/** What following the wire in memory needs: the store, and the feeds of the content. */
type LiveWireOptions = {
  store: {
    wire: Pick<Store['wire'], 'latest' | 'changedSince'> & {
      items: Pick<Store['wire']['items'], 'list' | 'byId'>
    }
  }
  feeds(): Feed[]
  log: Log
}

/** The wire in memory, from which answers are given. `refresh` reads what is new; `view` is the same until then. */
export type LiveWire = { view(): WireView; refresh(): Promise<void> }

/** So many of the newest items are in memory: weeks of a newsroom, and some megabytes. */
const MAX_ITEMS = 5_000
/** How many are read at a time: two or three milliseconds. */
const PAGE = 100
/** A change may be committed a little after others that are later. */
const MARGIN_MS = 60_000
/** Nobody waits for what is new, so it is looked at in small slices. */
const SLICE_MS = 3

/** Creates the wire in memory. It is empty until it is refreshed first. */
export function createLiveWire({ store, feeds, log }: LiveWireOptions): LiveWire {
  const items = new Map<string, Item>()
  let known = { arrived: -1, changed: -1 }
  let usedFeeds = feeds()
  let view = createWireView([], usedFeeds)
  let running: Promise<void> | undefined
  let isAskedAgain = false

  /** Reads the arrivals after one moment, the newest first, page by page. */
  async function readArrivals(after: number, upTo: number): Promise<void> {
    for (let before = upTo, count = 0; count < MAX_ITEMS; ) {
      const page = await store.wire.items.list({ after, upTo: before, limit: PAGE })
      for (const item of page) items.set(item.id, item)
      const last = page.at(-1)?.arrived
      if (page.length < PAGE || last === undefined) return
      count += page.length
      before = last - 1
      await letOthersRun()
    }
  }

  async function readChanges(since: number): Promise<void> {
    const changed = await store.wire.changedSince(since)
    for (let at = 0; at < changed.length; at += PAGE) {
      for (const [id, item] of await store.wire.items.byId(changed.slice(at, at + PAGE))) items.set(id, item)
      await letOthersRun()
    }
  }

  async function refreshNow(): Promise<void> {
    const latest = await store.wire.latest()
    const isSame = latest.arrived === known.arrived && latest.changed === known.changed
    if (isSame && usedFeeds === feeds()) return
    await letOthersRun()
    if (latest.arrived > known.arrived) await readArrivals(known.arrived, latest.arrived)
    // The first time, all was read as it is now.
    if (known.changed >= 0 && latest.changed >= known.changed) await readChanges(known.changed - MARGIN_MS)
    known = latest
    dropOldest()
    usedFeeds = feeds()
    await lookAtWords(usedFeeds)
    await letOthersRun()
    view = createWireView([...items.values()], usedFeeds)
  }

  /** Looks ahead at what feeds keep, in slices: the view asks for all of it at once. */
  async function lookAtWords(feeds: Feed[]): Promise<void> {
    const byVia = feedsByVia(feeds)
    await filterInSlices([...items.values()], item => keepers(item, byVia).length > 0, SLICE_MS)
  }

  function dropOldest(): void {
    if (items.size <= MAX_ITEMS) return
    const byArrival = [...items.values()].sort((a, b) => (a.arrived ?? 0) - (b.arrived ?? 0))
    for (const { id } of byArrival.slice(0, items.size - MAX_ITEMS)) items.delete(id)
  }

  async function run(): Promise<void> {
    try {
      do {
        isAskedAgain = false
        await refreshNow()
      } while (isAskedAgain)
    } catch (cause) {
      log.warn({ err: cause }, 'wire: what is new could not be read; the next look reads it')
    } finally {
      running = undefined
    }
  }

  return {
    view: () => view,
    refresh: () => {
      if (running) isAskedAgain = true
      running ??= run()
      return running
    },
  }
}
