import type { Place } from '../chat/platform.ts'
import { insertDeliveries, type NewDelivery } from './delivery.ts'
import type { Engine, Query, Row, Value } from './engine.ts'
import { inBatches, listPlaceholders, rowPlaceholders } from './sql.ts'
import { plannedSlots } from './time/planned-slots.ts'
import { itemsTold } from './wire/items-told.ts'

/**
 * A place that receives a digest, at its own local time. `days` and `stories` are lists separated by commas; `words` is
 * a filter, as people type it. `owed` are the news until `newsFrom` that no edition could tell, and since when each is
 * news; only editions change them. `itemsFrom` is the latest arrival on the wire that it was told, or could have been,
 * and `feedsTold` are the outlets of which it was told that they were not reached.
 */
export type Subscription = {
  place: Place
  digest: string
  time: string
  zone: string
  days: string
  stories: string
  words?: string
  quiet: 'skip' | 'note'
  state: 'on' | 'paused'
  reason?: string
  setBy: string
  setByName?: string
  setAt: number
  nextSlot: number
  nextDate: string
  newsFrom?: number
  owed?: { part: string; since: number }[]
  itemsFrom?: number
  feedsTold?: string[]
}

/** What a tick decided for one subscription: the rows to add to the ledger, and the slot that is next from now on. */
export type Advance = {
  subscription: Subscription
  deliveries: NewDelivery[]
  next: { at: number; date: string }
}

const SUBSCRIPTION_COLUMNS =
  'place, digest, time, zone, days, stories, quiet, state, reason, set_by, set_by_name, set_at, next_slot, next_date, news_from, words'

const REPLACED_COLUMNS = SUBSCRIPTION_COLUMNS.split(', ')
  .filter(field => !['place', 'digest', 'news_from'].includes(field))
  .map(field => `${field} = excluded.${field}`)
  .join(', ')

const KEEP_LATER_NEWS = `news_from = case when excluded.news_from > coalesce(subscriptions.news_from, 0)
  then excluded.news_from else subscriptions.news_from end`

/** How many rows one statement moves. */
const BATCH = 200

/** Which place receives which digest, and when next. */
export function subscriptions(engine: Engine) {
  const select = async (rest: string, values: Value[] = []): Promise<Subscription[]> =>
    (
      await engine.query<Row>(
        `select ${SUBSCRIPTION_COLUMNS}, owed, items_from, feeds_told from subscriptions ${rest}`,
        values,
      )
    ).map(subscriptionFromRow)

  return {
    ...plannedSlots(engine),
    ...itemsTold(engine),

    /** Lists the subscriptions of places that get items on the wire as they come. */
    listAtOnce: () => select(`where state = 'on' and time = 'at once' order by place, digest`),

    /** Lists all subscriptions, or those of one place. */
    list: (place?: Place) =>
      place === undefined
        ? select('order by place, digest')
        : select('where place = $1 order by digest', [place]),

    /** Lists the subscriptions of all places whose names begin with a prefix (`slack:T1/`), the next due first. */
    listWithin: (prefix: string) =>
      select('where substr(place, 1, length($1)) = $1 order by next_slot, place, digest', [prefix]),

    /** Finds the subscription of a place to a digest. */
    find: async (place: Place, digest: string): Promise<Subscription | undefined> =>
      (await select('where place = $1 and digest = $2', [place, digest]))[0],

    /** Lists subscriptions whose next slot is due, and the database's time by which they are. */
    listDue: async (max: number): Promise<{ now: number; due: Subscription[] }> => {
      const now = await engine.clock(engine.query)
      const due = await select(
        `where state = 'on' and next_slot <= $1 order by next_slot, place, digest limit ${Math.floor(max)}`,
        [now],
      )
      return { now, due }
    },

    /** Lists the subscriptions to some digests whose next slot comes before a moment. */
    listUntil: (until: number, digests: string[]): Promise<Subscription[]> =>
      digests.length === 0
        ? Promise.resolve([])
        : select(
            `where state = 'on' and next_slot <= $1 and digest in (${listPlaceholders(digests, 2)})
            order by next_slot, place, digest`,
            [until, ...digests],
          ),

    /**
     * Saves subscriptions, all or none. One to the same digest in the same place is replaced, but its news never start
     * earlier than before: an edition may have been sent since it was read.
     */
    save: (subscriptions: Subscription[]): Promise<void> =>
      engine.transaction(async query => {
        for (const subscription of subscriptions) {
          await query(
            `insert into subscriptions (${SUBSCRIPTION_COLUMNS})
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
            on conflict (place, digest) do update set ${REPLACED_COLUMNS}, ${KEEP_LATER_NEWS}`,
            subscriptionValues(subscription),
          )
        }
      }),

    /**
     * Deletes a subscription and ends its rows that were not tried yet; false if there was none. Posts under way go on.
     */
    remove: (place: Place, digest: string): Promise<boolean> =>
      engine.transaction(async query => {
        const now = await engine.clock(query)
        await query(
          `update deliveries set state = 'quiet', error = 'switched off before it was sent', settled_at = $1
          where place = $2 and digest = $3 and state in ('due', 'held') and message is null and first_tried_at is null`,
          [now, place, digest],
        )
        const removed = await query(
          'delete from subscriptions where place = $1 and digest = $2 returning digest',
          [place, digest],
        )
        return removed.length > 0
      }),

    /** Pauses a subscription or turns it on again; false if it was so already. */
    setState: async (
      { place, digest }: { place: Place; digest: string },
      state: Subscription['state'],
      reason?: string,
    ): Promise<boolean> => {
      const changed = await engine.query(
        `update subscriptions set state = $1, reason = $2 where place = $3 and digest = $4 and state <> $1
        returning digest`,
        [state, reason ?? null, place, digest],
      )
      return changed.length > 0
    },

    /**
     * Writes the decisions of a tick in one transaction, and returns how many rows are new. Two processes may decide at
     * the same time: their rows have the same keys, and a next slot moves only from the value that was decided on.
     */
    advance: (advances: Advance[]): Promise<number> =>
      engine.transaction(async query => {
        const now = await engine.clock(query)
        const deliveries: NewDelivery[] = []
        for (const batch of inBatches(advances, BATCH)) {
          const moved = new Set((await moveNextSlots(query, batch)).map(identify))
          for (const advance of batch)
            if (moved.has(identify(advance.subscription))) deliveries.push(...advance.deliveries)
        }
        return (await insertDeliveries(query, deliveries, now)).length
      }),
  }
}

