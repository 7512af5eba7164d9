import { randomUUID } from 'node:crypto'
import { commandLinesFor } from '../../../src/commands/digest/command-lines.ts'
import type { Feed } from '../../../src/content/feed.ts'
import { createPipeline } from '../../../src/delivery/pipeline.ts'
import { oneInstallation } from '../../../src/platforms/slack/installations.ts'
import { createSlack } from '../../../src/platforms/slack/slack.ts'
import { connect } from '../../../src/store/connect.ts'
import { createFeedFetcher } from '../../../src/wire/fetch/fetch-feed.ts'
import { identifyAway } from '../../../src/wire/identify/identify-away.ts'
import { keysOf } from '../../../src/wire/identify/keys.ts'
import { newItemId } from '../../../src/wire/item.ts'
import { createPoller } from '../../../src/wire/poll/poller.ts'
import { readFeed } from '../../../src/wire/read/read-feed.ts'
import { digestFile } from '../content/digest-file.ts'
import { libraryFromFiles, storyFiles } from '../content/story-files.ts'
import { restlessDigests, restlessFeedsFile } from './restless-digests.ts'

/** What a process that polls and posts is started with, as JSON. Its times are short, so that what a killed one held is soon free. */
export type RestlessProcessOptions = {
  store: { dataDir: string; databaseUrl?: string }
  feeds: Feed[]
  ownHosts: string[]
  slack: { apiUrl: string; token: string }
}

// Run by itself: `node restless-process.ts '{…}'`.
const { store: place, feeds, ownHosts, slack } = JSON.parse(process.argv[2]!) as RestlessProcessOptions
const say = (details: object, message: string) =>
  process.stderr.write(
    `${message} ${JSON.stringify(details, (_, value) => (value instanceof Error ? value.stack : value))}\n`,
  )
const log = { debug: () => {}, info: () => {}, warn: say, error: say }
const store = await connect(place, cause => say({ err: cause }, 'store'))
const library = libraryFromFiles(storyFiles('bridge'), [digestFile(restlessDigests()), restlessFeedsFile()])
const { pace: _, ...platform } = createSlack({
  ...{ installations: oneInstallation(slack.token), signingSecret: 'secret', apiUrl: slack.apiUrl, log },
})
const pipeline = createPipeline({
  ...{ store, log, zone: 'UTC', library: () => library, platforms: () => [platform], feeds: () => feeds },
  commandLines: commandLinesFor,
  redraw: () => Promise.reject(new Error('nothing is answered here')),
  times: { leaseMs: 1_000, requestTimeoutMs: 400, backOffMs: 20, maxBackOffMs: 100 },
  size: { sweepMs: 200 },
  contentLeaseMs: 600,
})
const poller = createPoller({
  ...{ store, log, keysOf, ownHosts, feeds: () => feeds, owner: randomUUID(), random: Math.random },
  fetcher: createFeedFetcher({ userAgent: 'nutgraf/test', ownHosts }),
  ...{ read: readFeed, identify: identifyAway, newId: newItemId, leaseMs: 1_000, tickMs: 50 },
  notices: {
    ...{ failing: async () => {}, over: async () => {}, moved: async () => {}, closeOthers: async () => {} },
  },
  onStored: () => void store.notify(),
})
await platform.start()
await pipeline.start()
poller.start()
process.stdout.write('working\n')
