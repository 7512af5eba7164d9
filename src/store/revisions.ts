import type { Engine, Query, Value } from './engine.ts'
import { inBatches, listPlaceholders, rowPlaceholders } from './sql.ts'

/**
 * A part of a story and the hash of its words, as the content has it now. An event has its words too, by which it is
 * known again when its place in the day changes, and the id that its entry has.
 */
export type PartHash = {
  part: string
  story: string
  hash: string
  event?: { words: string; written?: string }
}

/** An event as it was recorded last; `present` is 0 if its story has it no more. Unknown words and ids are empty. */
type RecordedEvent = Record<'part' | 'story' | 'written' | 'hash' | 'words', string> & { present: number }

/** The newest revision of a part, when it was first seen, and when the part was. */
export type Revision = {
  part: string
  story: string
  revision: number
  hash: string
  seenAt: number
  firstSeenAt: number
}

/** One revision of a part: the hash of its words, and when they were first seen. */
export type RecordedRevision = { part: string; revision: number; hash: string; seenAt: number }

/**
 * The content that a process asks the lease for. `parts` are recorded together with the lease, unless they surely are:
 * until `recordedUntil` no other process can have had the lease since this one recorded them.
 */
type LeasedContent = { value: string; parts?(): PartHash[]; recordedUntil?: number }

/**
 * The lease after a request: whether the process holds it, which content is current (the holder's), and when that was
 * so. Whatever is recorded later than `at` belongs to content that comes after it; the newest that is recorded is of
 * `recordedTo`. Until `until` the holder keeps the lease. `changed` counts the parts that were recorded; it is absent if
 * they surely were before.
 */
type LeaseResult = {
  held: boolean
  value: string
  at: number
  until: number
  recordedTo: number
  changed?: number
}

/** How many rows one statement inserts, or how many parts it asks for. */
const BATCH = 500

/** The revisions of every part, recorded by the one process that holds the lease on the content. */
export function revisions(engine: Engine) {
  return {
    /**
     * Takes the lease on the content for a process, or extends it. Another process may take it once it has expired or
     * was released. The parts of the content are recorded in the same transaction: whoever sees that some content is
     * current finds all of its revisions.
     */
    acquireContentLease: (owner: string, content: LeasedContent, leaseMs: number): Promise<LeaseResult> =>
      acquireContentLease(engine, owner, content, leaseMs),

    /** Whether any process holds the lease on the content. The one that does delivers. */
    isContentLeased: async (): Promise<boolean> => {
      const now = await engine.clock(engine.query)
      const rows = await engine.query(`select owner from leases where name = 'content' and until > $1`, [now])
      return rows.length > 0
    },

    /**
     * Releases the lease on the content, so that no other process must wait for its end. Without an owner: anybody's.
     */
    releaseContentLease: (owner?: string): Promise<unknown> =>
      engine.query(
        `update leases set until = 0 where name = 'content' and owner = coalesce(cast($1 as text), owner)`,
        [owner ?? null],
      ),

    /** Records the parts that are new or have changed; returns how many. */
    record: (parts: PartHash[]): Promise<number> =>
      engine.transaction(async query => recordRevisions(query, await engine.clock(query), parts)),

    /** Every event that was ever recorded, and the part that each correction of an event is about. */
    knownEvents: async (): Promise<{ events: RecordedEvent[]; correctedParts: Map<string, string> }> => {
      const events = await engine.query<RecordedEvent>('select * from events')
      const causes = await engine.query<{ cause: string; part: string }>(
        `select cause, part from causes where kind = 'correction' and part like '%/event:%'`,
      )
      return { events, correctedParts: new Map(causes.map(({ cause, part }) => [cause, part])) }
    },

    /** The newest revisions of the named parts. */
    latestByPart: async (parts: string[]): Promise<Map<string, Pick<Revision, 'revision' | 'hash'>>> => {
      if (parts.length === 0) return new Map()
      const rows = await engine.query<{ part: string; revision: number; hash: string }>(
        `select part, revision, hash from revisions r where part in (${listPlaceholders(parts)}) and ${IS_LATEST}`,
        parts,
      )
      return new Map(rows.map(({ part, ...row }) => [part, row]))
    },

    /** The newest revision of a part. */
    latest: async (part: string): Promise<Revision | undefined> => {
      const [row] = await engine.query<RevisionRow>(
        `${SELECT_REVISIONS} where r.part = $1 order by r.revision desc limit 1`,
        [part],
      )
      return row && revisionFromRow(row)
    },

    /** The newest revision of every part. */
    allLatest: async (): Promise<Revision[]> =>
      (await engine.query<RevisionRow>(`${SELECT_REVISIONS} where ${IS_LATEST}`)).map(revisionFromRow),

    /** Every revision of the named parts, the oldest first. */
    historyOf: async (parts: string[]): Promise<RecordedRevision[]> => {
      const history: RecordedRevision[] = []
      for (const batch of inBatches(parts, BATCH)) {
        const rows = await engine.query<Omit<RecordedRevision, 'seenAt'> & { seen_at: number }>(
          `select part, revision, hash, seen_at from revisions
          where part in (${listPlaceholders(batch)}) order by part, revision`,
          batch,
        )
        history.push(...rows.map(({ seen_at, ...row }) => ({ ...row, seenAt: seen_at })))
      }
      return history
    },
  }
}

