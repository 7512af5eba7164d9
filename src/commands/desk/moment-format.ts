import { clockAt, localDate, readableDay } from '../../dates/dates.ts'
import { zoneClock } from '../../digests/zones.ts'
import { phrases } from '../../phrases/phrases.ts'
import type { DeskRequest } from '../context.ts'

/** Formats a moment as people read it. */
export type MomentFormat = (at: number) => string

/** Formats moments in the newsroom's time zone and names it: `Tue 5 May, 07:00 Chicago time`. */
export function momentFormat({ context: { zone }, call }: DeskRequest): MomentFormat {
  const today = localDate(call.at, zone)
  return at =>
    phrases.dates.momentInZone(readableDay(localDate(at, zone), today), clockAt(at, zone), zoneClock(zone))
}
