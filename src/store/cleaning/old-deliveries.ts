import type { Engine, Query } from '../engine.ts'
import { listPlaceholders, withoutIndex } from '../sql.ts'

/** A row that names a person: who shared an answer, or reported an error. */
type AskedRow = { key: string; kind: string; selection: string | null }

/**
 * What is old: rows of which nothing was posted are deleted, and those of posted messages forget who asked for them. What
 * a correction needs stays: the message and its place, what it shows, and what it is drawn from.
 */
export const oldDeliveries = (engine: Engine) => ({
  /**
   * Deletes some of the rows that failed, were missed or had nothing new, and were settled before a moment. Returns how
   * many; none are left if they are fewer than `max`.
   */
  deleteOld: (before: number, max: number): Promise<number> =>
    engine.transaction(async query => {
      let deleted = 0
      for (const state of ['quiet', 'missed', 'failed'])
        if (deleted < max) deleted += await deleteInState(query, state, before, max - deleted)
      return deleted
    }),

  /** Makes some posted messages that were asked for before a moment forget by whom. Returns how many. */
  forgetAskers: (before: number, max: number): Promise<number> =>
    engine.transaction(async query => {
      const rows = await query<AskedRow>(
        `select key, kind, selection from deliveries where asker is not null and created_at < $1
        and ${withoutIndex('state')} in ('sent', 'doubt') order by created_at limit ${max}`,
        [before],
      )
      for (const { key, kind, selection } of rows)
        await query(
          `update deliveries set asker = null, answer = null, selection = $2 where key = $1
          and state in ('sent', 'doubt')`,
          [key, withoutPerson(kind, selection)],
        )
      return rows.length
    }),
})

async function deleteInState(query: Query, state: string, before: number, max: number): Promise<number> {
  const found = await query<{ key: string }>(
    `select d.key from deliveries d where d.state = $1 and d.settled_at < $2
      and not exists (select 1 from deliveries c where c.parent = d.key and c.state in ('due', 'sending'))
      and not exists (select 1 from repairs r where r.key = d.key and r.state in ('pending', 'telling'))
    order by d.settled_at limit ${max}`,
    [state, before],
  )
  if (found.length === 0) return 0
  // An editor may have tried one of them again.
  const rows = await query<{ key: string }>(
    `delete from deliveries where key in (${listPlaceholders(found, 2)}) and ${withoutIndex('state')} = $1
    returning key`,
    [state, ...found.map(({ key }) => key)],
  )
  const keys = rows.map(({ key }) => key)
  if (keys.length === 0) return 0
  await query(`delete from shown where key in (${listPlaceholders(keys)})`, keys)
  await query(`delete from repairs where key in (${listPlaceholders(keys)})`, keys)
  return keys.length
}

/** What a message is drawn from, without the name of a person. A report is never drawn again. */
function withoutPerson(kind: string, selection: string | null): string | null {
  if (selection === null || kind === 'notice') return null
  const { shared, ...call } = JSON.parse(selection) as { shared?: { by?: string; line?: string } }
  const { by: _, ...rest } = shared ?? {}
  return JSON.stringify({ ...call, ...(shared && { shared: rest }) })
}
