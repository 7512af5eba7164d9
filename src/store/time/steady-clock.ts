import type { Engine, Query } from '../engine.ts'
import { moveMomentsBack } from './move-moments-back.ts'

/** A smaller step back is not counted: this clock stands still meanwhile. Two sessions may differ by milliseconds. */
const TOLERANCE_MS = 1_000
/** How often the time is noted for the next start, and so how far off a wait may be after a start on another clock. */
const NOTE_MS = 15_000

/** What `clocks` keeps: the latest time that was noted, and how often the clock was set back. */
type ClockRow = { latest: number; set_backs: number }

/** Ends a transaction that has done nothing yet, because the clock was set back since the last one. */
const CLOCK_WAS_SET_BACK = new Error('store: the clock was set back')

/**
 * Makes an engine notice when its clock was set back, before any work is done by it. Then all that waits for a moment is
 * moved back too: what had five more minutes to wait, or to be held, still has five minutes. Between two such steps, its
 * clock never goes back.
 */
export async function withSteadyClock(engine: Engine): Promise<Engine> {
  const [row] = await engine.query<ClockRow>('select latest, set_backs from clocks')
  let { latest, set_backs: setBacks } = row!
  let noted = latest
  let movingBack: Promise<void> | undefined
  /** The time at which each transaction began. A later look in it would see the same. */
  const begun = new WeakMap<Query, number>()

  const isSetBack = (now: number) => now < latest - TOLERANCE_MS
  const advance = (now: number): number => {
    latest = Math.max(latest, now)
    return latest
  }

  /** Moves everything back, once for each step of the clock, whichever process notices it first. */
  async function moveBack(): Promise<void> {
    const known = latest
    const moved = await engine.transaction(async query => {
      const now = await engine.clock(query)
      const [row] = await query<ClockRow>(`select latest, set_backs from clocks ${engine.forUpdate}`)
      // Another process may have moved everything already: then only what was noted since counts.
      const before = row!.set_backs === setBacks ? Math.max(known, row!.latest) : row!.latest
      const byMs = before - now
      if (byMs <= TOLERANCE_MS) return { latest: now, set_backs: row!.set_backs }
      await moveMomentsBack(query, now, byMs)
      await query('update clocks set latest = $1, set_backs = set_backs + 1', [now])
      return { latest: now, set_backs: row!.set_backs + 1 }
    })
    ;({ latest, set_backs: setBacks } = moved)
    noted = latest
  }

  const moveBackOnce = () => {
    movingBack ??= moveBack().finally(() => {
      movingBack = undefined
    })
    return movingBack
  }

  /** Notes the time now and then. If that fails, waits are only less exact after the next start. */
  function noteTime(): void {
    if (latest - noted < NOTE_MS) return
    noted = latest
    engine
      .query('update clocks set latest = $1 where latest < $1 and set_backs = $2', [latest, setBacks])
      .catch(() => {})
  }

  async function transaction<T>(work: (query: Query) => Promise<T>): Promise<T> {
    for (;;) {
      try {
        const result = await engine.transaction(async query => {
          const now = await engine.clock(query)
          if (isSetBack(now)) throw CLOCK_WAS_SET_BACK
          begun.set(query, advance(now))
          return work(query)
        })
        noteTime()
        return result
      } catch (cause) {
        if (cause !== CLOCK_WAS_SET_BACK) throw cause
      }
      await moveBackOnce()
    }
  }

  async function clock(query: Query): Promise<number> {
    if (query !== engine.query) return begun.get(query) ?? advance(await engine.clock(query))
    for (;;) {
      const now = await engine.clock(query)
      if (!isSetBack(now)) return advance(now)
      await moveBackOnce()
    }
  }

  return { ...engine, transaction, clock }
}
