import { setImmediate as letOthersRun } from 'node:timers/promises'
import type { Engine, Query, Value } from '../engine.ts'
import { inBatches, listPlaceholders } from '../sql.ts'
import type { Item, Via } from './items.ts'
import { type CarrierFacts, ITEM_COLUMNS, type ItemRow, itemFromRow } from './rows.ts'

/** Which standing items to list, the newest arrival first: those that arrived after one moment and up to another. */
export type ItemsQuery = { after?: number; upTo?: number; limit: number }

/** How many items one statement reads. */
const BATCH = 200
/** How many with their texts: it takes two or three milliseconds, and the loop waits for it. */
const PAGE = 100

/** Reads items as readers see them. Those that are not to be shown have a state that says so. */
export const readItems = (engine: Engine) => ({
  /** Some items by their ids, in any state. */
  byId: async (ids: string[]): Promise<Map<string, Item>> => {
    const found = new Map<string, Item>()
    for (const batch of inBatches([...new Set(ids)], BATCH))
      for (const item of await selectItems(engine.query, `i.id in (${listPlaceholders(batch)})`, batch))
        found.set(item.id, item)
    return found
  },

  /** The items that stand, the newest arrival first. */
  list: async ({ after = -1, upTo = Number.MAX_SAFE_INTEGER, limit }: ItemsQuery): Promise<Item[]> => {
    const found: Item[] = []
    for (let before = upTo; found.length < limit; ) {
      const size = Math.min(PAGE, Math.floor(limit) - found.length)
      const page = await selectItems(
        engine.query,
        `i.arrived > $1 and i.arrived <= $2 and i.state = 'stands' order by i.arrived desc limit ${size}`,
        [after, before],
      )
      found.push(...page)
      const last = page.at(-1)?.arrived
      if (page.length < size || last === undefined) break
      before = last - 1
      await letOthersRun()
    }
    return found
  },

  /**
   * The latest arrival that can be read: all up to it can be read too, and all that come are later. An edition that tells
   * the items after the one before and up to this tells each item once.
   */
  arrivedTo: async (): Promise<number> => {
    const [row] = await engine.query<{ arrived: number | null }>(
      'select max(arrived) as arrived from items where arrived is not null',
    )
    return row?.arrived ?? 0
  },

  /** The items that a feed or sender brought last, the newest first, in any state: also what nobody may see yet. */
  ofVia: (via: Via, limit: number): Promise<Item[]> =>
    selectItems(
      engine.query,
      `i.id in (select item from item_carriers where via = $1 order by first_seen desc, item limit ${Math.floor(limit)})
      order by i.first_seen desc, i.id`,
      [via],
    ),

  /** The revisions of some items; of those that are gone there is none. */
  revisionsOf: async (ids: string[]): Promise<Map<string, number>> => {
    const revisions = new Map<string, number>()
    for (const batch of inBatches([...new Set(ids)], BATCH))
      for (const { id, revision } of await engine.query<{ id: string; revision: number }>(
        `select id, revision from items where id in (${listPlaceholders(batch)})`,
        batch,
      ))
        revisions.set(id, revision)
    return revisions
  },
})

async function selectItems(query: Query, where: string, values: Value[]): Promise<Item[]> {
  const columns = ITEM_COLUMNS.map(column => `i.${column}`).join(', ')
  const rows = await query<ItemRow & { text: string | null }>(
    `select ${columns}, c.text as text from items i
    left join item_carriers c on c.item = i.id and c.via = i.via where ${where}`,
    values,
  )
  const carriers = new Map<string, CarrierFacts[]>()
  for (const batch of inBatches(rows, BATCH))
    for (const carrier of await query<CarrierFacts>(
      `select item, via, outlet, url, state, first_seen from item_carriers
      where item in (${listPlaceholders(batch)}) order by first_seen, via`,
      batch.map(({ id }) => id),
    ))
      carriers.set(carrier.item, [...(carriers.get(carrier.item) ?? []), carrier])
  return rows.map(row => itemFromRow(row, carriers.get(row.id) ?? []))
}
