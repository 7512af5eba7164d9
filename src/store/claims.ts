import type { Pace, Place } from '../chat/platform.ts'
import { DELIVERY_COLUMNS, type Delivery, deliveryFromRow } from './delivery.ts'
import type { Engine, Query, Row, Value } from './engine.ts'
import { listPlaceholders, rowPlaceholders, withoutIndex } from './sql.ts'

/**
 * A delivery that belongs to this process until its lease expires. Its request may go out `waitMs` after the claim, at
 * `turnAt` by this process's `performance.now()`.
 */
export type ClaimedDelivery = Delivery & { waitMs: number; turnAt: number }

/** Who claims, for how long, how many rows at most, on which platforms the process can post, and how fast. */
type ClaimRequest = {
  owner: string
  leaseMs: number
  max: number
  platforms: string[]
  /** The pace of a place, if it is limited. Edits may be counted apart from posts. */
  pace(place: Place, edit: boolean): Pace | undefined
  /** For how long a post that is repeated there is the same message: until then nothing is searched for. */
  deduplicatesForMs?(place: Place): number
}

/** How far ahead a turn may be reserved. A row with a later turn is not claimed: another row's lane may be free now. */
const AHEAD_MS = 1_500

/**
 * How late the first turn is when many rows become due at once on an idle lane: their messages are drawn meanwhile. A
 * message that is sent after its turn is too close to the ones after it.
 */
const LEAD_MS = 300
const MANY_ROWS = 8

/** How many requests a post costs whose outcome is unknown: its message is first searched for, which takes this many. */
const FIND_COST = 5

type Candidate = {
  key: string
  place: Place
  lane: string
  kind: Delivery['kind']
  first_tried_at: number | null
  message: string | null
}

const STATE = withoutIndex('d.state')
const IS_FREE = `(${STATE} = 'due' and d.due_at <= $1 or ${STATE} = 'sending' and d.lease_until <= $1)`
// A subselect of at most one row, where `not exists` would do: PostgreSQL would turn that into a join with everything
// that is due instead of reading a few rows. With ten thousand rows due, each claim would read all of them.
const PLACE_IS_IDLE = `(d.message is not null or (select 1 from deliveries o where o.place = d.place
  and o.state = 'sending' and o.message is null and o.lease_until > $1 and o.key <> d.key limit 1) is null)`
/**
 * A place shows its messages in the order in which they were added, and a thread reply waits for its parent. Edits of
 * posted messages hold up nothing and wait for nothing.
 */
const IS_NEXT_IN_PLACE = `d.lane not in (select lane from lanes where next_at > $2)
  and (select 1 from lanes l where l.lane = d.place and l.next_at > $2 limit 1) is null
  and ${PLACE_IS_IDLE}
  and (d.message is not null or (select 1 from deliveries o where o.place = d.place
    and o.state in ('due', 'sending') and o.message is null
    and (o.created_at < d.created_at or o.created_at = d.created_at and o.key < d.key) limit 1) is null)
  and (d.parent is null or (select 1 from deliveries p where p.key = d.parent and p.state = 'sent') = 1)`

/** Claims rows of the ledger: under a lease, in the order of each place, at the pace of each lane. */
export function claims(engine: Engine) {
  return {
    /** Claims rows that are due and reserves the turns of their requests, in one transaction. */
    claim: async (request: ClaimRequest): Promise<ClaimedDelivery[]> => {
      const { platforms, max } = request
      if (platforms.length === 0 || max < 1) return []
      return engine.transaction(async query => {
        const now = await engine.clock(query)
        // Read here, not at the end: the claim may have to wait for others, and its turns do not wait with it.
        const localNow = performance.now()
        const candidates = await findCandidates(engine, query, request, now)
        const turns = await reserveTurns(engine, query, candidates, now, request)
        if (turns.size === 0) return []
        const rows = await takeRows(query, request, turns, now)
        return rows
          .map(row => {
            const waitMs = turns.get(row.key)! - now
            return { ...row, waitMs, turnAt: localNow + waitMs }
          })
          .sort((a, b) => a.waitMs - b.waitMs)
      })
    },
  }
}

/** Finds rows that may be claimed: first those whose lease has expired, then those that are due. */
async function findCandidates(
  engine: Engine,
  query: Query,
  { max, platforms }: ClaimRequest,
  now: number,
): Promise<Candidate[]> {
  const candidates: Candidate[] = []
  for (const [state, moment] of [
    ['sending', 'lease_until'],
    ['due', 'due_at'],
  ]) {
    if (candidates.length >= max) break
    candidates.push(
      ...(await query<Candidate>(
        `select d.key, d.place, d.lane, d.kind, d.first_tried_at, d.message from deliveries d
        where d.state = '${state}' and d.${moment} <= $1 and d.platform in (${listPlaceholders(platforms, 3)})
          and ${IS_NEXT_IN_PLACE}
        order by d.${moment}, d.key limit ${max - candidates.length} ${engine.forUpdateSkipLocked}`,
        [now, now + AHEAD_MS, ...platforms],
      )),
    )
  }
  return candidates
}

