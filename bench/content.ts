import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { writeContentCopies } from './content-copies.ts'
import { answerRows } from './size/answer-rows.ts'
import { changeRows } from './size/change-rows.ts'
import { correctionRows } from './size/correction-rows.ts'
import { formatMemory, goalsFor, rowsOrReason, type SizeGoals, timeRow } from './size/goals.ts'
import { type PreviewBot, startPreviewBot } from './size/preview-bot.ts'
import { runVerb } from './size/run-verb.ts'
import type { Row, Table } from './table.ts'

const STORIES = 100
/** After a start the bot comes to rest before its memory is measured. */
const SETTLE_MS = 5_000

/**
 * Measures the bot with as many stories as a newsroom has, each as long and as linked as the bundled one: its starts, its
 * memory, a saved file, a correction, `check` and its answers.
 */
export async function benchContent(stories = STORIES): Promise<Table> {
  const folder = await mkdtemp(join(tmpdir(), 'nutgraf-bench-'))
  const content = join(folder, 'content')
  const copies = writeContentCopies(stories, content)
  const goals = goalsFor(stories)
  const env = {
    CONTENT_DIR: content,
    DATA_DIR: join(folder, 'data'),
    NODE_COMPILE_CACHE: join(folder, 'cache'),
  }
  try {
    const rows = await rowsOrReason('start', async () => {
      const { bot, rows } = await measureStarts(env, goals)
      try {
        await bot.ask('/digest on morning 8am chicago')
        return [
          ...rows,
          ...(await rowsOrReason('one saved file', () => changeRows(bot, copies, goals))),
          ...(await rowsOrReason('/desk correct', () => correctionRows(bot, copies[0]!, goals))),
        ]
      } finally {
        await bot.stop()
      }
    })
    rows.push(
      ...(await rowsOrReason('check', async () => {
        const { wall, cpu, most } = await runVerb(['check'], { ...env, DATA_DIR: join(folder, 'other-data') })
        return [timeRow(`check, at most ${formatMemory(most)}`, wall, undefined, cpu)]
      })),
      ...(await rowsOrReason('answers', () => answerRows(env, goals))),
    )
    return {
      title: `Content of ${stories.toLocaleString('en-US')} stories, each as long and as linked as the bundled one`,
      columns: ['time', 'CPU'],
      rows,
      notes: [
        'Starts are timed until the startup screen, with every thread’s CPU time; the compile cache is empty at the first.',
        'The longest hold is what the event loop of the bot itself saw, until 2 s after the change was live.',
        'Answers are timed in the handler, of the slowest kind of line; the first search is timed over HTTP.',
      ],
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** Starts the bot twice with an empty data folder, and leaves it running. */
async function measureStarts(
  env: Record<string, string>,
  goals: SizeGoals,
): Promise<{ bot: PreviewBot; rows: Row[] }> {
  const first = await startPreviewBot(env)
  await sleep(SETTLE_MS)
  const { most } = await first.usage()
  await first.stop()
  const bot = await startPreviewBot(env)
  await sleep(SETTLE_MS)
  const { memory } = await bot.usage()
  return {
    bot,
    rows: [
      {
        ...timeRow('first start', first.readyInMs, undefined, first.readyCpuMs),
        ...(goals.firstCpu && {
          goal: `CPU ≤ ${goals.firstCpu / 1000} s`,
          met: first.readyCpuMs <= goals.firstCpu,
        }),
      },
      { what: 'most memory, first start', cells: [formatMemory(most), ''] },
      timeRow('second start', bot.readyInMs, goals.second, bot.readyCpuMs),
      {
        what: 'memory, second start',
        cells: [formatMemory(memory), ''],
        goal: `≤ ${goals.memory} MB`,
        met: memory <= goals.memory * 2 ** 20,
      },
    ],
  }
}
