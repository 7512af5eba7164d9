import { setImmediate as letOthersRun } from 'node:timers/promises'
import type { Query } from '../engine.ts'
import { inBatches, listPlaceholders } from '../sql.ts'
import type { Carrier, Via } from './items.ts'
import { CARRIER_COLUMNS, type CarrierRow, carrierFromRow } from './rows.ts'

/** How many keys, or items, one statement asks for: it takes two or three milliseconds, and the loop waits for it. */
const KEY_BATCH = 200
const BATCH = 50
/** A feed with one id for all of its items has them all under one key. The latest are enough. */
const MAX_ITEMS = 2_000

/** Reads all carriers of every item that has one of these keys: a key of `via` itself, or a shared one of anybody. */
export async function readKnown(query: Query, via: Via, keys: string[]): Promise<Carrier[]> {
  const seenAt = new Map<string, number>()
  for (const batch of inBatches([...new Set(keys)], KEY_BATCH)) {
    const rows = await query<{ item: string; seen_at: number }>(
      `select item, max(seen_at) as seen_at from item_keys
      where key in (${listPlaceholders(batch, 2)}) and (via = $1 or key like 'shared:%') group by item
      order by seen_at desc limit ${MAX_ITEMS}`,
      [via, ...batch],
    )
    for (const row of rows) seenAt.set(row.item, Math.max(row.seen_at, seenAt.get(row.item) ?? 0))
    await letOthersRun()
  }
  const latest = [...seenAt].sort((a, b) => b[1] - a[1]).slice(0, MAX_ITEMS)
  return readCarriers(
    query,
    latest.map(([item]) => item),
  )
}

/** Reads all carriers of some items, each with its keys, the newest key first. */
export async function readCarriers(query: Query, items: string[]): Promise<Carrier[]> {
  const carriers: Carrier[] = []
  for (const batch of inBatches(items, BATCH)) {
    const list = listPlaceholders(batch)
    const keys = await query<{ item: string; via: string; key: string }>(
      `select item, via, key from item_keys where item in (${list}) order by seen_at desc, key`,
      batch,
    )
    await letOthersRun()
    const keysOf = Map.groupBy(keys, ({ item, via }) => `${item} ${via}`)
    const rows = await query<CarrierRow>(
      `select ${CARRIER_COLUMNS.join(', ')} from item_carriers where item in (${list}) order by first_seen, via`,
      batch,
    )
    for (const row of rows)
      carriers.push(
        carrierFromRow(
          row,
          (keysOf.get(`${row.item} ${row.via}`) ?? []).map(({ key }) => key),
        ),
      )
    await letOthersRun()
  }
  return carriers
}
