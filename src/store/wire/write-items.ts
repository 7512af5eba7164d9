import { setImmediate as letOthersRun } from 'node:timers/promises'
import type { Query, Value } from '../engine.ts'
import { inBatches, listPlaceholders, rowPlaceholders } from '../sql.ts'
import type { Carrier, ItemChange } from './items.ts'
import { CARRIER_COLUMNS, carrierRow, ITEM_COLUMNS, type ItemRow } from './rows.ts'
import type { NextItem } from './shown-item.ts'

/** What to write: the items as they are next, as they were, and the carriers that changed. */
type Written = { next: NextItem[]; before: Map<string, ItemRow>; carriers: Carrier[] }

/** How many rows one statement writes: it takes two or three milliseconds, and the loop waits for it. */
const BATCH = 50

/**
 * Writes items, carriers, keys and changes. Returns the items that arrived. Each arrival is later than all before it, so
 * that whoever has read up to one never misses another that was committed after it.
 */
export async function writeItems(
  query: Query,
  now: number,
  { next, before, carriers }: Written,
): Promise<Set<string>> {
  const [newest] = await query<{ arrived: number | null }>(
    'select max(arrived) as arrived from items where arrived is not null',
  )
  let latest = newest?.arrived ?? 0
  const arrived = new Set<string>()
  const rows = next.map(({ row, arrives }) => {
    if (!arrives) return row
    arrived.add(row.id)
    latest = Math.max(now, latest + 1)
    return { ...row, arrived: latest }
  })
  const changed = rows.filter(row => !isSame(before.get(row.id), row))
  await upsert(query, 'items', ITEM_COLUMNS, ['id'], changed)
  await upsert(query, 'item_carriers', CARRIER_COLUMNS, ['item', 'via'], carriers.map(carrierRow))
  const keys = carriers.flatMap(({ keys, via, item }) => keys.map((key): Value[] => [key, via, item, now]))
  for (const batch of inBatches(keys, BATCH)) {
    await query(
      `insert into item_keys (key, via, item, seen_at) values ${rowPlaceholders(batch)}
      on conflict (key, via, item) do nothing`,
      batch.flat(),
    )
    await letOthersRun()
  }
  // Most have a few keys; those of a feed that changes its ids all the time are limited.
  for (const { item, via, keys } of carriers)
    if (keys.length >= 16)
      await query(
        `delete from item_keys where item = $1 and via = $2 and key not in (${listPlaceholders(keys, 3)})`,
        [item, via, ...keys],
      )
  await writeChanges(
    query,
    next.flatMap(({ change }) => change ?? []),
  )
  // The end of the transaction waits for the disk.
  await letOthersRun()
  return arrived
}

const isSame = (a: ItemRow | undefined, b: ItemRow): boolean =>
  a !== undefined && ITEM_COLUMNS.every(column => a[column] === b[column])

async function upsert<Column extends string>(
  query: Query,
  table: string,
  columns: readonly Column[],
  key: Column[],
  rows: Record<Column, Value>[],
): Promise<void> {
  const updates = columns
    .filter(column => !key.includes(column))
    .map(column => `${column} = excluded.${column}`)
  for (const batch of inBatches(rows, BATCH)) {
    const values = batch.map(row => columns.map((column): Value => row[column]))
    await query(
      `insert into ${table} (${columns.join(', ')}) values ${rowPlaceholders(values)}
      on conflict (${key.join(', ')}) do update set ${updates.join(', ')}`,
      values.flat(),
    )
    await letOthersRun()
  }
}

async function writeChanges(query: Query, changes: ItemChange[]): Promise<void> {
  for (const batch of inBatches(changes, BATCH)) {
    const values = batch.map((change): Value[] => [
      change.item,
      change.revision,
      change.kind,
      change.at,
      change.outlet,
      JSON.stringify(change.was),
      JSON.stringify(change.now),
    ])
    await query(
      `insert into item_changes (item, revision, kind, at, outlet, was, became) values ${rowPlaceholders(values)}`,
      values.flat(),
    )
  }
}
