import { afterEach, expect, test } from 'vitest'
import type { Place } from '../../../src/chat/platform.ts'
import { AT_ONCE } from '../../../src/content/digest.ts'
import { stopIdentifying } from '../../../src/wire/identify/identify-away.ts'
import { stopReading } from '../../../src/wire/read/read-feed.ts'
import { startBridgeBot, stopBridgeBots } from '../../support/delivery/bridge-bot.ts'
import { dailySubscription } from '../../support/delivery/due-rows.ts'
import { startFeedServer } from '../../support/wire/feed-server.ts'
import { readingPoller } from '../../support/wire/reading-poller.ts'
import { RESTLESS_FEEDS } from '../../support/wire/restless-feeds.ts'

afterEach(async () => {
  await stopBridgeBots()
  await Promise.all([stopReading(), stopIdentifying()])
})

/** After 26 polls, each of the twelve reports of a feed was edited. */
const POLLS = Number(process.env.IDENTITY_POLLS ?? 14)
/** A process takes the place of another after so many polls. */
const RESTART_EVERY = 5
const EVERY_MS = 3_600_000
const NEVER = Date.parse('9999-12-31T00:00:00Z')
const EMPTY = '<rss version="2.0"><channel><title>Restless</title></channel></rss>'
const digestOf = (feed: string) => `all-of-${feed}`
const placeOf = (name: string): Place => `fake:${name}`
/** A headline is in a post, and not only as what it was. */
const shows = (text: string, title: string) =>
  text.split('\n').some(line => line.startsWith(title) && !/^(?:\d|, update)/.test(line.slice(title.length)))

test('whatever feeds do to their reports, each has one post, and its edits end in that post', {
  timeout: 60_000 + POLLS * 1_000,
}, async () => {
  const server = await startFeedServer()
  const feeds = RESTLESS_FEEDS.map(({ name }) => ({
    ...{ name, outlet: name.toUpperCase(), url: `${server.origin}/${name}`, everyMs: EVERY_MS },
  }))
  const feedsFile = {
    path: 'feeds.yml',
    origin: 'content/feeds.yml',
    text: feeds
      .map(
        ({ name, outlet }) => `- { name: ${name}, outlet: ${outlet}, url: "https://${name}.example/feed" }\n`,
      )
      .join(''),
  }
  const bot = await startBridgeBot({
    feeds,
    more: [feedsFile],
    digests: RESTLESS_FEEDS.map(({ name }) => ({
      ...{
        name: digestOf(name),
        title: name,
        time: AT_ONCE,
        days: 'daily',
        quiet: 'skip',
        wire: [name],
        anHour: 60,
      },
    })),
  })
  await bot.store.subscriptions.save(
    RESTLESS_FEEDS.map(({ name }) =>
      dailySubscription(placeOf(name), NEVER, { digest: digestOf(name), time: AT_ONCE }),
    ),
  )
  const poller = readingPoller(bot.store, { feeds: () => feeds, server })
  const serve = (write: (feed: (typeof RESTLESS_FEEDS)[number]) => string) => {
    for (const feed of RESTLESS_FEEDS) {
      if (feed.name === 'moved') server.redirect('/moved', 301, '/moved-for-good')
      server.serve(feed.name === 'moved' ? '/moved-for-good' : `/${feed.name}`, write(feed))
    }
  }
  const poll = async () => {
    while ((await poller.poll()) > 0);
    await bot.followWire()
    bot.advanceClock(2 * EVERY_MS)
  }
  // What a feed has at first would be no news.
  serve(() => EMPTY)
  await poll()
  for (let version = 0; version < POLLS; version++) {
    serve(feed => feed.write(version))
    await poll()
    if (version % RESTART_EVERY === RESTART_EVERY - 1) await bot.restart()
  }
  await poller.stop()
  for (const { name, write, titles } of RESTLESS_FEEDS) {
    const posts = bot.fake.messages.filter(({ ref }) => ref.place === placeOf(name))
    const last = write(POLLS - 1)
    const told = titles(POLLS - 1).filter(title => last.includes(`${title}<`))
    expect(
      {
        name,
        posts: posts.length,
        untold: told.filter(title => posts.filter(({ text }) => shows(text, title)).length !== 1),
      },
      posts.map(({ text }) => text).join('\n\n'),
    ).toEqual({ name, posts: titles(0).length, untold: [] })
    const edited = titles(POLLS - 1).filter((title, at) => title !== titles(0)[at]).length
    expect(posts.filter(({ edits }) => edits > 0).length, name).toBeGreaterThanOrEqual(edited)
  }
})
