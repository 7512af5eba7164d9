const SIGNALS = ['SIGTERM', 'SIGINT', 'SIGHUP'] as const

/** Resolves with the first signal that asks the process to stop. A second one ends it at once. */
export function listenForStopSignal(): Promise<NodeJS.Signals> {
  return new Promise(resolve => {
    let received = false
    for (const signal of SIGNALS) {
      process.on(signal, () => {
        if (received) process.exit(1)
        received = true
        resolve(signal)
      })
    }
  })
}
