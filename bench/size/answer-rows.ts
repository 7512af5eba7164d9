import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { LineTiming } from '../ask-in-memory.ts'
import { formatDuration } from '../percentiles.ts'
import type { Row } from '../table.ts'
import type { SizeGoals } from './goals.ts'

const SCRIPT = fileURLToPath(new URL('../ask-in-memory.ts', import.meta.url))

/** Times all kinds of lines in the handler, with the content and the data that the environment names. */
export async function answerRows(env: Record<string, string>, goals: SizeGoals): Promise<Row[]> {
  const { stdout } = await promisify(execFile)(process.execPath, [SCRIPT, 'content'], {
    env: { PATH: process.env.PATH, ...env },
  })
  const timings: LineTiming[] = JSON.parse(stdout)
  const isSearch = ({ what }: LineTiming) => what.startsWith('find')
  const answers = timings.filter(timing => timing.goal !== undefined && !isSearch(timing))
  return [
    slowestRow('any answer', answers, goals.answer),
    slowestRow('search', timings.filter(isSearch), goals.search),
  ]
}

function slowestRow(name: string, timings: LineTiming[], goal: number): Row {
  const [slowest, next] = timings.toSorted((a, b) => b.p99 - a.p99)
  return {
    what: `${name}: p50 and p99 of “${slowest!.what}” (then: ${next!.what}, ${formatDuration(next!.p99)})`,
    cells: [`${formatDuration(slowest!.p50)} · ${formatDuration(slowest!.p99)}`, ''],
    goal: `p99 < ${goal} ms`,
    met: slowest!.p99 < goal,
  }
}
