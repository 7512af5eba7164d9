import { addDays, readableDate } from '../dates.ts'
import { phrases } from '../phrases/phrases.ts'
import type { Story } from './story.ts'

/** So many days after its last check a story that still moves is called stale, unless said otherwise. */
export const STALE_DAYS = 30

/** What is said of a story whose last check is too long ago, or the moment from which on it will be. */
type Staleness = { phrase: string } | { from: number } | undefined

/**
 * How fresh a story is, with `days` as the most that may lie between two checks (0: nobody counts). An archived story
 * does not move, so it never goes stale. One that names no check is called so at once: to leave the day out must not be
 * the way to hide that there was none. Days are those of UTC, the same on every machine.
 */
export function stalenessOf({ state, checked }: Story, days: number, now: number): Staleness {
  if (state === 'archived' || days <= 0) return undefined
  if (!checked) return { phrase: phrases.label.checkNotDated }
  const from = Date.parse(addDays(checked.on, days + 1))
  return from <= now ? { phrase: phrases.label.notCheckedSince(readableDate(checked.on)) } : { from }
}
