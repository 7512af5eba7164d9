import type { Engine, Row } from '../engine.ts'

/** A subscription, as far as its next slot goes. */
type Planned = { place: string; digest: string; nextSlot: number }

/** A slot that is next from now on, instead of one that was planned before the clock was set back. */
type EarlierSlot = { subscription: Planned; next: { at: number; date: string } }

/** How far back editions are looked at: a rhythm may have changed since the one of today was sent. */
const TODAY_MS = 2 * 24 * 3_600_000

/** The slots that were planned when the clock was ahead, before it was set back. */
export const plannedSlots = (engine: Engine) => ({
  /**
   * The time, and how often the clock was set back in all, if the next slots were not looked at since the last time;
   * undefined if they were.
   */
  setBackSincePlanned: async (): Promise<{ now: number; setBacks: number } | undefined> => {
    const [row] = await engine.query<{ set_backs: number }>(
      'select set_backs from clocks where set_backs > planned',
    )
    return row && { now: await engine.clock(engine.query), setBacks: row.set_backs }
  },

  /** The dates from about now on that a place has an edition for, or will not get one for. */
  datesDone: async ({ place, digest }: Planned, now: number): Promise<Set<string>> => {
    const rows = await engine.query<Row>(
      `select date from deliveries where place = $1 and digest = $2 and slot > $3 and state <> 'missed'`,
      [place, digest, now - TODAY_MS],
    )
    return new Set(rows.map(({ date }) => String(date)))
  },

  /** Makes a slot the next one. What was taken for missed, though its time is still to come, is missed no more. */
  planEarlier: ({ subscription, next }: EarlierSlot, now: number): Promise<unknown> =>
    engine.transaction(async query => {
      const { place, digest, nextSlot } = subscription
      await query(
        `update subscriptions set next_slot = $1, next_date = $2
        where place = $3 and digest = $4 and next_slot = $5`,
        [next.at, next.date, place, digest, nextSlot],
      )
      await query(
        `delete from deliveries where place = $1 and digest = $2 and slot > $3 and state = 'missed'`,
        [place, digest, now],
      )
    }),

  /** Notes that the next slots were looked at. */
  notePlanned: (setBacks: number): Promise<unknown> =>
    engine.query('update clocks set planned = $1 where planned < $1', [setBacks]),
})
