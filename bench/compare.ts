import type { Usage } from './contender.ts'
import { formatDuration, formatRatio, median, percentile } from './percentiles.ts'
import type { Row } from './table.ts'

/**
 * One of the two that are compared: `ask` has it answer one command and throws where the answer is not as it must be.
 * `askNew` puts the same question in words that were never used before, so that no remembered answer will do.
 */
export type Contestant = { ask(): Promise<void>; askNew?(): Promise<void>; usage(): Promise<Usage> }

/** The least throughput and the most p99 that are wanted, as ours over bare. */
type Goals = { throughput: number; p99: number }

const ROUNDS = 7
const ROUND_MS = 600
const WARM_MS = 2_500
const CONCURRENCY = 16
/** A server under load that gets less of a core than this was kept from working by something else. */
const FULLY_BUSY = 0.85

type Figures = {
  rate: number
  newRate: number
  cpu: number
  busy: number
  generator: number
  p50: number
  p99: number
}

/**
 * Compares two sides under the same load, in turns, and each round the other one first. The figures are medians of
 * the rounds; the ratios are medians of each round's own ratio, so that a slow moment of the machine hits both.
 */
export async function compare(
  ours: Contestant,
  bare: Contestant,
  goals: Goals,
): Promise<{ rows: Row[]; notes: string[] }> {
  for (const side of [ours, bare]) await applyLoad(side.ask, { concurrency: CONCURRENCY, ms: WARM_MS })
  const rounds: { ours: Figures; bare: Figures }[] = []
  for (let round = 0; round < ROUNDS; round++) {
    const first = round % 2 === 0 ? await measureContestant(ours) : undefined
    const other = await measureContestant(bare)
    rounds.push({ ours: first ?? (await measureContestant(ours)), bare: other })
  }
  const of = (who: 'ours' | 'bare', what: keyof Figures) => median(rounds.map(round => round[who][what]))
  const ratio = (what: keyof Figures) => median(rounds.map(round => round.ours[what] / round.bare[what]))
  const row = (what: string, figure: keyof Figures, unit: (value: number) => string): Row => ({
    what,
    cells: [unit(of('ours', figure)), unit(of('bare', figure)), formatRatio(ratio(figure))],
  })
  const share = (value: number) => `${Math.round(value * 100)} %`
  return {
    rows: [
      {
        ...row(`commands a second, ${CONCURRENCY} at once`, 'rate', value => value.toFixed(0)),
        goal: `≥ ${goals.throughput.toFixed(2)}`,
        met: ratio('rate') >= goals.throughput,
      },
      ...(ours.askNew ? [row('the same, in new words each time', 'newRate', value => value.toFixed(0))] : []),
      row('CPU time a command', 'cpu', formatDuration),
      row('one at a time: p50', 'p50', formatDuration),
      {
        ...row('one at a time: p99', 'p99', formatDuration),
        goal: `≤ ${goals.p99.toFixed(2)}`,
        met: ratio('p99') <= goals.p99,
      },
    ],
    notes: [
      `Busy while ${CONCURRENCY} at once: ours ${share(of('ours', 'busy'))}, bare ${share(of('bare', 'busy'))}, load generator ${share(
        Math.max(of('ours', 'generator'), of('bare', 'generator')),
      )} of a core.`,
      ...(Math.min(of('ours', 'busy'), of('bare', 'busy')) < FULLY_BUSY
        ? ['They did not get a whole core: something else ran here too. Only the CPU time is to be trusted.']
        : []),
    ],
  }
}

async function measureContestant(side: Contestant): Promise<Figures> {
  const before = await side.usage()
  const own = process.cpuUsage()
  const many = await applyLoad(side.ask, { concurrency: CONCURRENCY, ms: ROUND_MS })
  const { user, system } = process.cpuUsage(own)
  const cpu = (await side.usage()).cpu - before.cpu
  const one = await applyLoad(side.ask, { concurrency: 1, ms: ROUND_MS })
  const fresh = side.askNew && (await applyLoad(side.askNew, { concurrency: CONCURRENCY, ms: ROUND_MS }))
  return {
    rate: rateOf(many),
    newRate: fresh ? rateOf(fresh) : Number.NaN,
    cpu: cpu / many.took.length,
    busy: cpu / many.ms,
    generator: (user + system) / 1000 / many.ms,
    p50: percentile(one.took, 50),
    p99: percentile(one.took, 99),
  }
}

type Load = { took: number[]; ms: number }

const rateOf = ({ took, ms }: Load) => (took.length / ms) * 1000

/** Keeps so many commands under way for a time; how long each took, in milliseconds. */
async function applyLoad(
  ask: () => Promise<void>,
  { concurrency, ms }: { concurrency: number; ms: number },
): Promise<Load> {
  const took: number[] = []
  const from = performance.now()
  const one = async () => {
    for (let start = performance.now(); start < from + ms; ) {
      await ask()
      const end = performance.now()
      took.push(end - start)
      start = end
    }
  }
  await Promise.all(Array.from({ length: concurrency }, one))
  return { took, ms: performance.now() - from }
}
