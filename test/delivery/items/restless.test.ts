import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import type { Place } from '../../../src/chat/platform.ts'
import { AT_ONCE } from '../../../src/content/digest.ts'
import { stopIdentifying } from '../../../src/wire/identify/identify-away.ts'
import { stopReading } from '../../../src/wire/read/read-feed.ts'
import { startBridgeBot, stopBridgeBots } from '../../support/delivery/bridge-bot.ts'
import { dailySubscription } from '../../support/delivery/due-rows.ts'
import { type LoopbackPostgres, startPostgres } from '../../support/loopback/postgres.ts'
import { startFeedServer } from '../../support/wire/feed-server.ts'
import { readingPoller } from '../../support/wire/reading-poller.ts'
import {
  digestOf,
  EMPTY_FEED,
  judgePosts,
  restlessDigests,
  restlessFeedsAt,
  restlessFeedsFile,
  serveRestless,
} from '../../support/wire/restless-digests.ts'
import { RESTLESS_FEEDS } from '../../support/wire/restless-feeds.ts'
import { runRestlessKills } from '../../support/wire/restless-kills.ts'

afterEach(async () => {
  await stopBridgeBots()
  await Promise.all([stopReading(), stopIdentifying()])
})

/** After 26 polls, each of the twelve reports of a feed was edited. */
const POLLS = Number(process.env.IDENTITY_POLLS ?? 14)
/** A process takes the place of another after so many polls. */
const RESTART_EVERY = 5
/** By IDENTITY_KILLS=100 so many processes are killed, over all feeds; by IDENTITY_ENGINE=postgres they share a database. */
const { IDENTITY_KILLS, IDENTITY_ENGINE } = process.env
const KILL_RUN =
  IDENTITY_KILLS === undefined
    ? { feeds: 3, versions: 3, kills: 1 }
    : { feeds: RESTLESS_FEEDS.length, versions: POLLS, kills: Number(IDENTITY_KILLS) }
const EVERY_MS = 3_600_000
const NEVER = Date.parse('9999-12-31T00:00:00Z')
const placeOf = (name: string): Place => `fake:${name}`
const reportsOf = (feeds: number) =>
  RESTLESS_FEEDS.slice(0, feeds).reduce((sum, { titles }) => sum + titles(0).length, 0)

test('whatever feeds do to their reports, each has one post, and its edits end in that post', {
  timeout: 60_000 + POLLS * 1_000,
}, async () => {
  const server = await startFeedServer()
  const feeds = restlessFeedsAt(server.origin, EVERY_MS)
  const bot = await startBridgeBot({ feeds, more: [restlessFeedsFile()], digests: restlessDigests() })
  await bot.store.subscriptions.save(
    RESTLESS_FEEDS.map(({ name }) =>
      dailySubscription(placeOf(name), NEVER, { digest: digestOf(name), time: AT_ONCE }),
    ),
  )
  const poller = readingPoller(bot.store, { feeds: () => feeds, server })
  const poll = async () => {
    while ((await poller.poll()) > 0);
    await bot.followWire()
    bot.advanceClock(2 * EVERY_MS)
  }
  serveRestless(server, () => EMPTY_FEED)
  await poll()
  for (let version = 0; version < POLLS; version++) {
    serveRestless(server, feed => feed.write(version))
    await poll()
    if (version % RESTART_EVERY === RESTART_EVERY - 1) await bot.restart()
  }
  await poller.stop()
  const postsOf = (name: string) => bot.fake.messages.filter(({ ref }) => ref.place === placeOf(name))
  const judged = judgePosts(postsOf, { version: POLLS - 1 })
  expect(judged).toMatchObject({ posts: reportsOf(RESTLESS_FEEDS.length), doubled: 0, lost: 0, unedited: 0 })
  const edited = bot.fake.messages.filter(({ edits }) => edits > 0)
  expect(edited.length).toBeGreaterThanOrEqual(judged.edits)
})

let postgres: LoopbackPostgres | undefined
beforeAll(async () => {
  if (IDENTITY_ENGINE === 'postgres') postgres = await startPostgres()
}, 60_000)
afterAll(() => postgres?.stop())

test('so it is when processes are killed while they ask, read, post and edit', {
  timeout: 60_000 + KILL_RUN.kills * 8_000,
}, async () => {
  const databaseUrl = await postgres?.createDatabase()
  const { feeds, kills } = KILL_RUN
  const run = await runRestlessKills({ ...KILL_RUN, databaseUrl })
  if (IDENTITY_KILLS !== undefined) process.stdout.write(`${JSON.stringify(run)}\n`)
  const posts = reportsOf(feeds)
  expect(run).toMatchObject({ kills, posts, doubled: 0, lost: 0, unedited: 0 })
  expect(run.edits).toBeGreaterThan(0)
})