const identify = ({ place, digest }: { place: string; digest: string }) => `${place} ${digest}`

/**
 * Moves the next slots that are still as they were, and returns whose. One statement for many: ten thousand
 * subscriptions may be due at eight.
 */
function moveNextSlots(query: Query, advances: Advance[]): Promise<{ place: string; digest: string }[]> {
  const rows = advances.map(({ subscription: { place, digest, nextSlot }, next }): Value[] => [
    place,
    digest,
    nextSlot,
    next.at,
    next.date,
  ])
  // The first row declares the types of the columns: PostgreSQL would take a bare placeholder for text.
  const values = rowPlaceholders(rows).replace(
    '($1, $2, $3, $4, $5)',
    '(cast($1 as text), cast($2 as text), cast($3 as bigint), cast($4 as bigint), cast($5 as text))',
  )
  return query<{ place: string; digest: string }>(
    `with v (place, digest, was, at, date) as (values ${values})
    update subscriptions set next_slot = v.at, next_date = v.date from v
    where subscriptions.place = v.place and subscriptions.digest = v.digest
      and subscriptions.next_slot = v.was and subscriptions.state = 'on'
    returning subscriptions.place, subscriptions.digest`,
    rows.flat(),
  )
}

/** The values of a subscription in the order of SUBSCRIPTION_COLUMNS. */
function subscriptionValues(subscription: Subscription): Value[] {
  return [
    subscription.place,
    subscription.digest,
    subscription.time,
    subscription.zone,
    subscription.days,
    subscription.stories,
    subscription.quiet,
    subscription.state,
    subscription.reason ?? null,
    subscription.setBy,
    subscription.setByName ?? null,
    subscription.setAt,
    subscription.nextSlot,
    subscription.nextDate,
    subscription.newsFrom ?? null,
    subscription.words || null,
  ]
}

function subscriptionFromRow(row: Row): Subscription {
  return {
    place: row.place as Place,
    digest: String(row.digest),
    time: String(row.time),
    zone: String(row.zone),
    days: String(row.days),
    stories: String(row.stories),
    quiet: row.quiet as Subscription['quiet'],
    state: row.state as Subscription['state'],
    setBy: String(row.set_by),
    setAt: Number(row.set_at),
    nextSlot: Number(row.next_slot),
    nextDate: String(row.next_date),
    reason: row.reason === null ? undefined : String(row.reason),
    setByName: row.set_by_name === null ? undefined : String(row.set_by_name),
    words: row.words === null ? undefined : String(row.words),
    newsFrom: row.news_from === null ? undefined : Number(row.news_from),
    owed: row.owed === null ? undefined : JSON.parse(String(row.owed)),
    itemsFrom: row.items_from === null ? undefined : Number(row.items_from),
    feedsTold: row.feeds_told === null ? undefined : JSON.parse(String(row.feeds_told)),
  }
}
