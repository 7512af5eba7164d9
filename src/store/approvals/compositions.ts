import { insertDeliveries, type NewDelivery } from '../delivery.ts'
import { appendAction } from '../editor-log.ts'
import type { Engine, Query } from '../engine.ts'
import { inBatches, listPlaceholders, rowPlaceholders } from '../sql.ts'
import type { ApprovedTextChanged, NewApproval, Rendering, Vote } from './approval.ts'
import { HAS_BEGUN, holdRows, isOpen, lockApproval, missRows, quietRows } from './rows.ts'

/** Whose name the editors' log has for what nutgraf does by itself. */
const OURSELVES = 'nutgraf'
const BATCH = 100

/** An edition that is composed anew, because what it was composed from has changed. */
export type Recomposition = {
  key: string
  /** The hash that it had: if that is another one by now, nothing is done. */
  was: string
  hash: string
  code: string
  needed: number
  /** The keys of the renderings that are replaced, and those instead. One that is not replaced had nothing to say. */
  replaced: string[]
  renderings: Omit<Rendering, 'approval'>[]
  /** Why it changed; the names of who had approved it are added. */
  why: string[]
}

/** The texts of editions that wait, as they are composed and end. Each step is in the editors' log. */
export const compositions = (engine: Engine) => ({
  /** Stores a composed edition with its notice to editors; false if another process did. */
  create: (
    approval: NewApproval,
    renderings: Omit<Rendering, 'approval'>[],
    notice?: NewDelivery,
  ): Promise<boolean> =>
    engine.transaction(async query => {
      const { key, digest, slot, hash, code, needed, composedAt, until } = approval
      const added = await query(
        `insert into approvals (key, digest, slot, state, hash, code, needed, composed_at, until)
        values ($1, $2, $3, 'waiting', $4, $5, $6, $7, $8) on conflict (key) do nothing returning key`,
        [key, digest, slot, hash, code, needed, composedAt, until],
      )
      if (added.length === 0) return false
      await insertRenderings(query, key, renderings)
      await saveCode(query, key, code)
      await addNotice(engine, query, key, notice)
      await logStep(engine, query, 'edition composed', { approval: key, hash, texts: renderings.length })
      return true
    }),

  /**
   * Replaces texts by new ones. What was approved is void: who approved it is noted, and approvals count from zero.
   * Undefined if it was changed or begun meanwhile.
   */
  recompose: (
    { key, was, hash, code, needed, replaced, renderings, why }: Recomposition,
    makeNotice: (changed: ApprovedTextChanged | undefined) => NewDelivery | undefined,
  ): Promise<{ voided: boolean } | undefined> =>
    engine.transaction(async query => {
      const approval = await lockApproval(engine, query, key)
      if (!approval || !isOpen(approval) || approval.hash !== was) return undefined
      if (await hasAnyBegun(query, replaced)) return undefined
      const now = await engine.clock(query)
      await replaceRenderings(query, key, { replaced, renderings })
      const kept = new Set(renderings.map(rendering => rendering.key))
      for (const batch of inBatches(
        replaced.filter(row => !kept.has(row)),
        BATCH,
      ))
        await quietRows(query, batch, now)
      // Only what it is selected by is another: what was approved is what it says.
      if (hash === was && needed === approval.needed) return { voided: false }
      const by = await takeVotes(query, key)
      const changed = by.length > 0 ? { why, by, at: now } : undefined
      // What was stopped stays so: somebody had a reason.
      await query(
        `update approvals set state = case when state = 'held' then state else 'waiting' end, hash = $2, code = $3,
        needed = $4, changed = coalesce($5, changed) where key = $1`,
        [key, hash, code, needed, changed ? JSON.stringify(changed) : null],
      )
      await saveCode(query, key, code)
      await holdRows(query, key)
      await addNotice(engine, query, key, makeNotice(changed))
      const details = { approval: key, was, hash, why, approvedBy: by.map(({ who }) => who) }
      await logStep(engine, query, changed ? 'approval void' : 'edition composed anew', details)
      return { voided: changed !== undefined }
    }),

  /** Ends an edition; false if it had ended. With `missed`, what waits of it is not posted any more. */
  end: (
    key: string,
    { state, error, notice }: { state: 'done' | 'missed' | 'empty'; error?: string; notice?: NewDelivery },
  ): Promise<boolean> =>
    engine.transaction(async query => {
      const approval = await lockApproval(engine, query, key)
      if (!approval || !isOpen(approval)) return false
      const now = await engine.clock(query)
      await query('update approvals set state = $2 where key = $1', [key, state])
      if (state === 'missed') {
        await missRows(query, key, error ?? 'missed: not approved', now)
        await addNotice(engine, query, key, notice)
        await logStep(engine, query, 'edition not approved', { approval: key, hash: approval.hash })
      }
      return true
    }),

  /** Opens an edition again whose post is tried again, though its approval is over. */
  reopen: (key: string, until: number): Promise<void> =>
    engine.transaction(async query => {
      const approval = await lockApproval(engine, query, key)
      if (!approval || isOpen(approval)) return
      await query(`update approvals set state = 'waiting', until = $2 where key = $1`, [key, until])
      await query('delete from approval_votes where approval = $1', [key])
      await logStep(engine, query, 'edition waits again', { approval: key, hash: approval.hash })
    }),

  /** Tells editors something of an edition, once: a notice whose key exists already is not added. */
  tell: (key: string, notice: NewDelivery): Promise<boolean> =>
    engine.transaction(query => addNotice(engine, query, key, notice)),

  /** Forgets a text of which there will be no row. */
  drop: async (key: string): Promise<void> =>
    void (await engine.query('delete from approval_renderings where key = $1', [key])),
})

