import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { editionKey } from '../../../src/digests/schedule.ts'
import { storeFile } from '../../../src/store/connect.ts'
import type { Delivery } from '../../../src/store/delivery.ts'
import { createPostgresEngine } from '../../../src/store/postgres.ts'
import { createSqliteEngine } from '../../../src/store/sqlite.ts'
import { openStore } from '../../../src/store/store.ts'
import { isHistoryRead, isPost, type ProxiedRequest, type ProxyOutcome } from '../loopback/failing-proxy.ts'
import { dailySubscription, minutesAgo } from './due-rows.ts'
import { openKillPlatform, type PostedMessage, placeOf } from './kill-platform.ts'
import { DESK_PLACES, openKillProcesses } from './kill-processes.ts'
import { writeStories } from './kill-stories.ts'

/** When a process is killed: while it starts, while it holds rows that it has not begun, at a post, or at random. */
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

/** The options of a session: one store, one loopback platform, and processes that are killed while they deliver. */
export type KillRunOptions = {
  platform: 'slack' | 'discord'
  /** Without it, one process does everything on the embedded store; with it, several workers deliver. */
  databaseUrl?: string
  workers?: number
  kills: number
  /** How many subscriptions become due before each kill. */
  subscriptionsPerKill?: number
  /** The bot may not read the history of channels. */
  historyHidden?: boolean
  moments?: KillMoment[]
  random?: () => number
}

/** What was found after the last kill; lists are keys of the ledger. */
export type KillRunResult = {
  kills: number
  expected: number
  duplicates: string[]
  lost: string[]
  unclear: string[]
  /** Thread replies that are not under their message, and rows that differ from the message on the platform. */
  misplaced: string[]
  /** The text of every message in the channel of the desk. */
  deskMessages: string[]
  attempts: number
}

const PATIENCE_MS = 90_000
/** How many posts fail while processes are killed: one in five. */
const FAULT_SHARE = 0.2
const FAULTS: ProxyOutcome[] = [
  'cut before',
  'cut after',
  'broken before',
  'broken after',
  'limited',
  'cut after',
]

