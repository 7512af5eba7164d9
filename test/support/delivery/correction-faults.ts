import { editedMessageId, type ProxiedRequest, type ProxyOutcome } from '../loopback/failing-proxy.ts'
import { createRateLimitWindows } from '../loopback/rate-limit-windows.ts'

/** One edit in six fails while faults are left: the faults that cost the longest wait come first. */
const FAULT_INTERVAL = 6

/**
 * Decides what happens to each request of a correction run: edits fail, exceed a limit, or kill the process that sent
 * them. With `keepsLimits`, requests above the platform's own limits are refused too.
 */
export function createCorrectionFaults(platform: 'slack' | 'discord', keepsLimits: boolean) {
  const withinLimits = createRateLimitWindows(platform)
  /** How many edits of a message were done although nobody confirmed them, by message. */
  const unconfirmed = new Map<string, number>()
  /** Messages whose edit has failed once. */
  const troubled = new Set<string>()
  let faults: ProxyOutcome[] = []
  let editsUntilKill = Number.POSITIVE_INFINITY
  let calm = false
  let edits = 0
  let limited = 0
  let overLimit = 0

  const addUnconfirmed = (id: string) => void unconfirmed.set(id, (unconfirmed.get(id) ?? 0) + 1)

  return {
    outcomeOf(request: ProxiedRequest): ProxyOutcome {
      const id = editedMessageId(request)
      if (keepsLimits && !withinLimits(request)) {
        overLimit++
        return 'limited'
      }
      if (id === undefined || calm) return 'passes'
      if (--editsUntilKill === 0) return 'killed after'
      // A message has trouble once at most, or the last ones would get all the faults and take longer and longer.
      if (troubled.has(id) || ++edits % FAULT_INTERVAL > 0) return 'passes'
      const fault = faults.shift()
      if (fault === undefined) return 'passes'
      troubled.add(id)
      if (fault === 'limited') limited++
      if (fault.endsWith('after')) addUnconfirmed(id)
      return fault
    },
    /** Begins another cause: with these faults, and with nothing counted yet. */
    begin(nextFaults: ProxyOutcome[]) {
      unconfirmed.clear()
      troubled.clear()
      faults = [...nextFaults]
      limited = 0
      overLimit = 0
    },
    /** Kills the process that sends the edit after this many others. */
    killAfter(count: number) {
      editsUntilKill = count
    },
    /** Lets every edit pass, or no longer. */
    setCalm(value: boolean) {
      calm = value
    },
    addUnconfirmed,
    unconfirmedEdits: (id: string) => unconfirmed.get(id) ?? 0,
    counts: () => ({ limited, overLimit }),
  }
}

/** What `createCorrectionFaults` gives. */
export type CorrectionFaults = ReturnType<typeof createCorrectionFaults>