/** Gives the rows that have a turn to the owner; all of them until a whole lease after the last turn. */
async function takeRows(
  query: Query,
  { owner, leaseMs }: ClaimRequest,
  turns: Map<string, number>,
  now: number,
): Promise<Delivery[]> {
  const keys = [...turns.keys()]
  // A whole number: turns on a lane may lie between two milliseconds, and only SQLite would accept that.
  const lease = Math.ceil(Math.max(...turns.values()) + leaseMs)
  // The condition is repeated: without it two sessions of PostgreSQL may take the same row.
  const rows = await query<Row>(
    `update deliveries as d set state = 'sending', owner = $2, lease_until = $3, attempts = attempts + 1
    where d.key in (${listPlaceholders(keys, 4)}) and ${IS_FREE} and ${PLACE_IS_IDLE}
    returning ${DELIVERY_COLUMNS}`,
    [now, owner, lease, ...keys],
  )
  return rows.map(deliveryFromRow)
}

/** Reserves the next free turn on the lane and place of each candidate. Those whose turn is too far ahead get none. */
async function reserveTurns(
  engine: Engine,
  query: Query,
  candidates: Candidate[],
  now: number,
  { pace, deduplicatesForMs }: Pick<ClaimRequest, 'pace' | 'deduplicatesForMs'>,
): Promise<Map<string, number>> {
  const paceOf = ({ place, message }: Candidate) => pace(place, message !== null)
  const paced = candidates.filter(row => paceOf(row) !== undefined)
  const nextTurns = await lockLanes(
    engine,
    query,
    [...new Set(paced.flatMap(row => [row.lane, row.place]))].sort(),
  )
  const turns = new Map<string, number>()
  for (const [lane, rows] of Map.groupBy(paced, row => row.lane))
    if (rows.length > MANY_ROWS && (nextTurns.get(lane) ?? 0) <= now) nextTurns.set(lane, now + LEAD_MS)
  for (const row of candidates) {
    const limits = paceOf(row)
    if (!limits) {
      turns.set(row.key, now)
      continue
    }
    const turn = Math.max(now, nextTurns.get(row.lane) ?? 0, nextTurns.get(row.place) ?? 0)
    if (turn > now + AHEAD_MS) continue
    turns.set(row.key, turn)
    const cost = isLookedFor(row, turn, deduplicatesForMs?.(row.place)) ? FIND_COST : 1
    nextTurns.set(row.lane, turn + limits.laneMs * cost)
    nextTurns.set(row.place, turn + limits.placeMs)
  }
  await saveLanes(query, nextTurns)
  return turns
}

/**
 * Whether the message of a row is searched for before it is posted again. An edit is simply repeated: where its message
 * is, is known. So is a post while its platform makes a repeat the same message; an answer is never posted late.
 */
function isLookedFor(row: Candidate, turn: number, deduplicatesForMs = 0): boolean {
  if (row.first_tried_at === null || row.message !== null) return false
  return row.kind === 'answer' || turn + AHEAD_MS >= row.first_tried_at + deduplicatesForMs
}

/** Reads lanes and locks them until the transaction ends. Sorted names keep two claims from waiting for each other. */
async function lockLanes(engine: Engine, query: Query, names: string[]): Promise<Map<string, number>> {
  if (names.length === 0) return new Map()
  const unused = names.map((name): Value[] => [name, 0])
  await query(
    `insert into lanes (lane, next_at) values ${rowPlaceholders(unused)} on conflict (lane) do nothing`,
    unused.flat(),
  )
  const rows = await query<{ lane: string; next_at: number }>(
    `select lane, next_at from lanes where lane in (${listPlaceholders(names)})
    order by lane ${engine.forUpdate}`,
    names,
  )
  return new Map(rows.map(row => [row.lane, row.next_at]))
}

async function saveLanes(query: Query, nextTurns: Map<string, number>): Promise<void> {
  if (nextTurns.size === 0) return
  // Whole milliseconds, rounded at random so that the pace is right on average: rounded up each time, a lane of 20.9 ms
  // would be one of 21.
  const rows = [...nextTurns].map(([lane, at]): Value[] => [lane, Math.floor(at + Math.random())])
  await query(
    `insert into lanes (lane, next_at) values ${rowPlaceholders(rows)}
    on conflict (lane) do update set next_at = excluded.next_at`,
    rows.flat(),
  )
}
