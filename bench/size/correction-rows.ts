import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { StoryCopy } from '../content-copies.ts'
import type { Row } from '../table.ts'
import { formatTime, type SizeGoals, timeRow } from './goals.ts'
import type { PreviewBot } from './preview-bot.ts'

const REST_MS = 2_000
const WORDS = 'at each main stage'

/** Corrects a section of the bundled story as an editor does it in chat, and measures how long anybody waits. */
export async function correctionRows(
  bot: PreviewBot,
  { folder, slug }: StoryCopy,
  goals: SizeGoals,
): Promise<Row[]> {
  const line = `/desk correct ${slug}/section:status --was "${WORDS}" --now "at each stage" --why "A test."`
  const time = async (typed: string) => {
    const from = performance.now()
    const answer = await bot.ask(typed)
    return { ms: performance.now() - from, answer }
  }
  const dryRun = await time(line)
  const endWatch = await bot.watchLoop()
  const confirmed = await time(`${line} --confirm`)
  const isWritten = readFileSync(join(folder, 'corrections.yml'), 'utf8').includes(WORDS)
  if (isWritten) await bot.waitFor(`/nutgraf ${slug} changes`, WORDS)
  await sleep(REST_MS)
  const hold = await endWatch()
  const row = timeRow('/desk correct --confirm', confirmed.ms, goals.correct)
  return [
    timeRow('/desk correct, dry run', dryRun.ms),
    isWritten
      ? row
      : {
          ...row,
          met: false,
          cells: [`refused after ${formatTime(confirmed.ms)}: ${confirmed.answer.split('.')[0]}`, ''],
        },
    timeRow('… longest hold of the loop, until it is live', hold, goals.correct),
  ]
}
