import type { Engine, Value } from './engine.ts'
import { inBatches, listPlaceholders, rowPlaceholders } from './sql.ts'

/** A part of a story and the hash of its words, as the content has it now. */
export type PartHash = { part: string; story: string; hash: string }

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

/** How many rows one statement inserts, or how many parts it asks for. */
const BATCH = 500

/** The revisions of every part, recorded by the one process that holds the lease on the content. */
export function revisions(engine: Engine) {
  return {
    /**
     * Takes the lease on the content for a process, or extends it. Another process may take it once it has expired or
     * was released. Returns whether this process holds it, and which content is current (the holder's).
     */
    acquireContentLease: (
      owner: string,
      value: string,
      leaseMs: number,
    ): Promise<{ held: boolean; value: string }> => acquireContentLease(engine, owner, value, leaseMs),

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
    record: (parts: PartHash[]): Promise<number> => recordRevisions(engine, parts),

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
  value: string,
  leaseMs: number,
): Promise<{ held: boolean; value: string }> {
  return engine.transaction(async query => {
    const now = await engine.clock(query)
    const [own] = await query<{ value: string }>(
      `insert into leases (name, owner, until, value) values ('content', $1, $2, $3)
      on conflict (name) do update set owner = excluded.owner, until = excluded.until, value = excluded.value
      where leases.owner = excluded.owner or leases.until <= $4 returning value`,
      [owner, now + leaseMs, value, now],
    )
    if (own) return { held: true, value: own.value }
    const [other] = await query<{ value: string }>(`select value from leases where name = 'content'`)
    return { held: false, value: other!.value }
  })
}

function recordRevisions(engine: Engine, parts: PartHash[]): Promise<number> {
  return engine.transaction(async query => {
    const now = await engine.clock(query)
    const rows = await query<{ part: string; revision: number; hash: string }>(
      `select part, revision, hash from revisions r where ${IS_LATEST}`,
    )
    const known = new Map(rows.map(row => [row.part, row]))
    const changed = parts
      .filter(({ part, hash }) => known.get(part)?.hash !== hash)
      .map(({ part, story, hash }): Value[] => [part, (known.get(part)?.revision ?? 0) + 1, story, hash, now])
    for (const batch of inBatches(changed, BATCH))
      await query(
        `insert into revisions (part, revision, story, hash, seen_at) values ${rowPlaceholders(batch)}
        on conflict (part, revision) do nothing`,
        batch.flat(),
      )
    return changed.length
  })
}
