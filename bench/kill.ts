import { type KillRunOptions, type KillRunResult, runKills } from '../test/support/delivery/kill-run.ts'
import { startPostgres } from '../test/support/loopback/postgres.ts'
import type { Row, Table } from './table.ts'

/** How many kills there are, in all four kinds together, unless another number is given. */
const KILLS = 1_000
/** Kills a session: at its end everything is delivered and counted, so that a fault is found near its cause. */
const SESSION = 25
/** How many sessions run at the same time: on two cores, one delivers while the other starts processes. */
const CONCURRENT_SESSIONS = 2

type Kind = { what: string; platform: KillRunOptions['platform']; several: boolean }

const KINDS: Kind[] = [
  { what: 'embedded store, Slack', platform: 'slack', several: false },
  { what: 'embedded store, Discord', platform: 'discord', several: false },
  { what: 'PostgreSQL, 3 workers, Slack', platform: 'slack', several: true },
  { what: 'PostgreSQL, 3 workers, Discord', platform: 'discord', several: true },
]

/**
 * Kills processes while they deliver to a loopback platform, at each step and at random moments, while requests are cut off,
 * limited and answered with errors; then counts the messages in the channels.
 */
export async function benchKill(kills = KILLS): Promise<Table> {
  const server = await startPostgres()
  try {
    const sessions = KINDS.flatMap(kind =>
      sizes(Math.ceil(kills / KINDS.length)).map(size => ({ kind, size })),
    )
    const results: { kind: Kind; result: KillRunResult }[] = []
    const runSessions = async (): Promise<void> => {
      const session = sessions.shift()
      if (!session) return
      const { kind, size } = session
      const shared = kind.several ? { databaseUrl: await server.createDatabase(), workers: 3 } : {}
      const result = await runKills({ platform: kind.platform, kills: size, ...shared })
      results.push({ kind, result })
      for (const key of [...result.duplicates, ...result.lost, ...result.misplaced])
        process.stderr.write(`${key}\n`)
      return runSessions()
    }
    await Promise.all(Array.from({ length: CONCURRENT_SESSIONS }, runSessions))
    const rows = KINDS.map(kind =>
      row(
        kind.what,
        results.filter(session => session.kind === kind).map(({ result }) => result),
      ),
    )
    return {
      title:
        'Processes killed with SIGKILL while they deliver, against a loopback that cuts, limits and fails',
      columns: ['kills', 'messages', 'attempts', 'doubled', 'lost', 'in doubt', 'misplaced'],
      rows,
      notes: [
        'Kills: before a post arrives, when it is stored but not answered, right after the answer, between claim and post,',
        'during the start, and at random. After every third, all are dead for three minutes, and Discord forgets its nonces.',
        'A fifth of all posts is cut off, limited or answered with a 502, half of those after the message was stored.',
      ],
    }
  } finally {
    await server.stop()
  }
}

function row(what: string, results: KillRunResult[]): Row {
  const sum = (count: (result: KillRunResult) => number) =>
    results.reduce((total, result) => total + count(result), 0)
  const faults = [
    sum(({ duplicates }) => duplicates.length),
    sum(({ lost }) => lost.length),
    sum(({ unclear }) => unclear.length),
    sum(({ misplaced }) => misplaced.length),
  ]
  const figures = [
    sum(({ kills }) => kills),
    sum(({ expected }) => expected),
    sum(({ attempts }) => attempts),
    ...faults,
  ]
  return {
    what,
    cells: figures.map(figure => figure.toLocaleString('en-US')),
    goal: 'none',
    met: faults.every(count => count === 0),
  }
}

/** Splits kills into sessions. */
const sizes = (kills: number) =>
  Array.from({ length: Math.ceil(kills / SESSION) }, (_, index) => Math.min(SESSION, kills - index * SESSION))
