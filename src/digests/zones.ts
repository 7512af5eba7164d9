import { tokens } from '../content/fold.ts'
import { isZone } from '../dates.ts'
import { phrases } from '../phrases/phrases.ts'
import { MERGED_ZONES, RENAMED_ZONES, ZONES_BY_CLOCK } from './zone-names.ts'

/** As many choices as Discord shows while somebody types. */
const MAX_OFFERS = 25
const NO_MATCH = 4
const COMMON_ZONES =
  'America/New_York America/Chicago America/Denver America/Los_Angeles America/Toronto America/Sao_Paulo ' +
  'Europe/London Europe/Paris Europe/Berlin Africa/Lagos Asia/Kolkata Asia/Tokyo Australia/Sydney UTC'

/**
 * The zones that a typed name may mean, under their names of today: one if the name is clear (`chicago`, `são paulo`,
 * `us/central`, `utc+2`), several if the bot must ask (`cst`, `indiana`), or none.
 */
export function zonesNamed(typed: string): string[] {
  const key = zoneKey(typed)
  if (key === '') return []
  return ZONES_BY_CLOCK.get(key) ?? exactZone(typed, key) ?? [...(zoneIndex().byName.get(key) ?? [])].sort()
}

/**
 * At most 25 zones to offer while somebody types, those that begin with the typed text first; some common ones before
 * anything is typed.
 */
export function zoneOffers(typed: string): { name: string; value: string }[] {
  const key = zoneKey(typed)
  // The start of its city, of any of its names, of a word in a name; then any piece of a word.
  const rank = ({ city, names }: KnownZone) => {
    if (city.startsWith(key)) return 0
    if (names.some(name => name.startsWith(key))) return 1
    if (names.some(name => name.includes(` ${key}`))) return 2
    return names.some(name => name.includes(key)) ? 3 : NO_MATCH
  }
  const matching = () =>
    zoneIndex()
      .zones.map(known => ({ zone: known.zone, rank: rank(known) }))
      .filter(({ rank }) => rank < NO_MATCH)
      .sort((a, b) => a.rank - b.rank)
      .map(({ zone }) => zone)
  const offers = key === '' ? COMMON_ZONES.split(' ') : [...zonesNamed(typed), ...matching()]
  return [...new Set(offers)].slice(0, MAX_OFFERS).map(value => ({ name: zoneLabel(value), value }))
}

/** The clock of a zone with its full name: `Chicago time (America/Chicago)`. */
export const zoneLabel = (zone: string): string =>
  zone === 'UTC' ? zone : phrases.dates.zoneClock(zoneClock(zone), zone)

/** The clock of a zone in short: `Chicago time`, `UTC+2`. */
export const zoneClock = (zone: string): string => fixedOffset(zone) ?? phrases.dates.cityClock(cityOf(zone))

/** The city or offset that a zone is named after: `Chicago`, `UTC+2`. */
export const zoneCity = (zone: string): string => fixedOffset(zone) ?? cityOf(zone)

function fixedOffset(zone: string): string | undefined {
  const fixed = /^Etc\/GMT([+-])(\d+)$/.exec(zone)
  // The sign in these names is reversed: plus means west of Greenwich.
  if (fixed) return `UTC${fixed[1] === '+' ? '-' : '+'}${fixed[2]}`
  return zone === 'UTC' ? zone : undefined
}

/** The cities that `zonesNamed` knows, to suggest to somebody who mistyped one. */
export const zoneCities = (): string[] => [...new Set(zoneIndex().zones.map(({ zone }) => cityOf(zone)))]

type KnownZone = { zone: string; city: string; names: string[] }
type ZoneIndex = { zones: KnownZone[]; byName: Map<string, Set<string>> }
let cachedIndex: ZoneIndex | undefined

// Built when a zone is first named, and kept: what Node knows does not change while it runs.
function zoneIndex(): ZoneIndex {
  if (cachedIndex) return cachedIndex
  const names = new Map<string, Set<string>>()
  const byName: ZoneIndex['byName'] = new Map()
  const add = (index: Map<string, Set<string>>, key: string, value: string) =>
    index.set(key, (index.get(key) ?? new Set()).add(value))
  const addName = (name: string, zone: string) => {
    const parts = name.split('/')
    for (const from of parts.keys()) {
      const key = zoneKey(parts.slice(from).join('/'))
      add(names, zone, key)
      add(byName, key, zone)
    }
    // A state means all its zones: `indiana`, `north dakota`.
    if (parts.length > 2) add(byName, zoneKey(parts[1]!), zone)
  }
  for (const name of [...Intl.supportedValuesOf('timeZone'), 'UTC']) {
    const zone = RENAMED_ZONES.get(name) ?? name
    addName(zone, zone)
    addName(name, zone)
  }
  for (const name of MERGED_ZONES) addName(name, currentName(name) ?? name)
  cachedIndex = {
    zones: [...names]
      .map(([zone, set]) => ({ zone, city: zoneKey(cityOf(zone)), names: [...set] }))
      .sort((a, b) => (a.zone < b.zone ? -1 : 1)),
    byName,
  }
  return cachedIndex
}

function exactZone(typed: string, key: string): string[] | undefined {
  const offset = /^\s*(?:utc|gmt) ?([+\-−])0?(\d{1,2})(?::?00)?\s*$/i.exec(typed)
  if (offset) {
    const zone = currentName(`Etc/GMT${offset[1] === '+' ? '-' : '+'}${offset[2]}`)
    return zone === undefined ? [] : [zone]
  }
  const name = typed.trim()
  if (!/^[a-z]/.test(key) || (/\s/.test(name) && !name.includes('/'))) return undefined
  const zone = currentName(name.replace(/\s+/g, '_'))
  return zone === undefined ? undefined : [zone]
}

// Today's name of a zone that is named in full, in upper or lower case; undefined if there is no such zone.
function currentName(name: string): string | undefined {
  try {
    const { timeZone } = new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions()
    return isZone(name) ? (RENAMED_ZONES.get(timeZone) ?? timeZone) : undefined
  } catch {
    return undefined
  }
}

const zoneKey = (name: string) => tokens(name.replace(/['’.]/g, '')).join(' ')
const cityOf = (zone: string) => zone.slice(zone.lastIndexOf('/') + 1).replaceAll('_', ' ')
