import type { Engine, Query } from '../engine.ts'
import { listPlaceholders } from '../sql.ts'
import { type ApprovalState, OPEN_STATES } from './approval.ts'

/** An approval as a transaction sees it that has locked it. */
export type LockedApproval = {
  key: string
  state: ApprovalState
  hash: string
  needed: number
  until: number
}

/** Whether a row's post may have left: only then can nobody stop it any more. */
export const HAS_BEGUN = `(d.message is not null or d.first_tried_at is not null
  or d.state not in ('held', 'due', 'sending'))`

const ITS_ROWS = 'key in (select key from approval_renderings where approval = $1)'

/** Locks an approval until the transaction ends, so that nothing is begun, stopped or changed at the same time. */
export async function lockApproval(
  engine: Engine,
  query: Query,
  key: string,
): Promise<LockedApproval | undefined> {
  const rows = await query<LockedApproval>(
    `select key, state, hash, needed, until from approvals where key = $1 ${engine.forUpdate}`,
    [key],
  )
  return rows[0]
}

/** Whether a row may be posted as a text with some hash; it stays so until the transaction ends. */
export async function isApproved(engine: Engine, query: Query, key: string, hash: string): Promise<boolean> {
  const [found] = await query<{ approval: string }>(
    'select approval from approval_renderings where key = $1',
    [key],
  )
  const approval = found && (await lockApproval(engine, query, found.approval))
  if (approval?.state !== 'approved' && approval?.state !== 'done') return false
  // Read once more, now that nobody changes it.
  const [rendering] = await query<{ hash: string }>(
    'select hash from approval_renderings where key = $1 and approval = $2',
    [key, approval.key],
  )
  return rendering?.hash === hash
}

/** Makes the rows of an approved edition due that waited for it. */
export async function releaseRows(query: Query, approval: string, now: number): Promise<number> {
  const rows = await query(
    `update deliveries set state = 'due', due_at = $2, created_at = $2 where ${ITS_ROWS} and state = 'held'
    returning key`,
    [approval, now],
  )
  return rows.length
}

/** Lets the rows of an edition wait again that are due and not begun. One that is being begun looks by itself. */
export async function holdRows(query: Query, approval: string): Promise<void> {
  await query(
    `update deliveries set state = 'held' where ${ITS_ROWS} and state = 'due' and message is null`,
    [approval],
  )
}

/** Ends the rows of an edition that was not approved in time. One that may have been posted is in doubt. */
export async function missRows(query: Query, approval: string, error: string, now: number): Promise<void> {
  await query(
    `update deliveries set state = case when first_tried_at is null then 'missed' else 'doubt' end, error = $2,
      settled_at = $3 where ${ITS_ROWS} and (state = 'held' or state = 'due' and message is null)`,
    [approval, error, now],
  )
}

/** Ends rows that wait for approval and have nothing to say. */
export async function quietRows(query: Query, keys: string[], now: number): Promise<void> {
  if (keys.length === 0) return
  await query(
    `update deliveries set state = 'quiet', settled_at = $1 where key in (${listPlaceholders(keys, 2)})
    and state in ('held', 'due') and message is null and first_tried_at is null`,
    [now, ...keys],
  )
}

/** How many first messages of an edition have begun, and how many have not. */
export async function countBegun(
  query: Query,
  approval: string,
): Promise<{ begun: number; waiting: number }> {
  const [row] = await query<{ begun: number; all: number }>(
    `select coalesce(sum(case when d.key is not null and ${HAS_BEGUN} then 1 else 0 end), 0) as begun,
      count(*) as "all" from approval_renderings r left join deliveries d on d.key = r.key where r.approval = $1`,
    [approval],
  )
  const begun = Number(row!.begun)
  return { begun, waiting: Number(row!.all) - begun }
}

/** Whether an edition can still be approved or held. */
export const isOpen = ({ state }: { state: ApprovalState }): boolean => OPEN_STATES.includes(state)
