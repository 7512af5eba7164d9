const ISO = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d)?)(?:\.(\d{1,9}))?\s?(Z|[+-]\d\d:?\d\d)?)?$/
/** From here on a number counts milliseconds: as seconds it would be after the year 5000. */
const MILLISECONDS_FROM = 100_000_000_000
const EARLIEST = Date.UTC(1990, 0, 1)
const LATEST = Date.UTC(2100, 0, 1)

/**
 * Reads a moment as systems write it: ISO 8601, or seconds or milliseconds since 1970. Without a zone it is UTC. Undefined
 * where it is none, or none of our time: nothing is guessed.
 */
export function readMoment(text: string): number | undefined {
  const moment = /^\d{9,16}$/.test(text) ? readUnixTime(text, 'either') : readIso(text)
  return moment !== undefined && moment >= EARLIEST && moment < LATEST ? moment : undefined
}

/** Reads a time stamp of digits alone: `12abc` is none. */
export function readUnixTime(text: string, unit: 'seconds' | 'milliseconds' | 'either'): number | undefined {
  if (!/^\d{1,16}$/.test(text)) return undefined
  const number = Number(text)
  if (!Number.isSafeInteger(number)) return undefined
  const isSeconds = unit === 'either' ? number < MILLISECONDS_FROM : unit === 'seconds'
  return isSeconds ? number * 1000 : number
}

function readIso(text: string): number | undefined {
  const found = ISO.exec(text.trim())
  if (!found) return undefined
  const [, day, clock = '00:00', fraction = '', zone = 'Z'] = found
  const seconds = clock.length === 5 ? `${clock}:00` : clock
  const offset = zone.length === 5 ? `${zone.slice(0, 3)}:${zone.slice(3)}` : zone
  const moment = Date.parse(`${day}T${seconds}.${fraction.slice(0, 3).padEnd(3, '0')}${offset}`)
  // 31 April is no day; some clocks would take it for 1 May.
  if (Number.isNaN(moment) || new Date(Date.parse(`${day}T00:00:00Z`)).toISOString().slice(0, 10) !== day)
    return undefined
  return moment
}
