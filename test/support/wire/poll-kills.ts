import { spawn } from 'node:child_process'
import type { Store } from '../../../src/store/store.ts'
import { COMPILE_CACHE } from '../compile-cache.ts'
import { type FeedServer, startFeedServer } from './feed-server.ts'
import type { PollProcessOptions } from './poll-process.ts'
import { RESTLESS_FEEDS } from './restless-feeds.ts'

/** How a run goes: where the processes keep their data, how many there are, and how often they are killed. */
type PollKillOptions = {
  store: Pick<PollProcessOptions, 'dataDir' | 'databaseUrl'>
  processes: number
  kills: number
  /** After how many polls of all feeds together the run ends; at least until the kills are done. */
  polls: number
  everyMs?: number
}

/** What a run did: polls answered, processes killed, requests without validators after the first of a feed. */
export type PollKillRun = {
  server: FeedServer
  polls: number
  kills: number
  processes: number
  versions: Map<string, number>
}

const SCRIPT = new URL('./poll-process.ts', import.meta.url).pathname

/**
 * Polls feeds that misbehave, each answer another version, by processes that are killed again and again: while a request
 * is under way, right after its answer, and at random.
 */
export async function runPollKills(options: PollKillOptions): Promise<PollKillRun> {
  const { store, processes, kills, polls: wanted, everyMs = 120 } = options
  const server = await startFeedServer()
  const versions = new Map(RESTLESS_FEEDS.map(({ name }) => [name, 0]))
  let polls = 0
  let killed = 0
  const running = new Set<ReturnType<typeof start>>()

  function kill(): void {
    const [victim] = running
    if (!victim || killed >= kills) return
    killed++
    victim.kill('SIGKILL')
  }

  for (const feed of RESTLESS_FEEDS) {
    const path = `/${feed.name}`
    const isMoved = feed.name === 'moved'
    if (isMoved) server.redirect(path, 301, '/moved-for-good')
    server.answer(isMoved ? '/moved-for-good' : path, res => {
      polls++
      const version = versions.get(feed.name)!
      const body = feed.write(version)
      versions.set(feed.name, version + 1)
      const moment = polls % 7
      if (killed < kills && moment === 1) {
        // Half of an answer is there.
        res.writeHead(200, { 'content-type': 'application/rss+xml' }).write(body.slice(0, 500))
        return void setTimeout(kill, 1)
      }
      res.writeHead(200, { 'content-type': 'application/rss+xml', etag: `"${version}"` }).end(body)
      // While it is read or stored.
      if (moment === 4) setTimeout(kill, Math.random() * 40)
    })
  }

  const start = () => {
    const settings: PollProcessOptions = {
      ...store,
      feeds: RESTLESS_FEEDS.map(({ name }) => ({
        name,
        outlet: name,
        url: `${server.origin}/${name}`,
        everyMs,
      })),
      ownHosts: [`127.0.0.1:${server.port}`],
      leaseMs: 400,
      tickMs: 50,
    }
    const child = spawn(process.execPath, [SCRIPT, JSON.stringify(settings)], {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, NODE_COMPILE_CACHE: COMPILE_CACHE },
    })
    running.add(child)
    child.once('close', () => running.delete(child))
    return child
  }

  while (killed < kills || polls < wanted) {
    while (running.size < processes) start()
    await new Promise(resolve => setTimeout(resolve, 20))
  }
  // A last version of each is read by somebody who is left alone.
  const until = new Map([...versions].map(([name, version]) => [name, version + 2]))
  while ([...until].some(([name, version]) => versions.get(name)! < version)) {
    while (running.size < processes) start()
    await new Promise(resolve => setTimeout(resolve, 20))
  }
  await Promise.all(
    [...running].map(child => {
      const ended = new Promise<void>(resolve => child.once('close', () => resolve()))
      child.kill('SIGTERM')
      return ended
    }),
  )
  return { server, polls, kills: killed, processes, versions }
}

/** What is wrong with the items of the feeds: doubled, lost, or with old words. Empty if all is right. */
export async function wrongItems(store: Store, { versions, processes }: PollKillRun): Promise<string[]> {
  const wrong: string[] = []
  for (const feed of RESTLESS_FEEDS) {
    // What was answered last, or before the answers that were on their way to nobody: on a busy machine each process may
    // have one, where it holds its lease no longer.
    const last = versions.get(feed.name)! - 1
    const recent = Array.from({ length: processes + 1 }, (_, unread) => last - unread)
    const items = await store.wire.items.ofVia(`feed:${feed.name}`, 1_000)
    const titles = items.map(({ title }) => title).sort()
    const isRight = recent.some(version => {
      const expected = feed.titles(version).sort()
      return titles.length === expected.length && expected.every((title, at) => titles[at] === title)
    })
    if (!isRight) wrong.push(`${feed.name}, version ${last}: ${titles.length} items: ${titles.join(' | ')}`)
  }
  return wrong
}
