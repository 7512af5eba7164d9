import type { Place } from '../../chat/platform.ts'
import type { Query, Row } from '../engine.ts'

/**
 * Where an edition stands with the desk. `waiting` wants approval; `approved` is posted at its slot, or now if that is
 * over; `held` was stopped by an editor. `done` was approved and is over, `missed` was not approved in time, and of `empty`
 * nothing was left to post before anybody approved it.
 */
export type ApprovalState = 'waiting' | 'approved' | 'held' | 'done' | 'missed' | 'empty'

/** The states in which an edition may still be posted. */
export const OPEN_STATES: ApprovalState[] = ['waiting', 'approved', 'held']

/** Somebody who approved a text, and when. */
export type Vote = { who: string; name?: string; at: number }

/** Why an approved text is void: what changed, and who had approved it. */
export type ApprovedTextChanged = { why: string[]; by: Vote[]; at: number }

/**
 * An edition of a digest at one slot, in all its places, which the desk approves as one. `hash` is of all its renderings,
 * and `code` is what people type for exactly these. `needed` is how many people must approve, until `until`.
 */
export type Approval = {
  key: string
  digest: string
  slot: number
  state: ApprovalState
  hash: string
  code: string
  needed: number
  composedAt: number
  until: number
  changed?: ApprovedTextChanged
  votes: Vote[]
}

/** An edition as it was composed: what a new approval begins with. */
export type NewApproval = Pick<
  Approval,
  'key' | 'digest' | 'slot' | 'hash' | 'code' | 'needed' | 'composedAt' | 'until'
>

/**
 * One message as it will be posted: `key` is that of its row in the ledger, `reply` the drawn message as JSON and `hash`
 * its hash. `basis` is what it was selected by, and `shown` the revisions that it shows, both as JSON.
 */
export type Rendering = {
  key: string
  approval: string
  place: Place
  number: number
  selection: string
  reply: string
  hash: string
  basis: string
  shown: string
}

/** The columns that `withVotes` reads. */
export const APPROVAL_COLUMNS = 'key, digest, slot, state, hash, code, needed, composed_at, until, changed'

/** Reads approvals from their rows, each with its votes. */
export async function withVotes(query: Query, rows: Row[]): Promise<Approval[]> {
  const found: Approval[] = []
  for (const row of rows) {
    const votes = await query<{ who: string; name: string | null; at: number }>(
      'select who, name, at from approval_votes where approval = $1 order by at, who',
      [row.key!],
    )
    found.push({
      key: String(row.key),
      digest: String(row.digest),
      slot: Number(row.slot),
      state: row.state as ApprovalState,
      hash: String(row.hash),
      code: String(row.code),
      needed: Number(row.needed),
      composedAt: Number(row.composed_at),
      until: Number(row.until),
      changed: row.changed === null ? undefined : JSON.parse(String(row.changed)),
      votes: votes.map(({ who, name, at }) => ({ who, name: name ?? undefined, at })),
    })
  }
  return found
}
