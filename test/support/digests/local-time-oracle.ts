/**
 * An oracle for local time that uses nothing but Intl.DateTimeFormat, so that it shares no mistake with the program: it
 * tells what the clocks of a zone show, when they are changed, and when they first reach a time.
 */

/** The moment at which the clocks of a zone are changed. */
export type ClockChange = { zone: string; at: number }

const MINUTE = 60_000
const DAY = 1_440 * MINUTE

/** Every zone that Node knows. */
export const ZONES = [...Intl.supportedValuesOf('timeZone'), 'UTC']

const formats = new Map<string, Intl.DateTimeFormat>()

/** Formats what the clocks of a zone show at a moment: `2026-03-08 03:00`. */
export function wallClock(at: number, zone: string): string {
  let format = formats.get(zone)
  if (!format) {
    format = new Intl.DateTimeFormat('en-GB', {
      timeZone: zone,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    })
    formats.set(zone, format)
  }
  const text = format.format(at) // 08/03/2026, 03:00
  return `${text.slice(6, 10)}-${text.slice(3, 5)}-${text.slice(0, 2)} ${text.slice(12)}`
}

/** How far the clocks of a zone are ahead of UTC, in milliseconds: whole minutes, as in every zone since 1972. */
function utcOffset(at: number, zone: string): number {
  return asUtc(wallClock(at, zone)) - Math.floor(at / MINUTE) * MINUTE
}

const asUtc = (shown: string) => Date.parse(`${shown.replace(' ', 'T')}Z`)

/** Finds the changes of a zone's clocks by walking in steps; two changes that cancel out within one step are missed. */
export function clockChanges(zone: string, from: number, to: number, step: number): ClockChange[] {
  const changes: ClockChange[] = []
  for (let at = from, offset = utcOffset(from, zone); at < to; at += step) {
    const nextOffset = utcOffset(at + step, zone)
    if (nextOffset === offset) continue
    let before = at
    let after = at + step
    while (after - before > MINUTE) {
      const middle = Math.floor((before + after) / 2 / MINUTE) * MINUTE
      if (utcOffset(middle, zone) === offset) before = middle
      else after = middle
    }
    changes.push({ zone, at: after })
    offset = nextOffset
  }
  return changes
}

/** The first moment at which the clocks of a zone show a time on a date, or have skipped past it. */
export function firstMomentAt(date: string, time: string, zone: string): number {
  const target = `${date} ${time}`
  const inUtc = asUtc(target)
  const ahead = Math.max(...[-DAY, 0, DAY].map(away => utcOffset(inUtc + away, zone)))
  let at = inUtc - ahead - MINUTE
  if (wallClock(at, zone) >= target) throw new Error(`oracle: ${zone} ${target}: begun too late`)
  while (wallClock(at, zone) < target) at += MINUTE
  return at
}

/** Lists the dates from one to another, both included. */
export function datesBetween(from: string, to: string): string[] {
  const dates: string[] = []
  for (let at = Date.parse(from); at <= Date.parse(to); at += DAY) dates.push(isoDate(at))
  return dates
}

/** The date of a moment in UTC. */
export const isoDate = (at: number): string => new Date(at).toISOString().slice(0, 10)

/** Lists the local date of a change with the three dates before it and the three after it. */
export function datesAround({ zone, at }: ClockChange): string[] {
  const ownDate = Date.parse(wallClock(at, zone).slice(0, 10))
  return datesBetween(isoDate(ownDate - 3 * DAY), isoDate(ownDate + 3 * DAY))
}
