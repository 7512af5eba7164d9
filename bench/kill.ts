import { type KillRunOptions, type KillRunResult, runKills } from '../test/support/delivery/kill-run.ts'
import { startPostgres } from '../test/support/loopback/postgres.ts'
import type { Row, Table } from './table.ts'

/** Kills of all four kinds together, unless another number is asked for. */
const KILLS = 1_000
/** A session ends with everything delivered and counted, so that what went wrong is found near its cause. */
const SESSION = 25
/** Sessions side by side: one core delivers while the other starts processes. */
const SIDE_BY_SIDE = 2

type Kind = { what: string; platform: KillRunOptions['platform']; several: boolean }

const KINDS: Kind[] = [
  { what: 'embedded store, Slack', platform: 'slack', several: false },
  { what: 'embedded store, Discord', platform: 'discord', several: false },
  { what: 'PostgreSQL, 3 workers, Slack', platform: 'slack', several: true },
  { what: 'PostgreSQL, 3 workers, Discord', platform: 'discord', several: true },
]

/**
 * Processes are killed while they deliver to a loopback platform, at each step and at random moments; requests are cut
 * off, refused and answered with errors meanwhile. Then it is counted what stands in the channels.
 */
export async function benchKill(kills = KILLS): Promise<Table> {
  const server = await startPostgres()
  try {
    const sessions = KINDS.flatMap(kind =>
      sizes(Math.ceil(kills / KINDS.length)).map(size => ({ kind, size })),
    )
    const seen: { kind: Kind; seen: KillRunResult }[] = []
    const next = async (): Promise<void> => {
      const session = sessions.shift()
      if (!session) return
      const { kind, size } = session
      const databaseUrl = kind.several ? { databaseUrl: await server.createDatabase(), workers: 3 } : {}
      const one = await runKills({ platform: kind.platform, kills: size, ...databaseUrl })
      seen.push({ kind, seen: one })
      for (const key of [...one.duplicates, ...one.lost, ...one.misplaced]) process.stderr.write(`${key}\n`)
      return next()
    }
    await Promise.all(Array.from({ length: SIDE_BY_SIDE }, next))
    const all = KINDS.map(kind =>
      row(
        kind.what,
        seen.filter(one => one.kind === kind).map(one => one.seen),
      ),
    )
    return {
      title:
        'Processes killed with SIGKILL while they deliver, against a loopback that cuts, limits and fails',
      columns: ['kills', 'messages', 'attempts', 'doubled', 'lost', 'in doubt', 'astray'],
      rows: all,
      notes: [
        'Kills: before a post arrives, when it is stored but not answered, right after the answer, between claim and post,',
        'while starting, and at random. After every third all are dead for three minutes, and Discord’s nonces forgotten.',
        'A fifth of all posts is cut off, limited or answered with a 502, half of those after the message was stored.',
      ],
    }
  } finally {
    await server.stop()
  }
}

function row(what: string, all: KillRunResult[]): Row {
  const sum = (count: (one: KillRunResult) => number) => all.reduce((total, one) => total + count(one), 0)
  const wrong = sum(
    one => one.duplicates.length + one.lost.length + one.unclear.length + one.misplaced.length,
  )
  const figures = [
    sum(one => one.kills),
    sum(one => one.expected),
    sum(one => one.attempts),
    sum(one => one.duplicates.length),
    sum(one => one.lost.length),
    sum(one => one.unclear.length),
    sum(one => one.misplaced.length),
  ]
  return {
    what,
    cells: figures.map(figure => figure.toLocaleString('en-US')),
    goal: 'none',
    met: wrong === 0,
  }
}

const sizes = (kills: number) =>
  Array.from({ length: Math.ceil(kills / SESSION) }, (_, index) => Math.min(SESSION, kills - index * SESSION))
