import type { ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { editionKey } from '../../../src/digests/schedule.ts'
import { storeFile } from '../../../src/store/connect.ts'
import { createPostgresEngine } from '../../../src/store/postgres.ts'
import { createSqliteEngine } from '../../../src/store/sqlite.ts'
import { openStore } from '../../../src/store/store.ts'
import { GUILD } from '../discord/payloads.ts'
import {
  type FailingProxy,
  isHistoryRead,
  isPost,
  type ProxiedRequest,
  type ProxyOutcome,
  startFailingProxy,
} from '../loopback/failing-proxy.ts'
import { dailySubscription, minutesAgo } from './due-rows.ts'
import { openKillPlatform, type PostedMessage, placeOf } from './kill-platform.ts'
import { writeStories } from './kill-stories.ts'
import { startDeliveryProcess } from './start-delivery-process.ts'

/** Where a process is killed: while it starts, while it holds rows that it has not begun, at a post, or any time. */
type KillMoment = 'start' | 'claimed' | 'random' | Extract<ProxyOutcome, `killed ${string}`>

const MOMENTS: KillMoment[] = [
  'killed before',
  'killed after',
  'claimed',
  'killed answered',
  'random',
  'killed after',
  'start',
]

/** A session: one store, one loopback platform, and processes that are killed in the middle of their work. */
export type KillRunOptions = {
  platform: 'slack' | 'discord'
  /** Without it, one process with everything on the embedded store; with it, several workers. */
  databaseUrl?: string
  workers?: number
  kills: number
  /** Subscriptions that become due before each kill. */
  subscriptionsPerKill?: number
  /** Nobody may read the history. */
  historyHidden?: boolean
  moments?: KillMoment[]
  random?: () => number
}

/** What was seen after the last kill: wished for, there twice, nowhere, and in doubt; keys of the ledger. */
export type KillRunResult = {
  kills: number
  expected: number
  duplicates: string[]
  lost: string[]
  unclear: string[]
  /** Thread replies that do not hang on their message, and rows that say otherwise than the platform. */
  misplaced: string[]
  /** What the desk was told. */
  deskMessages: string[]
  attempts: number
}

const POST_MS = 400
const PATIENCE_MS = 90_000
const DESK = { slack: 'slack:T1/CDESK', discord: `discord:${GUILD}/300000000000000999` } as const

/** Kills processes again and again while they deliver, lets them finish, and counts what stands on the platform. */
export async function runKills(options: KillRunOptions): Promise<KillRunResult> {
  const {
    platform,
    databaseUrl,
    kills,
    subscriptionsPerKill = 2,
    historyHidden = false,
    moments = MOMENTS,
  } = options
  const chance = options.random ?? Math.random
  const folder = mkdtempSync(join(tmpdir(), 'nutgraf-kill-'))
  const content = writeStories(join(folder, 'content'))
  const data = join(folder, 'data')
  const loopback = await openKillPlatform(platform, historyHidden)
  const engine =
    databaseUrl === undefined
      ? createSqliteEngine(storeFile(data))
      : createPostgresEngine(databaseUrl, { most: 2 })
  const store = await openStore(engine)
  const keys: string[] = []
  let next: ProxyOutcome | undefined
  let over = false

  const fate = (knock: ProxiedRequest): ProxyOutcome => {
    if (isHistoryRead(knock)) return historyHidden && platform === 'slack' ? 'refused' : 'passes'
    if (!isPost(knock)) return 'passes'
    const planned = next
    next = undefined
    if (planned) return planned
    return over || historyHidden || chance() > 0.2 ? 'passes' : FAULTS[Math.floor(chance() * FAULTS.length)]!
  }
  const all: Process[] = await Promise.all(
    Array.from({ length: databaseUrl === undefined ? 1 : (options.workers ?? 2) }, async () => {
      const one: Process = {
        door: await startFailingProxy(loopback.apiUrl, { fate, kill: () => one.kill() }),
        kill() {
          if (one.child?.pid !== undefined && one.child.exitCode === null) one.child.kill('SIGKILL')
        },
        dead: Promise.resolve(),
        said: '',
      }
      return one
    }),
  )

  function run(one: Process) {
    const { child, dead } = startDeliveryProcess(
      {
        ...{ platform, databaseUrl, data, content, env: loopback.env },
        ...{ apiUrl: one.door.apiUrl, postMs: POST_MS, desk: DESK[platform] },
      },
      piece => {
        one.said = `${one.said}${piece}`.slice(-4_000)
      },
    )
    one.child = child
    one.dead = dead
  }

  async function wish() {
    const slot = minutesAgo(2, await store.clock())
    const fresh = Array.from({ length: subscriptionsPerKill }, (_, index) =>
      placeOf(platform, keys.length / 2 + index),
    )
    await store.subscriptions.save(fresh.map(place => dailySubscription(place, slot)))
    for (const place of fresh) {
      if (historyHidden) loopback.hideHistory(place)
      for (const number of [1, 2]) keys.push(editionKey({ place, digest: 'morning' }, slot, number))
    }
  }

  /** Rows that somebody holds and has not begun. */
  const claimed = async () =>
    (await engine.query(`select key from deliveries where state = 'sending' and first_tried_at is null`))
      .length > 0

  /** Brings one of the processes to its end at a moment. */
  async function killAt(moment: KillMoment) {
    const any = all[Math.floor(chance() * all.length)]!
    if (moment === 'start') await sleep(chance() * 700)
    else if (moment === 'random') await sleep(200 + chance() * 1_000)
    else if (moment === 'claimed') for (let look = 0; look < 400 && !(await claimed()); look++) await sleep(4)
    else {
      next = moment
      // No post may come any more that could be the last.
      await Promise.race([sleep(20_000), ...all.map(one => one.dead)])
      if (next === undefined) return
      next = undefined
    }
    any.kill()
    await any.dead
  }

  /** As if all had been dead for some minutes: leases are over, and Discord has forgotten. */
  async function age() {
    for (const one of all) one.kill()
    await Promise.all(all.map(one => one.dead))
    await Promise.all(all.map(one => one.door.whenIdle()))
    loopback.forgetNonces()
    await engine.query(
      `update deliveries set first_tried_at = first_tried_at - 180000, lease_until = lease_until - 180000
      where state = 'sending' or first_tried_at is not null`,
    )
  }

  try {
    for (let kill = 0; kill < kills; kill++) {
      await wish()
      for (const one of all) if (!isAlive(one)) run(one)
      await killAt(moments[kill % moments.length]!)
      if (historyHidden || (kill % 3 === 2 && (databaseUrl === undefined || kill % 2 === 0))) await age()
    }
    over = true
    for (const one of all) if (!isAlive(one)) run(one)
    for (const end = Date.now() + PATIENCE_MS; Date.now() < end; await sleep(100)) {
      const { due = 0, sending = 0 } = await store.ledger.countByState()
      const states = await store.ledger.statesOf(keys)
      if (due + sending === 0 && keys.every(key => states.has(key) || (historyHidden && key.endsWith('2'))))
        break
    }
    for (const one of all) one.child?.kill('SIGTERM')
    await Promise.all(all.map(one => one.dead))
    return await seen()
  } catch (cause) {
    throw new Error(`${(cause as Error).message}\n${all.map(one => one.said).join('\n')}`, { cause })
  } finally {
    for (const one of all) one.kill()
    await Promise.all(all.map(one => one.dead))
    await Promise.all([...all.map(one => one.door.close()), loopback.close(), store.close()])
    rmSync(folder, { recursive: true, force: true })
  }

  async function seen(): Promise<KillRunResult> {
    const there = loopback.posts()
    const rows = await Promise.all(keys.map(async key => ({ key, row: await store.ledger.find(key) })))
    const idOf = new Map(rows.map(({ key, row }) => [key, row?.message?.id]))
    const standing = (key: string) => there.filter(post => post.key === loopback.platformKey(key))
    const unclear = rows.filter(({ row }) => row?.state === 'doubt').map(({ key }) => key)
    return {
      kills,
      expected: keys.length,
      duplicates: keys.filter(key => standing(key).length > 1),
      lost: keys.filter(key => standing(key).length === 0 && !unclear.includes(key)),
      unclear,
      misplaced: rows
        .filter(({ key, row }) => row?.state !== 'doubt' && !fits(standing(key)[0], row))
        .map(({ key, row }) => `${key}: ${JSON.stringify(row)} ${JSON.stringify(standing(key))}`),
      deskMessages: there
        .filter(post => post.channel === DESK[platform].split('/')[1])
        .map(post => post.text),
      attempts: rows.reduce((sum, { row }) => sum + (row?.attempts ?? 0), 0),
    }

    function fits(
      post: PostedMessage | undefined,
      row: Awaited<ReturnType<typeof store.ledger.find>>,
    ): boolean {
      const under = row?.parent === undefined ? undefined : idOf.get(row.parent)
      return row?.state === 'sent' && row.message?.id === post?.id && post?.under === under
    }
  }
}

type Process = { door: FailingProxy; child?: ChildProcess; dead: Promise<void>; said: string; kill(): void }

const FAULTS: ProxyOutcome[] = [
  'cut before',
  'cut after',
  'broken before',
  'broken after',
  'limited',
  'cut after',
]

const isAlive = ({ child }: Process) =>
  child !== undefined && child.exitCode === null && child.signalCode === null
