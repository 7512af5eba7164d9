import { fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import type { Engine } from '../src/store/engine.ts'
import { createPostgresEngine } from '../src/store/postgres.ts'
import { createSqliteEngine } from '../src/store/sqlite.ts'
import { openStore } from '../src/store/store.ts'
import { stopIdentifying } from '../src/wire/identify/identify-away.ts'
import { createLiveWire } from '../src/wire/live.ts'
import { stopReading } from '../src/wire/read/read-feed.ts'
import { startPostgres } from '../test/support/loopback/postgres.ts'
import { recordingLog } from '../test/support/recording-log.ts'
import { temporaryFolder } from '../test/support/start-process.ts'
import { readingPoller } from '../test/support/wire/reading-poller.ts'
import { formatDuration } from './percentiles.ts'
import type { Row, Table } from './table.ts'

/** How often the feed is asked, unless another number is given. */
const POLLS = 12
const GOAL_MS = 10
const SERVER = new URL('./large-feed-server.ts', import.meta.url)

/** Polls a feed of 5 MB with 1,000 items that changes each time, and measures for how long the loop is held. */
export async function benchPollHolds(polls = POLLS): Promise<Table> {
  const child = fork(SERVER)
  const [port] = (await once(child, 'message')) as [number]
  const postgres = await startPostgres()
  try {
    const engines = {
      'embedded store': createSqliteEngine(join(temporaryFolder(), 'nutgraf.db')),
      PostgreSQL: createPostgresEngine(await postgres.createDatabase()),
    }
    const rows: Row[] = []
    for (const [what, engine] of Object.entries(engines))
      rows.push(await pollOften(what, engine, { port, polls }))
    return {
      title: `A feed of 5 MB and 1,000 items, asked ${polls} times; each body has other titles`,
      columns: ['a poll', 'longest hold', 'its processor time'],
      rows,
      notes: [
        'A hold is one turn of the loop, with all that a poll leads to: reading, storing, and the wire in memory.',
        'On a machine that does something else too, its processor time says more: the rest is waiting for a core.',
      ],
    }
  } finally {
    child.kill()
    await Promise.all([stopReading(), stopIdentifying()])
    await postgres.stop()
  }
}

async function pollOften(
  what: string,
  engine: Engine,
  { port, polls }: { port: number; polls: number },
): Promise<Row> {
  const store = await openStore(engine)
  const feed = { name: 'large', outlet: 'Large', url: `http://127.0.0.1:${port}/`, everyMs: 1 }
  const feeds = () => [feed]
  const poller = readingPoller(store, { feeds, server: { port } })
  const live = createLiveWire({ store, feeds, log: recordingLog() })
  const holds = measureHolds()
  const begun = performance.now()
  for (let poll = 0; poll < polls; poll++) {
    await engine.query('update feeds set next_poll_at = 0')
    await poller.poll()
    await live.refresh()
  }
  const tookMs = (performance.now() - begun) / polls
  const { wallMs, cpuMs } = holds.stop()
  await poller.stop()
  await store.close()
  const cells = [tookMs, wallMs, cpuMs].map(formatDuration)
  return { what, cells, goal: `≤ ${GOAL_MS} ms`, met: cpuMs <= GOAL_MS }
}

/** Measures each turn of the loop, by the clock and by the processor time of this thread. */
function measureHolds() {
  const longest = { wallMs: 0, cpuMs: 0 }
  let [wall, cpu] = [performance.now(), process.threadCpuUsage()]
  let isRunning = true
  const turn = () => {
    const now = process.threadCpuUsage(cpu)
    longest.wallMs = Math.max(longest.wallMs, performance.now() - wall)
    longest.cpuMs = Math.max(longest.cpuMs, (now.user + now.system) / 1_000)
    ;[wall, cpu] = [performance.now(), process.threadCpuUsage()]
    if (isRunning) setImmediate(turn)
  }
  setImmediate(turn)
  return {
    stop() {
      isRunning = false
      return longest
    },
  }
}
