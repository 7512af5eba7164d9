import { connect } from '../src/store/connect.ts'
import { startPostgres } from '../test/support/loopback/postgres.ts'
import { temporaryFolder } from '../test/support/start-process.ts'
import { type PollKillRun, runPollKills, wrongItems } from '../test/support/wire/poll-kills.ts'
import { RESTLESS_FEEDS } from '../test/support/wire/restless-feeds.ts'
import type { Row, Table } from './table.ts'

/** How often each of the feeds is asked, unless another number is given, and after how many polls a process is killed. */
const POLLS = 1_000
const POLLS_A_KILL = 200

/** Polls feeds that misbehave, each answer another version, by processes that are killed; then counts what is wrong. */
export async function benchIdentity(polls = POLLS): Promise<Table> {
  const all = polls * RESTLESS_FEEDS.length
  const kills = Math.ceil(all / POLLS_A_KILL)
  const server = await startPostgres()
  try {
    const kinds = [
      { what: 'embedded store, one process', processes: 1, place: { dataDir: temporaryFolder() } },
      {
        what: 'PostgreSQL, three processes',
        processes: 3,
        place: { dataDir: temporaryFolder(), databaseUrl: await server.createDatabase() },
      },
    ]
    const rows: Row[] = []
    for (const { what, processes, place } of kinds) {
      const run = await runPollKills({ store: place, processes, kills, polls: all })
      const store = await connect(place, () => {})
      rows.push(row(what, run, await wrongItems(store, run)))
      await store.close()
      await run.server.stop()
    }
    return {
      title: `${RESTLESS_FEEDS.length} feeds that change ids, addresses, dates and order, ${polls} polls each, with SIGKILL in between`,
      columns: ['polls', 'killed', 'feeds with a doubled, lost or old item'],
      rows,
      notes: [
        'Every body differs from the one before, and every second one has an edited headline.',
        'A process is killed while half of an answer is there, and while one is read or stored.',
      ],
    }
  } finally {
    await server.stop()
  }
}

function row(what: string, { polls, kills }: PollKillRun, wrong: string[]): Row {
  for (const feed of wrong) process.stderr.write(`${feed}\n`)
  const cells = [String(polls), String(kills), String(wrong.length)]
  return { what, cells, goal: '0 wrong', met: wrong.length === 0 }
}
