/**
 * Loaded before everything else (`node --import`), it sets the clock of a process: it begins at `CLOCK_STARTS_AT`, in
 * milliseconds, and runs ten times too slow, so that on a busy machine it is still the same minute at the end.
 */
const Clock = globalThis.Date
const SLOWER = 10
const began = Clock.now()
const now = () => Number(process.env.CLOCK_STARTS_AT) + Math.floor((Clock.now() - began) / SLOWER)

globalThis.Date = class extends Clock {
  constructor(...given: unknown[]) {
    super(...((given.length > 0 ? given : [now()]) as [number]))
  }

  static override now = now
} as DateConstructor
