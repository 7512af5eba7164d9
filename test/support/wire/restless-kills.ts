import { setTimeout as sleep } from 'node:timers/promises'
import { AT_ONCE } from '../../../src/content/digest.ts'
import { storeFile } from '../../../src/store/connect.ts'
import { createPostgresEngine } from '../../../src/store/postgres.ts'
import { createSqliteEngine } from '../../../src/store/sqlite.ts'
import { openStore } from '../../../src/store/store.ts'
import { dailySubscription } from '../delivery/due-rows.ts'
import { startSlack } from '../loopback/slack.ts'
import { startProcess, temporaryFolder } from '../start-process.ts'
import { startFeedServer } from './feed-server.ts'
import {
  digestOf,
  EMPTY_FEED,
  type Judged,
  judgePosts,
  restlessFeedsAt,
  serveRestless,
} from './restless-digests.ts'
import { RESTLESS_FEEDS } from './restless-feeds.ts'
import type { RestlessProcessOptions } from './restless-process.ts'

/**
 * How long a run is: how many of the feeds, their versions, and kills that are spread over these; with `databaseUrl` on
 * PostgreSQL.
 */
type RestlessKillOptions = { feeds: number; versions: number; kills: number; databaseUrl?: string }

const SCRIPT = new URL('./restless-process.ts', import.meta.url).pathname
const EVERY_MS = 3_600_000
const NEVER = Date.parse('9999-12-31T00:00:00Z')
const PATIENCE_MS = 60_000
/** A process is killed so long after its feeds are due, at most: while it asks, reads, stores, posts or edits. */
const KILL_WITHIN_MS = 700
/** Longer than what a killed process held stays held. */
const LATE_MS = 1_200

/**
 * Runs the restless feeds through a process that polls, posts on a loopback Slack and edits there, and that is killed
 * (SIGKILL) again and again at any moment of that. Each version is read in the end before the next one is served.
 */
export async function runRestlessKills(options: RestlessKillOptions): Promise<Judged & { kills: number }> {
  const { versions, databaseUrl } = options
  const dataDir = temporaryFolder()
  const [server, slack] = await Promise.all([startFeedServer(), startSlack()])
  const engine =
    databaseUrl === undefined
      ? createSqliteEngine(storeFile(dataDir))
      : createPostgresEngine(databaseUrl, { maxConnections: 2 })
  const store = await openStore(engine)
  const feeds = restlessFeedsAt(server.origin, EVERY_MS).slice(0, options.feeds)
  const channelOf = (name: string) => `C${1_000 + RESTLESS_FEEDS.findIndex(feed => feed.name === name)}`
  await store.subscriptions.save(
    feeds.map(({ name }) =>
      dailySubscription(`slack:T1/${channelOf(name)}`, NEVER, { digest: digestOf(name), time: AT_ONCE }),
    ),
  )
  const settings: RestlessProcessOptions = {
    ...{ store: { dataDir, databaseUrl }, feeds, ownHosts: [`127.0.0.1:${server.port}`] },
    slack: { apiUrl: slack.apiUrl, token: slack.botToken },
  }
  const start = () => startProcess([process.execPath, SCRIPT, JSON.stringify(settings)])
  let running = start()
  let kills = 0

  const makeDue = () => engine.query('update feeds set next_poll_at = 0 where next_poll_at > 0')
  async function kill(): Promise<void> {
    await running.waitForOutput('working')
    await makeDue()
    await sleep(Math.random() * KILL_WITHIN_MS)
    process.kill(-running.child.pid!, 'SIGKILL')
    await running.ended
    kills++
    running = start()
  }
  async function until(what: string, holds: () => Promise<boolean>): Promise<void> {
    for (const end = Date.now() + PATIENCE_MS; !(await holds()); await sleep(25))
      if (Date.now() > end)
        throw new Error(`${what} did not come:\n${running.out()}${running.err().slice(-3_000)}`)
  }
  async function readAll(what: string): Promise<void> {
    const servedAt = await store.clock()
    await makeDue()
    await until(what, async () => {
      const states = [...(await store.wire.feeds.states(feeds.map(({ name }) => name))).values()]
      const read = states.filter(({ askedAt = 0, reachedAt = 0 }) => Math.min(askedAt, reachedAt) >= servedAt)
      return read.length === feeds.length
    })
  }
  const settled = async () => {
    const { due = 0, sending = 0 } = await store.ledger.countByState()
    const open = (await store.corrections.causes()).filter(({ doneAt }) => doneAt === undefined)
    return due + sending + open.length === 0
  }
  const judge = () => {
    const edited = slack.callsTo('chat.update').map(({ args }) => String(args.ts))
    return judgePosts(
      name =>
        slack.messages
          .filter(({ channel }) => channel === channelOf(name))
          .map(({ ts, text, blocks }) => ({
            text: readable(text, blocks),
            edits: edited.filter(id => id === ts).length,
          })),
      { version: versions - 1, feeds: feeds.length },
    )
  }

  try {
    serveRestless(server, () => EMPTY_FEED)
    await readAll('the empty feeds')
    for (let version = 0; version < versions; version++) {
      serveRestless(server, feed => feed.write(version))
      while (kills < Math.round((options.kills * (version + 1)) / versions)) await kill()
      await readAll(`version ${version}`)
    }
    await until('an end', settled)
    // What is posted or edited twice may come late.
    await until('the last edit', async () => judge().unedited === 0).catch(() => {})
    await sleep(LATE_MS)
    await until('an end', settled)
    return { ...judge(), kills }
  } finally {
    if (running.isRunning()) process.kill(-running.child.pid!, 'SIGKILL')
    await running.ended
    await Promise.all([slack.close(), store.close()])
  }
}

/** Each text of a message in a line of its own, links as their words. */
function readable(text: string, blocks: unknown): string {
  const texts: string[] = [text]
  JSON.stringify(blocks ?? [], (_, value) => {
    if (value !== null && typeof value === 'object' && typeof value.text === 'string') texts.push(value.text)
    return value
  })
  return texts
    .join('\n')
    .replaceAll(/<[^<>|]+\|([^<>]*)>/g, '$1')
    .replaceAll(/^[*•\s]+/gm, '')
}
