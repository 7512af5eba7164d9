const SIGNALS = ['SIGTERM', 'SIGINT', 'SIGHUP'] as const

/** How soon a bot that npm has started notices that npm is gone. */
const LOOK_MS = 500

/** Why a process is to stop: a signal, or npm was ended and has taken its shell with it, but not us. */
export type StopSignal = NodeJS.Signals | 'npm ended'

/**
 * Resolves with the first signal that asks the process to stop. A second one ends it at once. npm passes a signal to the
 * shell between it and us, which dies of it and tells nobody: under npm, a lost parent is a signal too.
 */
export function listenForStopSignal({
  underNpm,
  lookMs = LOOK_MS,
}: {
  underNpm: boolean
  lookMs?: number
}): Promise<StopSignal> {
  return new Promise(resolve => {
    let received = false
    for (const signal of SIGNALS) {
      process.on(signal, () => {
        if (received) process.exit(1)
        received = true
        resolve(signal)
      })
    }
    if (!underNpm) return
    const parent = process.ppid
    const timer = setInterval(() => {
      if (process.ppid === parent) return
      clearInterval(timer)
      received = true
      resolve('npm ended')
    }, lookMs)
    timer.unref()
  })
}
