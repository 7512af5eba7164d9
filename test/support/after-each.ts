const cleanups = new Set<() => unknown>()

/**
 * Registers work to do after each test of every file. A helper is loaded once for all files of a worker, so a hook of its
 * own would belong to the first file that imports it, and to no other.
 */
export const afterEachTest = (cleanup: () => unknown) => void cleanups.add(cleanup)

/** Does all registered work; `setup.ts` calls it after each test. */
export const runCleanups = async () => {
  for (const cleanup of cleanups) await cleanup()
}
