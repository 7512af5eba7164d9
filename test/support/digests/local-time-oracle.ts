/**
 * An oracle for local time that knows nothing but Intl.DateTimeFormat: what the clocks of a zone show, when they are
 * changed, and when they first reach a time.
 */
export type ClockChange = { zone: string; at: number }

const MINUTE = 60_000
const DAY = 1_440 * MINUTE

/** Every zone that Node knows. */
export const ZONES = [...Intl.supportedValuesOf('timeZone'), 'UTC']

const formats = new Map<string, Intl.DateTimeFormat>()

/** What the clocks of a zone show at a moment: `2026-03-08 03:00`. */
export function wallClock(at: number, zone: string): string {
  let format = formats.get(zone)
  if (!format) {
    format = new Intl.DateTimeFormat('en-GB', {
      timeZone: zone,
      ...{ year: 'numeric', month: '2-digit', day: '2-digit' },
      ...{ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
    })
    formats.set(zone, format)
  }
  const text = format.format(at) // 08/03/2026, 03:00
  return `${text.slice(6, 10)}-${text.slice(3, 5)}-${text.slice(0, 2)} ${text.slice(12)}`
}

/** How far the clocks of a zone are ahead of UTC, in milliseconds; whole minutes, as everywhere since 1972. */
function utcOffset(at: number, zone: string): number {
  return asUtc(wallClock(at, zone)) - Math.floor(at / MINUTE) * MINUTE
}

const asUtc = (shown: string) => Date.parse(`${shown.replace(' ', 'T')}Z`)

/** The changes of a zone's clocks, found by walking in steps; two within one step that cancel out are not seen. */
export function clockChanges(zone: string, from: number, to: number, step: number): ClockChange[] {
  const found: ClockChange[] = []
  for (let at = from, was = utcOffset(from, zone); at < to; at += step) {
    const is = utcOffset(at + step, zone)
    if (is === was) continue
    let before = at
    let after = at + step
    while (after - before > MINUTE) {
      const middle = Math.floor((before + after) / 2 / MINUTE) * MINUTE
      if (utcOffset(middle, zone) === was) before = middle
      else after = middle
    }
    found.push({ zone, at: after })
    was = is
  }
  return found
}

/** The first moment at which the clocks of a zone have reached a time on a date, whether they show it or skip it. */
export function firstMomentAt(date: string, time: string, zone: string): number {
  const asked = `${date} ${time}`
  const plain = asUtc(asked)
  const ahead = Math.max(...[-DAY, 0, DAY].map(away => utcOffset(plain + away, zone)))
  let at = plain - ahead - MINUTE
  if (wallClock(at, zone) >= asked) throw new Error(`oracle: ${zone} ${asked}: begun too late`)
  while (wallClock(at, zone) < asked) at += MINUTE
  return at
}

/** The dates from one to another, both included. */
export function datesBetween(from: string, to: string): string[] {
  const all: string[] = []
  for (let at = Date.parse(from); at <= Date.parse(to); at += DAY) all.push(isoDate(at))
  return all
}

/** The date of a moment in UTC. */
export const isoDate = (at: number): string => new Date(at).toISOString().slice(0, 10)

/** The three local dates on each side of a change, and its own. */
export function datesAround({ zone, at }: ClockChange): string[] {
  const own = Date.parse(wallClock(at, zone).slice(0, 10))
  return datesBetween(isoDate(own - 3 * DAY), isoDate(own + 3 * DAY))
}
