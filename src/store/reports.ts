import type { Place } from '../chat/platform.ts'
import { insertDeliveries, type NewDelivery } from './delivery.ts'
import type { Engine } from './engine.ts'
import { LATER_MS, listPlaceholders, runInTurn } from './sql.ts'

/** The outcome of a report: written, reports are off there, or how long to wait after too many of them today. */
type ReportResult = 'written' | 'off' | { waitMs: number }

const DAY_MS = 24 * 3_600_000
const MAX_A_DAY = 3

/** Reports of errors to the editors: at most three a day per person, and none from places where they are off. */
export function reports(engine: Engine) {
  return {
    /** Adds a report as a notice. `scopes` are the place that it is from and all that this place belongs to. */
    tryAdd: (
      notice: NewDelivery,
      { asker, scopes }: { asker: string; scopes: Place[] },
    ): Promise<ReportResult> =>
      runInTurn(engine, 'reports', async (query, now) => {
        const off = await query(
          `select place from unreported where place in (${listPlaceholders(scopes)})`,
          scopes,
        )
        if (off.length > 0) return 'off'
        const today = await query<{ at: number }>(
          `select created_at as at from deliveries where asker = $1 and kind = 'notice' and created_at > $2
          and created_at <= $3 order by created_at`,
          [asker, now - DAY_MS, now + LATER_MS],
        )
        if (today.length >= MAX_A_DAY) return { waitMs: today.at(-MAX_A_DAY)!.at + DAY_MS - now }
        const newKeys = await insertDeliveries(query, [notice], now)
        if (newKeys.length > 0)
          await query('update deliveries set asker = $1 where key = $2', [asker, notice.key])
        return 'written'
      }),

    /** Turns reports on or off for a place or a whole server; false if they were so already. */
    setEnabled: async (place: Place, enabled: boolean, by: string): Promise<boolean> => {
      const changed = enabled
        ? await engine.query('delete from unreported where place = $1 returning place', [place])
        : await engine.query(
            `insert into unreported (place, set_by, set_at) values ($1, $2, $3)
            on conflict (place) do nothing returning place`,
            [place, by, await engine.clock(engine.query)],
          )
      return changed.length > 0
    },
  }
}
