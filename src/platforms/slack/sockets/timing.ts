import { setTimeout as sleep } from 'node:timers/promises'

/**
 * Times in milliseconds. We wait for Slack's hello for `helloTimeout`. An old connection that Slack does not close is
 * closed by us when nothing has arrived over it for `quiet`. A connection that lasts less than `settled` counts as a
 * failure. After failures we wait from `backOff` to `backOffMax`; where Slack has as many connections of the app as it
 * allows, `crowded`. A stop reads on until nothing has arrived for `lastFrames`, and takes at most `closeTimeout` for
 * that and for closing.
 */
export type SocketTiming = {
  helloTimeout: number
  quiet: number
  settled: number
  backOff: number
  backOffMax: number
  crowded: number
  lastFrames: number
  closeTimeout: number
}

/** The times of a real bot; tests use shorter ones. */
export const SOCKET_TIMING: SocketTiming = {
  // Nobody is lost while we wait: the connection before it is still open.
  helloTimeout: 30_000,
  quiet: 10_000,
  settled: 1_000,
  backOff: 500,
  backOffMax: 60_000,
  crowded: 30_000,
  lastFrames: 100,
  closeTimeout: 2_000,
}

/** How long to wait after a failure: partly random, so that many processes do not reconnect in the same moment. */
export const backOffDelay = (failures: number, { backOff, backOffMax }: SocketTiming) =>
  Math.min(backOffMax, backOff * 2 ** (failures - 1)) * (0.75 + Math.random() / 4)

/** Waits, or until `signal` aborts; never rejects. */
export const pause = (ms: number, signal: AbortSignal): Promise<void> =>
  sleep(ms, undefined, { signal }).catch(() => {})

/** Waits for work, or rejects with the problem after a time. */
export function rejectAfterTimeout<T>(ms: number, work: Promise<T>, problem: string): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`slack: ${problem} within ${ms} ms`)), ms)
    work.then(resolve, reject).finally(() => clearTimeout(timer))
  })
}
