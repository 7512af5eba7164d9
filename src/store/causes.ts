import { insertDeliveries, type NewDelivery } from './delivery.ts'
import type { Engine, Query } from './engine.ts'

/**
 * Why posted messages change: either a correction, such as `lawsuit/correction:0123`, of a `part` that is right since
 * its `revision`; or the withdrawal of a whole story, and then `part` is `lawsuit/`. A correction `waits` if it was
 * entered but the part itself has not changed yet.
 */
export type NewCause = {
  cause: string
  kind: 'correction' | 'withdrawal'
  story: string
  part: string
  revision: number
  waits: boolean
}

/** A cause and the number of its repairs in each state. `doneAt` is when the last of them was settled. */
export type Cause = NewCause & {
  seenAt: number
  doneAt?: number
  repaired: number
  pending: number
  impossible: number
  /** When the latest message was edited or given up. */
  settledAt?: number
  /** Why messages could not be edited: one of OWN_REASONS or the platform's error; null if no reason was recorded. */
  reasons: { error: string | null; count: number }[]
}

/** A cause and the state of one message that it concerns. */
export type Repair = NewCause & {
  seenAt: number
  state: 'pending' | 'repaired' | 'impossible'
  error?: string
}

/** A row of the table `causes`. */
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

/** Reads a cause from its row. */
export const causeFromRow = (row: CauseRow): NewCause & { seenAt: number } => ({
  cause: row.cause,
  kind: row.kind,
  story: row.story,
  part: row.part,
  revision: row.revision,
  waits: row.waits === 1,
  seenAt: row.seen_at,
})

/** Our own reasons why a message was not edited. Rows store these texts, so they are the same in every language. */
export const OWN_REASONS = {
  givenUp: 'taken out of the content before it was done',
  inDoubt: 'nobody knows whether it was posted',
  neverPosted: 'it was never posted',
}

/** Why posted messages change, and the progress of each cause. */
export function causes(engine: Engine) {
  return {
    /** Lists all causes with their counts, the newest first. */
    causes: async (): Promise<Cause[]> => {
      const rows = await engine.query<CauseRow>('select * from causes order by seen_at desc, cause')
      const counts = await engine.query<RepairCount>(
        'select cause, state, error, count(*) as count, max(settled_at) as last from repairs group by cause, state, error',
      )
      const countsByCause = Map.groupBy(counts, ({ cause }) => cause)
      return rows.map(row => causeWithCounts(row, countsByCause.get(row.cause) ?? []))
    },

    /** Lists the causes that concern a message and have no pending message left, but are not marked as done yet. */
    causesToFinish: async (key: string): Promise<string[]> =>
      (
        await engine.query<{ cause: string }>(
          `select c.cause from repairs r join causes c on c.cause = r.cause where r.key = $1 and c.done_at is null
          and not exists (select 1 from repairs p where p.cause = c.cause and p.state = 'pending')`,
          [key],
        )
      ).map(row => row.cause),

    /** Gives up a cause that is no longer in the content: messages that are not edited yet stay as they are. */
    abandonCause: async (cause: string): Promise<void> => {
      const now = await engine.clock(engine.query)
      await engine.query(
        `update repairs set state = 'impossible', error = $2, settled_at = $3 where cause = $1 and state = 'pending'`,
        [cause, OWN_REASONS.givenUp, now],
      )
    },

    /** Takes up a cause that is in the content again: messages that were given up are edited after all. */
    resumeCause: (cause: string): Promise<void> =>
      engine.transaction(async query => {
        await makePendingAgain(query, cause, 'error = $2', [OWN_REASONS.givenUp])
      }),

    /** Marks a cause as done if nothing is pending, and adds its notice. Returns true only to the first caller. */
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
     * Makes the impossible repairs of a cause pending again whose messages are posted; returns how many. They become
     * due when pending repairs are next looked for.
     */
    retryRepairs: (cause: string): Promise<number> =>
      engine.transaction(query =>
        makePendingAgain(
          query,
          cause,
          `key in (select key from deliveries where state = 'sent' and message is not null)`,
        ),
      ),
  }
}

/** How many repairs of a cause are in one state for one reason, and when the latest of them was settled. */
type RepairCount = {
  cause: string
  state: Repair['state']
  error: string | null
  count: number
  last: number | null
}

function causeWithCounts(row: CauseRow, counts: RepairCount[]): Cause {
  const countOf = (state: Repair['state']) =>
    counts.filter(count => count.state === state).reduce((sum, { count }) => sum + Number(count), 0)
  const settledAt = Math.max(...counts.map(({ last }) => Number(last ?? 0)))
  return {
    ...causeFromRow(row),
    doneAt: row.done_at ?? undefined,
    settledAt: settledAt > 0 ? settledAt : undefined,
    repaired: countOf('repaired'),
    pending: countOf('pending'),
    impossible: countOf('impossible'),
    reasons: counts
      .filter(({ state }) => state === 'impossible')
      .map(({ error, count }) => ({ error, count: Number(count) })),
  }
}

/** Makes impossible repairs of a cause pending again; returns how many. A cause with pending repairs is not done. */
async function makePendingAgain(
  query: Query,
  cause: string,
  condition: string,
  values: string[] = [],
): Promise<number> {
  const rows = await query(
    `update repairs set state = 'pending', error = null, settled_at = null
    where cause = $1 and state = 'impossible' and ${condition} returning key`,
    [cause, ...values],
  )
  if (rows.length > 0) await query('update causes set done_at = null where cause = $1', [cause])
  return rows.length
}
