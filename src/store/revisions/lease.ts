import type { Engine } from '../engine.ts'
import { recordStories } from './record.ts'
import type { StoryParts } from './story-parts.ts'

/**
 * The content that a process asks the lease for. Its stories are recorded together with the lease, unless they surely
 * are: until `recordedUntil` no other process can have had the lease since this one recorded them.
 */
export type LeasedContent = { value: string; stories?(): StoryParts[]; recordedUntil?: number }

/**
 * The lease after a request: whether the process holds it, which content is current (the holder's), and when that was
 * so. Whatever is recorded later than `at` belongs to content that comes after it; the newest that is recorded is of
 * `recordedTo`. Until `until`, or for `lastsMs` from the request on, the holder keeps the lease. `changed` counts the parts that were recorded; it is absent if
 * they surely were before.
 */
type LeaseResult = {
  held: boolean
  value: string
  at: number
  until: number
  lastsMs: number
  recordedTo: number
  changed?: number
}

/** The lease on the content: the one process that holds it records the content and delivers. */
export const contentLease = (engine: Engine) => ({
  /**
   * Takes the lease on the content for a process, or extends it. Another process may take it once it has expired or was
   * released. The stories of the content are recorded in the same transaction: whoever sees that some content is current
   * finds all of its revisions.
   */
  acquireContentLease: (owner: string, content: LeasedContent, leaseMs: number): Promise<LeaseResult> =>
    acquireContentLease(engine, owner, content, leaseMs),

  /** Whether any process holds the lease on the content. The one that does delivers. */
  isContentLeased: async (): Promise<boolean> => {
    const now = await engine.clock(engine.query)
    const rows = await engine.query(`select owner from leases where name = 'content' and until > $1`, [now])
    return rows.length > 0
  },

  /** Releases the lease on the content, so that no other process must wait for its end. Without an owner: anybody's. */
  releaseContentLease: (owner?: string): Promise<unknown> =>
    engine.query(
      `update leases set until = 0 where name = 'content' and owner = coalesce(cast($1 as text), owner)`,
      [owner ?? null],
    ),
})

function acquireContentLease(
  engine: Engine,
  owner: string,
  { value, stories, recordedUntil }: LeasedContent,
  leaseMs: number,
): Promise<LeaseResult> {
  return engine.transaction(async query => {
    const now = await engine.clock(query)
    const begunAt = performance.now()
    const [before] = await query<{ owner: string }>(
      `select owner from leases where name = 'content' ${engine.forUpdate}`,
    )
    const own = await query(
      `insert into leases (name, owner, until, value) values ('content', $1, $2, $3)
      on conflict (name) do update set owner = excluded.owner, until = excluded.until, value = excluded.value
      where leases.owner = excluded.owner or leases.until <= $4 returning value`,
      [owner, now + leaseMs, value, now],
    )
    const held = own.length > 0
    // The clock may have been set back since: then the moment alone says nothing.
    const isRecorded = recordedUntil !== undefined && now < recordedUntil && before?.owner === owner
    const changed = held && stories && !isRecorded ? await recordStories(query, now, stories()) : undefined
    // One statement: a moment later the value may be another one, with later revisions.
    const [lease] = await query<{ value: string; told_to: number; seen_at: number | null }>(
      `select value, told_to, (select max(seen_at) from revisions) as seen_at from leases where name = 'content'`,
    )
    // Something may still be recorded in this very millisecond. What is recorded already surely belongs to the content.
    const recordedTo = lease!.seen_at ?? 0
    // Never back, even if the clock was: what is recorded next is later, and so news to whoever was told up to here.
    const at = Math.max(held ? now - 1 : 0, recordedTo, lease!.told_to)
    // To record a thousand stories may take longer than the lease lasts: it begins when that is done.
    const recordingMs = changed === undefined ? 0 : Math.ceil(performance.now() - begunAt)
    const lastsMs = recordingMs + leaseMs
    const until = now + lastsMs
    if (held) await query(`update leases set told_to = $1, until = $2 where name = 'content'`, [at, until])
    return {
      held,
      value: lease!.value,
      at,
      until,
      lastsMs,
      recordedTo,
      changed,
    }
  })
}
