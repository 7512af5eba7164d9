import type { Feed } from '../../../src/content/feed.ts'
import type { Store } from '../../../src/store/store.ts'
import { createFeedFetcher } from '../../../src/wire/fetch/fetch-feed.ts'
import { newItemId } from '../../../src/wire/item.ts'
import { createPoller, type PollerOptions } from '../../../src/wire/poll/poller.ts'
import { recordingLog } from '../recording-log.ts'
import type { FeedServer } from './feed-server.ts'
import { identifyByGuid, keysByGuid, readPlainFeed } from './plain-feed.ts'

/** A feed of a loopback server, asked once an hour. */
export const feedAt = (server: FeedServer, path: string, more: Partial<Feed> = {}): Feed => ({
  name: path.slice(1),
  outlet: path.slice(1).toUpperCase(),
  url: server.origin + path,
  everyMs: 3_600_000,
  ...more,
})

/** Creates a poller of plain feeds on loopback, with a log of what the desk is told. */
export function testPoller(
  { store, feeds, server }: { store: Store; feeds: Feed[]; server: FeedServer },
  more: Partial<PollerOptions> = {},
) {
  const told: string[] = []
  // As the store does it: each trouble once, and its end once.
  const troubles = new Set<string>()
  const log = recordingLog()
  const poller = createPoller({
    store,
    feeds: () => feeds,
    fetcher: createFeedFetcher({
      userAgent: 'nutgraf/test',
      ownHosts: [`127.0.0.1:${server.port}`],
      timeoutMs: 2_000,
    }),
    read: readPlainFeed,
    keysOf: keysByGuid,
    identify: identifyByGuid,
    newId: newItemId,
    random: () => 0,
    owner: 'one',
    notices: {
      failing: async (name, { failure }) => {
        if (!troubles.has(name)) told.push(`${name}: ${failure?.code}`)
        troubles.add(name)
      },
      over: async name => {
        if (troubles.delete(name)) told.push(`${name}: over`)
      },
      closeOthers: async () => {},
      moved: async (name, to) => void told.push(`${name} → ${to}`),
    },
    log,
    ...more,
  })
  return { poller, told, log }
}
