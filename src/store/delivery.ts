import type { MessageRef, Place } from '../chat/platform.ts'
import type { Query, Row, Value } from './engine.ts'

/**
 * How far a delivery is. `due` waits for its time; `sending` is at work until its lease is over; `sent` stands on the
 * platform; `doubt` may or may not stand there, and nobody may look; `failed` will not be tried again; `withdrawn`
 * shows a notice in its place; `missed` was due while nobody ran; `quiet` had nothing new to say.
 */
type DeliveryState = 'due' | 'sending' | 'sent' | 'doubt' | 'failed' | 'withdrawn' | 'missed' | 'quiet'

/** A part of a story at a revision, as a message shows it: `lawsuit/quote:sessions-1` at 2. */
export type ShownPart = { part: string; revision: number }

/**
 * One row of the ledger. `key` is its identity, on the platform too. `slot`, `date` and `digest` tell which edition
 * it is part `number` of; `lane` is what it shares the platform's rate limit with; `parent` is the row whose thread it belongs in. `firstTriedAt` is when the oldest attempt
 * began of which nobody knows how it ended. `selection` is JSON that says what it shows, so that it can be redrawn.
 */
export type Delivery = {
  key: string
  kind: 'edition' | 'answer' | 'notice'
  place: Place
  lane: string
  parent?: string
  digest?: string
  slot?: number
  date?: string
  number: number
  state: DeliveryState
  attempts: number
  createdAt: number
  dueAt: number
  firstTriedAt?: number
  settledAt?: number
  selection?: string
  message?: MessageRef
  error?: string
}

/** A delivery before it is in the ledger. */
export type NewDelivery = Pick<Delivery, 'key' | 'kind' | 'place' | 'lane' | 'number' | 'state' | 'dueAt'> &
  Partial<Pick<Delivery, 'parent' | 'digest' | 'slot' | 'date' | 'selection' | 'error'>>

/** The columns of a delivery, in one order. */
export const DELIVERY_COLUMNS =
  'key, kind, place, lane, parent, digest, slot, date, number, state, attempts, created_at, due_at, first_tried_at, settled_at, selection, message, error'

/** Reads a row. */
export function deliveryFromRow(row: Row): Delivery {
  const given = <K extends keyof Delivery>(key: K, value: Value | undefined) =>
    value === null || value === undefined ? {} : { [key]: value }
  return {
    key: String(row.key),
    kind: row.kind as Delivery['kind'],
    place: row.place as Place,
    lane: String(row.lane),
    number: Number(row.number),
    state: row.state as DeliveryState,
    attempts: Number(row.attempts),
    createdAt: Number(row.created_at),
    dueAt: Number(row.due_at),
    ...given('parent', row.parent),
    ...given('digest', row.digest),
    ...given('slot', row.slot),
    ...given('date', row.date),
    ...given('firstTriedAt', row.first_tried_at),
    ...given('settledAt', row.settled_at),
    ...given('selection', row.selection),
    ...given('error', row.error),
    ...(typeof row.message === 'string' && { message: JSON.parse(row.message) as MessageRef }),
  }
}

/** Rows a statement: SQLite takes at most 32,766 values in one. */
const BATCH = 200

/** Puts deliveries into the ledger; a key that is there already stays as it is. Returns the keys that are new. */
export async function insertDeliveries(query: Query, all: NewDelivery[], now: number): Promise<string[]> {
  const fresh: string[] = []
  for (let from = 0; from < all.length; from += BATCH) {
    const batch = all.slice(from, from + BATCH).map(one => rowValues(one, now))
    const rows = await query<{ key: string }>(
      `insert into deliveries (key, kind, place, platform, lane, parent, digest, slot, date, number, state, attempts,
        created_at, due_at, settled_at, selection, error)
      values ${placeholders(batch)} on conflict (key) do nothing returning key`,
      batch.flat(),
    )
    fresh.push(...rows.map(row => row.key))
  }
  return fresh
}

function rowValues(one: NewDelivery, now: number): Value[] {
  const platform = one.place.slice(0, one.place.indexOf(':'))
  const edition = [one.parent ?? null, one.digest ?? null, one.slot ?? null, one.date ?? null, one.number]
  const settled = one.state === 'due' ? null : now
  return [
    ...[one.key, one.kind, one.place, platform, one.lane, ...edition, one.state, 0, now, one.dueAt, settled],
    ...[one.selection ?? null, one.error ?? null],
  ]
}

/** `($1, $2), ($3, $4)` for rows of one length. */
export function placeholders(rows: Value[][]): string {
  let count = 0
  return rows.map(row => `(${row.map(() => `$${++count}`).join(', ')})`).join(', ')
}

/** Remembers what a message shows, in place of what it showed before; nothing did at the `first` time. */
export async function replaceShownParts(
  query: Query,
  key: string,
  shown: ShownPart[],
  first = false,
): Promise<void> {
  if (!first) await query('delete from shown where key = $1', [key])
  if (shown.length === 0) return
  const rows = shown.map(({ part, revision }): Value[] => [part, key, revision])
  await query(
    `insert into shown (part, key, revision) values ${placeholders(rows)} on conflict (part, key) do nothing`,
    rows.flat(),
  )
}
