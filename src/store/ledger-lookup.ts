import type { Place } from '../chat/platform.ts'
import { DELIVERY_COLUMNS, type Delivery, deliveryFromRow, type ShownPart } from './delivery.ts'
import type { Engine, Row } from './engine.ts'

/** A message that is looked for: its platform, its place or the end of it (`/C345`), and its id there. */
export type MessageQuery = { platform: string; place: string; id: string }

/** Keys a statement. */
const BATCH = 1_000

/** Reads the ledger: rows by key, by message or by what they show, and how many are in which state. */
export function ledgerLookup(engine: Engine) {
  return {
    find: async (key: string): Promise<Delivery | undefined> =>
      (await engine.query<Row>(`select ${DELIVERY_COLUMNS} from deliveries where key = $1`, [key])).map(
        deliveryFromRow,
      )[0],

    /**
     * The row of a message. Of the place its channel is enough (`slack:*` + `/C345`), since a link to a message on Slack
     * does not name the workspace by its id.
     */
    findByMessage: async ({ platform, place, id }: MessageQuery): Promise<Delivery | undefined> => {
      const rows = await engine.query<Row>(
        `select ${DELIVERY_COLUMNS} from deliveries where platform = $1 and message is not null
          and message like '%' || $2 || '%' order by created_at desc`,
        // A mark of a pattern is at most a detour: what was found is compared below.
        [platform, JSON.stringify(id).slice(1, -1)],
      )
      return rows
        .map(deliveryFromRow)
        .find(
          ({ message }) => message?.id === id && (message.place === place || message.place.endsWith(place)),
        )
    },

    /** How far some rows are. */
    statesOf: async (keys: string[]): Promise<Map<string, Delivery['state']>> => {
      const states = new Map<string, Delivery['state']>()
      for (let from = 0; from < keys.length; from += BATCH) {
        const some = keys.slice(from, from + BATCH)
        const rows = await engine.query<{ key: string; state: Delivery['state'] }>(
          `select key, state from deliveries where key in (${some.map((_, index) => `$${index + 1}`).join(', ')})`,
          some,
        )
        for (const row of rows) states.set(row.key, row.state)
      }
      return states
    },

    /** What a message shows. */
    shownParts: (key: string): Promise<ShownPart[]> =>
      engine.query<ShownPart & Row>('select part, revision from shown where key = $1 order by part', [key]),

    /** The messages that stand and show a part, or any part of a story (`lawsuit/`). */
    messagesShowing: async (part: string): Promise<Delivery[]> =>
      (
        await engine.query<Row>(
          `select ${DELIVERY_COLUMNS} from deliveries where state in ('sent', 'doubt') and key in
            (select key from shown where ${part.endsWith('/') ? `part like $1 || '%'` : 'part = $1'})
          order by created_at, key`,
          [part],
        )
      ).map(deliveryFromRow),

    /** The editions of a place, the newest first; of one digest where it is named. */
    editions: async (place: Place, digest: string, most: number): Promise<Delivery[]> =>
      (
        await engine.query<Row>(
          `select ${DELIVERY_COLUMNS} from deliveries where place = $1 and digest = $2 and kind = 'edition' and number = 1
          order by slot desc, created_at desc limit ${Math.floor(most)}`,
          [place, digest],
        )
      ).map(deliveryFromRow),

    /** How many rows of the ledger are in each state, below a prefix of keys where one is given. */
    countByState: async (prefix = ''): Promise<Partial<Record<Delivery['state'], number>>> =>
      Object.fromEntries(
        (
          await engine.query<{ state: Delivery['state']; count: number }>(
            `select state, count(*) as count from deliveries where substr(key, 1, length($1)) = $1 group by state`,
            [prefix],
          )
        ).map(row => [row.state, Number(row.count)]),
      ),

    /**
     * How many rows are not settled, or not surely, by state; `edits` are those of a message that stands already. Rows
     * that are settled are not looked at, however many there are.
     */
    countUnsettled: async (): Promise<{ edits: number } & Partial<Record<Delivery['state'], number>>> => {
      const rows = await engine.query<{ state: Delivery['state']; count: number; edits: number }>(
        `select state, count(*) as count, count(message) as edits from deliveries
        where state in ('due', 'sending', 'doubt') group by state`,
      )
      const edits = rows.reduce((sum, row) => sum + Number(row.state === 'doubt' ? 0 : row.edits), 0)
      return { ...Object.fromEntries(rows.map(row => [row.state, Number(row.count)])), edits }
    },

    /** When the next row becomes due or free, if any. */
    nextDueAt: async (): Promise<number | undefined> => {
      const [row] = await engine.query<{ at: number | null }>(
        `select min(case state when 'due' then due_at else lease_until end) as at from deliveries
        where state in ('due', 'sending')`,
      )
      return row?.at ?? undefined
    },
  }
}
