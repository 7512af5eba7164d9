import { zonesOfCountry } from './countries.ts'
import { isZone } from './dates.ts'
import { readOffset, ZONES_BY_ODD_OFFSET } from './offsets.ts'
import { ZONES_BY_PLACE } from './places.ts'
import { MERGED_ZONES, todaysName, ZONES_BY_CLOCK } from './short-names.ts'
import { ZONES_BY_WINDOWS_NAME } from './windows-names.ts'
import { zoneKey } from './zone-key.ts'

/**
 * The zones that a name may mean, under their names of today: one if the name is clear (`chicago`, `são paulo`, `mumbai`,
 * `india`, `us/central`, `utc+2`, `W. Europe Standard Time`), several if somebody must choose (`cst`, `indiana`,
 * `utc+9:30`), or none.
 */
export function zonesNamed(typed: string): string[] {
  const offset = readOffset(typed)
  if (offset !== undefined) return zonesAtOffset(offset)
  const key = zoneKey(typed)
  if (key === '') return []
  const windowsZone = ZONES_BY_WINDOWS_NAME.get(key.replace(/ daylight time\b/, ' standard time'))
  if (windowsZone !== undefined) return [windowsZone]
  const found = zonesOf(typed, key)
  const withoutTime = key.replace(/ (?:(?:standard|daylight|summer) )?time$/, '')
  return found.length > 0 || withoutTime === key ? found : zonesOf(withoutTime, withoutTime)
}

/** The city in the name of a zone: `New York`. */
export const cityOf = (zone: string): string => zone.slice(zone.lastIndexOf('/') + 1).replaceAll('_', ' ')

/** A zone with every name that begins a search for it. */
type KnownZone = { zone: string; city: string; names: string[] }
type ZoneIndex = { zones: KnownZone[]; byName: Map<string, string[]> }

/** Every zone that can be named, with its names. */
export const knownZones = (): KnownZone[] => zoneIndex().zones

function zonesOf(typed: string, key: string): string[] {
  return (
    ZONES_BY_CLOCK.get(key) ?? zoneWithName(typed, key) ?? zoneIndex().byName.get(key) ?? zonesOfCountry(key)
  )
}

function zonesAtOffset(minutes: number): string[] {
  if (minutes % 60 !== 0) return ZONES_BY_ODD_OFFSET.get(minutes) ?? []
  // The sign in these names is reversed: plus means west of Greenwich.
  const zone = currentName(`Etc/GMT${minutes > 0 ? '-' : '+'}${Math.abs(minutes / 60)}`)
  return zone === undefined ? [] : [zone]
}

function zoneWithName(typed: string, key: string): string[] | undefined {
  const name = typed.trim()
  if (!/^[a-z]/.test(key) || (/\s/.test(name) && !name.includes('/'))) return undefined
  const zone = currentName(name.replace(/\s+/g, '_'))
  return zone === undefined ? undefined : [zone]
}

// Today's name of a zone that is named in full, in upper or lower case; undefined if there is no such zone.
function currentName(name: string): string | undefined {
  try {
    const { timeZone } = new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions()
    return isZone(name) ? todaysName(timeZone) : undefined
  } catch {
    return undefined
  }
}

let cachedIndex: ZoneIndex | undefined

// Built when a zone is first named, and kept: what Node knows does not change while it runs.
function zoneIndex(): ZoneIndex {
  if (cachedIndex) return cachedIndex
  const names = new Map<string, Set<string>>()
  const byName: ZoneIndex['byName'] = new Map()
  const add = (zone: string, key: string) => {
    names.set(zone, (names.get(zone) ?? new Set()).add(key))
    const zones = byName.get(key) ?? []
    if (!zones.includes(zone)) byName.set(key, [...zones, zone])
  }
  const addName = (name: string, zone: string) => {
    const parts = name.split('/')
    for (const from of parts.keys()) add(zone, zoneKey(parts.slice(from).join('/')))
    // A state means all its zones: `indiana`, `north dakota`.
    const state = parts.length > 2 ? zoneKey(parts[1]!) : ''
    if (state !== '') byName.set(state, [...new Set([...(byName.get(state) ?? []), zone])].sort())
  }
  for (const name of [...Intl.supportedValuesOf('timeZone'), 'UTC']) {
    addName(todaysName(name), todaysName(name))
    addName(name, todaysName(name))
  }
  for (const name of MERGED_ZONES) addName(name, currentName(name) ?? name)
  for (const [place, zones] of ZONES_BY_PLACE) for (const zone of zones) add(zone, place)
  cachedIndex = {
    zones: [...names]
      .map(([zone, set]) => ({ zone, city: zoneKey(cityOf(zone)), names: [...set] }))
      .sort((a, b) => (a.zone < b.zone ? -1 : 1)),
    byName,
  }
  return cachedIndex
}
