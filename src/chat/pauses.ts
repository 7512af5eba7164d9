import { setImmediate as letOthersRun } from 'node:timers/promises'

/** An answer that waits for a piece of work this long is still prompt, and a pause costs nothing beside it. */
const SLICE_MS = 8

/** Makes a function to await between the pieces of long work: it lets others run once they have waited long enough. */
export function createPauses(): () => Promise<void> {
  let began = performance.now()
  return async () => {
    if (performance.now() - began < SLICE_MS) return
    await letOthersRun()
    began = performance.now()
  }
}
