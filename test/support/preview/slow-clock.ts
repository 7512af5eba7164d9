/**
 * Sets the clock of a process, when loaded before everything else (`node --import`). The clock starts at
 * `CLOCK_STARTS_AT`, in milliseconds, and runs ten times too slow, so that even on a busy machine it is still the same
 * minute at the end.
 */
const Clock = globalThis.Date
const SLOWDOWN = 10
const startedAt = Clock.now()
const now = () => Number(process.env.CLOCK_STARTS_AT) + Math.floor((Clock.now() - startedAt) / SLOWDOWN)

globalThis.Date = class extends Clock {
  constructor(...args: unknown[]) {
    super(...((args.length > 0 ? args : [now()]) as [number]))
  }

  static override now = now
} as DateConstructor