const IS_LATEST = 'r.revision = (select max(n.revision) from revisions n where n.part = r.part)'

const SELECT_REVISIONS = `select r.part, r.story, r.revision, r.hash, r.seen_at, f.seen_at as first_seen_at
  from revisions r join revisions f on f.part = r.part and f.revision = 1`

type RevisionRow = {
  part: string
  story: string
  revision: number
  hash: string
  seen_at: number
  first_seen_at: number
}

const revisionFromRow = ({ seen_at, first_seen_at, ...row }: RevisionRow): Revision => ({
  ...row,
  seenAt: seen_at,
  firstSeenAt: first_seen_at,
})

function acquireContentLease(
  engine: Engine,
  owner: string,
  { value, parts, recordedUntil }: LeasedContent,
  leaseMs: number,
): Promise<LeaseResult> {
  return engine.transaction(async query => {
    const now = await engine.clock(query)
    const own = await query(
      `insert into leases (name, owner, until, value) values ('content', $1, $2, $3)
      on conflict (name) do update set owner = excluded.owner, until = excluded.until, value = excluded.value
      where leases.owner = excluded.owner or leases.until <= $4 returning value`,
      [owner, now + leaseMs, value, now],
    )
    const held = own.length > 0
    const isRecorded = recordedUntil !== undefined && now < recordedUntil
    const changed = held && parts && !isRecorded ? await recordRevisions(query, now, parts()) : undefined
    // One statement: a moment later the value may be another one, with later revisions.
    const [lease] = await query<{ value: string; seen_at: number | null }>(
      `select value, (select max(seen_at) from revisions) as seen_at from leases where name = 'content'`,
    )
    // Something may still be recorded in this very millisecond. What is recorded already surely belongs to the content.
    const recordedTo = lease!.seen_at ?? 0
    return {
      held,
      value: lease!.value,
      at: Math.max(now - 1, recordedTo),
      until: now + leaseMs,
      recordedTo,
      changed,
    }
  })
}

/**
 * Records parts that are new or have changed; returns how many. Their moment is later than that of all recorded before,
 * even within one millisecond: news are told up to a moment, and what shared it with others would be lost.
 */
async function recordRevisions(query: Query, now: number, parts: PartHash[]): Promise<number> {
  const rows = await query<{ part: string; revision: number; hash: string; seen_at: number }>(
    `select part, revision, hash, seen_at from revisions r where ${IS_LATEST}`,
  )
  const known = new Map(rows.map(row => [row.part, row]))
  const seenAt = rows.reduce((latest, row) => Math.max(latest, row.seen_at + 1), now)
  const changed = parts
    .filter(({ part, hash }) => known.get(part)?.hash !== hash)
    .map(({ part, story, hash }): Value[] => [
      part,
      (known.get(part)?.revision ?? 0) + 1,
      story,
      hash,
      seenAt,
    ])
  for (const batch of inBatches(changed, BATCH))
    await query(
      `insert into revisions (part, revision, story, hash, seen_at) values ${rowPlaceholders(batch)}
      on conflict (part, revision) do nothing`,
      batch.flat(),
    )
  await recordEvents(query, parts)
  return changed.length
}

/** Records the events of the content as they are now. An event that a story has no more is kept, as absent. */
async function recordEvents(query: Query, parts: PartHash[]): Promise<void> {
  const rows = new Map((await query<RecordedEvent>('select * from events')).map(row => [row.part, row]))
  const current = parts.flatMap(({ part, story, hash, event }): RecordedEvent[] =>
    event ? [{ part, story, written: event.written ?? '', hash, words: event.words, present: 1 }] : [],
  )
  // A story that is hidden as a whole has the same events when it is shown again.
  const shown = new Set(parts.map(({ story }) => story))
  const listed = new Set(current.map(({ part }) => part))
  const absent = [...rows.values()]
    .filter(({ part, story }) => shown.has(story) && !listed.has(part))
    .map(row => ({ ...row, present: 0 }))
  const columns = (row?: RecordedEvent): Value[] =>
    row ? [row.part, row.story, row.written, row.hash, row.words, row.present] : []
  const changed = [...current, ...absent].map(columns).filter(
    ([part, ...rest]) =>
      columns(rows.get(String(part)))
        .slice(1)
        .join('\n') !== rest.join('\n'),
  )
  for (const batch of inBatches(changed, BATCH))
    await query(
      `insert into events (part, story, written, hash, words, present) values ${rowPlaceholders(batch)}
      on conflict (part) do update set written = excluded.written, hash = excluded.hash, words = excluded.words,
        present = excluded.present`,
      batch.flat(),
    )
}
