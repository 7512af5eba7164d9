import type { Store } from '../../../src/store/store.ts'
import { createFeedFetcher } from '../../../src/wire/fetch/fetch-feed.ts'
import { identifyAway } from '../../../src/wire/identify/identify-away.ts'
import { keysOf } from '../../../src/wire/identify/keys.ts'
import { newItemId } from '../../../src/wire/item.ts'
import { createPoller, type Poller, type PollerOptions } from '../../../src/wire/poll/poller.ts'
import { readFeed } from '../../../src/wire/read/read-feed.ts'
import { recordingLog } from '../recording-log.ts'
import type { FeedServer } from './feed-server.ts'

type ReadingPollerOptions = Pick<PollerOptions, 'feeds' | 'onReached'> & { server: Pick<FeedServer, 'port'> }

/** Creates a poller that reads and identifies as a bot does, of a loopback server; it tells nobody of troubles. */
export const readingPoller = (store: Store, { feeds, server, onReached }: ReadingPollerOptions): Poller =>
  createPoller({
    store,
    feeds,
    onReached,
    fetcher: createFeedFetcher({ userAgent: 'nutgraf/test', ownHosts: [`127.0.0.1:${server.port}`] }),
    read: readFeed,
    keysOf,
    identify: identifyAway,
    newId: newItemId,
    random: () => 0,
    owner: 'one',
    notices: {
      failing: async () => {},
      over: async () => {},
      moved: async () => {},
      closeOthers: async () => {},
    },
    log: recordingLog(),
  })
