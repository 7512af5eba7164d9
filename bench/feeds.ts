import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { startPostgres } from '../test/support/loopback/postgres.ts'
import { temporaryFolder } from '../test/support/start-process.ts'
import type { PollProcessOptions } from '../test/support/wire/poll-process.ts'
import { type Manners, serveStrictly } from '../test/support/wire/strict-feeds.ts'
import type { Table } from './table.ts'

const SCRIPT = new URL('../test/support/wire/poll-process.ts', import.meta.url).pathname
/** Feeds that four workers share, and how often each is asked: once a minute, sixty times as often as by default. */
const FEEDS = 1_000
const PERIOD_MS = 60_000
const PERIODS = 3
const WORKERS = 4
const RESTARTS = 100
const HOUR_S = 3_600

type Settings = Pick<PollProcessOptions, 'dataDir' | 'databaseUrl' | 'feeds' | 'ownHosts'>

function startPoller(settings: Settings) {
  const options: PollProcessOptions = { ...settings, leaseMs: 10_000, tickMs: 1_000 }
  const child = spawn(process.execPath, [SCRIPT, JSON.stringify(options)], {
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  })
  const ended = once(child, 'close')
  return {
    started: once(child.stdout!, 'data'),
    /** Milliseconds of processor time since it began to poll. */
    async cpuMs(): Promise<number> {
      child.send('cpu')
      const [{ user, system }] = (await once(child, 'message')) as [NodeJS.CpuUsage]
      return (user + system) / 1_000
    },
    async end(signal: NodeJS.Signals): Promise<void> {
      child.kill(signal)
      await ended
    },
  }
}

/** Asks a thousand feeds by four workers on PostgreSQL, and restarts one process a hundred times; counts manners. */
export async function benchFeeds(restarts = RESTARTS): Promise<Table> {
  const shared = await pollByWorkers()
  const alone = await pollOverRestarts(restarts)
  const perPollMs = shared.cpuMs / shared.manners.asked
  const shareAtOnceAnHour = ((shared.cpuMs - shared.idleMs) / shared.manners.asked) * (FEEDS / HOUR_S / 10)
  const idleShare = (shared.idleMs / (PERIODS * PERIOD_MS)) * 100
  const share = shareAtOnceAnHour + idleShare
  const rows = [
    count(
      'requests without validators after the first of a feed',
      shared.manners,
      alone.manners,
      'unconditional',
    ),
    count('requests earlier than a period after the one before', shared.manners, alone.manners, 'early'),
    count('requests with cookies, a referrer or no name', shared.manners, alone.manners, 'rude'),
    count('feeds that were never asked', shared.manners, alone.manners, 'missed'),
  ]
  const polls = (manners: Manners) => String(manners.asked)
  return {
    title: `${FEEDS} feeds asked by ${WORKERS} workers on PostgreSQL; 20 feeds over ${restarts} restarts of one process`,
    columns: ['4 workers', 'restarts'],
    rows: [
      { what: 'polls', cells: [polls(shared.manners), polls(alone.manners)] },
      { what: 'polls a feed and period', cells: [(shared.manners.asked / FEEDS / PERIODS).toFixed(2), ''] },
      ...rows,
      { what: 'processor time a poll, all in all', cells: [`${perPollMs.toFixed(1)} ms`, ''] },
      {
        what: 'of one core, each feed once an hour',
        cells: [`${share.toFixed(1)} %`, ''],
        goal: '≤ 5 %',
        met: share <= 5,
      },
    ],
    notes: [
      `Each feed is asked once a minute here, for ${PERIODS} minutes, and brings a new report at every twentieth answer.`,
      'The share of a core is that of its polls at one an hour, and of the four workers when nothing is due.',
      `The restarts begin once each feed was read. Half of them are SIGKILL. The earliest request came ${Math.max(shared.manners.earliestMs, alone.manners.earliestMs)} ms before its period was over:`,
      'requests are counted when they arrive, and some are on their way for longer than others.',
    ],
  }
}

function count(what: string, shared: Manners, alone: Manners, kind: keyof Manners) {
  return {
    what,
    cells: [String(shared[kind]), String(alone[kind])],
    goal: '0',
    met: shared[kind] + alone[kind] === 0,
  }
}

async function pollByWorkers() {
  const database = await startPostgres()
  const { server, feeds, manners } = await serveStrictly({ feeds: FEEDS, periodMs: PERIOD_MS })
  const settings = {
    dataDir: temporaryFolder(),
    databaseUrl: await database.createDatabase(),
    ownHosts: [`127.0.0.1:${server.port}`],
  }
  try {
    // The same work with nothing due: what they cost while they only look.
    const idleMs = await spend({ ...settings, feeds: [] }, 20_000)
    const cpuMs = await spend({ ...settings, feeds }, PERIODS * PERIOD_MS)
    return { cpuMs, idleMs: (idleMs / 20_000) * PERIODS * PERIOD_MS, manners: manners() }
  } finally {
    await server.stop()
    await database.stop()
  }
}

/** Runs the workers for a time; returns the processor time that they took together. */
async function spend(settings: Settings, ms: number): Promise<number> {
  const workers = Array.from({ length: WORKERS }, () => startPoller(settings))
  await Promise.all(workers.map(({ started }) => started))
  await sleep(ms)
  const spent = await Promise.all(workers.map(worker => worker.cpuMs()))
  await Promise.all(workers.map(worker => worker.end('SIGTERM')))
  return spent.reduce((sum, one) => sum + one, 0)
}

async function pollOverRestarts(restarts: number) {
  const { server, feeds, manners } = await serveStrictly({ feeds: 20, periodMs: 5_000, newEvery: 3 })
  const settings = { dataDir: temporaryFolder(), feeds, ownHosts: [`127.0.0.1:${server.port}`] }
  // Whoever dies before it has stored anything of a feed has no validators to send the next time.
  const first = startPoller(settings)
  await first.started
  await sleep(6_000)
  await first.end('SIGTERM')
  for (let count = 0; count < restarts; count++) {
    const poller = startPoller(settings)
    await poller.started
    await sleep(Math.random() * 700)
    await poller.end(count % 2 === 0 ? 'SIGKILL' : 'SIGTERM')
  }
  await server.stop()
  return { manners: manners() }
}