/** Forgets who approved a text, and says who that was. */
async function takeVotes(query: Query, key: string): Promise<Vote[]> {
  const votes = await query<{ who: string; name: string | null; at: number }>(
    'select who, name, at from approval_votes where approval = $1 order by at, who',
    [key],
  )
  await query('delete from approval_votes where approval = $1', [key])
  return votes.map(({ who, name, at }) => ({ who, name: name ?? undefined, at }))
}

async function replaceRenderings(
  query: Query,
  key: string,
  { replaced, renderings }: Pick<Recomposition, 'replaced' | 'renderings'>,
): Promise<void> {
  for (const batch of inBatches(replaced, BATCH))
    await query(`delete from approval_renderings where key in (${listPlaceholders(batch)})`, batch)
  await insertRenderings(query, key, renderings)
}

async function insertRenderings(query: Query, approval: string, renderings: Omit<Rendering, 'approval'>[]) {
  for (const batch of inBatches(renderings, BATCH)) {
    const values = batch.map(({ key, place, number, selection, reply, hash, basis, shown }) => [
      ...[key, approval, place, number, selection, reply, hash, basis, shown],
    ])
    await query(
      `insert into approval_renderings (key, approval, place, number, selection, reply, hash, basis, shown)
      values ${rowPlaceholders(values)} on conflict (key) do nothing`,
      values.flat(),
    )
  }
}

const saveCode = (query: Query, key: string, code: string) =>
  query(
    `insert into approval_codes (code, approval) values ($1, $2)
    on conflict (code) do update set approval = excluded.approval`,
    [code, key],
  )

async function addNotice(
  engine: Engine,
  query: Query,
  approval: string,
  notice: NewDelivery | undefined,
): Promise<boolean> {
  if (!notice) return false
  const added = await insertDeliveries(query, [notice], await engine.clock(query))
  if (added.length === 0) return false
  await query('insert into approval_notices (key, approval) values ($1, $2) on conflict (key) do nothing', [
    notice.key,
    approval,
  ])
  return true
}

async function hasAnyBegun(query: Query, keys: string[]): Promise<boolean> {
  for (const batch of inBatches(keys, BATCH)) {
    const rows = await query(
      `select d.key from deliveries d where d.key in (${listPlaceholders(batch)}) and ${HAS_BEGUN}
      and not (d.state = 'held' or d.state = 'due' and d.message is null) limit 1`,
      batch,
    )
    if (rows.length > 0) return true
  }
  return false
}

const logStep = (engine: Engine, query: Query, what: string, details: Record<string, unknown>) =>
  appendAction(engine, query, { who: OURSELVES, place: OURSELVES, what, details })
