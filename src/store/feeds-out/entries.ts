import type { Engine, Query, Value } from '../engine.ts'
import { inBatches, listPlaceholders, rowPlaceholders, runInTurn } from '../sql.ts'

/**
 * An entry of a feed of ours that somebody may have read: the part it shows, the id that readers know it by, and when it
 * was first published and last changed (whole seconds, as epoch milliseconds). `version` says what it showed last.
 */
export type FeedEntry = {
  part: string
  story: string
  id: string
  published: number
  updated: number
  version: string
}

/** A part that was added to a story after the story itself was recorded, and when. */
export type AddedPart = { part: string; story: string; firstSeenAt: number }

/** How many rows one statement inserts, and for how many stories one asks. */
const BATCH = 100
const STORY_BATCH = 20

/** What was served in the feeds that we publish: what a reader has once seen keeps its id and its date. */
export const feedEntries = (engine: Engine) => ({
  /** The revision of the content whose parts were recorded last, by the one process that may. */
  recordedContent: async (): Promise<string | undefined> =>
    (await engine.query<{ value: string }>(`select value from leases where name = 'content'`))[0]?.value,

  /** The entries of a feed, the newest first. */
  entriesOf: (feed: string): Promise<FeedEntry[]> => readEntries(engine.query, feed),

  /** Replaces the entries of a feed by what is made of them; nobody else changes them meanwhile. */
  update: (feed: string, change: (known: FeedEntry[], now: number) => FeedEntry[]): Promise<FeedEntry[]> =>
    runInTurn(engine, `feed ${feed}`, async (query, now) => {
      const known = await readEntries(query, feed)
      const next = change(known, now)
      await writeEntries(query, feed, known, next)
      return next
    }),

  /** The parts that were recorded after a moment, of some stories that were there before them. */
  async *partsAddedAfter(after: number, stories: string[]): AsyncGenerator<AddedPart[]> {
    for (const batch of inBatches(stories, STORY_BATCH)) {
      const rows = await engine.query<{ part: string; story: string; seen_at: number }>(
        `select r.part, r.story, r.seen_at from revisions r
        join revisions l on l.part = r.story || '/label' and l.revision = 1
        where r.story in (${listPlaceholders(batch, 2)}) and r.seen_at > $1 and r.revision = 1
          and r.seen_at > l.seen_at`,
        [after, ...batch],
      )
      yield rows.map(({ part, story, seen_at }) => ({ part, story, firstSeenAt: seen_at }))
    }
  },
})

async function readEntries(query: Query, feed: string): Promise<FeedEntry[]> {
  return query<FeedEntry>(
    `select part, story, id, published, updated, version from feed_entries where feed = $1
    order by published desc`,
    [feed],
  )
}

/** Writes what differs: rows that changed or are new, and those that are not there any more. */
async function writeEntries(
  query: Query,
  feed: string,
  known: FeedEntry[],
  next: FeedEntry[],
): Promise<void> {
  const columns = ({ part, story, id, published, updated, version }: FeedEntry): Value[] => [
    feed,
    part,
    story,
    id,
    published,
    updated,
    version,
  ]
  const before = new Map(known.map(entry => [entry.part, columns(entry).join('\n')]))
  const changed = next.filter(entry => before.get(entry.part) !== columns(entry).join('\n'))
  for (const batch of inBatches(changed.map(columns), BATCH))
    await query(
      `insert into feed_entries (feed, part, story, id, published, updated, version)
      values ${rowPlaceholders(batch)}
      on conflict (feed, part) do update set updated = excluded.updated, version = excluded.version`,
      batch.flat(),
    )
  const kept = new Set(next.map(({ part }) => part))
  const dropped = known.filter(({ part }) => !kept.has(part)).map(({ part }) => part)
  for (const batch of inBatches(dropped, BATCH))
    await query(`delete from feed_entries where feed = $1 and part in (${listPlaceholders(batch, 2)})`, [
      feed,
      ...batch,
    ])
}
