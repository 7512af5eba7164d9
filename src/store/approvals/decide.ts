import { appendAction, type LoggedAction } from '../editor-log.ts'
import type { Engine, Query, Row } from '../engine.ts'
import { APPROVAL_COLUMNS, type Approval, withVotes } from './approval.ts'
import { countBegun, holdRows, isOpen, lockApproval, releaseRows } from './rows.ts'

/** Who decides, by which name people know them, and where they typed it. */
export type Decider = { who: string; name?: string; place: string }

/**
 * What became of a decision. `counted` and `held` changed something. `again` was so already; `changed` means that the text
 * is not the one that was meant; `posted` and `over` that it is too late.
 */
export type Decided = {
  outcome: 'counted' | 'held' | 'again' | 'changed' | 'posted' | 'over'
  approval: Approval
  /** How many messages have begun, which nobody can stop, and how many have not. */
  begun: number
  waiting: number
  entry?: LoggedAction
}

/** The decisions of editors about editions that wait. Each is in the editors' log, in the same transaction. */
export const decisions = (engine: Engine) => {
  const decide = (
    key: string,
    work: (query: Query, now: number) => Promise<Pick<Decided, 'outcome' | 'entry'>>,
  ): Promise<Decided | undefined> =>
    engine.transaction(async query => {
      const locked = await lockApproval(engine, query, key)
      if (!locked) return undefined
      const now = await engine.clock(query)
      const result =
        isOpen(locked) && now < locked.until
          ? await work(query, now)
          : ({ outcome: 'over' } satisfies Pick<Decided, 'outcome'>)
      const [approval] = await withVotes(
        query,
        await query<Row>(`select ${APPROVAL_COLUMNS} from approvals where key = $1`, [key]),
      )
      return { ...result, approval: approval!, ...(await countBegun(query, key)) }
    })

  return {
    /**
     * Approves the text with a hash, in the name of somebody; the same person counts once. The last one who is needed makes
     * its rows due that wait already.
     */
    approve: (key: string, hash: string, { who, name, place }: Decider): Promise<Decided | undefined> =>
      decide(key, async (query, now) => {
        const approval = (await lockApproval(engine, query, key))!
        if (approval.hash !== hash) return { outcome: 'changed' }
        const added = await query(
          `insert into approval_votes (approval, who, name, at) values ($1, $2, $3, $4)
          on conflict (approval, who) do nothing returning who`,
          [key, who, name ?? null, now],
        )
        const [row] = await query<{ count: number }>(
          'select count(*) as count from approval_votes where approval = $1',
          [key],
        )
        const count = Number(row!.count)
        const isEnough = count >= approval.needed
        // Who approved it before somebody held it has no vote left, so this is no repetition.
        if (added.length === 0 && approval.state !== 'held') return { outcome: 'again' }
        await query('update approvals set state = $2 where key = $1', [
          key,
          isEnough ? 'approved' : 'waiting',
        ])
        if (isEnough) await releaseRows(query, key, now)
        const details = { approval: key, hash, approvals: count, needed: approval.needed, approved: isEnough }
        return {
          outcome: 'counted',
          entry: await appendAction(engine, query, { who, place, what: 'approve', details }),
        }
      }),

    /** Stops an edition, whatever its text is now: what has not begun waits, and approvals count again from zero. */
    hold: (key: string, { who, place }: Decider, why?: string): Promise<Decided | undefined> =>
      decide(key, async query => {
        const approval = (await lockApproval(engine, query, key))!
        if (approval.state === 'held') return { outcome: 'again' }
        const { begun, waiting } = await countBegun(query, key)
        if (waiting === 0) return { outcome: 'posted' }
        await query(`update approvals set state = 'held' where key = $1`, [key])
        await query('delete from approval_votes where approval = $1', [key])
        await holdRows(query, key)
        const details = { approval: key, hash: approval.hash, begun, ...(why !== undefined && { why }) }
        return {
          outcome: 'held',
          entry: await appendAction(engine, query, { who, place, what: 'hold', details }),
        }
      }),
  }
}
