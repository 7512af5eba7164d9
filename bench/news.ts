import { type NewsRunResult, runNews } from '../test/support/delivery/news-run.ts'
import { startPostgres } from '../test/support/loopback/postgres.ts'
import type { Table } from './table.ts'

/** How many rounds there are, unless another number is given. */
const ROUNDS = 100
const PLACES = 60
const WORKERS = 3
/** No round begins after this: a busy machine must not hold up the other benches. */
const MAX_MS = 14 * 60_000

/** Counts the news that channels were told and not told while content is saved in the middle of deliveries. */
export async function benchNews(rounds = ROUNDS): Promise<Table> {
  const server = await startPostgres()
  try {
    const databaseUrl = await server.createDatabase()
    const result = await runNews({ databaseUrl, workers: WORKERS, places: PLACES, rounds, maxMs: MAX_MS })
    for (const fault of [...result.lost, ...result.doubled]) process.stderr.write(`${fault}\n`)
    const row = (what: string, count: (result: NewsRunResult) => number) => ({
      what,
      cells: [count(result).toLocaleString('en-US')],
    })
    const none = (what: string, count: (result: NewsRunResult) => number) => ({
      ...row(what, count),
      goal: 'none',
      met: count(result) === 0,
    })
    return {
      title: `Content saved while ${WORKERS} processes deliver to ${PLACES} channels, on PostgreSQL`,
      columns: [''],
      rows: [
        { ...row('rounds', ({ rounds }) => rounds), goal: `${rounds}`, met: result.rounds === rounds },
        row('of these, saved while editions were under way', ({ savedInDelivery }) => savedInDelivery),
        row('editions', ({ editions }) => editions),
        row('news told', ({ told }) => told),
        none('news lost', ({ lost }) => lost.length),
        none('news told twice', ({ doubled }) => doubled.length),
        none('editions not settled', ({ unsettled }) => unsettled),
      ],
      notes: [
        'A piece of news a round, at a random moment; each process gets it at another one. In every fifth round it is',
        `taken back and saved again. Took ${(result.tookMs / 1000).toFixed(0)} s.`,
      ],
    }
  } finally {
    await server.stop()
  }
}
