import { setImmediate as letOthersRun } from 'node:timers/promises'
import {
  COUNTED_AT_ONCE,
  countRepairs,
  keepTally,
  type RepairCount,
  talliedCounts,
  tallyRepairs,
} from './correcting/repair-counts.ts'
import { insertDeliveries, type NewDelivery } from './delivery.ts'
import type { Engine, Query } from './engine.ts'
import { inBatches } from './sql.ts'

/**
 * Why posted messages change: a change of an item on the wire (`item`, of its `part` in a `revision`), a correction, such as `lawsuit/correction:0123`, of a `part` that is right since
 * its `revision`; or the withdrawal of a whole story, and then `part` is `lawsuit/`. A correction `waits` if it was
 * entered but the part itself has not changed yet.
 */
export type NewCause = {
  cause: string
  kind: 'correction' | 'withdrawal' | 'item'
  story: string
  part: string
  revision: number
  waits: boolean
}

/**
 * A cause and the number of its repairs in each state. `doneAt` is when the last of them was settled. `takenBackAt` is
 * when it was seen that the cause is no longer in the content: then the counts are of messages that are edited back.
 */
export type Cause = NewCause & {
  seenAt: number
  takenBackAt?: number
  doneAt?: number
  repaired: number
  /** How many messages cannot be edited, and a second message says what is right. */
  told: number
  pending: number
  impossible: number
  /** When the latest message was edited or given up. */
  settledAt?: number
  /** Why messages could not be edited: one of OWN_REASONS or the platform's error; null if no reason was recorded. */
  reasons: { error: string | null; count: number }[]
}

/**
 * A cause and the state of one message that it concerns; with `back`, that message is edited back. `telling` waits for a
 * second message that says what is right, where the first cannot be edited; `told` is one for which that is posted.
 */
export type Repair = NewCause & {
  seenAt: number
  takenBackAt?: number
  back?: boolean
  state: 'pending' | 'telling' | 'repaired' | 'told' | 'impossible'
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
  back_at: number | null
  /** The numbers of its repairs as JSON, once it is done. */
  tally: string | null
}

/** The `takenBackAt` of a correction from before nutgraf knew which are taken back, until it is seen in the content. */
export const UNKNOWN_IF_TAKEN_BACK = -1

/** Reads a cause from its row. */
export const causeFromRow = (row: CauseRow): NewCause & { seenAt: number; takenBackAt?: number } => ({
  cause: row.cause,
  kind: row.kind,
  story: row.story,
  part: row.part,
  revision: row.revision,
  waits: row.waits === 1,
  seenAt: row.seen_at,
  takenBackAt: row.back_at ?? undefined,
})

/** Our own reasons why a message was not edited. Rows store these texts, so they are the same in every language. */
export const OWN_REASONS = {
  givenUp: 'taken out of the content before it was done',
  inDoubt: 'nobody knows whether it was posted',
  secondInDoubt: 'nobody knows whether its second message was posted',
  neverPosted: 'it was never posted',
}

/** A story taken down by command. */
export type WithdrawnStory = { slug: string; on: string; reason: string }

