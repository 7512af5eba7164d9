const all = new Set<() => unknown>()

/**
 * Has something done after each test of every file. A helper is read once for all files of a worker, so a hook of its own
 * would only be that of the first file that imports it.
 */
export const afterEachTest = (work: () => unknown) => void all.add(work)

/** Does all of it; `setup.ts` has it called. */
export const runCleanups = async () => {
  for (const work of all) await work()
}
