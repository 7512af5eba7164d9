import type { Place } from '../../chat/platform.ts'
import { type CauseRow, causeFromRow, type NewCause, OWN_REASONS } from '../causes.ts'
import { DELIVERY_COLUMNS, type Delivery, deliveryFromRow, insertDeliveries } from '../delivery.ts'
import type { Engine, Query, Row } from '../engine.ts'
import { parseFailure } from '../failure-text.ts'
import { inBatches, listPlaceholders, runInTurn } from '../sql.ts'

const PREFIX = 'second '
/** How many keys one statement takes. */
const BATCH = 200

/** Whether a row is a second message: one that says what is right where the first cannot be edited. */
export const isSecondMessage = (key: string): boolean => key.startsWith(PREFIX)

/**
 * Why a second message is posted, and which messages it is about, the newest first. With `back`, the cause was taken back
 * that an earlier second message told.
 */
export type SecondMessage = {
  cause: NewCause & { seenAt: number; takenBackAt?: number }
  back: boolean
  about: Delivery[]
}

/**
 * A message that was claimed for an edit, with the causes that it is to be edited for, or back. `lane` is that of posts in
 * its place.
 */
type Unedited = {
  key: string
  owner: string
  attempts?: number
  repaired: string[]
  takenBack: string[]
  lane: string
}

/** Second messages: one for each cause and place where messages cannot be edited. */
export const secondMessages = (engine: Engine) => ({
  /**
   * Ends the edit of a claimed message that cannot be edited: for each of its causes adds one second message to its
   * place, about all messages there that wait for it. Messages that show nothing wrong are done with. False if the row
   * is no longer ours. All of it happens in one transaction, so a crash leaves either the edit or the second message.
   */
  tellInSecondMessage: async (edit: Unedited): Promise<boolean> => {
    const [row] = await engine.query<{ place: Place }>('select place from deliveries where key = $1', [
      edit.key,
    ])
    if (!row) return false
    const { place } = row
    return runInTurn(engine, `${PREFIX}${place}`, async (query, now) => {
      const ours = await query(
        `update deliveries set state = 'sent', owner = null, lease_until = null, error = null, first_tried_at = null
        where key = $1 and owner = $2 and state = 'sending' and lease_until > $3
        and attempts = coalesce(cast($4 as bigint), attempts) returning key`,
        [edit.key, edit.owner, now, edit.attempts ?? null],
      )
      if (ours.length === 0) return false
      for (const cause of edit.repaired) await tell(query, { cause, back: 0, place, lane: edit.lane }, now)
      for (const cause of edit.takenBack) await tell(query, { cause, back: 1, place, lane: edit.lane }, now)
      return true
    })
  },

  /** What a second message has to say; undefined if there is nothing to say any more. */
  findSecondMessage: async (key: string): Promise<SecondMessage | undefined> => {
    const rows = await engine.query<CauseRow & { key: string; back: number }>(
      `select c.*, r.key, r.back from repairs r join causes c on c.cause = r.cause
      where r.told = $1 and (r.state = 'telling' or r.state = 'impossible' and coalesce(r.error, '') <> $2)`,
      [key, OWN_REASONS.givenUp],
    )
    const [first] = rows
    if (!first) return undefined
    const about: Delivery[] = []
    for (const batch of inBatches(rows, BATCH)) {
      const found = await engine.query<Row>(
        `select ${DELIVERY_COLUMNS} from deliveries where key in (${listPlaceholders(batch)})`,
        batch.map(row => row.key),
      )
      about.push(...found.map(deliveryFromRow))
    }
    about.sort((a, b) => b.createdAt - a.createdAt || (a.key < b.key ? 1 : -1))
    return { cause: causeFromRow(first), back: first.back === 1, about }
  },
})