/** Why posted messages change, the progress of each cause, and the stories that editors took down by command. */
export function causes(engine: Engine) {
  return {
    /** Lists all causes with their counts, the newest first. */
    causes: async (): Promise<Cause[]> => {
      const rows = await engine.query<CauseRow>('select * from causes order by seen_at desc, cause')
      const tallies = new Map(rows.map(row => [row.cause, talliedCounts(row)]))
      const open = rows.filter(({ cause }) => !tallies.get(cause)).map(({ cause }) => cause)
      const counts: RepairCount[] = []
      for (const batch of inBatches(open, COUNTED_AT_ONCE)) {
        if (counts.length > 0) await letOthersRun()
        counts.push(...(await countRepairs(engine.query, batch)))
      }
      // An older nutgraf kept no numbers. A few at a time get them, so that the next look is faster.
      const unkept = rows.filter(row => row.done_at !== null && !tallies.get(row.cause))
      for (const { cause } of unkept.slice(0, COUNTED_AT_ONCE)) await keepTally(engine, cause)
      const countsByCause = Map.groupBy(counts, ({ cause }) => cause)
      return rows.map(row =>
        causeWithCounts(row, tallies.get(row.cause) ?? countsByCause.get(row.cause) ?? []),
      )
    },

    /**
     * Lists the causes that concern a message, or that it tells as a second one, and that have no pending message left,
     * but are not marked as done yet.
     */
    causesToFinish: async (key: string): Promise<string[]> =>
      (
        await engine.query<{ cause: string }>(
          `select c.cause from causes c where c.cause in (
            select cause from repairs where key = $1 union select cause from repairs where told = $1) and c.done_at is null
          and not exists (select 1 from repairs p where p.cause = c.cause and p.state in ('pending', 'telling'))`,
          [key],
        )
      ).map(row => row.cause),

    /** Marks a cause as done if nothing is pending, and adds its notice. Returns true only to the first caller. */
    finishCause: (cause: string, notice?: NewDelivery): Promise<boolean> =>
      engine.transaction(async query => {
        const rows = await query<{ done_at: number }>(
          `update causes set done_at = coalesce((select max(settled_at) from repairs where cause = $1), seen_at)
          where cause = $1 and done_at is null
            and not exists (select 1 from repairs where cause = $1 and state in ('pending', 'telling')) returning done_at`,
          [cause],
        )
        if (rows.length === 0) return false
        await tallyRepairs(query, cause, rows[0]!.done_at)
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
          // What was given up because its cause was taken back must stay as it is.
          `coalesce(error, '') <> $2 and exists (select 1 from deliveries d where d.key = repairs.key and d.state = 'sent'
            and d.message is not null)`,
          [OWN_REASONS.givenUp],
        ),
      ),

    /** Takes a story down, whatever the content says; false if it was down already. */
    withdraw: async ({ slug, on, reason }: WithdrawnStory): Promise<boolean> => {
      const now = await engine.clock(engine.query)
      const rows = await engine.query(
        `insert into withdrawals (story, withdrawn_on, reason, seen_at) values ($1, $2, $3, $4)
        on conflict (story) do nothing returning story`,
        [slug, on, reason, now],
      )
      return rows.length > 0
    },

    /** Puts a story back that was taken down by command; false if it was not down. */
    restore: async (slug: string): Promise<boolean> =>
      (await engine.query('delete from withdrawals where story = $1 returning story', [slug])).length > 0,

    /** Lists the stories that were taken down by command, the oldest first. */
    withdrawals: async (): Promise<WithdrawnStory[]> =>
      (
        await engine.query<{ story: string; withdrawn_on: string; reason: string }>(
          'select story, withdrawn_on, reason from withdrawals order by seen_at, story',
        )
      ).map(row => ({ slug: row.story, on: row.withdrawn_on, reason: row.reason })),
  }
}

function causeWithCounts(row: CauseRow, allCounts: RepairCount[]): Cause {
  // A message that was left alone because its cause was taken back needs nothing more.
  const counts = allCounts.filter(({ error }) => row.back_at === null || error !== OWN_REASONS.givenUp)
  const countOf = (state: Repair['state']) =>
    counts.filter(count => count.state === state).reduce((sum, { count }) => sum + Number(count), 0)
  const settledAt = Math.max(...counts.map(({ last }) => Number(last ?? 0)))
  return {
    ...causeFromRow(row),
    doneAt: row.done_at ?? undefined,
    settledAt: settledAt > 0 ? settledAt : undefined,
    repaired: countOf('repaired'),
    told: countOf('told'),
    pending: countOf('pending') + countOf('telling'),
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
  if (rows.length > 0) await query('update causes set done_at = null, tally = null where cause = $1', [cause])
  return rows.length
}
