import type { Place } from '../chat/platform.ts'
import { insertDeliveries, type NewDelivery } from './delivery.ts'
import type { Engine } from './engine.ts'
import { serialized } from './serialized.ts'

/** What became of a report: on its way, or not: switched off there, or one too many for today. */
type ReportResult = 'written' | 'off' | { waitMs: number }

const DAY_MS = 24 * 3_600_000
const MAX_A_DAY = 3

/** What people tell the desk: a few a day by each, and none from where it is switched off. */
export function reports(engine: Engine) {
  return {
    /** Writes a report down as a notice. `scopes` are the place that it comes from and whatever that belongs to. */
    tryAdd: (
      notice: NewDelivery,
      { asker, scopes }: { asker: string; scopes: Place[] },
    ): Promise<ReportResult> =>
      serialized(engine, 'reports', async (query, now) => {
        const where = scopes.map((_, index) => `$${index + 1}`).join(', ')
        const off = await query(`select place from unreported where place in (${where})`, scopes)
        if (off.length > 0) return 'off'
        const today = await query<{ at: number }>(
          `select created_at as at from deliveries where asker = $1 and kind = 'notice' and created_at > $2
          order by created_at`,
          [asker, now - DAY_MS],
        )
        if (today.length >= MAX_A_DAY) return { waitMs: today.at(-MAX_A_DAY)!.at + DAY_MS - now }
        const fresh = await insertDeliveries(query, [notice], now)
        if (fresh.length > 0)
          await query('update deliveries set asker = $1 where key = $2', [asker, notice.key])
        return 'written'
      }),

    /** Switches reports off for a place or all of a server, or on again; false when it was so already. */
    setEnabled: async (place: Place, on: boolean, by: string): Promise<boolean> => {
      const changed = on
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
