import type { Engine, Query } from '../engine.ts'
import { listPlaceholders, runInTurn } from '../sql.ts'
import { SEEN_MS } from './apply-update.ts'
import { WIRE_TURN } from './polls.ts'

/** Where the next look for old items goes on: after this carrier. */
type Cursor = { seen: number; item: string }

/** How many carriers one look reads. */
const BATCH = 100

/** What is old on the wire. */
export const oldItems = (engine: Engine) => ({
  /**
   * Deletes some of the items that no feed has had since a moment, unless a message shows them. An item that its feed may
   * still have stays: it would come again as a new one. Gives where the next look goes on; undefined at the end.
   */
  deleteOld: (before: number, after?: Cursor): Promise<{ deleted: number; next?: Cursor }> =>
    runInTurn(engine, WIRE_TURN, async query => {
      const rows = await query<{ item: string; last_seen: number }>(
        `select item, last_seen from item_carriers
        where last_seen < $1 and (last_seen > $2 or last_seen = $2 and item > $3)
        order by last_seen, item limit ${BATCH}`,
        [before, after?.seen ?? -1, after?.item ?? ''],
      )
      const last = rows.at(-1)
      const next = last && rows.length === BATCH ? { seen: last.last_seen, item: last.item } : undefined
      const ids = [...new Set(rows.map(({ item }) => item))]
      if (ids.length === 0) return { deleted: 0 }
      const old = await findUnused(query, ids, before)
      for (const [table, column] of TABLES)
        if (old.length > 0)
          await query(`delete from ${table} where ${column} in (${listPlaceholders(old)})`, old)
      return { deleted: old.length, next }
    }),

  /** Forgets the calls of senders from before a moment: nobody repeats them any more. Returns how many. */
  forgetCalls: async (before: number): Promise<number> =>
    (await engine.query('delete from hook_calls where at < $1 returning id', [before])).length,
})

const TABLES = [
  ['item_keys', 'item'],
  ['item_changes', 'item'],
  ['cards', 'item'],
  ['item_carriers', 'item'],
  ['items', 'id'],
]

/** Of some items those that nobody has any more, and no message shows. */
async function findUnused(query: Query, ids: string[], before: number): Promise<string[]> {
  const list = listPlaceholders(ids)
  const carriers = await query<{ item: string; via: string; last_seen: number }>(
    `select item, via, last_seen from item_carriers where item in (${list})`,
    ids,
  )
  const feeds = [...new Set(carriers.flatMap(({ via }) => /^feed:(.*)$/s.exec(via)?.[1] ?? []))]
  const rows =
    feeds.length === 0
      ? []
      : await query<{ name: string; state: string }>(
          `select name, state from feeds where name in (${listPlaceholders(feeds)})`,
          feeds,
        )
  const bodyAt = new Map(rows.map(({ name, state }) => [`feed:${name}`, bodyMoment(state)]))
  const shown = await query<{ part: string }>(
    `select distinct part from shown where part in (${list})`,
    ids.map(id => `wire/item:${id}`),
  )
  const used = new Set([
    ...shown.map(({ part }) => part.slice('wire/item:'.length)),
    ...carriers
      .filter(
        ({ via, last_seen }) =>
          last_seen >= before || last_seen + 2 * SEEN_MS >= (bodyAt.get(via) ?? Infinity),
      )
      .map(({ item }) => item),
  ])
  return ids.filter(id => !used.has(id))
}

/** When the last body of a feed was read: what it had then, it may still have. */
const bodyMoment = (state: string): number => (JSON.parse(state) as { bodyAt?: number }).bodyAt ?? 0
