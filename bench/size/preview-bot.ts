import { setTimeout as sleep } from 'node:timers/promises'
import { Pool } from 'undici'
import { type Contender, OUR_PROGRAM, startContender } from '../contender.ts'

/** A running bot that answers over the page of its preview. */
export type PreviewBot = Contender & {
  /** The plain text of the answer to a line. */
  ask(line: string): Promise<string>
  /** Asks until the answer contains the words, and resolves with how long that took, in milliseconds. */
  waitFor(line: string, words: string): Promise<number>
}

/** How long a start may take: as long as it takes to read all stories in the slowest way. */
const START_MS = 20 * 60_000
const LIVE_MS = 15 * 60_000
const ASK_EVERY_MS = 20

/** Starts the bot with its preview alone, and waits until it says that it is ready. */
export async function startPreviewBot(env: Record<string, string>): Promise<PreviewBot> {
  const bot = await startContender(
    OUR_PROGRAM,
    { ...env, HOST: '127.0.0.1', PORT: '0', DESK_USERS: 'preview:you', LOG_LEVEL: 'error' },
    START_MS,
  )
  const address = /http:\/\/localhost:\d+/.exec(bot.firstOutput)?.[0]
  if (!address) throw new Error(`bench: there is no address in: ${bot.firstOutput}`)
  const pool = new Pool(address, { connections: 4, headersTimeout: LIVE_MS, bodyTimeout: LIVE_MS })
  // A connection of its own for each line: a bot that was held closes idle ones just when the next line comes.
  const reset = true
  const ask = async (line: string): Promise<string> => {
    const { body } = await pool.request({
      path: '/preview/ask',
      method: 'POST',
      reset,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ line }),
    })
    const answer = (await body.json()) as { text?: string; problem?: string }
    if (answer.text === undefined) throw new Error(`bench: ${line}: ${answer.problem}`)
    return answer.text
  }
  const { statusCode, body } = await pool.request({ path: '/ready', method: 'GET', reset })
  await body.dump()
  if (statusCode !== 200) throw new Error(`bench: /ready answers ${statusCode} after the startup screen`)
  return {
    ...bot,
    ask,
    waitFor: async (line, words) => {
      const from = performance.now()
      while (!(await ask(line)).includes(words)) {
        if (performance.now() - from > LIVE_MS) throw new Error(`bench: “${words}” never came to ${line}`)
        await sleep(ASK_EVERY_MS)
      }
      return performance.now() - from
    },
    stop: async () => {
      await pool.destroy()
      await bot.stop()
    },
  }
}
