import { type CauseRow, OWN_REASONS, UNKNOWN_IF_TAKEN_BACK } from './causes.ts'
import type { Engine, Query } from './engine.ts'
import { withoutIndex } from './sql.ts'

/**
 * Whether a message `d` surely still shows what it showed before its edit became due: no attempt to edit it has begun, or
 * each has surely failed.
 */
const IS_UNTOUCHED = `d.message is not null and d.first_tried_at is null and ${withoutIndex('d.state')} in ('due', 'sending', 'sent')`

/** Whether the second message about a message surely was not posted yet. Then it has nothing to say, and stays unsaid. */
const IS_NOT_TOLD_YET = `exists (select 1 from deliveries t where t.key = repairs.told
  and ${withoutIndex('t.state')} = 'due' and t.first_tried_at is null)`

/** Corrections and withdrawals that are taken back, and those that are put back into the content. */
export function takeBacks(engine: Engine) {
  return {
    /**
     * Takes a cause back that is no longer in the content. Messages that wait for it are left alone; those that show it
     * are to be edited back, and so are those that tell the correction itself. They become due when pending repairs are
     * next looked for. Returns the keys of messages that need no edit any more; does nothing the second time.
     */
    takeBack: (cause: string): Promise<string[]> =>
      engine.transaction(async query => {
        const now = await engine.clock(query)
        const [row] = await query<CauseRow>(
          `update causes set back_at = $2, done_at = null, tally = null where cause = $1
          and (back_at is null or back_at = ${UNKNOWN_IF_TAKEN_BACK}) returning *`,
          [cause, now],
        )
        if (!row) return []
        const cancelled = await cancelEdits(query, cause, 0)
        await query(
          `update repairs set state = 'impossible', error = $2, settled_at = $3
          where cause = $1 and state = 'pending' and back = 0 and exists (select 1 from deliveries d
            where d.key = repairs.key and (d.message is null or d.state <> 'sending' and ${IS_UNTOUCHED}))`,
          [cause, OWN_REASONS.givenUp, now],
        )
        await query(
          `update repairs set state = 'impossible', error = $2, settled_at = $3
          where cause = $1 and state = 'telling' and back = 0 and ${IS_NOT_TOLD_YET}`,
          [cause, OWN_REASONS.givenUp, now],
        )
        await query(
          `update repairs set back = 1, state = 'pending', error = null, settled_at = null
          where cause = $1 and back = 0 and state in ('repaired', 'told', 'pending', 'telling')`,
          [cause],
        )
        if (row.kind === 'correction') await markMessagesThatTell(query, cause)
        return cancelled
      }),

    /**
     * Takes a cause up that is in the content again: messages that were left alone, edited back, or may be, are edited
     * after all. They become due when pending repairs are next looked for.
     */
    putBack: (cause: string): Promise<void> =>
      engine.transaction(async query => {
        const now = await engine.clock(query)
        const [row] = await query<CauseRow>(
          'update causes set back_at = null, tally = null where cause = $1 and back_at is not null returning *',
          [cause],
        )
        if (!row) return
        if (row.kind === 'withdrawal')
          // Taken down once more: perhaps for another reason, and since now.
          await query('update causes set seen_at = $2 where cause = $1', [cause, now])
        else {
          await cancelEdits(query, cause, 1)
          await query(
            `update repairs set back = 0, state = case when told is null then 'repaired' else 'told' end, settled_at = $2
            where cause = $1 and state = 'pending' and back = 1 and exists (select 1 from deliveries d
              where d.key = repairs.key and d.state <> 'sending' and ${IS_UNTOUCHED})`,
            [cause, now],
          )
          await query(
            `update repairs set back = 0, state = 'told', settled_at = $2
            where cause = $1 and state = 'telling' and back = 1 and ${IS_NOT_TOLD_YET}`,
            [cause, now],
          )
        }
        await query(
          `update repairs set back = 0, state = 'pending', error = null, settled_at = null where cause = $1
          and (back = 1 and state <> 'impossible' or state = 'impossible' and error = $2)`,
          [cause, OWN_REASONS.givenUp],
        )
        await query('update repairs set back = 0 where cause = $1 and back = 1', [cause])
        await query(
          `update causes set done_at = null, tally = null where cause = $1
          and exists (select 1 from repairs where cause = $1 and state in ('pending', 'telling'))`,
          [cause],
        )
      }),
  }
}

/**
 * Cancels the edits for a cause that have not begun. A message that waits for another cause too stays due, and is drawn
 * anew. Returns the keys of those that are done with.
 */
async function cancelEdits(query: Query, cause: string, back: 0 | 1): Promise<string[]> {
  const rows = await query<{ key: string; state: string }>(
    `update deliveries as d set owner = null, lease_until = null, error = null,
      state = case when exists (select 1 from repairs o where o.key = d.key and o.state = 'pending' and o.cause <> $1)
        then 'due' else 'sent' end
    where ${IS_UNTOUCHED} and d.key in (select key from repairs where cause = $1 and state = 'pending' and back = $2)
    returning key, state`,
    [cause, back],
  )
  return rows.flatMap(({ key, state }) => (state === 'sent' ? [key] : []))
}

/** Marks the messages that tell a correction itself, such as a notice of it or a list of changes. */
const markMessagesThatTell = (query: Query, cause: string) =>
  query(
    `insert into repairs (cause, key, state, error, settled_at, back)
    select distinct cast($1 as text), d.key, 'pending', cast(null as text), cast(null as bigint), 1
    from shown s join deliveries d on d.key = s.key
    where s.part = $1 and (d.message is not null and d.state in ('due', 'sending', 'sent') or d.state = 'sending')
    on conflict (cause, key) do update set back = 1, state = 'pending', error = null, settled_at = null
    where repairs.state = 'impossible' and repairs.error = $2`,
    [cause, OWN_REASONS.givenUp],
  )
