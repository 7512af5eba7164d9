import type { FeedEntry } from '../../store/feeds-out/entries.ts'
import type { Candidate } from './candidates.ts'

/** How many entries a feed has. Readers ask far more often than so many come. */
export const MAX_ENTRIES = 50

/** What the entries of a feed are kept up to date with. `versionOf` says what a part shows now, and `idOf` names it. */
type Upkeep = {
  now: number
  versionOf(entry: { part: string; story: string }): string
  idOf(part: string): string
}

/**
 * Adds what is new to the entries of a feed and marks those that show something else than before. An entry keeps its id
 * and its date; no two have the same date, and none is dated before one that readers have seen, unless it is of the past.
 */
export function keepEntries(known: FeedEntry[], candidates: Candidate[], upkeep: Upkeep): FeedEntry[] {
  const { versionOf, idOf } = upkeep
  const dates = new Set(known.map(({ published }) => published))
  const changes = new Set(known.map(({ updated }) => updated))
  const checked = known.map(entry => withVersion(entry, versionOf(entry), upkeep.now, changes))
  const last = Math.max(...dates)
  const added = newestUnknown(known, candidates)
    .toSorted((a, b) => a.at - b.at || (a.part < b.part ? -1 : 1))
    .map(({ part, story, at, seenAt, past }): FeedEntry => {
      const published = freeSecond(past ? at : Math.max(at, last), dates)
      const updated = freeSecond(Math.max(published, seenAt), changes)
      return { part, story, id: idOf(part), published, updated, version: versionOf({ part, story }) }
    })
  return [...checked, ...added].toSorted((a, b) => b.published - a.published).slice(0, MAX_ENTRIES)
}

function withVersion(entry: FeedEntry, version: string, now: number, changes: Set<number>): FeedEntry {
  if (entry.version === version) return entry
  // Forward, also if the clock was set back: readers take what is older for what they have.
  return { ...entry, version, updated: freeSecond(Math.max(now, entry.updated + 1_000), changes) }
}

/** The candidates that are not in a feed yet and are new enough for it. */
export function newestUnknown(known: FeedEntry[], candidates: Candidate[]): Candidate[] {
  const parts = new Set(known.map(({ part }) => part))
  const unknown = candidates.filter(({ part }) => !parts.has(part))
  const moments = [...known.map(({ published }) => published), ...unknown.map(({ at }) => at)]
  const oldest = moments.toSorted((a, b) => b - a)[MAX_ENTRIES - 1] ?? Number.NEGATIVE_INFINITY
  return unknown.filter(({ at }) => at >= oldest)
}

/** The first second at or after a moment that is not taken yet; it is taken then. RSS knows no smaller unit. */
function freeSecond(moment: number, taken: Set<number>): number {
  let second = Math.floor(moment / 1_000) * 1_000
  while (taken.has(second)) second += 1_000
  taken.add(second)
  return second
}
