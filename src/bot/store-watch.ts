import type { Log } from '../chat/platform.ts'
import { TimeoutError, withTimeout } from '../chat/with-timeout.ts'
import type { Store } from '../store/store.ts'

/** How soon the log says that the store is away, or back. */
const LOOK_MS = 2_000
/** A health check waits for five seconds, and a database that hangs must not make the bot look dead. */
const ANSWER_MS = 2_000

/** A watched store: `state` in words for /health, asked now; `isUsable` as it was at the last look, for /ready. */
export type StoreWatch = { state(): Promise<string>; isUsable(): boolean; stop(): void }

/**
 * Looks at the store now and then, and logs when it fails and when it works again, each once. A PostgreSQL counts as
 * usable even while it is away: it comes back by itself, answers do not need it, and all processes share it.
 */
export function watchStore(
  store: Pick<Store, 'engineName' | 'check'>,
  log: Log,
  { lookMs = LOOK_MS, answerMs = ANSWER_MS } = {},
): StoreWatch {
  let trouble: string | undefined
  let isLooking = false

  const ask = (): Promise<string | undefined> =>
    withTimeout(store.check(), answerMs).then(
      () => undefined,
      (cause: Error) => (cause instanceof TimeoutError ? 'no answer in time' : cause.message),
    )

  async function look(): Promise<string | undefined> {
    const found = await ask()
    if (found !== trouble) {
      if (found === undefined) log.info({}, 'store: works again')
      else
        log.error(
          { why: found },
          'store: away; answers go on, and nothing is recorded or posted until it is back',
        )
    }
    trouble = found
    return found
  }

  const timer = setInterval(() => {
    if (isLooking) return
    isLooking = true
    void look().finally(() => {
      isLooking = false
    })
  }, lookMs)
  timer.unref()
  return {
    state: async () => {
      const found = await look()
      return found === undefined ? 'answers' : `away: ${found}`
    },
    isUsable: () => store.engineName !== 'sqlite' || trouble === undefined,
    stop: () => clearInterval(timer),
  }
}
