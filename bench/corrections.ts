import {
  type CauseResult,
  type CorrectionRunResult,
  runCorrections,
} from '../test/support/delivery/correction-run.ts'
import { startPostgres } from '../test/support/loopback/postgres.ts'
import type { Table } from './table.ts'

/** Messages that stand on each platform, half of which show what is wrong, unless another number is asked for. */
const MESSAGES = 500
const KILLS = { corrected: 3, withdrawn: 1 }

/**
 * A correction and then a withdrawal reach what was posted, at the platforms' own limits, while requests fail and
 * processes are killed. Then it is counted what was edited.
 */
export async function benchCorrections(messages = MESSAGES): Promise<Table> {
  const server = await startPostgres()
  try {
    const shared = { messages, kills: KILLS, workspaces: 1, real: true, postMs: 2_000 }
    const databaseUrl = await server.createDatabase()
    const all = [
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
    const row = (what: string, cell: (seen: CorrectionRunResult) => number | string) => ({
      what,
      cells: all.map(seen => cell(seen).toLocaleString('en-US')),
    })
    const none = (what: string, count: (seen: CorrectionRunResult) => number) => ({
      ...row(what, count),
      goal: 'none',
      met: all.every(seen => count(seen) === 0),
    })
    const both = (count: (reached: CauseResult) => number) => (seen: CorrectionRunResult) =>
      count(seen.corrected) + count(seen.withdrawn)
    return {
      title:
        'A correction and a withdrawal reach what was posted, while requests fail and processes are killed',
      columns: ['Slack', 'Discord', 'Discord, 3 workers on PostgreSQL'],
      rows: [
        row('messages that stand', seen => seen.messages),
        row('showed what was corrected', seen => seen.corrected.wrong),
        {
          ...row('edited for it', seen => seen.corrected.edited),
          goal: 'all',
          met: all.every(({ corrected }) => corrected.edited === corrected.wrong),
        },
        row('showed what was withdrawn', seen => seen.withdrawn.wrong),
        none(
          'still show what was wrong',
          both(reached => reached.stillWrong.length),
        ),
        none(
          'edited twice without need',
          both(reached => reached.editedTwice.length),
        ),
        none(
          'edited that showed nothing of it',
          both(reached => reached.wronglyEdited.length),
        ),
        none('edited by a second run', seen => seen.laterEdits),
        none(
          '429s for going too fast',
          both(reached => reached.overLimit),
        ),
        row(
          '429s given for no reason',
          both(reached => reached.limited),
        ),
        row('from the correction to its last edit', seen => seconds(seen.corrected.tookMs)),
        row('from the withdrawal to its last edit', seen => seconds(seen.withdrawn.tookMs)),
      ],
      notes: [
        'Limits as sliding windows: Slack 50 edits a minute in one workspace; Discord 50 requests a second, 5 in 5 s in a channel.',
        `${KILLS.corrected} kills with SIGKILL during the correction, ${KILLS.withdrawn} during the withdrawal; 502s, cut connections and 429s before.`,
        'Without need: the edit before it was confirmed, and no process was killed while it held the message.',
      ],
    }
  } finally {
    await server.stop()
  }
}

const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`
