import { addDays, readableDate } from '../dates/dates.ts'
import { phrases } from '../phrases/phrases.ts'
import type { Story } from './story.ts'

/**
 * A story goes stale this many days after its last check, unless the setting STALE_DAYS says otherwise: about a month.
 */
export const STALE_DAYS = 30

/** The warning on a story whose last check is too long ago, or the moment at which it will get one. */
type Staleness = { phrase: string } | { from: number } | undefined

/**
 * The staleness of a story, when at most `days` may pass between two checks (0 turns the warning off). Archived stories
 * do not change, so they never go stale. A story without a check date is warned about at once: leaving the date out
 * must not hide that there was no check. Days are in UTC, so that every machine says the same.
 */
export function stalenessOf({ state, checked }: Story, days: number, now: number): Staleness {
  if (state === 'archived' || days <= 0) return undefined
  if (!checked) return { phrase: phrases.label.checkNotDated }
  const from = Date.parse(addDays(checked.on, days + 1))
  return from <= now ? { phrase: phrases.label.notCheckedSince(readableDate(checked.on)) } : { from }
}
