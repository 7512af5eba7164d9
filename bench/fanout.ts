import { setTimeout as sleep } from 'node:timers/promises'
import type { Place } from '../src/chat/platform.ts'
import { createSchedule } from '../src/digests/schedule.ts'
import { createPostgresEngine } from '../src/store/postgres.ts'
import { openStore, type Store } from '../src/store/store.ts'
import { dailySubscription, minutesAgo } from '../test/support/delivery/due-rows.ts'
import { startPostgres } from '../test/support/loopback/postgres.ts'
import { recordingLog } from '../test/support/recording-log.ts'
import { type Contender, startContender } from './contender.ts'
import { formatDuration, formatRatio } from './percentiles.ts'
import type { PostCounts } from './rate-limited-platform.ts'
import type { Row, Table } from './table.ts'

/** How many subscriptions become due at once, unless another number is given. */
const PLACES = 2_000
const WORKERS = 4
/** Discord's limit for one bot, and so the fastest pace possible. */
const POSTS_PER_SECOND = 50
/** How long a run goes on without a single post. */
const MAX_IDLE_S = 30
/** How long the platform takes to answer where it sets no limits. */
const LATENCY_MS = 100
const DISCORD_TOKEN = 'MTAwMDAwMDAwMDAwMDAwMDAx.loopback.loopback-loopback-loopback-'

/** What was measured of one run, times in milliseconds. */
type Run = { tickMs: number; wholeMs: number; states: Partial<Record<string, number>>; counts: PostCounts }

/** Times many subscriptions that are due at once, on PostgreSQL: at the pace of the platform, and as fast as workers can. */
export async function benchFanout(places = PLACES): Promise<Table> {
  const server = await startPostgres()
  const run = (workers: number, paced: boolean) => runOnce(server.createDatabase, { places, workers, paced })
  try {
    const paced = await run(WORKERS, true)
    const one = await run(1, false)
    const four = await run(WORKERS, false)
    const lowerBoundMs = ((places - 1) / POSTS_PER_SECOND) * 1000
    const ratio = paced.wholeMs / lowerBoundMs
    const speedUp = one.wholeMs / four.wholeMs
    const runs = [paced, one, four]
    const isComplete = runs.every(
      ({ states, counts }) => states.sent === places && counts.posts === places && counts.doubled === 0,
    )
    const rate = ({ wholeMs }: Run) => `${((places / wholeMs) * 1000).toFixed(0)}/s`
    const rows: Row[] = [
      {
        what: 'each posted exactly once',
        cells: runs.map(({ counts }) => `${counts.posts}`),
        goal: `${places}`,
        met: isComplete,
      },
      { what: 'the tick that adds the rows', cells: runs.map(({ tickMs }) => formatDuration(tickMs)) },
      {
        what: 'from the tick (unpaced: the first post) to the last',
        cells: runs.map(({ wholeMs }) => formatDuration(wholeMs)),
      },
      { what: 'posts a second', cells: runs.map(rate) },
      {
        what: 'time against the lower bound of the limit',
        cells: [formatRatio(ratio), '', ''],
        goal: '≤ 1.05',
        met: ratio <= 1.05,
      },
      {
        what: '429s handed out',
        cells: [String(paced.counts.limited), '', ''],
        goal: '0',
        met: paced.counts.limited === 0,
      },
      {
        what: 'four workers over one',
        cells: ['', '', formatRatio(speedUp)],
        goal: '≥ 3',
        met: speedUp >= 3,
      },
    ]
    return {
      title: `${places} subscriptions due at once, on PostgreSQL`,
      columns: ['4 workers, paced', '1 unpaced', '4 unpaced'],
      rows,
      notes: [
        'Paced: Discord’s limits as sliding windows, 50 a second from the bot and 5 in 5 s in a channel.',
        `Unpaced: ${LATENCY_MS} ms until each answer, 8 posts in flight a worker. PostgreSQL and the platform run on the same cores.`,
      ],
    }
  } finally {
    await server.stop()
  }
}

async function runOnce(
  createDatabase: () => Promise<string>,
  { places, workers, paced }: { places: number; workers: number; paced: boolean },
): Promise<Run> {
  const databaseUrl = await createDatabase()
  const store = await openStore(createPostgresEngine(databaseUrl, { maxConnections: 2 }))
  const platform = await startContender(
    ['bench/rate-limited-platform.ts'],
    paced ? { LIMITS: '1' } : { LATENCY_MS: `${LATENCY_MS}` },
  )
  const address = platform.firstOutput.trim()
  const env = {
    DATABASE_URL: databaseUrl,
    ...(paced
      ? { DISCORD_TOKEN, DISCORD_API_URL: `${address}/api` }
      : {
          SLACK_BOT_TOKEN: 'xoxb-loopback',
          SLACK_SIGNING_SECRET: 'loopback',
          SLACK_API_URL: `${address}/api/`,
        }),
  }
  const program = paced ? ['src/nutgraf.js', 'start', '--role', 'worker'] : ['bench/unpaced-worker.ts']
  const start = () =>
    Promise.all(Array.from({ length: workers }, () => startContender(program, { ...env, LOG_LEVEL: 'warn' })))
  let started: Contender[] = []
  try {
    if (paced) started = await start()
    await addSubscriptions(store, places, paced ? 'discord' : 'slack')
    const schedule = createSchedule({
      store,
      lane: place => (paced ? 'discord' : place),
      log: recordingLog(),
    })
    const from = Date.now()
    await schedule.tick()
    const tickMs = Date.now() - from
    // Unpaced workers are measured without the tick running beside them.
    if (!paced) started = await start()
    await waitUntilFinished(store, address, places)
    const counts = await fetchPostCounts(address)
    const wholeMs = counts.last - (paced ? from : counts.first)
    return { tickMs, wholeMs, states: await store.ledger.countByState(), counts }
  } finally {
    await Promise.all(started.map(worker => worker.stop()))
    await platform.stop()
    await store.close()
  }
}

const fetchPostCounts = async (address: string) =>
  (await (await fetch(`${address}/counts`)).json()) as PostCounts

/** Waits until everything is posted, or until nothing has been posted for half a minute. */
async function waitUntilFinished(store: Store, address: string, places: number) {
  for (let idle = 0, before = -1; idle < MAX_IDLE_S; await sleep(1_000)) {
    const { posts } = await fetchPostCounts(address)
    idle = posts === before ? idle + 1 : 0
    before = posts
    if (posts < places) continue
    const { due = 0, sending = 0 } = await store.ledger.countByState()
    if (due + sending === 0) return
  }
}

async function addSubscriptions(store: Store, places: number, platform: 'discord' | 'slack') {
  const slot = minutesAgo(2, await store.clock())
  const prefix = platform === 'slack' ? 'slack:T1/C' : 'discord:1/'
  await store.subscriptions.save(
    Array.from({ length: places }, (_, index) =>
      dailySubscription(`${prefix}${300000000000000000n + BigInt(index)}` as Place, slot),
    ),
  )
}
