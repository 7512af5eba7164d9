import { setImmediate as letOthersRun } from 'node:timers/promises'
import type { Place } from '../chat/platform.ts'
import { type CauseRow, causeFromRow, type NewCause, OWN_REASONS, type Repair } from './causes.ts'
import { type Delivery, insertDeliveries, type NewDelivery } from './delivery.ts'
import type { Engine, Query, Value } from './engine.ts'
import { makeDueInSlices, pendingRepairs } from './looks/pending-repairs.ts'
import { findShowing, type ShowingRow } from './looks/showing.ts'
import { unmarkedMessages } from './looks/unmarked.ts'
import { inBatches, rowPlaceholders } from './sql.ts'

/** How many messages one transaction marks: it takes some milliseconds. */
const BATCH = 60

/**
 * What marking messages needs: the lane for edits in a place, and the notice to post beside a marked message, if any. With
 * `areDueLater`, messages are only marked: `requeuePending` makes them due.
 */
export type RepairOptions = {
  lane(place: Place): string
  areDueLater?: true
  notice?(message: { key: string; place: Place; parent?: string }): NewDelivery | undefined
}

/** The repairs of posted messages: which corrections and withdrawals concern which message, and how far each is. */
export function repairs(engine: Engine) {
  return {
    ...unmarkedMessages(engine),
    ...pendingRepairs(engine),

    /**
     * Records a cause, marks each message that shows what was wrong, and makes those that are posted due for an edit.
     * For a known cause, only messages that were missed are marked: they were on their way when it arrived. Returns how
     * many messages were marked.
     *
     * Thousands of messages in one transaction would hold up everything else, so the cause is recorded once all are
     * marked, and they become due after that. After a crash in between, the next look goes on.
     */
    applyCause: async (cause: NewCause, options: RepairOptions): Promise<number> => {
      const [known] = await engine.query('select cause from causes where cause = $1', [cause.cause])
      const scope = cause.kind === 'withdrawal' || (!known && cause.waits) ? 'all' : 'older'
      const marked = await markMessages(engine, cause, options, scope)
      if (known && marked.length === 0) return 0
      await engine.transaction(async query => insertCause(query, cause, await engine.clock(query)))
      if (!options.areDueLater) await makeDueInSlices(engine, marked, options.lane)
      return marked.length
    },

    /**
     * Records that the part of a waiting correction has changed. Messages that were redrawn before it did are redrawn
     * again, and those posted meanwhile are marked too. Returns how many messages that concerns.
     */
    partWasCorrected: async (cause: string, revision: number, options: RepairOptions): Promise<number> => {
      const reopened = await engine.transaction(query => reopenRepairs(query, cause, revision))
      if (!reopened) return 0
      const showing = await listShowing(engine, reopened.row.part)
      const again = showing.filter(({ key, message }) => reopened.keys.has(key) && message !== null)
      const marked = await markMessages(engine, causeFromRow(reopened.row), options, 'older')
      if (!options.areDueLater) await makeDueInSlices(engine, [...again, ...marked], options.lane)
      return again.length + marked.length
    },

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

/** Adds a cause, or opens a known one again. */
async function insertCause(query: Query, cause: NewCause, now: number): Promise<void> {
  // Never before one that is known, even if the clock was set back: the newest correction of a part counts.
  const [newest] = await query<{ seen_at: number | null }>('select max(seen_at) as seen_at from causes')
  await query(
    `insert into causes (cause, kind, story, part, revision, waits, seen_at) values ($1, $2, $3, $4, $5, $6, $7)
    on conflict (cause) do update set done_at = null, tally = null`,
    [
      cause.cause,
      cause.kind,
      cause.story,
      cause.part,
      cause.revision,
      cause.waits ? 1 : 0,
      Math.max(now, newest?.seen_at ?? 0),
    ],
  )
}

/** The states of rows whose message is posted, or may be, or will be. */
const MAY_SHOW = new Set<Delivery['state']>(['due', 'sending', 'sent', 'doubt'])

/**
 * Lists rows that show a part, or any part of a story (`lawsuit/`), each once. With `below`, only in an older revision than
 * that; with `unmarkedBy`, only those that this cause has not marked.
 */
async function listShowing(
  engine: Engine,
  part: string,
  { below = Number.POSITIVE_INFINITY, unmarkedBy }: { below?: number; unmarkedBy?: string } = {},
): Promise<ShowingRow[]> {
  const rows = new Map<string, ShowingRow>()
  for await (const slice of findShowing(engine, engine.query, { part, unmarkedBy }))
    for (const row of slice) if (row.revision < below && MAY_SHOW.has(row.state)) rows.set(row.key, row)
  return [...rows.values()]
}

/**
 * Marks messages that the cause has not marked yet, in all revisions or only older ones, with the notices beside them.
 * Returns those that were marked.
 */
async function markMessages(
  engine: Engine,
  { cause, part, revision }: NewCause,
  { notice }: RepairOptions,
  scope: 'all' | 'older',
): Promise<ShowingRow[]> {
  const below = scope === 'older' ? revision : undefined
  const rows = await listShowing(engine, part, { unmarkedBy: cause, below })
  const listed = new Set(rows.map(({ key }) => key))
  const marked: ShowingRow[] = []
  for (const batch of inBatches(rows, BATCH)) {
    if (marked.length > 0) await letOthersRun()
    await engine.transaction(async query => {
      const now = await engine.clock(query)
      const keys = await insertRepairs(query, cause, batch, now)
      const added = batch.filter(row => keys.has(row.key))
      if (notice) await insertDeliveries(query, noticesBeside(added, listed, notice), now)
      marked.push(...added)
    })
  }
  return marked
}

/** Adds the repairs of a cause and returns the keys that are new. A message in doubt cannot be edited. */
async function insertRepairs(
  query: Query,
  cause: string,
  rows: ShowingRow[],
  now: number,
): Promise<Set<string>> {
  const values = rows.map(({ key, state }): Value[] =>
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
  return new Set(inserted.map(({ key }) => key))
}

/**
 * The notices beside marked messages that are posted, or will be in a moment, with the mistake. A row that only waits
 * gets none: it will be posted without the mistake. A thread gets one notice, beside its first message.
 */
function noticesBeside(
  marked: ShowingRow[],
  listed: Set<string>,
  notice: NonNullable<RepairOptions['notice']>,
): NewDelivery[] {
  return marked.flatMap(({ key, place, parent, message, state }) => {
    const showsMistake = message !== null || state === 'sending'
    if (!showsMistake || (parent !== null && listed.has(parent))) return []
    return notice({ key, place, parent: parent ?? undefined }) ?? []
  })
}

/** Records the revision in which a part is right, and makes repaired messages pending again that show an older one. */
async function reopenRepairs(
  query: Query,
  cause: string,
  revision: number,
): Promise<{ row: CauseRow; keys: Set<string> } | undefined> {
  const [row] = await query<CauseRow>(
    `update causes set revision = $2, waits = 0, done_at = null, tally = null where cause = $1 and waits = 1
    returning *`,
    [cause, revision],
  )
  if (!row) return undefined
  const reopened = await query<{ key: string }>(
    `update repairs set state = 'pending', settled_at = null where cause = $1 and state = 'repaired' and back = 0
    and exists (select 1 from shown s where s.part = $2 and s.key = repairs.key and s.revision < $3) returning key`,
    [cause, row.part, revision],
  )
  return { row, keys: new Set(reopened.map(({ key }) => key)) }
}
