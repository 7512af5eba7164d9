import { createPauses } from '../../chat/pauses.ts'
import type { Query } from '../engine.ts'
import { inBatches, listPlaceholders } from '../sql.ts'
import { applyUpdate, type UpdateResult } from './apply-update.ts'
import type { Carrier, Decide, Via } from './items.ts'
import { readCarriers, readKnown } from './known-carriers.ts'
import { ITEM_COLUMNS, type ItemRow } from './rows.ts'
import { type NextItem, nextItem } from './shown-item.ts'
import { writeItems } from './write-items.ts'

/** What became of an update: of which item, and whether readers can see that item for the first time. */
export type Outcome = { item: string; result: UpdateResult; arrived: boolean }

/** What a poll or a call brings: the keys of its items, and what decides about them once it is known who has these. */
export type Arrivals = { via: Via; keys: string[]; decide: Decide }

const BATCH = 200
/** Nobody waits for what comes in, so it is worked out in small slices. */
const SLICE_MS = 3

/**
 * Stores what a feed or a sender brings, in a transaction that no other one of the wire runs beside: whoever decides sees
 * all that is stored. Returns what became of each update, in their order.
 */
export async function storeUpdates(
  query: Query,
  now: number,
  { via, keys, decide }: Arrivals,
): Promise<Outcome[]> {
  const known = await readKnown(query, via, keys)
  const updates = await decide(known)
  const carriersOf = Map.groupBy(known, ({ item }) => item)
  const before = await readItemRows(query, [...new Set(updates.map(({ item }) => item))])
  // An item that was decided to be known by something else than its keys.
  const others = [...before.keys()].filter(item => !carriersOf.has(item))
  for (const [item, carriers] of Map.groupBy(await readCarriers(query, others), ({ item }) => item))
    carriersOf.set(item, carriers)

  const written = new Set<Carrier>()
  const lastBy = new Map<string, string>()
  const results: Omit<Outcome, 'arrived'>[] = []
  const pause = createPauses(SLICE_MS)
  for (const update of updates) {
    const carriers = carriersOf.get(update.item) ?? []
    const own = carriers.find(carrier => carrier.via === update.via)
    const hasArrived = before.get(update.item)?.arrived != null
    const { carrier, result, isWritten } = applyUpdate(own, update, { now, hasArrived })
    if (isWritten) {
      carriersOf.set(update.item, [...carriers.filter(other => other !== own), carrier])
      if (own) written.delete(own)
      written.add(carrier)
      lastBy.set(update.item, update.outlet)
    }
    results.push({ item: update.item, result })
    await pause()
  }

  const backlog = new Set(updates.filter(update => update.backlog).map(({ item }) => item))
  const next: NextItem[] = []
  for (const [id, by] of lastBy) {
    next.push(
      nextItem(id, carriersOf.get(id)!, { before: before.get(id), now, by, backlog: backlog.has(id) }),
    )
    await pause()
  }
  const arrived = await writeItems(query, now, { next, before, carriers: [...written] })
  return results.map(result => ({ ...result, arrived: arrived.has(result.item) }))
}

/** Shows the items whose time has come; returns how many. */
export async function storeReleases(query: Query, now: number): Promise<number> {
  const due = await query<{ id: string }>(
    `select id from items where state = 'held' and held_until <= $1 order by held_until limit ${BATCH}`,
    [now],
  )
  if (due.length === 0) return 0
  const ids = due.map(({ id }) => id)
  const before = await readItemRows(query, ids)
  const carriersOf = Map.groupBy(await readCarriers(query, ids), ({ item }) => item)
  const next = ids.map(id =>
    nextItem(id, carriersOf.get(id) ?? [], { before: before.get(id), now, by: before.get(id)!.outlet }),
  )
  await writeItems(query, now, { next, before, carriers: [] })
  return ids.length
}

async function readItemRows(query: Query, ids: string[]): Promise<Map<string, ItemRow>> {
  const rows = new Map<string, ItemRow>()
  for (const batch of inBatches(ids, BATCH))
    for (const row of await query<ItemRow>(
      `select ${ITEM_COLUMNS.join(', ')} from items where id in (${listPlaceholders(batch)})`,
      batch,
    ))
      rows.set(row.id, row)
  return rows
}
