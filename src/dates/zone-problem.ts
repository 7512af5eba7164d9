import { isZone } from './dates.ts'
import { readOffset } from './offsets.ts'
import { zonesNamed } from './zones-named.ts'

/** Zones of these names exist, and have no summer time: whoever writes them in America nearly always means another. */
const WITHOUT_SUMMER_TIME = new Set(['est', 'mst', 'hst'])
/** As many zones as one sentence can name. */
const MAX_NAMED = 5

/**
 * Says in a sentence what is wrong with a zone in a file or a setting, and what to write; undefined if nothing is. Nobody
 * can be asked there, so it must be the full name of one zone.
 */
export function zoneProblem(name: string): string | undefined {
  const isFixed = WITHOUT_SUMMER_TIME.has(name.trim().toLowerCase())
  const isOffset = readOffset(name) !== undefined
  if (isZone(name) && !isFixed && !isOffset) return undefined
  const meant = zonesNamed(name).slice(0, MAX_NAMED)
  const cure = `write ${meant.length > 0 ? meant.join(' or ') : 'it like America/Chicago'}`
  if (isFixed) return `“${name}” has no summer time: ${cure}`
  if (isOffset) return `“${name}” is an offset, not a time zone: ${cure}`
  return `there is no time zone “${name}”: ${cure}`
}
