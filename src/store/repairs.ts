import type { Place } from '../chat/platform.ts'
import { type CauseRow, causeFromRow, type NewCause, OWN_REASONS, type Repair } from './causes.ts'
import { type Delivery, insertDeliveries, type NewDelivery } from './delivery.ts'
import type { Engine, Query, Value } from './engine.ts'
import { inBatches, listPlaceholders, rowPlaceholders } from './sql.ts'

/** How many rows one statement inserts or updates. */
const BATCH = 500

/**
 * What marking messages needs: the lane for edits in a place, and the notice to post beside a marked message, if any.
 */
export type RepairOptions = {
  lane(place: Place): string
  notice?(message: { key: string; place: Place; parent?: string }): NewDelivery | undefined
}

/** The repairs of posted messages: which corrections and withdrawals concern which message, and how far each is. */
export function repairs(engine: Engine) {
  return {
    /**
     * Records a cause, marks each message that shows what was wrong, and makes those that are posted due for an edit.
     * For a known cause, only messages that were missed are marked: they were on their way when it arrived. Returns how
     * many messages were marked.
     */
    applyCause: (cause: NewCause, options: RepairOptions): Promise<number> =>
      engine.transaction(async query => {
        const now = await engine.clock(query)
        const isNew = await insertCause(query, cause, now)
        const scope = cause.kind === 'withdrawal' || (isNew && cause.waits) ? 'all' : 'older'
        return markMessages(query, cause, now, options, scope)
      }),

    /**
     * Records that the part of a waiting correction has changed. Messages that were redrawn before it did are redrawn
     * again, and those posted meanwhile are marked too. Returns how many messages that concerns.
     */
    partWasCorrected: (cause: string, revision: number, options: RepairOptions): Promise<number> =>
      engine.transaction(async query => {
        const now = await engine.clock(query)
        const [row] = await query<CauseRow>(
          'update causes set revision = $2, waits = 0, done_at = null where cause = $1 and waits = 1 returning *',
          [cause, revision],
        )
        if (!row) return 0
        const redrawn = await reopenRepairs(query, row, now, options)
        return redrawn + (await markMessages(query, causeFromRow(row), now, options, 'older'))
      }),

    /**
     * Lists the corrections with messages that show what was wrong but are not marked: they were on their way
     * meanwhile.
     */
    causesWithUnmarkedMessages: async (): Promise<string[]> =>
      (
        await engine.query<{ cause: string }>(
          `select c.cause from causes c where c.kind = 'correction' and exists (
            select 1 from shown s join deliveries d on d.key = s.key
            where s.part = c.part and s.revision < c.revision and d.state in ('due', 'sending', 'sent', 'doubt')
              and not exists (select 1 from repairs r where r.cause = c.cause and r.key = s.key))`,
        )
      ).map(row => row.cause),

    /**
     * Makes posted messages due for an edit whose repair is pending but was lost in a crash; returns how many. Repairs
     * of messages that are in doubt or were never posted become impossible.
     */
    requeuePending: (lane: (place: Place) => string): Promise<number> =>
      engine.transaction(async query => {
        const now = await engine.clock(query)
        const rows = await query<{ key: string; place: Place }>(
          `select distinct d.key, d.place from repairs r join deliveries d on d.key = r.key
          where r.state = 'pending' and d.state = 'sent' and d.message is not null`,
        )
        await makeDueForEdit(query, rows, now, lane)
        await endPending(query, ['failed', 'missed', 'quiet'], OWN_REASONS.neverPosted, now)
        await endPending(query, ['doubt'], OWN_REASONS.inDoubt, now)
        return rows.length
      }),

    /** Lists the causes that concern a message, the oldest first. */
    repairsOf: async (key: string): Promise<Repair[]> =>
      (
        await engine.query<CauseRow & { back: number; state: Repair['state']; error: string | null }>(
          `select c.cause, c.kind, c.story, c.part, c.revision, c.waits, c.seen_at, c.back_at, r.state, r.back, r.error
          from repairs r join causes c on c.cause = r.cause where r.key = $1 order by c.seen_at, c.cause`,
          [key],
        )
      ).map(row => ({
        ...causeFromRow(row),
        back: row.back === 1,
        state: row.state,
        error: row.error ?? undefined,
      })),
  }
}

async function insertCause(query: Query, cause: NewCause, now: number): Promise<boolean> {
  const inserted = await query(
    `insert into causes (cause, kind, story, part, revision, waits, seen_at) values ($1, $2, $3, $4, $5, $6, $7)
    on conflict (cause) do nothing returning cause`,
    [cause.cause, cause.kind, cause.story, cause.part, cause.revision, cause.waits ? 1 : 0, now],
  )
  return inserted.length > 0
}

type ShowingRow = {
  key: string
  place: Place
  state: Delivery['state']
  message: string | null
  parent: string | null
}

/**
 * Finds rows that show a part, or any part of a story (`lawsuit/`). With `below`, only in an older revision than that;
 * with `unmarkedBy`, only those that this cause has not marked.
 */
