import type { Usage } from './contender.ts'
import { formatDuration, formatRatio, median, percentile } from './percentiles.ts'
import type { Row } from './table.ts'

/**
 * One of the two programs that are compared. `ask` sends one command and throws if the answer is wrong; `askNew` sends the
 * same question as a line that was never typed before, so that no cached answer can serve it.
 */
export type Contestant = { ask(): Promise<void>; askNew?(): Promise<void>; usage(): Promise<Usage> }

/** The lowest throughput and the highest p99 that are acceptable, as ratios of ours to bare. */
type Goals = { throughput: number; p99: number }

const ROUNDS = 7
const ROUND_MS = 600
const WARM_MS = 2_500
const CONCURRENCY = 16
/** A server under load that gets less of a core than this was slowed down by another program. */
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
 * Compares two programs under the same load, in rounds; who is first alternates. Figures are medians of the rounds; ratios
 * are medians of each round's own ratio, so that a slow moment of the machine affects both sides.
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
  const medianOf = (who: 'ours' | 'bare', what: keyof Figures) =>
    median(rounds.map(round => round[who][what]))
  const ratio = (what: keyof Figures) => median(rounds.map(round => round.ours[what] / round.bare[what]))
  const row = (what: string, figure: keyof Figures, unit: (value: number) => string): Row => ({
    what,
    cells: [unit(medianOf('ours', figure)), unit(medianOf('bare', figure)), formatRatio(ratio(figure))],
  })
  const percent = (share: number) => `${Math.round(share * 100)} %`
  const [oursBusy, bareBusy] = [medianOf('ours', 'busy'), medianOf('bare', 'busy')]
  const generatorBusy = Math.max(medianOf('ours', 'generator'), medianOf('bare', 'generator'))
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
      `Busy with ${CONCURRENCY} at once: ours ${percent(oursBusy)}, bare ${percent(bareBusy)}, load generator ${percent(generatorBusy)} of a core.`,
      ...(Math.min(oursBusy, bareBusy) < FULLY_BUSY
        ? ['They did not get a whole core: other programs were running. Trust only the CPU time.']
        : []),
    ],
  }
}

async function measureContestant(side: Contestant): Promise<Figures> {
  const before = await side.usage()
  const generatorBefore = process.cpuUsage()
  const concurrent = await applyLoad(side.ask, { concurrency: CONCURRENCY, ms: ROUND_MS })
  const { user, system } = process.cpuUsage(generatorBefore)
  const cpu = (await side.usage()).cpu - before.cpu
  const single = await applyLoad(side.ask, { concurrency: 1, ms: ROUND_MS })
  const fresh = side.askNew && (await applyLoad(side.askNew, { concurrency: CONCURRENCY, ms: ROUND_MS }))
  return {
    rate: rateOf(concurrent),
    newRate: fresh ? rateOf(fresh) : Number.NaN,
    cpu: cpu / concurrent.times.length,
    busy: cpu / concurrent.ms,
    generator: (user + system) / 1000 / concurrent.ms,
    p50: percentile(single.times, 50),
    p99: percentile(single.times, 99),
  }
}

/** How long each command took under a load, and how long the load lasted, in milliseconds. */
type Load = { times: number[]; ms: number }

const rateOf = ({ times, ms }: Load) => (times.length / ms) * 1000

/** Keeps a number of commands under way for a time. */
async function applyLoad(
  ask: () => Promise<void>,
  { concurrency, ms }: { concurrency: number; ms: number },
): Promise<Load> {
  const times: number[] = []
  const from = performance.now()
  const askInTurn = async () => {
    for (let start = performance.now(); start < from + ms; ) {
      await ask()
      const end = performance.now()
      times.push(end - start)
      start = end
    }
  }
  await Promise.all(Array.from({ length: concurrency }, askInTurn))
  return { times, ms: performance.now() - from }
}
