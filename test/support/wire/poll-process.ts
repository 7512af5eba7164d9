import { randomUUID } from 'node:crypto'
import type { Feed } from '../../../src/content/feed.ts'
import { connect } from '../../../src/store/connect.ts'
import { createFeedFetcher } from '../../../src/wire/fetch/fetch-feed.ts'
import { identifyAway } from '../../../src/wire/identify/identify-away.ts'
import { keysOf } from '../../../src/wire/identify/keys.ts'
import { newItemId } from '../../../src/wire/item.ts'
import { createPoller } from '../../../src/wire/poll/poller.ts'
import { readFeed } from '../../../src/wire/read/read-feed.ts'

/** What a process that only polls is started with, as JSON: where its store is, its feeds, and its times. */
export type PollProcessOptions = {
  dataDir: string
  databaseUrl?: string
  feeds: Feed[]
  ownHosts: string[]
  leaseMs: number
  tickMs: number
}

// Run by itself: `node poll-process.ts '{…}'`.
const options = JSON.parse(process.argv[2]!) as PollProcessOptions
const say = (details: object, message: string) =>
  process.stderr.write(`${message} ${JSON.stringify(details, errorAsText)}\n`)
const store = await connect(options, cause => say({ err: cause }, 'store'))
const poller = createPoller({
  ...options,
  store,
  feeds: () => options.feeds,
  fetcher: createFeedFetcher({ userAgent: 'nutgraf/test', ownHosts: options.ownHosts }),
  read: readFeed,
  keysOf,
  identify: identifyAway,
  newId: newItemId,
  random: Math.random,
  owner: randomUUID(),
  notices: {
    failing: async () => {},
    over: async () => {},
    moved: async () => {},
    closeOthers: async () => {},
  },
  log: { debug: () => {}, info: () => {}, warn: say, error: say },
})
poller.start()
process.stdout.write('polling\n')
process.on('SIGTERM', () => void poller.stop().then(() => process.exit(0)))
if (process.send) {
  // Whoever measures wants to know what it costs.
  const begun = process.cpuUsage()
  process.on('message', () => process.send?.(process.cpuUsage(begun)))
}

function errorAsText(_key: string, value: unknown): unknown {
  return value instanceof Error ? value.stack : value
}
