import type { Place } from '../chat/platform.ts'
import { type CauseRow, causeFromRow, type NewCause, OWN_REASONS, type Repair } from './causes.ts'
import { type Delivery, insertDeliveries, type NewDelivery, placeholders } from './delivery.ts'
import type { Engine, Query, Value } from './engine.ts'

type ShowingRow = {
  key: string
  place: Place
  state: Delivery['state']
  message: string | null
  parent: string | null
}

const BATCH = 500

/** What marking needs: the lane of an edit in a place, and what is told beside a message that is marked. */
export type RepairOptions = {
  lane(place: Place): string
  notice?(message: { key: string; place: Place; parent?: string }): NewDelivery | undefined
}

/** Corrections and withdrawals on their way to the messages that stand already. */
export function repairs(engine: Engine) {
  /** Rows that show a part, or any part of a story; `below` only in an older revision, `unmarkedBy` a cause yet. */
  const showing = (query: Query, part: string, { below = -1, unmarkedBy = '' } = {}) =>
    query<ShowingRow>(
      `select distinct d.key, d.place, d.state, d.message, d.parent from shown s join deliveries d on d.key = s.key
      where ${part.endsWith('/') ? `s.part like $1 || '%'` : 's.part = $1'}
        and ($2 < 0 or s.revision < $2) and d.state in ('due', 'sending', 'sent', 'doubt')
        and not exists (select 1 from repairs r where r.cause = $3 and r.key = d.key)`,
      [part, below, unmarkedBy],
    )

  /** Marks messages that are not marked yet, and makes those that stand already due for an edit. */
  async function mark(
    query: Query,
    { cause, part, revision }: NewCause,
    now: number,
    { lane, notice }: RepairOptions,
    all: boolean,
  ): Promise<number> {
    const rows = await showing(query, part, { unmarkedBy: cause, ...(!all && { below: revision }) })
    const fresh = new Set<string>()
    for (let from = 0; from < rows.length; from += BATCH) {
      const batch = rows
        .slice(from, from + BATCH)
        .map(({ key, state }): Value[] =>
          state === 'doubt'
            ? [cause, key, 'impossible', OWN_REASONS.inDoubt, now]
            : [cause, key, 'pending', null, null],
        )
      // The first row says of which kind the columns are: nothing but nulls would be text to PostgreSQL.
      const values = placeholders(batch).replace(/\$5\)/, 'cast($5 as bigint))')
      const marked = await query<{ key: string }>(
        `insert into repairs (cause, key, state, error, settled_at) values ${values}
        on conflict (cause, key) do nothing returning key`,
        batch.flat(),
      )
      for (const { key } of marked) fresh.add(key)
    }
    const due = rows.filter(row => fresh.has(row.key) && row.state === 'sent' && row.message !== null)
    await makeDue(query, due, now, lane)
    const told = rows.flatMap(({ key, place, parent, message, state }) => {
      // What is under way stands there soon, with its mistake; what only waits will be posted without it.
      const wrong = message !== null || state === 'sending'
      // A thread hears of it once.
      if (!notice || !fresh.has(key) || !wrong || (parent !== null && fresh.has(parent))) return []
      return notice({ key, place, ...(parent !== null && { parent }) }) ?? []
    })
    await insertDeliveries(query, told, now)
    if (fresh.size > 0) await query('update causes set done_at = null where cause = $1', [cause])
    return fresh.size
  }

  /** Edits have a lane of their own where the platform counts them apart. */
  async function makeDue(
    query: Query,
    rows: { key: string; place: Place }[],
    now: number,
    lane: (place: Place) => string,
  ): Promise<void> {
    for (const [name, all] of Map.groupBy(rows, row => lane(row.place)))
      for (let from = 0; from < all.length; from += BATCH) {
        const keys = all.slice(from, from + BATCH).map(row => row.key)
        await query(
          `update deliveries set state = 'due', due_at = $1, lane = $2, error = null
          where state = 'sent' and key in (${keys.map((_, index) => `$${index + 3}`).join(', ')})`,
          [now, name, ...keys],
        )
      }
  }

  return {
    /**
     * Notes a cause and marks each message that shows what was wrong; those that stand already become due for an edit.
     * A cause that is known marks only what was missed: messages that were on their way when it came. Returns how many
     * messages were marked now. `notice` gives the row of what is told beside a message, where something is.
     */
    applyCause: (cause: NewCause, how: RepairOptions): Promise<number> =>
      engine.transaction(async query => {
        const now = await engine.clock(query)
        const fresh = await query(
          `insert into causes (cause, kind, story, part, revision, waits, seen_at) values ($1, $2, $3, $4, $5, $6, $7)
          on conflict (cause) do nothing returning cause`,
          [cause.cause, cause.kind, cause.story, cause.part, cause.revision, cause.waits ? 1 : 0, now],
        )
        const all = cause.kind === 'withdrawal' || (fresh.length > 0 && cause.waits)
        return mark(query, cause, now, how, all)
      }),

    /**
     * The part itself is right now: messages that were redrawn before it was are redrawn once more, and those that were
     * posted meanwhile are marked too. Returns how many messages that are.
     */
    partWasCorrected: (cause: string, revision: number, how: RepairOptions): Promise<number> =>
      engine.transaction(async query => {
        const now = await engine.clock(query)
        const [known] = await query<CauseRow>(
          'update causes set revision = $2, waits = 0, done_at = null where cause = $1 and waits = 1 returning *',
          [cause, revision],
        )
        if (!known) return 0
        const { part } = known
        const again = await query<{ key: string }>(
          `update repairs set state = 'pending', settled_at = null where cause = $1 and state = 'repaired'
          and key in (select key from shown where part = $2 and revision < $3) returning key`,
          [cause, part, revision],
        )
        const keys = new Set(again.map(row => row.key))
        const all = await showing(query, part)
        const due = all.filter(row => keys.has(row.key) && row.message !== null)
        await makeDue(query, due, now, how.lane)
        return due.length + (await mark(query, causeFromRow(known), now, how, false))
      }),

    /** The corrections of which a message shows what was wrong and is not marked: it was on its way when they came. */
    causesWithUnmarkedMessages: async (): Promise<string[]> =>
      (
        await engine.query<{ cause: string }>(
          `select c.cause from causes c where c.kind = 'correction' and exists (
            select 1 from shown s join deliveries d on d.key = s.key
            where s.part = c.part and s.revision < c.revision and d.state in ('due', 'sending', 'sent', 'doubt')
              and not exists (select 1 from repairs r where r.cause = c.cause and r.key = s.key))`,
        )
      ).map(row => row.cause),

    /** Makes those messages due whose repair is pending and was lost sight of; returns how many. */
    requeuePending: (lane: (place: Place) => string): Promise<number> =>
      engine.transaction(async query => {
        const now = await engine.clock(query)
        const rows = await query<{ key: string; place: Place }>(
          `select distinct d.key, d.place from repairs r join deliveries d on d.key = r.key
          where r.state = 'pending' and d.state = 'sent' and d.message is not null`,
        )
        await makeDue(query, rows, now, lane)
        for (const [states, error] of [
          [`'failed', 'missed', 'quiet'`, OWN_REASONS.neverPosted],
          [`'doubt'`, OWN_REASONS.inDoubt],
        ])
          await query(
            `update repairs set state = 'impossible', settled_at = $1, error = $2 where state = 'pending'
            and exists (select 1 from deliveries d where d.key = repairs.key and d.state in (${states}))`,
            [now, error!],
          )
        return rows.length
      }),

    /** The causes that concern a message, the oldest first. */
    repairsOf: async (key: string): Promise<Repair[]> =>
      (
        await engine.query<CauseRow & { state: Repair['state']; error: string | null }>(
          `select c.cause, c.kind, c.story, c.part, c.revision, c.waits, c.seen_at, r.state, r.error
          from repairs r join causes c on c.cause = r.cause where r.key = $1 order by c.seen_at, c.cause`,
          [key],
        )
      ).map(row => ({
        ...causeFromRow(row),
        state: row.state,
        ...(row.error !== null && { error: row.error }),
      })),
  }
}
