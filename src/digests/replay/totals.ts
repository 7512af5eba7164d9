import type { ReplayedBrief, ReplayStep } from './replay.ts'

/** How much a replay would have posted: its briefs, what they told, their words, the longest, and the quiet days. */
export type ReplayTotals = {
  briefs: number
  entries: number
  wordsABrief: number
  quietDays: number
  longest?: ReplayedBrief
}

/** Adds up the steps of a replay. */
export function totalsOf(steps: ReplayStep[]): ReplayTotals {
  const briefs = steps.flatMap(step => ('brief' in step ? [step.brief] : []))
  const sum = (numbers: number[]) => numbers.reduce((total, number) => total + number, 0)
  const longest = briefs.toSorted((a, b) => b.words - a.words)[0]
  return {
    briefs: briefs.length,
    entries: sum(briefs.map(({ entries }) => entries)),
    wordsABrief: Math.round(sum(briefs.map(({ words }) => words)) / Math.max(1, briefs.length)),
    quietDays: sum(steps.map(step => ('quietDays' in step ? step.quietDays : 0))),
    ...(longest && { longest }),
  }
}
