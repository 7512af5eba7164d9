import type { Config } from '../config.ts'
import type { Feed } from '../content/feed.ts'
import type { Pipeline } from '../delivery/pipeline.ts'
import type { Poller } from '../wire/poll/poller.ts'
import { createUpkeep } from '../wire/poll/upkeep.ts'
import type { createSubscriber, Subscriber } from '../wire/websub/subscriber.ts'
import { createFeedNotices } from './feed-notices.ts'
import type { OpenBot } from './open.ts'

/** What the wire works with besides what is open: the settings, the feeds of the content, and who delivers. */
type WireWorkOptions = {
  config: Config
  version: string
  feeds(): Feed[]
  pipeline: Pick<Pipeline, 'owner' | 'lane'>
}

/** The work on the wire of a process that delivers. Call `refresh` when the content has changed. */
export type WireWork = { start(): void; refresh(): void; stop(): Promise<void> }

/**
 * Creates the work on the wire: polling and upkeep. What asks and reads feeds is loaded once there are feeds: most start
 * without.
 */
export function createWireWork(
  { store, log }: OpenBot,
  { config, version, feeds, pipeline }: WireWorkOptions,
): WireWork {
  const { deskPlace, zone, publicUrl, feedHosts, wireDays } = config
  const onNews = () => void store.notify().catch(cause => log.debug({ err: cause }, 'wire: nobody was woken'))
  const upkeep = createUpkeep({ store, wireDays, onReleased: onNews, log })
  let poller: Promise<Poller> | undefined
  let subscriber: Subscriber | undefined
  let isStopping = false

  async function openPoller(): Promise<Poller> {
    const { createFeedFetcher } = await import('../wire/fetch/fetch-feed.ts')
    const { readFeed } = await import('../wire/read/read-feed.ts')
    const { keysOf } = await import('../wire/identify/keys.ts')
    const { identifyAway } = await import('../wire/identify/identify-away.ts')
    const { newItemId } = await import('../wire/item.ts')
    const { createPoller } = await import('../wire/poll/poller.ts')
    const asks = { userAgent: userAgent(version, publicUrl), ownHosts: feedHosts }
    subscriber =
      publicUrl === undefined ? undefined : await openSubscriber({ store, log, publicUrl, ...asks })
    return createPoller({
      store,
      feeds,
      fetcher: createFeedFetcher(asks),
      read: readFeed,
      keysOf,
      identify: identifyAway,
      newId: newItemId,
      random: Math.random,
      owner: pipeline.owner,
      notices: createFeedNotices({ store, place: deskPlace, lane: pipeline.lane, zone, log }),
      onStored: onNews,
      onReached: subscriber?.afterPoll,
      log,
    })
  }

  const refresh = () => {
    if (poller || isStopping || feeds().length === 0) return
    poller = openPoller()
    poller.then(
      opened => isStopping || opened.start(),
      cause => log.error({ err: cause }, 'wire: feeds cannot be polled'),
    )
  }

  return {
    start: () => {
      upkeep.start()
      refresh()
    },
    refresh,
    stop: async () => {
      isStopping = true
      await upkeep.stop()
      if (!poller) return
      await poller.then(
        opened => opened.stop(),
        () => {},
      )
      const { stopReading } = await import('../wire/read/read-feed.ts')
      const { stopIdentifying } = await import('../wire/identify/identify-away.ts')
      await Promise.all([stopReading(), stopIdentifying(), subscriber?.close()])
    },
  }
}

/** What asks hubs to wake us; without a public address, none could. */
async function openSubscriber(options: Parameters<typeof createSubscriber>[0]): Promise<Subscriber> {
  const websub = await import('../wire/websub/subscriber.ts')
  return websub.createSubscriber(options)
}

/** Who asks, as servers of feeds want to know it: with an address where something can be found out about us. */
export const userAgent = (version: string, publicUrl: string | undefined) =>
  `nutgraf/${version}${publicUrl === undefined ? '' : ` (+${publicUrl})`}`
