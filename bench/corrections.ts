import {
  type CauseResult,
  type CorrectionRunResult,
  runCorrections,
} from '../test/support/delivery/correction-run.ts'
import { startPostgres } from '../test/support/loopback/postgres.ts'
import type { Table } from './table.ts'

/** How many messages are on each platform, unless another number is given; half of them show the wrong event. */
const MESSAGES = 500
const KILLS = { corrected: 3, withdrawn: 1 }

/**
 * Counts the edits of posted messages after a correction and then a withdrawal, at the platforms' own limits, while
 * requests fail and processes are killed.
 */
export async function benchCorrections(messages = MESSAGES): Promise<Table> {
  const server = await startPostgres()
  try {
    const shared = { messages, kills: KILLS, workspaces: 1, realPace: true, postMs: 2_000 }
    const databaseUrl = await server.createDatabase()
    const results = [
      await runCorrections({ ...shared, platform: 'slack' }),
      await runCorrections({ ...shared, platform: 'discord' }),
      await runCorrections({
        ...shared,
        platform: 'discord',
        databaseUrl,
        workers: 3,
        contentDelayMs: 3_000,
      }),
    ]
    const row = (what: string, cell: (result: CorrectionRunResult) => number | string) => ({
      what,
      cells: results.map(result => cell(result).toLocaleString('en-US')),
    })
    const none = (what: string, count: (result: CorrectionRunResult) => number) => ({
      ...row(what, count),
      goal: 'none',
      met: results.every(result => count(result) === 0),
    })
    const ofBoth = (count: (cause: CauseResult) => number) => (result: CorrectionRunResult) =>
      count(result.corrected) + count(result.withdrawn)
    return {
      title:
        'A correction and a withdrawal reach posted messages while requests fail and processes are killed',
      columns: ['Slack', 'Discord', 'Discord, 3 workers on PostgreSQL'],
      rows: [
        row('messages', result => result.messages),
        row('showed what was corrected', result => result.corrected.wrong),
        {
          ...row('of these, edited', result => result.corrected.edited),
          goal: 'all',
          met: results.every(({ corrected }) => corrected.edited === corrected.wrong),
        },
        row('showed what was withdrawn', result => result.withdrawn.wrong),
        none(
          'still show what was wrong',
          ofBoth(cause => cause.stillWrong.length),
        ),
        none(
          'edited twice without need',
          ofBoth(cause => cause.editedTwice.length),
        ),
        none(
          'edited without showing it',
          ofBoth(cause => cause.wronglyEdited.length),
        ),
        none('edited by a second run', result => result.laterEdits),
        none(
          '429s for exceeding a limit',
          ofBoth(cause => cause.overLimit),
        ),
        row(
          '429s as faults',
          ofBoth(cause => cause.limited),
        ),
        row('from the correction to its last edit', result => seconds(result.corrected.tookMs)),
        row('from the withdrawal to its last edit', result => seconds(result.withdrawn.tookMs)),
      ],
      notes: [
        'Limits as sliding windows: Slack 50 edits a minute in one workspace; Discord 50 requests a second, 5 in 5 s in a channel.',
        `${KILLS.corrected} kills with SIGKILL during the correction, ${KILLS.withdrawn} during the withdrawal; also 502s, cut connections and 429s.`,
        'Without need: the first edit was confirmed, and no process was killed while it held the message.',
      ],
    }
  } finally {
    await server.stop()
  }
}

const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`
