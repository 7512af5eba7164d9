import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { setTimeout as sleep } from 'node:timers/promises'
import { OUR_PROGRAM, startContender } from './contender.ts'
import { type StoryCopy, writeContentCopies } from './content-copies.ts'
import { startLoopbackDiscord } from './discord-load.ts'
import { percentile } from './percentiles.ts'
import { formatTime } from './size/goals.ts'
import { newsroomCommands } from './size/newsroom-commands.ts'
import { type SavedWord, saveAWord } from './size/save-a-word.ts'
import { type LoadResult, startSteadyLoad } from './size/steady-load.ts'
import { startLoopbackSlack } from './slack-load.ts'
import type { Row, Table } from './table.ts'

const SAVES = 200
const STORIES = 1_000
const COMMAND_EVERY_MS = 20
const SLOW_MS = 100
const START_MS = 20 * 60_000
/** After a start the bot comes to rest, and the compiler has seen what is asked. */
const WARM_MS = 5_000
/** How long the next save waits for the last one to be live. */
const LIVE_MS = 30_000
const LOOK_EVERY_MS = 5

type Saving = { last?: SavedWord; lives: number[]; notLive: number }

/**
 * Saves one story after the other without a pause, while Slack (Socket Mode) and Discord each send a command every 20 ms, and
 * measures how long the commands wait.
 */
export async function benchSaves(saves = SAVES, stories = STORIES): Promise<Table> {
  const folder = await mkdtemp(join(tmpdir(), 'nutgraf-bench-'))
  const copies = writeContentCopies(stories, join(folder, 'content'))
  const [slack, discord] = [await startLoopbackSlack('socket'), await startLoopbackDiscord()]
  const folders = { CONTENT_DIR: join(folder, 'content'), DATA_DIR: join(folder, 'data') }
  const env = { ...slack.env, ...discord.env, ...folders, HOST: '127.0.0.1', PORT: '0', LOG_LEVEL: 'error' }
  const bot = await startContender(OUR_PROGRAM, env, START_MS)
  const saving: Saving = { lives: [], notLive: 0 }
  let live = ''
  const onAnswer = (answer: string) => {
    if (saving.last && answer.includes(saving.last.word)) live = saving.last.word
    // The loopbacks keep everything for tests: here it would only fill the memory.
    for (const kept of [slack.loopback.calls, slack.loopback.responses, discord.loopback.calls])
      kept.length = 0
    discord.loopback.responses.clear()
  }
  const startLoad = () => {
    const options = () => ({
      everyMs: COMMAND_EVERY_MS,
      next: newsroomCommands(copies, () => saving.last),
      onAnswer,
    })
    const onSlack = startSteadyLoad(
      async ({ line }) => JSON.stringify(await slack.loopback.command(line)),
      options(),
    )
    const onDiscord = startSteadyLoad(
      async ({ path, options }) => JSON.stringify(await discord.loopback.command(path, options)),
      options(),
    )
    return async () => ({ slack: await onSlack(), discord: await onDiscord() })
  }
  try {
    const warm = startLoad()
    await sleep(WARM_MS)
    const quiet = await warm()
    const generator = monitorEventLoopDelay({ resolution: 1 })
    generator.enable()
    const endWatch = await bot.watchLoop()
    const load = startLoad()
    await saveAll(saves, copies, saving, () => live)
    const results = await load()
    const hold = await endWatch()
    generator.disable()
    return {
      title: `${saves} saves, one after the other, in ${stories.toLocaleString('en-US')} stories, and a command every ${COMMAND_EVERY_MS} ms on each platform`,
      columns: ['commands', 'p50', 'p99', 'slowest', `above ${SLOW_MS} ms`, 'lost'],
      rows: [
        loadRow('Slack, no saves', quiet.slack),
        loadRow('Discord, no saves', quiet.discord),
        loadRow('Slack', results.slack, true),
        loadRow('Discord', results.discord, true),
      ],
      notes: [
        `A save was live after ${formatTime(percentile(saving.lives, 50))} (p50), ${formatTime(Math.max(...saving.lives))} at most; not within ${LIVE_MS / 1000} s: ${saving.notLive}.`,
        `Longest hold of the bot’s loop: ${formatTime(hold)}; of the load generator’s own: ${formatTime(generator.max / 1e6)}.`,
        ...Object.values(results).flatMap(({ example, wrong }) =>
          example ? [`Not answered (${wrong} wrong), such as: ${example}`] : [],
        ),
      ],
    }
  } finally {
    await bot.stop()
    await Promise.all([slack.loopback.close(), discord.loopback.close()])
    await rm(folder, { recursive: true, force: true })
  }
}

/** Saves story after story, each as soon as an answer shows the one before, or some time later. */
async function saveAll(
  saves: number,
  copies: StoryCopy[],
  saving: Saving,
  live: () => string,
): Promise<void> {
  for (let save = 0; save < saves; save++) {
    const from = performance.now()
    saving.last = saveAWord(copies[(save * 13) % copies.length]!, save % 4 === 3 ? 'quotes.yml' : 'story.md')
    const isLive = () => live() === saving.last?.word
    while (!isLive() && performance.now() - from < LIVE_MS) await sleep(LOOK_EVERY_MS)
    if (isLive()) saving.lives.push(performance.now() - from)
    else saving.notLive++
  }
}

function loadRow(what: string, { times, lost, wrong }: LoadResult, hasGoal = false): Row {
  const slow = times.filter(time => time > SLOW_MS).length
  const cells = [percentile(times, 50), percentile(times, 99), Math.max(...times)].map(formatTime)
  return {
    what,
    cells: [String(times.length + lost), ...cells, String(slow), String(lost + wrong)],
    ...(hasGoal && { goal: 'none, none', met: slow === 0 && lost + wrong === 0 }),
  }
}
