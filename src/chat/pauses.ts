import { setImmediate } from 'node:timers/promises'

/** A request takes several turns of the loop: a connection, its data, the answer. */
const TURNS = 4

/** Ends a step of work, so that whoever waits meanwhile is answered before the next one. */
export async function letOthersRun(): Promise<void> {
  for (let turn = 0; turn < TURNS; turn++) await setImmediate()
}

/** An answer that waits for a piece of work this long is still prompt, and a pause costs nothing beside it. */
const SLICE_MS = 8

/**
 * Makes a function to await between the pieces of long work: it lets others run once they have waited long enough. Work
 * that nobody waits for takes smaller slices.
 */
export function createPauses(sliceMs = SLICE_MS): () => Promise<void> {
  let began = performance.now()
  return async () => {
    if (performance.now() - began < sliceMs) return
    await letOthersRun()
    began = performance.now()
  }
}

/** Filters as `filter` does, and lets others run meanwhile. */
export async function filterInSlices<T>(
  items: T[],
  isWanted: (item: T) => boolean,
  sliceMs?: number,
): Promise<T[]> {
  const pause = createPauses(sliceMs)
  const wanted: T[] = []
  for (const item of items) {
    if (isWanted(item)) wanted.push(item)
    await pause()
  }
  return wanted
}