/** Settles the repairs that a second message tells of, with the row of that message. */
export async function settleTold(
  query: Query,
  key: string,
  outcome: 'told' | { failed: string } | 'doubt',
  now: number,
): Promise<void> {
  if (!isSecondMessage(key)) return
  const [state, error] =
    outcome === 'told'
      ? ['told', null]
      : ['impossible', outcome === 'doubt' ? OWN_REASONS.secondInDoubt : reasonOf(outcome.failed)]
  await query(
    `update repairs set state = $2, error = $3, settled_at = $4 where told = $1 and (state = 'telling'
    or state = 'impossible' and coalesce(error, '') <> $5)`,
    [key, state, error, now, OWN_REASONS.givenUp],
  )
  // One that was tried again may belong to a cause that was done, whose numbers are kept.
  await query('update causes set tally = null where cause in (select cause from repairs where told = $1)', [
    key,
  ])
}

const reasonOf = (error: string) => {
  const { human, message } = parseFailure(error)
  return human ?? message
}

type Telling = { cause: string; back: 0 | 1; place: Place; lane: string }

/** A message that waits for a second one: when it was told before, and the revision that it shows, if any. */
type WaitingRow = { key: string; told: string | null; revision: number | null }

/** Adds the second message of a cause to a place, unless no message there needs one. */
async function tell(query: Query, { cause, back, place, lane }: Telling, now: number): Promise<void> {
  const [row] = await query<CauseRow>('select * from causes where cause = $1', [cause])
  if (!row) return
  const waiting = await query<WaitingRow>(
    `select r.key, r.told, (select s.revision from shown s where s.part = $3 and s.key = r.key) as revision
    from repairs r join deliveries d on d.key = r.key
    where r.cause = $1 and r.state = 'pending' and r.back = ${back} and d.place = $2 and d.message is not null`,
    [cause, place, back === 1 ? cause : row.part],
  )
  const isWrong = ({ key, told, revision }: WaitingRow) => {
    // Whether it ever said so: it was told, or it tells the correction itself.
    if (back === 1) return told !== null || revision !== null
    if (key.startsWith(secondKey(cause, place))) return false
    // Others were drawn anew before they were posted.
    return row.kind === 'withdrawal' || row.waits === 1 || (revision !== null && revision < row.revision)
  }
  const [wrong, right] = [waiting.filter(isWrong), waiting.filter(message => !isWrong(message))]
  for (const batch of inBatches(right, BATCH))
    await query(
      `update repairs set state = 'repaired', error = null, settled_at = $1
      where cause = $2 and key in (${listPlaceholders(batch, 3)})`,
      [now, cause, ...batch.map(({ key }) => key)],
    )
  // An earlier second message of this cause showed nothing wrong: it is not one of those that are counted.
  if (back === 0)
    await query(
      `delete from repairs where cause = $1 and state = 'repaired' and substr(key, 1, length($2)) = $2`,
      [cause, secondKey(cause, place)],
    )
  if (wrong.length === 0) return
  const second = await freeKey(query, secondKey(cause, place))
  const selection = JSON.stringify({ second: { cause, story: row.story, part: row.part } })
  await insertDeliveries(
    query,
    [{ key: second, kind: 'notice', place, lane, number: 1, state: 'due', dueAt: now, selection }],
    now,
  )
  for (const batch of inBatches(wrong, BATCH))
    await query(
      `update repairs set state = 'telling', told = $1, error = null
      where cause = $2 and key in (${listPlaceholders(batch, 3)})`,
      [second, cause, ...batch.map(({ key }) => key)],
    )
}

const secondKey = (cause: string, place: Place) => `${PREFIX}${cause} ${place}`

/** The first key that no row has: a cause may be told, taken back, and put back. */
async function freeKey(query: Query, base: string): Promise<string> {
  for (let number = 1; ; number++) {
    const key = number === 1 ? base : `${base} ${number}`
    const taken = await query('select key from deliveries where key = $1', [key])
    if (taken.length === 0) return key
  }
}
