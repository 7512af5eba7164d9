import type { Engine } from '../engine.ts'
import { runInTurn } from '../sql.ts'
import type { Via } from './items.ts'
import { WIRE_TURN } from './polls.ts'
import { type Arrivals, type Outcome, storeUpdates } from './store-updates.ts'

/** What became of a call: it was a repetition, and changed nothing, or its items are stored. */
export type Accepted = { repeated: true } | { repeated: false; outcomes: Outcome[] }

/** The calls of senders. */
export const senderCalls = (engine: Engine) => ({
  /**
   * Stores what a sender's call brings, once for each id: a call that comes again changes nothing. When this returns, it
   * outlives a crash.
   */
  accept: ({ id, ...arrivals }: Arrivals & { id: string }): Promise<Accepted> =>
    runInTurn(engine, WIRE_TURN, async (query, now) => {
      const added = await query(
        'insert into hook_calls (via, id, at) values ($1, $2, $3) on conflict (via, id) do nothing returning id',
        [arrivals.via, id, now],
      )
      if (added.length === 0) return { repeated: true }
      return { repeated: false, outcomes: await storeUpdates(query, now, arrivals) }
    }),

  /** When a sender called last; undefined if it never did. */
  lastCall: async (via: Via): Promise<number | undefined> => {
    const [row] = await engine.query<{ at: number | null }>(
      'select max(at) as at from hook_calls where via = $1',
      [via],
    )
    return row?.at ?? undefined
  },
})
