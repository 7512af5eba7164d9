import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { LineTiming } from './ask-in-memory.ts'
import { formatDuration } from './percentiles.ts'
import type { Table } from './table.ts'

const MANY = 10_000

/** Times the handler alone, from a call to its reply, with the bundled stories and with thousands more. */
export async function benchHandler(): Promise<Table> {
  const few = await measureInProcess(2)
  const many = await measureInProcess(MANY)
  return {
    title: `Handler alone, from a call to its reply: 2 stories and ${MANY.toLocaleString('en-US')}`,
    columns: ['p50, 2', 'p99, 2', 'p50, 10,000', 'p99, 10,000', 'first call'],
    rows: many.map(({ what, goal, first, p50, p99 }, index) => ({
      what,
      cells: [few[index]!.p50, few[index]!.p99, p50, p99, first].map(formatDuration),
      goal: goal === undefined ? undefined : `p99 < ${goal} ms`,
      met: goal === undefined ? undefined : p99 < goal,
    })),
    notes: [
      'The first call of a kind builds the index that it needs; the table shows it for 10,000 stories.',
    ],
  }
}

async function measureInProcess(stories: number): Promise<LineTiming[]> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--max-old-space-size=8192', 'bench/ask-in-memory.ts', String(stories)],
    { cwd: fileURLToPath(new URL('..', import.meta.url)) },
  )
  return JSON.parse(stdout)
}
