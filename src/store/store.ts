import { keptLines } from './button-lines.ts'
import { causes } from './causes.ts'
import { claims } from './claim.ts'
import {
  COLUMNS,
  type Delivery,
  deliveryOf,
  insertDeliveries,
  type NewDelivery,
  type Shown,
} from './delivery.ts'
import { actions } from './editor-log.ts'
import type { Engine, Row } from './engine.ts'
import { ledger } from './ledger.ts'
import { audits } from './lookup.ts'
import { repairs } from './repairs.ts'
import { reports } from './reports.ts'
import { retries } from './retry.ts'
import { revisions } from './revisions.ts'
import { migrate } from './schema.ts'
import { shares } from './shares.ts'
import { subscriptions } from './subscriptions.ts'
import { withdrawals } from './withdrawals.ts'

/** All that must outlive the process: who takes which digest, what was posted where, and what it showed. */
export type Store = Awaited<ReturnType<typeof openStore>>

/** Keys a statement. */
const KEYS = 1_000

/** Opens the store on an engine and brings its tables to the newest version. */
export async function openStore(engine: Engine) {
  await migrate(engine)
  return {
    engine: engine.name,
    ...subscriptions(engine),
    ...claims(engine),
    ...ledger(engine),
    ...shares(engine),
    ...keptLines(engine),
    ...reports(engine),
    ...revisions(engine),
    ...repairs(engine),
    ...causes(engine),
    ...withdrawals(engine),
    ...actions(engine),
    ...retries(engine),
    ...audits(engine),

    clock: () => engine.clock(engine.query),
    notify: engine.notify,
    listen: engine.listen,
    close: engine.close,

    /** Puts rows into the ledger; a key that is there already stays as it is. Returns the keys that are new. */
    add: (all: NewDelivery[]): Promise<string[]> =>
      engine.transaction(async query => insertDeliveries(query, all, await engine.clock(query))),

    delivery: async (key: string): Promise<Delivery | undefined> =>
      (await engine.query<Row>(`select ${COLUMNS} from deliveries where key = $1`, [key])).map(deliveryOf)[0],

    /** How far some rows are. */
    statesOf: async (keys: string[]): Promise<Map<string, Delivery['state']>> => {
      const states = new Map<string, Delivery['state']>()
      for (let from = 0; from < keys.length; from += KEYS) {
        const some = keys.slice(from, from + KEYS)
        const rows = await engine.query<{ key: string; state: Delivery['state'] }>(
          `select key, state from deliveries where key in (${some.map((_, index) => `$${index + 1}`).join(', ')})`,
          some,
        )
        for (const row of rows) states.set(row.key, row.state)
      }
      return states
    },

    /** What a message shows. */
    shown: (key: string): Promise<Shown[]> =>
      engine.query<Shown & Row>('select part, revision from shown where key = $1 order by part', [key]),

    /** How many rows of the ledger are in each state, below a prefix of keys where one is given. */
    counts: async (prefix = ''): Promise<Partial<Record<Delivery['state'], number>>> =>
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
    waiting: async (): Promise<{ edits: number } & Partial<Record<Delivery['state'], number>>> => {
      const rows = await engine.query<{ state: Delivery['state']; count: number; edits: number }>(
        `select state, count(*) as count, count(message) as edits from deliveries
        where state in ('due', 'sending', 'doubt') group by state`,
      )
      const edits = rows.reduce((sum, row) => sum + Number(row.state === 'doubt' ? 0 : row.edits), 0)
      return { ...Object.fromEntries(rows.map(row => [row.state, Number(row.count)])), edits }
    },

    /** When the next row becomes due or free, if any. */
    nextDue: async (): Promise<number | undefined> => {
      const [row] = await engine.query<{ at: number | null }>(
        `select min(case state when 'due' then due_at else lease_until end) as at from deliveries
        where state in ('due', 'sending')`,
      )
      return row?.at ?? undefined
    },

    /**
     * Notes a trouble, together with the notice that tells of it; true when it was not known yet, so that the desk
     * hears of it once.
     */
    fault: (subject: string, message: string, notice?: NewDelivery): Promise<boolean> =>
      engine.transaction(async query => {
        const now = await engine.clock(query)
        const fresh = await query(
          `insert into faults (subject, message, since) values ($1, $2, $3) on conflict (subject) do nothing
          returning subject`,
          [subject, message, now],
        )
        if (fresh.length > 0 && notice) await insertDeliveries(query, [notice], now)
        return fresh.length > 0
      }),

    /** Ends a trouble, together with the notice that tells of it; true when there was one. */
    healed: async (subject: string, notice?: NewDelivery): Promise<boolean> => {
      // Nearly always there was none, and a look costs less than a transaction.
      const known = await engine.query('select since from faults where subject = $1', [subject])
      if (known.length === 0) return false
      return engine.transaction(async query => {
        const ended = await query('delete from faults where subject = $1 returning subject', [subject])
        if (ended.length > 0 && notice) await insertDeliveries(query, [notice], await engine.clock(query))
        return ended.length > 0
      })
    },

    /** The troubles that last. */
    faults: (): Promise<{ subject: string; message: string; since: number }[]> =>
      engine.query<{ subject: string; message: string; since: number }>(
        'select subject, message, since from faults order by since, subject',
      ),
  }
}
