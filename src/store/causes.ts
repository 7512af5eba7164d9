import { insertDeliveries, type NewDelivery } from './delivery.ts'
import type { Engine } from './engine.ts'

/**
 * Why messages are changed: a correction (its part, such as `lawsuit/correction:0123`) of a `part` that is right since
 * its `revision`, or the withdrawal of a whole story, whose `part` is then `lawsuit/`. It `waits` where the correction
 * was written down but the part itself is still as it was.
 */
export type NewCause = {
  cause: string
  kind: 'correction' | 'withdrawal'
  story: string
  part: string
  revision: number
  waits: boolean
}

/** A cause with what became of the messages that show what was wrong. `doneAt` is when the last of them was settled. */
export type Cause = NewCause & {
  seenAt: number
  doneAt?: number
  repaired: number
  pending: number
  impossible: number
  /** When the last message was changed, or given up. */
  settledAt?: number
  /** Why messages could not be changed: one of OWN_REASONS or what the platform said; null where nothing was noted. */
  reasons: { error: string | null; count: number }[]
}

/** One cause as it concerns one message. */
export type Repair = NewCause & {
  seenAt: number
  state: 'pending' | 'repaired' | 'impossible'
  error?: string
}

/** A cause as its table has it. */
export type CauseRow = {
  cause: string
  kind: NewCause['kind']
  story: string
  part: string
  revision: number
  waits: number
  seen_at: number
  done_at: number | null
}

/** Reads a row. */
export const causeFromRow = (row: CauseRow): NewCause & { seenAt: number } => ({
  cause: row.cause,
  kind: row.kind,
  story: row.story,
  part: row.part,
  revision: row.revision,
  waits: row.waits === 1,
  seenAt: row.seen_at,
})

/** Our own reasons why a message was not changed, as rows keep them: the same in every language. */
export const OWN_REASONS = {
  givenUp: 'taken out of the content before it was done',
  inDoubt: 'nobody knows whether it was posted',
  neverPosted: 'it was never posted',
}
const GIVEN_UP = OWN_REASONS.givenUp

/** Why messages are changed, and how far each cause has come. */
export function causes(engine: Engine) {
  return {
    /** Every cause with its counts, the newest first. */
    causes: async (): Promise<Cause[]> => {
      const rows = await engine.query<CauseRow>('select * from causes order by seen_at desc, cause')
      const counts = await engine.query<{
        cause: string
        state: Repair['state']
        error: string | null
        count: number
        last: number | null
      }>(
        'select cause, state, error, count(*) as count, max(settled_at) as last from repairs group by cause, state, error',
      )
      const byCause = Map.groupBy(counts, one => one.cause)
      return rows.map(row => {
        const own = byCause.get(row.cause) ?? []
        const sum = (state: Repair['state']) =>
          own.filter(one => one.state === state).reduce((all, one) => all + Number(one.count), 0)
        const last = Math.max(...own.map(one => Number(one.last ?? 0)))
        return {
          ...causeFromRow(row),
          ...(row.done_at !== null && { doneAt: row.done_at }),
          ...(last > 0 && { settledAt: last }),
          repaired: sum('repaired'),
          pending: sum('pending'),
          impossible: sum('impossible'),
          reasons: own
            .filter(one => one.state === 'impossible')
            .map(({ error, count }) => ({ error, count: Number(count) })),
        }
      })
    },

    /** The causes that concern a message and wait for no message any more, but were not noted as done yet. */
    causesToFinish: async (key: string): Promise<string[]> =>
      (
        await engine.query<{ cause: string }>(
          `select c.cause from repairs r join causes c on c.cause = r.cause where r.key = $1 and c.done_at is null
          and not exists (select 1 from repairs p where p.cause = c.cause and p.state = 'pending')`,
          [key],
        )
      ).map(row => row.cause),

    /** A cause that is no longer in the content: what was not changed for it yet stays as it is. */
    abandonCause: async (cause: string): Promise<void> => {
      const now = await engine.clock(engine.query)
      await engine.query(
        `update repairs set state = 'impossible', error = $2, settled_at = $3 where cause = $1 and state = 'pending'`,
        [cause, GIVEN_UP, now],
      )
    },

    /** A cause that is in the content again: what was given up for it is changed after all. */
    resumeCause: (cause: string): Promise<void> =>
      engine.transaction(async query => {
        const rows = await query(
          `update repairs set state = 'pending', error = null, settled_at = null
          where cause = $1 and state = 'impossible' and error = $2 returning key`,
          [cause, GIVEN_UP],
        )
        if (rows.length > 0) await query('update causes set done_at = null where cause = $1', [cause])
      }),

    /** Notes that the last message of a cause is settled, with the notice that tells of it; true for whoever was first. */
    finishCause: (cause: string, notice?: NewDelivery): Promise<boolean> =>
      engine.transaction(async query => {
        const rows = await query(
          `update causes set done_at = coalesce((select max(settled_at) from repairs where cause = $1), seen_at)
          where cause = $1 and done_at is null
            and not exists (select 1 from repairs where cause = $1 and state = 'pending') returning cause`,
          [cause],
        )
        if (rows.length === 0) return false
        if (notice) await insertDeliveries(query, [notice], await engine.clock(query))
        return true
      }),

    /**
     * Makes the repairs of a cause pending again that were impossible, of messages that stand; returns how many. They
     * become due with the next look at what is pending.
     */
    retryRepairs: (cause: string): Promise<number> =>
      engine.transaction(async query => {
        const rows = await query(
          `update repairs set state = 'pending', error = null, settled_at = null
          where cause = $1 and state = 'impossible'
            and key in (select key from deliveries where state = 'sent' and message is not null) returning key`,
          [cause],
        )
        if (rows.length > 0) await query('update causes set done_at = null where cause = $1', [cause])
        return rows.length
      }),
  }
}
