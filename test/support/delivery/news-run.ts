import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { createPostgresEngine } from '../../../src/store/postgres.ts'
import { openStore } from '../../../src/store/store.ts'
import { dailySubscription, dueEdition } from './due-rows.ts'
import { openKillPlatform, placeOf } from './kill-platform.ts'
import { DESK_PLACES } from './kill-processes.ts'
import { writeNews } from './news-stories.ts'
import { isAlive, startDeliveryProcess } from './start-delivery-process.ts'

/** The options of a run: a PostgreSQL database, and how many processes, places and rounds there are. */
export type NewsRunOptions = {
  databaseUrl: string
  workers: number
  places: number
  rounds: number
  random?: () => number
  /** Ends the run before the next round once this much time has passed. */
  maxMs?: number
}

/** What was told: `lost` and `doubled` are news by place and number. */
export type NewsRunResult = {
  rounds: number
  /** Rounds in which some editions were still under way when the content was saved. */
  savedInDelivery: number
  editions: number
  told: number
  lost: string[]
  doubled: string[]
  unsettled: number
  tookMs: number
}

const READY = /Health/
const PATIENCE_MS = 120_000
/** Content is saved within this time after the editions become due, and reaches the last process this much later. */
const SAVED_WITHIN_MS = 1_200
const LATER_MS = 400
/** In one round of so many the content is saved, taken back, and saved again. */
const BACK_EVERY = 5
const MINUTE = 60_000

/**
 * Lets several processes deliver editions to many places, round by round, while new content is saved in the middle of each
 * round; each process gets it at another moment. Counts how often each piece of news was told at each place.
 */
export async function runNews(options: NewsRunOptions): Promise<NewsRunResult> {
  const { databaseUrl, workers, random = Math.random, maxMs = Number.POSITIVE_INFINITY } = options
  const started = performance.now()
  const folder = mkdtempSync(join(tmpdir(), 'nutgraf-news-'))
  const discord = await openKillPlatform('discord', false)
  const engine = createPostgresEngine(databaseUrl, { maxConnections: 2 })
  const store = await openStore(engine)
  const places = Array.from({ length: options.places }, (_, index) => placeOf('discord', index))
  const processes = Array.from({ length: workers }, (_, index) => startWorker(index))

  function startWorker(index: number) {
    const content = join(folder, `content-${index}`)
    writeNews(content, 0)
    let output = ''
    let ready = false
    const started = startDeliveryProcess(
      {
        ...{ platform: 'discord', apiUrl: discord.apiUrl, env: discord.env, databaseUrl, content },
        ...{ data: join(folder, 'data'), postMs: 2_000, desk: DESK_PLACES.discord },
      },
      piece => {
        output = `${output}${piece}`.slice(-3_000)
        ready ||= READY.test(output)
      },
    )
    return { ...started, content, output: () => output, isReady: () => ready }
  }

  async function waitUntil(what: string, holds: () => boolean | Promise<boolean>): Promise<void> {
    for (const end = Date.now() + PATIENCE_MS; !(await holds()); await sleep(20))
      if (Date.now() > end || !processes.every(isAlive))
        throw new Error(`${what}: not in time\n${processes.map(({ output }) => output()).join('\n')}`)
  }

  const countOpen = async () => {
    const { due = 0, sending = 0 } = await store.ledger.countByState()
    return due + sending
  }

  /** Saves content for all processes, each at another moment. */
  const save = (version: number) =>
    Promise.all(
      processes.map(async ({ content }) => {
        await sleep(random() * LATER_MS)
        writeNews(content, version)
      }),
    )

  const firstSlot = Math.floor(Date.now() / MINUTE) * MINUTE - 10_000 * MINUTE
  async function addEditions(round: number) {
    const slot = firstSlot + round * MINUTE
    const lane = 'discord'
    await store.ledger.add(places.map(place => dueEdition(place, slot, { lane, dueAt: 0 })))
    await store.notify()
  }
  const waitUntilDelivered = () => waitUntil('editions', async () => (await countOpen()) === 0)

  async function run(): Promise<NewsRunResult> {
    await store.subscriptions.save(places.map(place => dailySubscription(place, Date.now() + 1e12)))
    await waitUntil('start', () => processes.every(({ isReady }) => isReady()))
    await addEditions(0)
    await waitUntilDelivered()
    let savedInDelivery = 0
    let round = 0
    while (round < options.rounds && performance.now() - started < maxMs) {
      round++
      await addEditions(round)
      await sleep(random() * SAVED_WITHIN_MS)
      if ((await countOpen()) > 0) savedInDelivery++
      await save(round)
      if (round % BACK_EVERY === 0) {
        await save(round - 1)
        await save(round)
      }
      await waitUntilDelivered()
    }
    // The last news may be left to a last edition, once every process has them.
    await waitUntil('content', async () => {
      await store.notify()
      await sleep(200)
      return (await store.revisions.latest(`bridge/event:e${round}`)) !== undefined
    })
    await sleep(2 * LATER_MS)
    for (const last of [1, 2]) {
      await addEditions(round + last)
      await waitUntilDelivered()
    }
    return { ...countNews(round), rounds: round, savedInDelivery, ...(await countEditions()) }
  }

  async function countEditions() {
    const { sent = 0, quiet = 0, ...others } = await store.ledger.countByState()
    const unsettled = Object.values(others).reduce((sum, count) => sum + count, 0)
    return { editions: sent + quiet, unsettled, tookMs: performance.now() - started }
  }

  function countNews(rounds: number) {
    const lost: string[] = []
    const doubled: string[] = []
    let told = 0
    const posts = Map.groupBy(discord.posts(), ({ channel }) => channel)
    for (const place of places) {
      const text = (posts.get(place.split('/')[1]!) ?? []).map(post => post.text).join('\n')
      for (let number = 1; number <= rounds; number++) {
        const count = text.split(`News number ${number}.`).length - 1
        if (count === 0) lost.push(`${place} ${number}`)
        if (count > 1) doubled.push(`${place} ${number} × ${count}`)
        told += Math.min(count, 1)
      }
    }
    return { told, lost, doubled }
  }

  try {
    return await run()
  } finally {
    for (const { child } of processes) child.kill('SIGKILL')
    await Promise.all(processes.map(({ ended }) => ended))
    await Promise.all([discord.close(), store.close()])
    rmSync(folder, { recursive: true, force: true })
  }
}
