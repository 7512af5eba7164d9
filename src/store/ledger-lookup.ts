import { setImmediate as letOthersRun } from 'node:timers/promises'
import type { Place } from '../chat/platform.ts'
import { DELIVERY_COLUMNS, type Delivery, deliveryFromRow, type ShownPart } from './delivery.ts'
import type { Engine, Query, Row, Value } from './engine.ts'
import { findShowing } from './looks/showing.ts'
import { inBatches, listPlaceholders, withoutIndex } from './sql.ts'

/** A message to find: its platform, its place or the end of that (`/C345`), and its id there. */
export type MessageQuery = { platform: string; place: string; id: string }

/** How many keys one statement takes. */
const BATCH = 200

/** Reads the ledger: rows by key, by message or by what they show, and how many are in which state. */
export function ledgerLookup(engine: Engine) {
  return {
    /** Finds a row by its key. */
    find: async (key: string): Promise<Delivery | undefined> =>
      (await selectDeliveries(engine.query, 'where key = $1', [key]))[0],

    /**
     * Finds the row of a message. The channel alone is enough of a place (`slack` and `/C345`), since a link to a
     * message on Slack does not contain the id of the workspace.
     */
    findByMessage: async ({ platform, place, id }: MessageQuery): Promise<Delivery | undefined> => {
      const rows = await selectDeliveries(
        engine.query,
        'where platform = $1 and message_id = $2 order by created_at desc',
        [platform, id],
      )
      const older = await selectDeliveries(
        engine.query,
        'where platform = $1 and message is not null and message_id is null',
        [platform],
      )
      return [...rows, ...older].find(
        ({ message }) => message?.id === id && (message.place === place || message.place.endsWith(place)),
      )
    },

    /** The states of rows, by key. */
    statesOf: async (keys: string[]): Promise<Map<string, Delivery['state']>> => {
      const states = new Map<string, Delivery['state']>()
      for (const batch of inBatches(keys, BATCH)) {
        const rows = await engine.query<{ key: string; state: Delivery['state'] }>(
          `select key, state from deliveries where key in (${listPlaceholders(batch)})`,
          batch,
        )
        for (const row of rows) states.set(row.key, row.state)
      }
      return states
    },

    /** The parts that a message shows. */
    shownParts: (key: string): Promise<ShownPart[]> =>
      engine.query<ShownPart & Row>('select part, revision from shown where key = $1 order by part', [key]),

    /**
     * Lists the messages that are posted, or may be, and show a part or any part of a story (`lawsuit/`). One that waits
     * for an edit, or is being edited, is posted too.
     */
    messagesShowing: async (part: string): Promise<Delivery[]> => {
      const keys = new Set<string>()
      for await (const rows of findShowing(engine, engine.query, { part }))
        for (const { key, state, message } of rows)
          if (state === 'sent' || state === 'doubt' || (message !== null && isOnItsWay(state))) keys.add(key)
      const found: Delivery[] = []
      for (const batch of inBatches([...keys], BATCH)) {
        found.push(
          ...(await selectDeliveries(engine.query, `where key in (${listPlaceholders(batch)})`, batch)),
        )
        await letOthersRun()
      }
      return found.sort((a, b) => a.createdAt - b.createdAt || (a.key < b.key ? -1 : 1))
    },

    /** Which of some parts any message in a place shows or showed. */
    partsShownIn: async (place: Place, parts: string[]): Promise<Set<string>> => {
      const shown = new Set<string>()
      for (const part of parts) {
        // From the messages of the place: other places may have thousands that show the part. SQLite keeps this order.
        const rows = await engine.query(
          `select s.part from deliveries d cross join shown s where d.place = $1 and s.key = d.key and s.part = $2
          and (d.message is not null or ${withoutIndex('d.state')} = 'doubt') limit 1`,
          [place, part],
        )
        if (rows.length > 0) shown.add(part)
      }
      return shown
    },

    /** Lists the latest editions of a digest in a place, the newest first. */
    editions: (place: Place, digest: string, max: number): Promise<Delivery[]> =>
      selectDeliveries(
        engine.query,
        `where place = $1 and digest = $2 and kind = 'edition' and number = 1
        order by slot desc, created_at desc limit ${Math.floor(max)}`,
        [place, digest],
      ),

    /** Counts the rows in each state, or only those whose keys begin with a prefix. */
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
     * Counts the rows that are not settled, or in doubt, by state; `edits` counts those of messages that are posted
     * already. Does not read settled rows, however many there are.
     */
    countUnsettled: async (): Promise<{ edits: number } & Partial<Record<Delivery['state'], number>>> => {
      const rows = await engine.query<{ state: Delivery['state']; count: number; edits: number }>(
        `select state, count(*) as count, count(message) as edits from deliveries
        where state in ('due', 'sending', 'doubt') group by state`,
      )
      const edits = rows.reduce((sum, row) => sum + Number(row.state === 'doubt' ? 0 : row.edits), 0)
      return { ...Object.fromEntries(rows.map(row => [row.state, Number(row.count)])), edits }
    },

    /** When the next row becomes due, or its lease expires, if there is one. */
    nextDueAt: async (): Promise<number | undefined> => {
      // Two reads of one entry of an index each, however many rows are due.
      const [row] = await engine.query<{ due: number | null; expires: number | null }>(
        `select (select min(due_at) from deliveries where state = 'due') as due,
        (select min(lease_until) from deliveries where state = 'sending') as expires`,
      )
      const moments = [row?.due, row?.expires].filter(at => at != null)
      return moments.length > 0 ? Math.min(...moments) : undefined
    },
  }
}

const isOnItsWay = (state: Delivery['state']) => state === 'due' || state === 'sending'

async function selectDeliveries(query: Query, where: string, values: Value[]): Promise<Delivery[]> {
  return (await query<Row>(`select ${DELIVERY_COLUMNS} from deliveries ${where}`, values)).map(
    deliveryFromRow,
  )
}
