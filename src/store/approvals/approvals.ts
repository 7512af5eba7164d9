import type { Place } from '../../chat/platform.ts'
import { DELIVERY_COLUMNS, type Delivery, deliveryFromRow } from '../delivery.ts'
import type { Engine, Row } from '../engine.ts'
import { inBatches, listPlaceholders } from '../sql.ts'
import { APPROVAL_COLUMNS, type Approval, OPEN_STATES, type Rendering, withVotes } from './approval.ts'
import { compositions } from './compositions.ts'
import { decisions } from './decide.ts'
import { missRows, quietRows, releaseRows } from './rows.ts'

/** A notice that shows an edition to editors, as far as it was posted. */
export type ApprovalNotice = Pick<Delivery, 'key' | 'place' | 'state' | 'selection'> & {
  approval: string
  isPosted: boolean
}

const BATCH = 200
const OPEN = OPEN_STATES.map(state => `'${state}'`).join(', ')
const RENDERING_COLUMNS = 'key, approval, place, number, selection, reply, hash, basis, shown'

/** Editions that wait for the desk: what they say in each place, who approved that, and what becomes of their rows. */
export function approvals(engine: Engine) {
  const select = async (rest: string, values: (string | number)[] = []): Promise<Approval[]> =>
    withVotes(
      engine.query,
      await engine.query<Row>(`select ${APPROVAL_COLUMNS} from approvals ${rest}`, values),
    )

  return {
    ...compositions(engine),
    ...decisions(engine),

    /** Lists the editions that may still be posted, the earliest slot first. */
    open: () => select(`where state in (${OPEN}) order by slot, key`),

    /** Lists the editions of a digest at a slot: usually one. */
    at: (digest: string, slot: number) =>
      select('where digest = $1 and slot = $2 order by key', [digest, slot]),

    /** Finds an edition by its key. */
    find: async (key: string): Promise<Approval | undefined> => (await select('where key = $1', [key]))[0],

    /** Finds the edition that has, or had, a code. */
    findByCode: async (code: string): Promise<Approval | undefined> =>
      (await select('where key = (select approval from approval_codes where code = $1)', [code]))[0],

    /** Lists what an edition says in each place. */
    renderings: (approval: string): Promise<Rendering[]> =>
      engine.query<Rendering & Row>(
        `select ${RENDERING_COLUMNS} from approval_renderings where approval = $1 order by key`,
        [approval],
      ),

    /** Finds what a row is to say, and how that stands with the desk. */
    rendering: async (key: string): Promise<(Rendering & Pick<Approval, 'state'>) | undefined> => {
      const rows = await engine.query<Rendering & Pick<Approval, 'state'> & Row>(
        `select ${RENDERING_COLUMNS.split(', ')
          .map(column => `r.${column}`)
          .join(', ')}, a.state
        from approval_renderings r join approvals a on a.key = r.approval where r.key = $1`,
        [key],
      )
      return rows[0]
    },

    /** Which of some rows of the ledger have a text, and for which edition. */
    composed: async (keys: string[]): Promise<Map<string, string>> => {
      const found = new Map<string, string>()
      for (const batch of inBatches(keys, BATCH)) {
        const rows = await engine.query<{ key: string; approval: string }>(
          `select key, approval from approval_renderings where key in (${listPlaceholders(batch)})`,
          batch,
        )
        for (const { key, approval } of rows) found.set(key, approval)
      }
      return found
    },

    /** Reads the rows of an edition that exist, by their keys. */
    rows: async (approval: string): Promise<Map<string, Delivery>> => {
      const rows = await engine.query<Row>(
        `select ${DELIVERY_COLUMNS} from deliveries where key in
        (select key from approval_renderings where approval = $1)`,
        [approval],
      )
      return new Map(rows.map(deliveryFromRow).map(row => [row.key, row]))
    },

    /** Lists the rows that wait for approval, the earliest slot first. */
    held: async (): Promise<Delivery[]> =>
      (
        await engine.query<Row>(
          `select ${DELIVERY_COLUMNS} from deliveries where state = 'held' order by slot, key`,
        )
      ).map(deliveryFromRow),

    /** Makes the rows of an approved edition due that wait for it; returns how many. */
    release: (key: string): Promise<number> =>
      engine.transaction(async query => {
        const rows = await query(
          `select key from approvals where key = $1 and state = 'approved' ${engine.forUpdate}`,
          [key],
        )
        return rows.length === 0 ? 0 : releaseRows(query, key, await engine.clock(query))
      }),

    /** Makes a row due that waits, though its digest needs no approval any more. */
    free: async (key: string): Promise<void> =>
      void (await engine.query(`update deliveries set state = 'due' where key = $1 and state = 'held'`, [
        key,
      ])),

    /** Ends the rows that wait of an edition that was not approved in time. */
    miss: (key: string, error: string): Promise<void> =>
      engine.transaction(async query => missRows(query, key, error, await engine.clock(query))),

    /** Ends rows that wait and have nothing to say. */
    quiet: (keys: string[]): Promise<void> =>
      engine.transaction(async query => {
        const now = await engine.clock(query)
        for (const batch of inBatches(keys, BATCH)) await quietRows(query, batch, now)
      }),

    /** Lists the notices of editions that are open, or ended after a moment. */
    notices: async (since: number): Promise<ApprovalNotice[]> =>
      (
        await engine.query<{
          key: string
          place: Place
          state: Delivery['state']
          selection: string | null
          approval: string
          posted: number
        }>(
          `select d.key, d.place, d.state, d.selection, n.approval, case when d.message is null then 0 else 1 end as posted
          from approvals a join approval_notices n on n.approval = a.key join deliveries d on d.key = n.key
          where a.until > $1`,
          [since],
        )
      ).map(({ posted, selection, ...row }) => ({
        ...row,
        selection: selection ?? undefined,
        isPosted: posted === 1,
      })),

    /** Makes a posted notice due for an edit on a lane. */
    redrawNotice: async (key: string, lane: string): Promise<void> => {
      const now = await engine.clock(engine.query)
      await engine.query(
        `update deliveries set state = 'due', due_at = $2, lane = $3, error = null
        where key = $1 and state = 'sent' and message is not null`,
        [key, now, lane],
      )
    },

    /** Forgets editions that ended before a moment, with their texts. */
    forgetOld: (before: number): Promise<number> =>
      engine.transaction(async query => {
        const old = `approval in (select key from approvals where until < $1 and state in ('done', 'missed', 'empty'))`
        for (const table of ['approval_renderings', 'approval_codes', 'approval_votes', 'approval_notices'])
          await query(`delete from ${table} where ${old}`, [before])
        const gone = await query(
          `delete from approvals where until < $1 and state in ('done', 'missed', 'empty') returning key`,
          [before],
        )
        return gone.length
      }),
  }
}