const findShowing = (query: Query, part: string, { below = -1, unmarkedBy = '' } = {}) =>
  query<ShowingRow>(
    `select distinct d.key, d.place, d.state, d.message, d.parent from shown s join deliveries d on d.key = s.key
    where ${part.endsWith('/') ? `s.part like $1 || '%'` : 's.part = $1'}
      and ($2 < 0 or s.revision < $2) and d.state in ('due', 'sending', 'sent', 'doubt')
      and not exists (select 1 from repairs r where r.cause = $3 and r.key = d.key)`,
    [part, below, unmarkedBy],
  )

/**
 * Marks messages that the cause has not marked yet, in all revisions or only older ones. Makes those that are posted
 * due for an edit, adds notices, and returns how many were marked.
 */
async function markMessages(
  query: Query,
  { cause, part, revision }: NewCause,
  now: number,
  { lane, notice }: RepairOptions,
  scope: 'all' | 'older',
): Promise<number> {
  const below = scope === 'older' ? revision : undefined
  const rows = await findShowing(query, part, { unmarkedBy: cause, below })
  const keys = await insertRepairs(query, cause, rows, now)
  const marked = rows.filter(row => keys.has(row.key))
  const posted = marked.filter(row => row.state === 'sent' && row.message !== null)
  await makeDueForEdit(query, posted, now, lane)
  if (notice) await insertDeliveries(query, noticesBeside(marked, notice), now)
  if (keys.size > 0) await query('update causes set done_at = null where cause = $1', [cause])
  return keys.size
}

/** Adds the repairs of a cause and returns the keys that are new. A message in doubt cannot be edited. */
async function insertRepairs(
  query: Query,
  cause: string,
  rows: ShowingRow[],
  now: number,
): Promise<Set<string>> {
  const keys = new Set<string>()
  for (const batch of inBatches(rows, BATCH)) {
    const values = batch.map(({ key, state }): Value[] =>
      state === 'doubt'
        ? [cause, key, 'impossible', OWN_REASONS.inDoubt, now]
        : [cause, key, 'pending', null, null],
    )
    // The first row declares the type of the time: PostgreSQL would take a column of nulls for text.
    const placeholders = rowPlaceholders(values).replace(/\$5\)/, 'cast($5 as bigint))')
    const inserted = await query<{ key: string }>(
      `insert into repairs (cause, key, state, error, settled_at) values ${placeholders}
      on conflict (cause, key) do nothing returning key`,
      values.flat(),
    )
    for (const { key } of inserted) keys.add(key)
  }
  return keys
}

/**
 * The notices beside marked messages that are posted, or will be in a moment, with the mistake. A row that only waits
 * gets none: it will be posted without the mistake. A thread gets one notice, beside its first message.
 */
function noticesBeside(marked: ShowingRow[], notice: NonNullable<RepairOptions['notice']>): NewDelivery[] {
  const keys = new Set(marked.map(({ key }) => key))
  return marked.flatMap(({ key, place, parent, message, state }) => {
    const showsMistake = message !== null || state === 'sending'
    if (!showsMistake || (parent !== null && keys.has(parent))) return []
    return notice({ key, place, parent: parent ?? undefined }) ?? []
  })
}

/**
 * Makes repaired messages pending again that still show the part as it was before; returns how many are due for that.
 */
async function reopenRepairs(
  query: Query,
  { cause, part, revision }: CauseRow,
  now: number,
  { lane }: RepairOptions,
): Promise<number> {
  const reopened = await query<{ key: string }>(
    `update repairs set state = 'pending', settled_at = null where cause = $1 and state = 'repaired' and back = 0
    and key in (select key from shown where part = $2 and revision < $3) returning key`,
    [cause, part, revision],
  )
  const keys = new Set(reopened.map(row => row.key))
  const rows = await findShowing(query, part)
  const posted = rows.filter(row => keys.has(row.key) && row.message !== null)
  await makeDueForEdit(query, posted, now, lane)
  return posted.length
}

/** Makes posted messages due for an edit, on the lane for edits: some platforms count these apart from posts. */
async function makeDueForEdit(
  query: Query,
  rows: { key: string; place: Place }[],
  now: number,
  laneOf: (place: Place) => string,
): Promise<void> {
  for (const [lane, rowsOfLane] of Map.groupBy(rows, row => laneOf(row.place)))
    for (const batch of inBatches(rowsOfLane, BATCH)) {
      const keys = batch.map(row => row.key)
      await query(
        `update deliveries set state = 'due', due_at = $1, lane = $2, error = null
        where state = 'sent' and key in (${listPlaceholders(keys, 3)})`,
        [now, lane, ...keys],
      )
    }
}

/** Makes pending repairs impossible whose message is in one of these states. */
async function endPending(
  query: Query,
  states: Delivery['state'][],
  reason: string,
  now: number,
): Promise<void> {
  await query(
    `update repairs set state = 'impossible', settled_at = $1, error = $2 where state = 'pending'
    and exists (select 1 from deliveries d where d.key = repairs.key
      and d.state in (${states.map(state => `'${state}'`).join(', ')}))`,
    [now, reason],
  )
}
