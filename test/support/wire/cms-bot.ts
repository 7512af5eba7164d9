import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Place } from '../../../src/chat/platform.ts'
import { AT_ONCE } from '../../../src/content/digest.ts'
import { storeFile } from '../../../src/store/connect.ts'
import { createSqliteEngine } from '../../../src/store/sqlite.ts'
import { openStore } from '../../../src/store/store.ts'
import { digestFile } from '../content/digest-file.ts'
import { storyFiles } from '../content/story-files.ts'
import { type CorrectionPlatform, openCorrectionPlatform } from '../delivery/correction-platform.ts'
import { dailySubscription } from '../delivery/due-rows.ts'
import { addressOf, startBot, temporaryFolder } from '../start-process.ts'
import { startFeedServer } from './feed-server.ts'
import { SIGNED_CALLS, type SignedCall } from './signed-calls.ts'

const PATIENCE_MS = 120_000
const NEVER = Date.parse('9999-12-31T00:00:00Z')
const DESK_INDEX = 90_000
const DIGEST = {
  name: 'fast',
  title: 'Fast',
  time: AT_ONCE,
  days: 'daily',
  quiet: 'skip',
  wire: 'all',
  anHour: 60,
}
const secretOf = (name: string) => SIGNED_CALLS.find(call => call.name === name)!.secret

/** What a reader sees of one message, and how often it was edited. */
type Seen = { text: string; edits: number }

/**
 * Starts a bot as a process of its own, on loopbacks of Slack and Discord, whose places all want what others report at
 * once; Superdesk and Ghost call it, and it asks a feed on loopback. `kill` ends it without warning and starts it again.
 */
export async function openCmsBot(places: number) {
  const data = temporaryFolder()
  const content = temporaryFolder()
  const server = await startFeedServer()
  const loopbacks = await Promise.all([openCorrectionPlatform('slack'), openCorrectionPlatform('discord')])
  const engine = createSqliteEngine(storeFile(data))
  const store = await openStore(engine)
  for (const { path, text } of [
    ...storyFiles('bridge'),
    digestFile([DIGEST]),
    { path: 'feeds.yml', text: `[{ name: wqad, outlet: WQAD, url: "${server.origin}/wqad" }]` },
  ]) {
    mkdirSync(join(content, path, '..'), { recursive: true })
    writeFileSync(join(content, path), text)
  }
  const all = Array.from({ length: places }, (_, index): Place => loopbacks[index % 2]!.placeOf(index))
  await store.subscriptions.save(
    all.map(place => dailySubscription(place, NEVER, { digest: 'fast', time: AT_ONCE, setAt: 1 })),
  )
  const [slack, discord] = loopbacks
  const env = {
    ...slack.env,
    ...discord.env,
    SLACK_API_URL: slack.apiUrl,
    DISCORD_API_URL: discord.apiUrl,
    DATA_DIR: data,
    CONTENT_DIR: content,
    DESK_CHANNEL: slack.placeOf(DESK_INDEX),
    POST_TIMEOUT_MS: '2000',
    FEED_HOSTS: `127.0.0.1:${server.port}`,
    HOOK_SECRET_SUPERDESK: secretOf('superdesk'),
    HOOK_SECRET_GHOST: secretOf('ghost'),
    HOST: '127.0.0.1',
  }
  let bot = startBot(env)
  let address = await addressOf(bot)

  /** The messages in the places, and none of those for the desk. */
  function messagesWith(mark: RegExp): Seen[] {
    return loopbacks.flatMap((loopback: CorrectionPlatform) => {
      const counts = loopback.editCounts()
      return loopback
        .messages()
        .filter(({ channel, text }) => mark.test(text) && !channel.endsWith(String(DESK_INDEX + 1_000)))
        .map(({ id, text }) => ({ text, edits: counts.get(id) ?? 0 }))
    })
  }

  async function until(what: string, holds: () => boolean | Promise<boolean>): Promise<void> {
    for (const end = Date.now() + PATIENCE_MS; !(await holds()); await sleep(25))
      if (Date.now() > end)
        throw new Error(`${what} did not come:\n${bot.out().slice(-3_000)}${bot.err().slice(-3_000)}`)
  }

  return {
    store,
    server,
    messagesWith,
    until,
    /** Sends a signed call; gives the answer of the bot. */
    call: async ({ path, headers, body }: SignedCall) =>
      (await fetch(`${address}${path}`, { method: 'POST', headers, body })).status,
    /** Serves a feed with these reports, and lets the bot ask it now; resolves once it has. */
    async poll(reports: { id: string; title: string }[], version: number) {
      const items = reports.map(
        ({ id, title }) =>
          `<item><guid isPermaLink="false">${id}</guid><title>${title}</title><link>https://wqad.example/${id}</link></item>`,
      )
      server.serve(
        '/wqad',
        `<rss version="2.0"><channel><title>City</title>${items.join('')}</channel></rss><!-- ${version} -->`,
      )
      const before = server.calls.length
      const stored = await readPolls()
      await engine.query('update feeds set next_poll_at = 0 where next_poll_at > 0')
      await until('a request for the feed', () => server.calls.length > before)
      await until('the end of a poll', async () => (await readPolls()) > stored)
    },
    /** Kills the bot and starts it again; rows that it held are free as if it had been dead for their time. */
    async kill() {
      process.kill(-bot.child.pid!, 'SIGKILL')
      await bot.ended
      bot = startBot(env)
      address = await addressOf(bot)
    },
    async close() {
      process.kill(-bot.child.pid!, 'SIGKILL')
      await bot.ended
      await Promise.all(loopbacks.map(loopback => loopback.close()))
      await store.close()
    },
  }

  async function readPolls(): Promise<number> {
    const [state] = (await store.wire.feeds.states(['wqad'])).values()
    return state?.bodyAt ?? 0
  }
}
