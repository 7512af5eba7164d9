import type { Place } from '../chat/platform.ts'
import { insertDeliveries, type NewDelivery, placeholders } from './delivery.ts'
import type { Engine, Query, Row, Value } from './engine.ts'

/** A place that takes a digest, at its own local time. `days` and `stories` are words with commas between them. */
export type Subscription = {
  place: Place
  digest: string
  time: string
  zone: string
  days: string
  stories: string
  quiet: 'skip' | 'note'
  state: 'on' | 'paused'
  reason?: string
  setBy: string
  setByName?: string
  setAt: number
  nextSlot: number
  nextDate: string
  newsFrom?: number
}

/** What a tick decided for one subscription: rows for the ledger, and its next slot instead of the one that it had. */
export type Advance = {
  subscription: Subscription
  deliveries: NewDelivery[]
  next: { at: number; date: string }
}

const SUBSCRIPTION_COLUMNS =
  'place, digest, time, zone, days, stories, quiet, state, reason, set_by, set_by_name, set_at, next_slot, next_date, news_from'

const REPLACED_COLUMNS = SUBSCRIPTION_COLUMNS.split(', ')
  .filter(field => !['place', 'digest', 'news_from'].includes(field))
  .map(field => `${field} = excluded.${field}`)
  .join(', ')

const KEEP_LATER_NEWS = `news_from = case when excluded.news_from > coalesce(subscriptions.news_from, 0)
  then excluded.news_from else subscriptions.news_from end`

/** Rows a statement. */
const BATCH = 200

/** Who takes which digest, and when next. */
export function subscriptions(engine: Engine) {
  const read = async (where: string, values: Value[], query: Query = engine.query): Promise<Subscription[]> =>
    (await query<Row>(`select ${SUBSCRIPTION_COLUMNS} from subscriptions ${where}`, values)).map(
      subscriptionFromRow,
    )

  return {
    /** All of them, or those of one place. */
    list: (place?: Place) =>
      place === undefined
        ? read('order by place, digest', [])
        : read('where place = $1 order by digest', [place]),

    /** Those of all places whose names begin so (`slack:T1/`), the next to come first. */
    listWithin: (prefix: string) =>
      read('where substr(place, 1, length($1)) = $1 order by next_slot, place, digest', [prefix]),

    find: async (place: Place, digest: string): Promise<Subscription | undefined> =>
      (await read('where place = $1 and digest = $2', [place, digest]))[0],

    /** Those whose next slot has come. */
    listDue: async (most: number): Promise<{ now: number; due: Subscription[] }> => {
      const now = await engine.clock(engine.query)
      const due = await read(
        `where state = 'on' and next_slot <= $1 order by next_slot, place, digest limit ${Math.floor(most)}`,
        [now],
      )
      return { now, due }
    },

    /**
     * Sets some of them, all or none; what was there before under the same name is replaced, but its news
     * never begin earlier than they did: an edition may have been sent since it was read.
     */
    save: (all: Subscription[]): Promise<void> =>
      engine.transaction(async query => {
        for (const one of all) {
          await query(
            `insert into subscriptions (${SUBSCRIPTION_COLUMNS})
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
            on conflict (place, digest) do update set ${REPLACED_COLUMNS}, ${KEEP_LATER_NEWS}`,
            subscriptionValues(one),
          )
        }
      }),

    /** Ends one, with what it still had to bring; false when it was not there. What is under way arrives. */
    remove: (place: Place, digest: string): Promise<boolean> =>
      engine.transaction(async query => {
        const now = await engine.clock(query)
        await query(
          `update deliveries set state = 'quiet', error = 'switched off before it was sent', settled_at = $1
          where place = $2 and digest = $3 and state = 'due' and message is null and first_tried_at is null`,
          [now, place, digest],
        )
        const gone = await query(
          'delete from subscriptions where place = $1 and digest = $2 returning digest',
          [place, digest],
        )
        return gone.length > 0
      }),

    /** Stops or wakes a subscription; false when it was so already. */
    setState: async (
      { place, digest }: { place: Place; digest: string },
      state: Subscription['state'],
      reason?: string,
    ): Promise<boolean> =>
      (
        await engine.query(
          `update subscriptions set state = $1, reason = $2 where place = $3 and digest = $4 and state <> $1
          returning digest`,
          [state, reason ?? null, place, digest],
        )
      ).length > 0,

    /**
     * Writes a tick's decisions, in one transaction. Two processes may decide at once: the keys make the rows one, and
     * a next slot moves only from the value that was decided upon. Returns how many rows are new.
     */
    advance: (all: Advance[]): Promise<number> =>
      engine.transaction(async query => {
        const now = await engine.clock(query)
        const won: NewDelivery[] = []
        for (let from = 0; from < all.length; from += BATCH) {
          const batch = all.slice(from, from + BATCH)
          const moved = new Set(
            (await moveNextSlots(query, batch)).map(({ place, digest }) => `${place} ${digest}`),
          )
          for (const { subscription, deliveries } of batch)
            if (moved.has(`${subscription.place} ${subscription.digest}`)) won.push(...deliveries)
        }
        return (await insertDeliveries(query, won, now)).length
      }),
  }
}

/** Moves the next slots that are still as they were; returns whose. One statement: ten thousand come due at eight. */
function moveNextSlots(query: Query, all: Advance[]): Promise<{ place: string; digest: string }[]> {
  const rows = all.map(({ subscription: { place, digest, nextSlot }, next }): Value[] => [
    ...[place, digest, nextSlot],
    ...[next.at, next.date],
  ])
  // The first row says of which kind the columns are; a number by itself would be text to PostgreSQL.
  const values = placeholders(rows).replace(
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

function subscriptionValues(one: Subscription): Value[] {
  return [
    ...[one.place, one.digest, one.time, one.zone, one.days, one.stories, one.quiet, one.state],
    ...[one.reason ?? null, one.setBy, one.setByName ?? null, one.setAt, one.nextSlot, one.nextDate],
    one.newsFrom ?? null,
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
    ...(row.reason !== null && { reason: String(row.reason) }),
    ...(row.set_by_name !== null && { setByName: String(row.set_by_name) }),
    ...(row.news_from !== null && { newsFrom: Number(row.news_from) }),
  }
}
