import { setTimeout as sleep } from 'node:timers/promises'
import type { Place } from '../src/chat/platform.ts'
import { createSchedule } from '../src/digests/schedule.ts'
import { createPostgresEngine } from '../src/store/postgres.ts'
import { openStore, type Store } from '../src/store/store.ts'
import { dailySubscription, minutesAgo } from '../test/support/delivery/due-rows.ts'
import { startPostgres } from '../test/support/loopback/postgres.ts'
import { errorLog } from '../test/support/preview/fake-preview.ts'
import { type Contender, startContender } from './contender.ts'
import { formatDuration, formatRatio } from './percentiles.ts'
import type { PostCounts } from './rate-limited-platform.ts'
import type { Row, Table } from './table.ts'

/** Subscriptions that come due at once, unless another number is asked for. */
const PLACES = 2_000
const WORKERS = 4
/** What Discord allows: the quickest that anybody could be. */
const POSTS_PER_SECOND = 50
const LATENCY_MS = 100
const SECRET = 'MTAwMDAwMDAwMDAwMDAwMDAx.loopback.loopback-loopback-loopback-'

type Run = { tick: number; whole: number; states: Partial<Record<string, number>>; taken: PostCounts }

/** Many subscriptions on PostgreSQL due at once: at the pace of the platform, and as fast as workers can. */
export async function benchFanout(places = PLACES): Promise<Table> {
  const server = await startPostgres()
  const run = (workers: number, paced: boolean) => runOnce(server.createDatabase, { places, workers, paced })
  try {
    const paced = await run(WORKERS, true)
    const one = await run(1, false)
    const four = await run(WORKERS, false)
    const least = ((places - 1) / POSTS_PER_SECOND) * 1000
    const ratio = paced.whole / least
    const speedUp = one.whole / four.whole
    const sent = [paced, one, four]
    const whole = sent.every(
      ({ states, taken }) => states.sent === places && taken.posts === places && taken.doubled === 0,
    )
    const rate = ({ whole: ms }: Run) => `${((places / ms) * 1000).toFixed(0)}/s`
    const rows: Row[] = [
      {
        what: 'each posted exactly once',
        cells: sent.map(({ taken }) => `${taken.posts}`),
        goal: `${places}`,
        met: whole,
      },
      { what: 'the tick that makes the rows', cells: sent.map(({ tick }) => formatDuration(tick)) },
      {
        what: 'from the tick (unpaced: the first post) to the last',
        cells: sent.map(one => formatDuration(one.whole)),
      },
      { what: 'posts a second', cells: sent.map(rate) },
      {
        what: 'time against the limit’s own lower bound',
        cells: [formatRatio(ratio), '', ''],
        goal: '≤ 1.05',
        met: ratio <= 1.05,
      },
      {
        what: '429s handed out',
        cells: [String(paced.taken.limited), '', ''],
        goal: '0',
        met: paced.taken.limited === 0,
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
        `Unpaced: ${LATENCY_MS} ms until each answer, 8 posts in flight a worker. PostgreSQL and platform run beside on the same cores.`,
      ],
    }
  } finally {
    await server.stop()
  }
}

async function runOnce(
  database: () => Promise<string>,
  { places, workers, paced }: { places: number; workers: number; paced: boolean },
): Promise<Run> {
  const databaseUrl = await database()
  const store = await openStore(createPostgresEngine(databaseUrl, { most: 2 }))
  const platform = await startContender(
    ['bench/rate-limited-platform.ts'],
    paced ? { LIMITS: '1' } : { LATENCY_MS: `${LATENCY_MS}` },
  )
  const address = platform.firstOutput.trim()
  const env = {
    DATABASE_URL: databaseUrl,
    ...(paced
      ? { DISCORD_TOKEN: SECRET, DISCORD_API_URL: `${address}/api` }
      : {
          SLACK_BOT_TOKEN: 'xoxb-loopback',
          SLACK_SIGNING_SECRET: 'loopback',
          SLACK_API_URL: `${address}/api/`,
        }),
  }
  const program = paced ? ['src/cli.ts', 'start', '--role', 'worker'] : ['bench/unpaced-worker.ts']
  const start = () =>
    Promise.all(Array.from({ length: workers }, () => startContender(program, { ...env, LOG_LEVEL: 'warn' })))
  let all: Contender[] = []
  try {
    if (paced) all = await start()
    await addSubscriptions(store, places, paced ? 'discord' : 'slack')
    const plan = createSchedule({ store, lane: place => (paced ? 'discord' : place), log: errorLog() })
    const from = Date.now()
    await plan.tick()
    const tick = Date.now() - from
    // What workers can do by themselves is measured without the tick beside them.
    if (!paced) all = await start()
    await waitUntilFinished(store, address, places)
    const taken = await fetchPostCounts(address)
    const whole = taken.last - (paced ? from : taken.first)
    return { tick, whole, states: await store.ledger.countByState(), taken }
  } finally {
    await Promise.all(all.map(one => one.stop()))
    await platform.stop()
    await store.close()
  }
}

const fetchPostCounts = async (address: string) =>
  (await (await fetch(`${address}/taken`)).json()) as PostCounts

/** Waits until nothing is left, or until nothing has been taken for a while. */
async function waitUntilFinished(store: Store, address: string, places: number) {
  for (let idle = 0, before = -1; idle < 30; await sleep(1_000)) {
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
  const first = platform === 'slack' ? 'slack:T1/C' : 'discord:1/'
  await store.subscriptions.save(
    Array.from({ length: places }, (_, index) =>
      dailySubscription(`${first}${300000000000000000n + BigInt(index)}` as Place, slot),
    ),
  )
}
