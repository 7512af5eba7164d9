import { placeholders } from './delivery.ts'
import type { Engine, Value } from './engine.ts'

/** A part of a story as the content has it now. */
export type PartHash = { part: string; story: string; hash: string }

/** The newest revision of a part, and since when it is known. */
export type Revision = {
  part: string
  story: string
  revision: number
  hash: string
  seenAt: number
  firstSeenAt: number
}

/** A revision of a part as it was written down: the hash of its words, and since when they are known. */
export type RecordedRevision = { part: string; revision: number; hash: string; seenAt: number }

const BATCH = 500

/** What was shown when: the revisions of every part, written by the one process that holds the content. */
export function revisions(engine: Engine) {
  return {
    /**
     * Takes or keeps the lease on the content for a process. Another process may take it once the lease is over, or
     * when the holder let go. Returns who holds it, and which content counts.
     */
    acquireContentLease: (
      owner: string,
      value: string,
      leaseMs: number,
    ): Promise<{ held: boolean; value: string }> =>
      engine.transaction(async query => {
        const now = await engine.clock(query)
        const rows = await query<{ owner: string; value: string }>(
          `insert into leases (name, owner, until, value) values ('content', $1, $2, $3)
          on conflict (name) do update set owner = excluded.owner, until = excluded.until, value = excluded.value
          where leases.owner = excluded.owner or leases.until <= $4 returning owner, value`,
          [owner, now + leaseMs, value, now],
        )
        if (rows[0]) return { held: true, value: rows[0].value }
        const [other] = await query<{ value: string }>(`select value from leases where name = 'content'`)
        return { held: false, value: other!.value }
      }),

    /** Whether any process holds the content: one that does delivers. */
    isContentLeased: async (): Promise<boolean> => {
      const now = await engine.clock(engine.query)
      const rows = await engine.query(`select owner from leases where name = 'content' and until > $1`, [now])
      return rows.length > 0
    },

    /** Lets go of the content, so that another process need not wait for the lease to end; without an owner, whoever has it. */
    releaseContentLease: (owner?: string): Promise<unknown> =>
      engine.query(
        `update leases set until = 0 where name = 'content' and owner = coalesce(cast($1 as text), owner)`,
        [owner ?? null],
      ),

    /** Writes down parts that are new or have changed; returns how many. */
    record: (parts: PartHash[]): Promise<number> =>
      engine.transaction(async query => {
        const now = await engine.clock(query)
        const known = new Map(
          (
            await query<{ part: string; revision: number; hash: string }>(
              `select part, revision, hash from revisions r
              where revision = (select max(revision) from revisions n where n.part = r.part)`,
            )
          ).map(row => [row.part, row]),
        )
        const changed = parts
          .filter(one => known.get(one.part)?.hash !== one.hash)
          .map((one): Value[] => [
            one.part,
            (known.get(one.part)?.revision ?? 0) + 1,
            one.story,
            one.hash,
            now,
          ])
        for (let from = 0; from < changed.length; from += BATCH) {
          const batch = changed.slice(from, from + BATCH)
          await query(
            `insert into revisions (part, revision, story, hash, seen_at) values ${placeholders(batch)}
            on conflict (part, revision) do nothing`,
            batch.flat(),
          )
        }
        return changed.length
      }),

    /** The newest revisions of some parts. */
    latestByPart: async (parts: string[]): Promise<Map<string, Pick<Revision, 'revision' | 'hash'>>> => {
      if (parts.length === 0) return new Map()
      const rows = await engine.query<{ part: string; revision: number; hash: string }>(
        `select part, revision, hash from revisions r
        where part in (${parts.map((_, index) => `$${index + 1}`).join(', ')})
          and revision = (select max(revision) from revisions n where n.part = r.part)`,
        parts,
      )
      return new Map(rows.map(({ part, ...row }) => [part, row]))
    },

    /** The newest revision of a part. */
    latest: async (
      part: string,
    ): Promise<Pick<Revision, 'revision' | 'hash' | 'seenAt' | 'firstSeenAt'> | undefined> => {
      const [row] = await engine.query<{
        revision: number
        hash: string
        seen_at: number
        first_seen_at: number
      }>(
        `select r.revision, r.hash, r.seen_at, f.seen_at as first_seen_at
        from revisions r join revisions f on f.part = r.part and f.revision = 1
        where r.part = $1 order by r.revision desc limit 1`,
        [part],
      )
      return (
        row && { revision: row.revision, hash: row.hash, seenAt: row.seen_at, firstSeenAt: row.first_seen_at }
      )
    },

    /** The newest revision of every part. */
    allLatest: async (): Promise<Revision[]> =>
      (
        await engine.query<{
          part: string
          story: string
          revision: number
          hash: string
          seen_at: number
          first_seen_at: number
        }>(
          `select r.part, r.story, r.revision, r.hash, r.seen_at, f.seen_at as first_seen_at
          from revisions r join revisions f on f.part = r.part and f.revision = 1
          where r.revision = (select max(revision) from revisions n where n.part = r.part)`,
        )
      ).map(row => ({
        part: row.part,
        story: row.story,
        revision: row.revision,
        hash: row.hash,
        seenAt: row.seen_at,
        firstSeenAt: row.first_seen_at,
      })),

    /** Every revision of some parts, the oldest first. */
    historyOf: async (parts: string[]): Promise<RecordedRevision[]> => {
      const all: RecordedRevision[] = []
      for (let from = 0; from < parts.length; from += BATCH) {
        const some = parts.slice(from, from + BATCH)
        const rows = await engine.query<Omit<RecordedRevision, 'seenAt'> & { seen_at: number }>(
          `select part, revision, hash, seen_at from revisions
          where part in (${some.map((_, index) => `$${index + 1}`).join(', ')}) order by part, revision`,
          some,
        )
        all.push(...rows.map(({ seen_at, ...row }) => ({ ...row, seenAt: seen_at })))
      }
      return all
    },
  }
}