/** Kills processes again and again while they deliver, lets them finish, and counts the messages on the platform. */
export async function runKills(options: KillRunOptions): Promise<KillRunResult> {
  const {
    platform,
    databaseUrl,
    kills,
    subscriptionsPerKill = 2,
    historyHidden = false,
    moments = MOMENTS,
    random = Math.random,
  } = options
  const folder = mkdtempSync(join(tmpdir(), 'nutgraf-kill-'))
  const data = join(folder, 'data')
  const loopback = await openKillPlatform(platform, historyHidden)
  const engine =
    databaseUrl === undefined
      ? createSqliteEngine(storeFile(data))
      : createPostgresEngine(databaseUrl, { maxConnections: 2 })
  const store = await openStore(engine)
  const keys: string[] = []
  const deskChannel = DESK_PLACES[platform].split('/')[1]!
  let plannedOutcome: ProxyOutcome | undefined
  let finishing = false

  const isToDesk = ({ path, body }: ProxiedRequest) => `${path} ${body}`.includes(deskChannel)
  const outcomeOf = (request: ProxiedRequest): ProxyOutcome => {
    if (isHistoryRead(request)) return historyHidden && platform === 'slack' ? 'refused' : 'passes'
    if (!isPost(request)) return 'passes'
    // Where the rows in doubt are counted, the kill is meant for an edition, and not for what the desk is told of the last.
    if (historyHidden && isToDesk(request)) return 'passes'
    const planned = plannedOutcome
    plannedOutcome = undefined
    if (planned) return planned
    if (finishing || historyHidden || random() > FAULT_SHARE) return 'passes'
    return FAULTS[Math.floor(random() * FAULTS.length)]!
  }
  const processes = await openKillProcesses(options, {
    loopback,
    outcomeOf,
    data,
    content: writeStories(join(folder, 'content')),
  })

  /** Adds subscriptions that are due now, each with an edition of two messages. */
  async function addSubscriptions() {
    const slot = minutesAgo(2, await store.clock())
    const places = Array.from({ length: subscriptionsPerKill }, (_, index) =>
      placeOf(platform, keys.length / 2 + index),
    )
    await store.subscriptions.save(places.map(place => dailySubscription(place, slot)))
    for (const place of places) {
      if (historyHidden) loopback.hideHistory(place)
      for (const number of [1, 2]) keys.push(editionKey({ place, digest: 'morning' }, slot, number))
    }
  }

  /** Whether a process holds rows that it has not begun. */
  const hasUnbegunRows = async () =>
    (await engine.query(`select key from deliveries where state = 'sending' and first_tried_at is null`))
      .length > 0

  /** Kills one of the processes at a moment. */
  async function killAt(moment: KillMoment) {
    const victim = processes.pick(random)
    if (moment === 'start') await sleep(random() * 700)
    else if (moment === 'random') await sleep(200 + random() * 1_000)
    else if (moment === 'claimed')
      for (let look = 0; look < 400 && !(await hasUnbegunRows()); look++) await sleep(4)
    else {
      plannedOutcome = moment
      // The proxy kills at the next post. Perhaps none is left to come; one that must come may be late on a busy machine.
      await Promise.race([sleep(historyHidden ? PATIENCE_MS : 45_000), processes.anyEnded()])
      if (plannedOutcome === undefined) return
      plannedOutcome = undefined
    }
    victim.kill()
    await victim.ended
  }

  /** Kills all processes and makes it look as if minutes had passed: leases are over, and Discord forgot its nonces. */
  async function killAllForMinutes() {
    await processes.killAll()
    await processes.whenIdle()
    loopback.forgetNonces()
    await engine.query(
      `update deliveries set first_tried_at = first_tried_at - 180000, lease_until = lease_until - 180000
      where state = 'sending' or first_tried_at is not null`,
    )
  }

  /** Waits until nothing is due or under way, and every edition that can be there has its row. */
  async function waitUntilDelivered() {
    for (const end = Date.now() + PATIENCE_MS; Date.now() < end; await sleep(100)) {
      const { due = 0, sending = 0 } = await store.ledger.countByState()
      const states = await store.ledger.statesOf(keys)
      const isComplete = keys.every(key => states.has(key) || (historyHidden && key.endsWith('2')))
      if (due + sending === 0 && isComplete) return
    }
  }

  async function countResult(): Promise<KillRunResult> {
    const posts = loopback.posts()
    const rows = await Promise.all(keys.map(async key => ({ key, row: await store.ledger.find(key) })))
    const idOf = new Map(rows.map(({ key, row }) => [key, row?.message?.id]))
    const postsOf = (key: string) => posts.filter(post => post.key === loopback.platformKey(key))
    const unclear = rows.filter(({ row }) => row?.state === 'doubt').map(({ key }) => key)
    const agrees = (post: PostedMessage | undefined, row: Delivery | undefined) => {
      const under = row?.parent === undefined ? undefined : idOf.get(row.parent)
      return row?.state === 'sent' && row.message?.id === post?.id && post?.under === under
    }
    return {
      kills,
      expected: keys.length,
      duplicates: keys.filter(key => postsOf(key).length > 1),
      lost: keys.filter(key => postsOf(key).length === 0 && !unclear.includes(key)),
      unclear,
      misplaced: rows
        .filter(({ key, row }) => row?.state !== 'doubt' && !agrees(postsOf(key)[0], row))
        .map(({ key, row }) => `${key}: ${JSON.stringify(row)} ${JSON.stringify(postsOf(key))}`),
      deskMessages: posts.filter(post => post.channel === deskChannel).map(({ text }) => text),
      attempts: rows.reduce((sum, { row }) => sum + (row?.attempts ?? 0), 0),
    }
  }

  try {
    for (let kill = 0; kill < kills; kill++) {
      await addSubscriptions()
      processes.reviveEnded()
      await killAt(moments[kill % moments.length]!)
      if (historyHidden || (kill % 3 === 2 && (databaseUrl === undefined || kill % 2 === 0)))
        await killAllForMinutes()
    }
    finishing = true
    processes.reviveEnded()
    await waitUntilDelivered()
    await processes.stop()
    return await countResult()
  } catch (cause) {
    throw new Error(`${(cause as Error).message}\n${processes.output()}`, { cause })
  } finally {
    await processes.close()
    await Promise.all([loopback.close(), store.close()])
    rmSync(folder, { recursive: true, force: true })
  }
}
