import type { Row } from '../engine.ts'
import type { Carrier, Item, ItemState, Via } from './items.ts'

/** A row of `items`: an item as readers see it, without what its carriers say. */
export type ItemRow = {
  id: string
  state: ItemState
  revision: number
  title: string
  url: string | null
  outlet: string
  via: Via
  published: number
  dated_by: Item['datedBy']
  arrived: number | null
  first_seen: number
  changed_at: number
  held_until: number | null
  backlog: number
}

/** The columns of `items`, in the order in which they are written. */
export const ITEM_COLUMNS = [
  'id',
  'state',
  'revision',
  'title',
  'url',
  'outlet',
  'via',
  'published',
  'dated_by',
  'arrived',
  'first_seen',
  'changed_at',
  'held_until',
  'backlog',
] as const satisfies (keyof ItemRow)[]

/** A row of `item_carriers`; its keys are in `item_keys`. */
export type CarrierRow = {
  item: string
  via: Via
  outlet: string
  guid: string | null
  title: string
  url: string | null
  text: string
  published: number | null
  hashes: string
  state: Carrier['state']
  held_until: number | null
  version: number | null
  first_seen: number
  last_seen: number
}

/** The columns of `item_carriers`, in the order in which they are written. */
export const CARRIER_COLUMNS = [
  'item',
  'via',
  'outlet',
  'guid',
  'title',
  'url',
  'text',
  'published',
  'hashes',
  'state',
  'held_until',
  'version',
  'first_seen',
  'last_seen',
] as const satisfies (keyof CarrierRow)[]

/** Reads a carrier from its row and its keys. */
export const carrierFromRow = (row: CarrierRow, keys: string[]): Carrier => ({
  item: row.item,
  via: row.via,
  outlet: row.outlet,
  keys,
  guid: row.guid ?? undefined,
  title: row.title,
  url: row.url ?? undefined,
  text: row.text,
  published: row.published ?? undefined,
  hashes: JSON.parse(row.hashes) as string[],
  state: row.state,
  heldUntil: row.held_until ?? undefined,
  version: row.version ?? undefined,
  firstSeen: row.first_seen,
  lastSeen: row.last_seen,
})

/** Makes the row of a carrier. */
export const carrierRow = (carrier: Carrier): CarrierRow => ({
  item: carrier.item,
  via: carrier.via,
  outlet: carrier.outlet,
  guid: carrier.guid ?? null,
  title: carrier.title,
  url: carrier.url ?? null,
  text: carrier.text,
  published: carrier.published ?? null,
  hashes: JSON.stringify(carrier.hashes),
  state: carrier.state,
  held_until: carrier.heldUntil ?? null,
  version: carrier.version ?? null,
  first_seen: carrier.firstSeen,
  last_seen: carrier.lastSeen,
})

/** A carrier as `Item.carriers` lists it. */
export type CarrierFacts = Pick<CarrierRow, 'item' | 'via' | 'outlet' | 'url' | 'state' | 'first_seen'> & Row

/** Reads an item from its row, the text of its first carrier, and all of its carriers. */
export const itemFromRow = (row: ItemRow & { text: string | null }, carriers: CarrierFacts[]): Item => ({
  id: row.id,
  state: row.state,
  revision: row.revision,
  title: row.title,
  url: row.url ?? undefined,
  outlet: row.outlet,
  via: row.via,
  text: row.text ?? '',
  published: row.published,
  datedBy: row.dated_by,
  arrived: row.arrived ?? undefined,
  backlog: row.backlog === 1,
  firstSeen: row.first_seen,
  changedAt: row.changed_at,
  heldUntil: row.held_until ?? undefined,
  carriers: carriers.map(({ via, outlet, url, state, first_seen }) => ({
    via,
    outlet,
    url: url ?? undefined,
    state,
    since: first_seen,
  })),
})
