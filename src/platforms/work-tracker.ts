import type { Log } from '../chat/platform.ts'

/** The work that is under way on one platform, which its `stop` waits for. */
export type WorkTracker = {
  /** Runs work to its end. Never rejects: a failure is logged, so that it is never an unhandled rejection. */
  track(work: () => Promise<void>): Promise<void>
  /** Resolves when everything that is under way now has ended. */
  settled(): Promise<void>
  /** Resolves when nothing is under way any more, also nothing that began meanwhile: for when nothing new comes in. */
  idle(): Promise<void>
}

/** Creates the tracker of one platform; `name` begins its log messages. */
export function createWorkTracker(name: string, log: Log): WorkTracker {
  const running = new Set<Promise<void>>()
  return {
    async track(work) {
      const tracked = work().catch(cause => log.error({ err: cause }, `${name}: an answer was not delivered`))
      running.add(tracked)
      await tracked
      running.delete(tracked)
    },
    async settled() {
      await Promise.all(running)
    },
    async idle() {
      while (running.size > 0) await Promise.all(running)
    },
  }
}
