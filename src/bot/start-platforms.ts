import { setTimeout as sleep } from 'node:timers/promises'
import type { Handlers, Log, Platform } from '../chat/platform.ts'
import { StartFailure } from '../chat/start-failure.ts'

/**
 * Times in milliseconds. A failed start is tried again after `backOff`, then after twice as long, at most after
 * `backOffMax`. After `quickTries` of them it is tried every `slow`, and where a person must change something every
 * `person`. The first screen waits for `firstLook` at most.
 */
export type StartTiming = {
  firstLook: number
  backOff: number
  backOffMax: number
  quickTries: number
  slow: number
  person: number
}

/** We are back within seconds after an outage, and never reach Discord’s limit of 1,000 starts a day. */
const TIMING: StartTiming = {
  firstLook: 5_000,
  backOff: 1_000,
  backOffMax: 15_000,
  quickTries: 60,
  slow: 90_000,
  person: 5 * 60_000,
}

/**
 * Platforms while they start. `looked` resolves when each has connected or failed once, or after a few seconds.
 * `refused` rejects when every one of them needs a person, so that nothing is left to run.
 */
export type Starting = { looked: Promise<void>; refused: Promise<never>; stop(): void }

/**
 * Connects platforms, each by itself: one that cannot be reached is tried again until it can, and never holds another
 * up. `handlersFor` gives what a platform gets; without handlers it only posts.
 */
export function startPlatforms(
  platforms: Platform[],
  handlersFor: (platform: Platform) => Handlers | undefined,
  { log, timing }: { log: Log; timing?: Partial<StartTiming> },
): Starting {
  const times = { ...TIMING, ...timing }
  const halt = new AbortController()
  const refused = Promise.withResolvers<never>()
  // Whoever waits for it hears of it; where nobody does any more, it is no fault of its own.
  refused.promise.catch(() => {})
  /** The sentence of each platform that needs a person. */
  const refusals = new Map<string, string>()
  // The preview always starts. It is not what the process is run for.
  const real = platforms.filter(({ name }) => name !== 'preview')

  async function tryOnce(platform: Platform): Promise<StartFailure | undefined> {
    try {
      await platform.start(handlersFor(platform))
      refusals.delete(platform.name)
      return undefined
    } catch (cause) {
      return cause instanceof StartFailure
        ? cause
        : new StartFailure(messageOf(cause), { needsPerson: true, cause })
    }
  }

  async function keepTrying(platform: Platform, onLooked: () => void): Promise<void> {
    let lastSentence: string | undefined
    for (let failures = 1; !halt.signal.aborted; failures++) {
      const failure = await tryOnce(platform)
      if (failure === undefined || halt.signal.aborted) break
      const { message: sentence, needsPerson } = failure
      if (needsPerson) refusals.set(platform.name, sentence)
      else refusals.delete(platform.name)
      if (real.length > 0 && real.every(({ name }) => refusals.has(name)))
        return refused.reject(new Error([...refusals.values()].join('\n'), { cause: failure }))
      const retryInMs = Math.round(pauseAfter(failure, failures, times))
      // An outage of hours is one line, not hundreds.
      log[sentence === lastSentence ? 'debug' : needsPerson ? 'error' : 'warn'](
        { why: sentence, retryInMs },
        `${platform.name}: not connected; it is tried again`,
      )
      lastSentence = sentence
      onLooked()
      await sleep(retryInMs, undefined, { signal: halt.signal }).catch(() => {})
    }
    onLooked()
  }

  const looks = platforms.map(platform => {
    const looked = Promise.withResolvers<void>()
    void keepTrying(platform, looked.resolve)
    return looked.promise
  })
  const tooLate = sleep(times.firstLook, undefined, { signal: halt.signal }).catch(() => {})
  return {
    looked: Promise.race([Promise.all(looks), tooLate]).then(() => {}),
    refused: refused.promise,
    stop: () => halt.abort(),
  }
}

function pauseAfter({ needsPerson, retryInMs = 0 }: StartFailure, failures: number, times: StartTiming) {
  if (needsPerson) return times.person
  if (failures > times.quickTries) return Math.max(times.slow, retryInMs)
  const backOff = Math.min(times.backOffMax, times.backOff * 2 ** (failures - 1))
  // Partly random, so that many processes do not come back in the same moment.
  return Math.max(backOff * (0.75 + Math.random() / 4), retryInMs)
}

const messageOf = (cause: unknown) => (cause instanceof Error ? cause.message : String(cause))
