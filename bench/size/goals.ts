import { formatDuration } from '../percentiles.ts'
import type { Row } from '../table.ts'

/** What content of some size may take: times in milliseconds, memory in megabytes. */
export type SizeGoals = {
  firstCpu?: number
  second: number
  memory: number
  hold: number
  live: number
  correct: number
  answer: number
  search: number
  firstSearch: number
}

const AT_ANY_SIZE = { hold: 50, correct: 300, answer: 1, search: 5, firstSearch: 20 }

/** The goals for this many stories: those of the next size that has goals. */
export function goalsFor(stories: number): SizeGoals {
  if (stories <= 100) return { ...AT_ANY_SIZE, firstCpu: 6_000, second: 1_000, memory: 220, live: 1_500 }
  if (stories <= 1_000) return { ...AT_ANY_SIZE, firstCpu: 60_000, second: 3_000, memory: 500, live: 2_000 }
  return { ...AT_ANY_SIZE, second: 20_000, memory: 2_048, live: 3_000 }
}

/** Formats a time that may be minutes long. */
export const formatTime = (ms: number) => (ms < 10_000 ? formatDuration(ms) : `${(ms / 1000).toFixed(1)} s`)

/** Formats bytes as megabytes. */
export const formatMemory = (bytes: number) => `${(bytes / 2 ** 20).toFixed(0)} MB`

/** A row with a time, and what it may be at most. */
export const timeRow = (what: string, ms: number, most?: number, cpu?: number): Row => ({
  what,
  cells: [formatTime(ms), cpu === undefined ? '' : formatTime(cpu)],
  ...(most !== undefined && { goal: `≤ ${formatTime(most)}`, met: ms <= most }),
})

/** Measures something, and gives one row that says why if it fails: what else was measured still counts. */
export async function rowsOrReason(what: string, measure: () => Promise<Row[]>): Promise<Row[]> {
  try {
    return await measure()
  } catch (cause) {
    const [reason = ''] = String(cause instanceof Error ? cause.message : cause).split('\n')
    return [{ what, cells: [`failed: ${reason.slice(0, 120)}`, ''], goal: 'to work', met: false }]
  }
}
