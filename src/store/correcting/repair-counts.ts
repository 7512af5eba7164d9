import type { Engine, Query } from '../engine.ts'
import { listPlaceholders } from '../sql.ts'

/** How many repairs of a cause are in one state for one reason, and when the latest of them was settled. */
export type RepairCount = {
  cause: string
  state: string
  error: string | null
  count: number
  last: number | null
}

/** How many causes one statement counts: each may concern thousands of messages. */
export const COUNTED_AT_ONCE = 4

/** Counts the repairs of some causes by state and reason. */
export const countRepairs = (query: Query, causes: string[]) =>
  query<RepairCount>(
    `select cause, state, error, count(*) as count, max(settled_at) as last from repairs
    where cause in (${listPlaceholders(causes)}) group by cause, state, error`,
    causes,
  )

/** Keeps the numbers of a cause that is done. Whatever changes its repairs forgets them. */
export async function tallyRepairs(query: Query, cause: string, doneAt: number): Promise<void> {
  const tally = JSON.stringify({ doneAt, counts: await countRepairs(query, [cause]) })
  await query('update causes set tally = $2 where cause = $1', [cause, tally])
}

/** Keeps the numbers of a cause that was done before numbers were kept. */
export const keepTally = (engine: Engine, cause: string) =>
  engine.transaction(async query => {
    const [row] = await query<{ done_at: number | null }>(
      `select done_at from causes where cause = $1 ${engine.forUpdate}`,
      [cause],
    )
    if (row?.done_at != null) await tallyRepairs(query, cause, row.done_at)
  })

/** The kept numbers, unless the cause is open, or an older nutgraf has finished it since. */
export function talliedCounts({
  tally,
  done_at,
}: {
  tally: string | null
  done_at: number | null
}): RepairCount[] | undefined {
  if (tally === null || done_at === null) return undefined
  const { doneAt, counts } = JSON.parse(tally) as { doneAt: number; counts: RepairCount[] }
  return doneAt === done_at ? counts : undefined
}
