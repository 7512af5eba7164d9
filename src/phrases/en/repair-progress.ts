import { plural, thousands } from './counting.ts'

/** How many messages showed something, by what became of them; `why` some can’t be changed, in sentences. */
export type RepairCounts = { repaired: number; pending: number; impossible: number; why?: string }

/** How far a correction or withdrawal has come: `12 messages repaired, 1 still waiting`. */
export function repairProgress({ repaired, pending, impossible, why = '' }: RepairCounts): string {
  if (repaired + pending + impossible === 0) return 'no message showed it'
  return [
    `${plural(repaired, 'message')} repaired`,
    ...(pending > 0 ? [`${thousands(pending)} still waiting`] : []),
    ...(impossible > 0 ? [`${thousands(impossible)} can’t be changed${why === '' ? '' : ` (${why})`}`] : []),
  ].join(', ')
}
