import type { MessageRef, Place } from '../chat/platform.ts'
import type { Query, Row, Value } from './engine.ts'
import { inBatches, listPlaceholders, rowPlaceholders } from './sql.ts'

/**
 * The state of a delivery. `due` waits for its time. `sending` belongs to a process until its lease expires. `sent` is
 * posted. `doubt` may or may not be posted, and the bot may not look. `failed` will not be tried again. `withdrawn`
 * shows a notice instead (no row gets this state today). `missed` was due while nutgraf was not running, or was not
 * approved in time. `quiet` had nothing new. `held` is an edition that waits for the desk's approval.
 */
type DeliveryState =
  | 'due'
  | 'held'
  | 'sending'
  | 'sent'
  | 'doubt'
  | 'failed'
  | 'withdrawn'
  | 'missed'
  | 'quiet'

/** A part of a story and the revision of it that a message shows: `lawsuit/quote:sessions-1` at 2. */
export type ShownPart = { part: string; revision: number }

/**
 * One row of the ledger. `key` is its identity, on the platform too. An edition is identified by `digest`, `slot` and
 * `date`; `number` says which of its messages this is. Rows of one `lane` share a rate limit of the platform. `parent`
 * is the key of the row in whose thread it belongs. `firstTriedAt` is when the oldest attempt whose outcome is unknown
 * began. `selection` is JSON from which the message can be redrawn.
 */
export type Delivery = {
  key: string
  kind: 'edition' | 'answer' | 'notice' | 'item' | 'card'
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

/** A delivery before it is added to the ledger. */
export type NewDelivery = Pick<Delivery, 'key' | 'kind' | 'place' | 'lane' | 'number' | 'state' | 'dueAt'> &
  Partial<Pick<Delivery, 'parent' | 'digest' | 'slot' | 'date' | 'selection' | 'error'>>

/** The columns that `deliveryFromRow` reads. */
export const DELIVERY_COLUMNS =
  'key, kind, place, lane, parent, digest, slot, date, number, state, attempts, created_at, due_at, first_tried_at, settled_at, selection, message, error'

/** Reads a delivery from its row. */
export function deliveryFromRow(row: Row): Delivery {
  const text = (value: Value | undefined) => (typeof value === 'string' ? value : undefined)
  const number = (value: Value | undefined) => (typeof value === 'number' ? value : undefined)
  const message = text(row.message)
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
    parent: text(row.parent),
    digest: text(row.digest),
    slot: number(row.slot),
    date: text(row.date),
    firstTriedAt: number(row.first_tried_at),
    settledAt: number(row.settled_at),
    selection: text(row.selection),
    error: text(row.error),
    message: message === undefined ? undefined : (JSON.parse(message) as MessageRef),
  }
}

/** How many rows one statement inserts: SQLite takes at most 32,766 values in one. */
const BATCH = 200

/** Adds deliveries to the ledger and returns the keys that are new. A row whose key exists already stays as it is. */
export async function insertDeliveries(
  query: Query,
  deliveries: NewDelivery[],
  now: number,
): Promise<string[]> {
  const newKeys: string[] = []
  for (const batch of inBatches(deliveries, BATCH)) {
    const lastWaiting = await findLastWaiting(query, batch, now)
    const values = batch.map(delivery =>
      rowValues(delivery, (lastWaiting.get(delivery.place) ?? now - 1) + 1),
    )
    const rows = await query<{ key: string }>(
      `insert into deliveries (key, kind, place, platform, lane, parent, digest, slot, date, number, state, attempts,
        created_at, due_at, settled_at, selection, error)
      values ${rowPlaceholders(values)} on conflict (key) do nothing returning key`,
      values.flat(),
    )
    newKeys.push(...rows.map(row => row.key))
  }
  return newKeys
}

/**
 * When the last post of each place was added that still waits, if that was now or later: another process may have done so,
 * or the clock was set back since. What is added next comes after it.
 */
async function findLastWaiting(
  query: Query,
  deliveries: NewDelivery[],
  now: number,
): Promise<Map<Place, number>> {
  // An answer is posted outside the queue.
  const places = [...new Set(deliveries.filter(({ kind }) => kind !== 'answer').map(({ place }) => place))]
  if (places.length === 0) return new Map()
  const rows = await query<{ place: Place; at: number }>(
    `select place, max(created_at) as at from deliveries where place in (${listPlaceholders(places, 2)})
    and state in ('due', 'sending') and message is null and created_at >= $1 group by place`,
    [now, ...places],
  )
  return new Map(rows.map(({ place, at }) => [place, at]))
}

function rowValues(delivery: NewDelivery, createdAt: number): Value[] {
  const { place, state } = delivery
  return [
    delivery.key,
    delivery.kind,
    place,
    place.slice(0, place.indexOf(':')),
    delivery.lane,
    delivery.parent ?? null,
    delivery.digest ?? null,
    delivery.slot ?? null,
    delivery.date ?? null,
    delivery.number,
    state,
    0,
    createdAt,
    delivery.dueAt,
    state === 'due' || state === 'held' ? null : createdAt,
    delivery.selection ?? null,
    delivery.error ?? null,
  ]
}

/**
 * Records what a message shows instead of what it showed before. `first` says that it cannot have shown anything yet.
 */
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
    `insert into shown (part, key, revision) values ${rowPlaceholders(rows)} on conflict (part, key) do nothing`,
    rows.flat(),
  )
}
