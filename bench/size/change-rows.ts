import { setTimeout as sleep } from 'node:timers/promises'
import type { StoryCopy } from '../content-copies.ts'
import { median } from '../percentiles.ts'
import type { Row } from '../table.ts'
import { type SizeGoals, timeRow } from './goals.ts'
import type { PreviewBot } from './preview-bot.ts'
import { saveAWord } from './save-a-word.ts'

const MOST_SAVES = 3
/** No further save of a kind begins after this time. */
const ENOUGH_MS = 60_000
/** What a change sets going, such as a digest’s news and a warm index, is over by then. */
const REST_MS = 2_000

/** Saves one file after another, and measures for how long that holds the loop and how soon it is live. */
export async function changeRows(bot: PreviewBot, copies: StoryCopy[], goals: SizeGoals): Promise<Row[]> {
  const rows: Row[] = []
  const searches: number[] = []
  const questions: number[] = []
  for (const file of ['story.md', 'quotes.yml'] as const) {
    const holds: number[] = []
    const lives: number[] = []
    const from = performance.now()
    while (holds.length < MOST_SAVES && performance.now() - from < ENOUGH_MS) {
      const endWatch = await bot.watchLoop()
      const copy = copies[Math.floor((copies.length - 1) * (0.25 + 0.25 * holds.length))]!
      const { line, word } = saveAWord(copy, file)
      lives.push(await bot.waitFor(line, word))
      const searched = performance.now()
      await bot.ask(`/nutgraf find ${word}`)
      searches.push(performance.now() - searched)
      const asked = performance.now()
      await bot.ask(`/nutgraf what did ${word} say about it`)
      questions.push(performance.now() - asked)
      await sleep(REST_MS)
      holds.push(await endWatch())
    }
    rows.push(
      timeRow(`a saved ${file}: longest hold of the loop`, Math.max(...holds), goals.hold),
      timeRow('… until it is live', median(lives), goals.live),
    )
  }
  rows.push(
    timeRow('first search after a change', Math.max(...searches), goals.firstSearch),
    timeRow('first question in plain words after that', Math.max(...questions), goals.firstSearch),
  )
  return rows
}
