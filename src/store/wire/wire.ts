import type { Engine } from '../engine.ts'
import { runInTurn } from '../sql.ts'
import { senderCalls } from './calls.ts'
import { itemChanges } from './changes.ts'
import { latestOnWire } from './latest.ts'
import { oldItems } from './old-items.ts'
import { polls, WIRE_TURN } from './polls.ts'
import { readItems } from './read-items.ts'
import { storeReleases } from './store-updates.ts'

/** The wire: the items that feeds and senders brought, and what is known of these. */
export const wire = (engine: Engine) => ({
  items: { ...readItems(engine), ...itemChanges(engine) },
  feeds: polls(engine),
  ...senderCalls(engine),
  ...oldItems(engine),
  ...latestOnWire(engine),

  /** Shows items whose time has come; returns how many. Until then they exist for nobody, whatever clocks say. */
  release: async (): Promise<number> => {
    const now = await engine.clock(engine.query)
    // There is nearly always none.
    const due = await engine.query(`select id from items where state = 'held' and held_until <= $1 limit 1`, [
      now,
    ])
    return due.length === 0 ? 0 : runInTurn(engine, WIRE_TURN, storeReleases)
  },
})
