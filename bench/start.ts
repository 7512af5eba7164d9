import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { bareProgram, OUR_PROGRAM, startContender } from './contender.ts'
import { startLoopbackDiscord } from './discord-load.ts'
import { formatDuration, formatRatio, median } from './percentiles.ts'
import { LINE, startLoopbackSlack } from './slack-load.ts'
import type { Row, Table } from './table.ts'

const ROUNDS = 5
/** How many slash commands are answered before memory is measured again. */
const COMMANDS = 500
/** A pause before memory is measured, in which the start comes to rest. */
const SETTLE_MS = 300
/** Discord lets a bot identify itself once in five seconds: a start that comes sooner waits for that. */
const IDENTIFY_MS = 5_500

/** Times of the first and the second start in milliseconds, and memory when ready and after work in bytes. */
type Figures = { first: number; second: number; idle: number; worked: number }

/**
 * Measures the time from the start of a process until it is connected to Slack and Discord, with an empty compile cache and
 * with the one that the first start left, and then its memory. Compares it with the two SDKs in one process, with a
 * compile cache too.
 */
export async function benchStart(): Promise<Table> {
  const rounds: { ours: Figures; bare: Figures }[] = []
  for (let round = 0; round < ROUNDS; round++) {
    const first = round % 2 === 0 ? await measureStart(OUR_PROGRAM) : undefined
    const other = await measureStart(bareProgram('slack', 'discord'))
    rounds.push({ ours: first ?? (await measureStart(OUR_PROGRAM)), bare: other })
  }
  const row = (
    what: string,
    figure: keyof Figures,
    unit: (value: number) => string,
    maxRatio?: number,
  ): Row => {
    const ratio = median(rounds.map(({ ours, bare }) => ours[figure] / bare[figure]))
    const medianOf = (who: 'ours' | 'bare') => unit(median(rounds.map(round => round[who][figure])))
    return {
      what,
      cells: [medianOf('ours'), medianOf('bare'), formatRatio(ratio)],
      goal: maxRatio === undefined ? undefined : `≤ ${maxRatio.toFixed(2)}`,
      met: maxRatio === undefined ? undefined : ratio <= maxRatio,
    }
  }
  const megabytes = (bytes: number) => `${(bytes / 2 ** 20).toFixed(0)} MB`
  return {
    title: 'Start to ready and resident memory, against the two bare SDKs connected in one process',
    columns: ['ours', 'bare', 'ours/bare'],
    rows: [
      row('first start (cold compile cache)', 'first', formatDuration),
      row('second start', 'second', formatDuration, 1.2),
      row('memory when ready', 'idle', megabytes, 1.2),
      row(`memory after ${COMMANDS.toLocaleString('en-US')} slash commands`, 'worked', megabytes),
    ],
    notes: ['Both have a compile cache; the bare SDKs would have none by themselves.'],
  }
}

/** Starts a program twice and measures both starts. */
async function measureStart(args: string[]): Promise<Figures> {
  const folder = await mkdtemp(join(tmpdir(), 'nutgraf-bench-'))
  const slack = await startLoopbackSlack('socket')
  const discord = await startLoopbackDiscord()
  const folders = { NODE_COMPILE_CACHE: join(folder, 'cache'), DATA_DIR: join(folder, 'data') }
  const env = { ...slack.env, ...discord.env, ...folders, HOST: '127.0.0.1', PORT: '0' }
  try {
    const first = await startContender(args, env)
    await first.stop()
    await sleep(IDENTIFY_MS)
    const second = await startContender(args, env)
    await sleep(SETTLE_MS)
    const idle = (await second.usage()).memory
    for (let count = 0; count < COMMANDS; count++) await slack.loopback.command(LINE)
    const worked = (await second.usage()).memory
    await second.stop()
    return { first: first.readyInMs, second: second.readyInMs, idle, worked }
  } finally {
    await slack.loopback.close()
    await discord.loopback.close()
    await rm(folder, { recursive: true })
  }
}
