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
  const dates = takenSeconds(known.map(({ published }) => published))
  const changes = takenSeconds(known.map(({ updated }) => updated))
  const checked = known.map(entry => withVersion(entry, versionOf(entry), upkeep.now, changes))
  const last = Math.max(...dates.keys())
  const added = newestUnknown(known, candidates)
    .toSorted((a, b) => a.at - b.at || (a.part < b.part ? -1 : 1))
    .map(({ part, story, at, seenAt, past }): Dated => {
      const published = freeSecond(past ? at : Math.max(at, last), dates)
      return { part, story, published, updated: freeSecond(Math.max(published, seenAt), changes) }
    })
  const all: (FeedEntry | Dated)[] = [...checked, ...added]
  const newest = all.toSorted((a, b) => b.published - a.published).slice(0, MAX_ENTRIES)
  // Of a thousand that come together, only those that stay are looked at.
  return newest.map(entry =>
    'id' in entry ? entry : { ...entry, id: idOf(entry.part), version: versionOf(entry) },
  )
}

/** An entry of which only the dates are known. */
type Dated = Omit<FeedEntry, 'id' | 'version'>

/** Seconds that are taken, each with one at which to look on for a free one. */
type TakenSeconds = Map<number, number>

const takenSeconds = (moments: number[]): TakenSeconds =>
  new Map(moments.map(moment => [moment, moment + 1_000]))

function withVersion(entry: FeedEntry, version: string, now: number, changes: TakenSeconds): FeedEntry {
  if (entry.version === version) return entry
  // Forward, also if the clock was set back: readers take what is older for what they have.
  return { ...entry, version, updated: freeSecond(Math.max(now, entry.updated + 1_000), changes) }
}

/** The candidates that are not in a feed yet and are new enough for it. */
function newestUnknown(known: FeedEntry[], candidates: Candidate[]): Candidate[] {
  const parts = new Set(known.map(({ part }) => part))
  const unknown = candidates.filter(({ part }) => !parts.has(part))
  const moments = [...known.map(({ published }) => published), ...unknown.map(({ at }) => at)]
  const oldest = moments.toSorted((a, b) => b - a)[MAX_ENTRIES - 1] ?? Number.NEGATIVE_INFINITY
  return unknown.filter(({ at }) => at >= oldest)
}

/** The first second at or after a moment that is not taken yet; it is taken then. RSS knows no smaller unit. */
function freeSecond(moment: number, taken: TakenSeconds): number {
  const first = Math.floor(moment / 1_000) * 1_000
  let second = first
  for (let next = taken.get(second); next !== undefined; next = taken.get(second)) second = next
  taken.set(second, second + 1_000)
  // The next one that asks for the same second need not look at all between again.
  taken.set(first, second + 1_000)
  return second
}
