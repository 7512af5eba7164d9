import { setTimeout as sleep } from 'node:timers/promises'

/** A command as one platform sends it; resolves with the JSON of the answer, and rejects if none comes in time. */
export type Send = (command: LoadCommand) => Promise<string>

/** A command on both platforms: the line that Slack sends, and the path and options that Discord sends. */
export type LoadCommand = { line: string; path: string; options: Record<string, string> }

/** What became of the commands of one platform. `wrong` are answers that are none, with an example. */
export type LoadResult = { times: number[]; lost: number; wrong: number; example?: string }

/** What the bot says when it has no answer to give. */
const NO_ANSWER = /went wrong|Nothing found|I don’t know|took too long/

/**
 * Sends a command every so many milliseconds, whether the ones before are answered or not, until it is stopped. `next`
 * gives the commands, `onAnswer` hears each answer.
 */
export function startSteadyLoad(
  send: Send,
  options: { everyMs: number; next(): LoadCommand; onAnswer?(answer: string): void },
): () => Promise<LoadResult> {
  const result: LoadResult = { times: [], lost: 0, wrong: 0 }
  const underWay = new Set<Promise<void>>()
  let isStopped = false

  const sendOne = async () => {
    const command = options.next()
    const from = performance.now()
    try {
      const answer = await send(command)
      result.times.push(performance.now() - from)
      if (NO_ANSWER.test(answer)) {
        result.wrong++
        result.example ??= `${command.line}: ${answer.slice(0, 200)}`
      }
      options.onAnswer?.(answer)
    } catch (cause) {
      result.lost++
      result.example ??= `${command.line}: ${cause}`
    }
  }
  const sendAll = async () => {
    const start = performance.now()
    // Counted from the start, so that a late tick is made up for and the rate stays what it should be.
    for (let tick = 1; !isStopped; tick++) {
      const sent = sendOne()
      underWay.add(sent)
      void sent.then(() => underWay.delete(sent))
      await sleep(Math.max(0, start + tick * options.everyMs - performance.now()))
    }
  }
  const sending = sendAll()
  return async () => {
    isStopped = true
    await sending
    await Promise.all(underWay)
    return result
  }
}
