import { setImmediate as letOthersRun } from 'node:timers/promises'
import type { Place } from '../../chat/platform.ts'
import { OWN_REASONS } from '../causes.ts'
import type { Delivery } from '../delivery.ts'
import type { Engine, Query } from '../engine.ts'
import { inBatches, listPlaceholders, withoutIndex } from '../sql.ts'

/** How many messages are read at a time, and how many are made due: that takes some milliseconds. */
const BATCH = 100
const DUE_BATCH = 50

type PendingRow = { key: string; place: Place; state: Delivery['state']; message: string | null }

/** Repairs that are pending: usually their messages wait for an edit, unless that was lost in a crash. */
export const pendingRepairs = (engine: Engine) => ({
  /**
   * Makes posted messages due for an edit whose repair is pending but was lost in a crash; returns how many. Repairs of
   * messages that are in doubt or were never posted become impossible.
   */
  requeuePending: async (lane: (place: Place) => string): Promise<number> => {
    let count = 0
    for (let after = ''; ; ) {
      const rows = await engine.transaction(async query => {
        const found = await readPending(query, after)
        count += await resume(query, found, await engine.clock(query), lane)
        return found
      })
      if (rows.length < BATCH) return count
      after = rows.at(-1)!.key
      await letOthersRun()
    }
  },
})

const readPending = (query: Query, after: string) =>
  query<PendingRow>(
    `select d.key, d.place, d.state, d.message from (
      select distinct key from repairs where state = 'pending' and key > $1 order by key limit ${BATCH}) r
    join deliveries d on d.key = r.key order by d.key`,
    [after],
  )

async function resume(
  query: Query,
  rows: PendingRow[],
  now: number,
  lane: (place: Place) => string,
): Promise<number> {
  const lost = rows.filter(({ state, message }) => state === 'sent' && message !== null)
  await makeDueForEdit(query, lost, now, lane)
  const keysIn = (...states: Delivery['state'][]) =>
    rows.filter(({ state }) => states.includes(state)).map(({ key }) => key)
  await endPending(query, keysIn('failed', 'missed', 'quiet'), OWN_REASONS.neverPosted, now)
  await endPending(query, keysIn('doubt'), OWN_REASONS.inDoubt, now)
  return lost.length
}

/** Makes those of many messages due for an edit that are posted: a few in each transaction. */
export async function makeDueInSlices(
  engine: Engine,
  rows: { key: string; place: Place }[],
  lane: (place: Place) => string,
): Promise<void> {
  let isFirst = true
  for (const batch of inBatches(rows, DUE_BATCH)) {
    // Not after the last: of several corrections in one save, most messages then need one edit.
    if (!isFirst) await letOthersRun()
    isFirst = false
    await engine.transaction(async query => makeDueForEdit(query, batch, await engine.clock(query), lane))
  }
}

/** Makes posted messages due for an edit, on the lane for edits: some platforms count these apart from posts. */
export async function makeDueForEdit(
  query: Query,
  rows: { key: string; place: Place }[],
  now: number,
  laneOf: (place: Place) => string,
): Promise<void> {
  for (const [lane, rowsOfLane] of Map.groupBy(rows, row => laneOf(row.place)))
    await query(
      `update deliveries set state = 'due', due_at = $1, lane = $2, error = null
      where ${withoutIndex('state')} = 'sent' and message is not null and key in (${listPlaceholders(rowsOfLane, 3)})`,
      [now, lane, ...rowsOfLane.map(row => row.key)],
    )
}

/** Makes the pending repairs of messages impossible. */
async function endPending(query: Query, keys: string[], reason: string, now: number): Promise<void> {
  if (keys.length === 0) return
  await query(
    `update repairs set state = 'impossible', settled_at = $1, error = $2
    where state = 'pending' and key in (${listPlaceholders(keys, 3)})`,
    [now, reason, ...keys],
  )
}
