import type { Engine } from '../engine.ts'

/** How far the wire has come, for those who follow it. */
export const latestOnWire = (engine: Engine) => ({
  /** The latest arrival, and the latest change that readers see. */
  latest: async (): Promise<{ arrived: number; changed: number }> => {
    const [row] = await engine.query<{ arrived: number | null; changed: number | null }>(
      `select (select max(arrived) from items where arrived is not null) as arrived,
      (select max(at) from item_changes) as changed`,
    )
    return { arrived: row?.arrived ?? 0, changed: row?.changed ?? 0 }
  },

  /** The items that readers see otherwise since a moment, that moment included. */
  changedSince: async (at: number): Promise<string[]> =>
    (await engine.query<{ item: string }>('select distinct item from item_changes where at >= $1', [at])).map(
      ({ item }) => item,
    ),
})
