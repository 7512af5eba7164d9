import { countriesFrom, zonesOfCountry } from '../dates/countries.ts'
import { zoneKey } from '../dates/zone-key.ts'
import { cityOf, knownZones, zonesNamed } from '../dates/zones-named.ts'
import { phrases } from '../phrases/phrases.ts'

/** As many choices as Discord shows while somebody types. */
const MAX_OFFERS = 25
const NO_MATCH = 4
const COMMON_ZONES =
  'America/New_York America/Chicago America/Denver America/Los_Angeles America/Toronto America/Sao_Paulo ' +
  'Europe/London Europe/Paris Europe/Berlin Africa/Lagos Asia/Kolkata Asia/Tokyo Australia/Sydney UTC'

/**
 * At most 25 zones to offer while somebody types, those that begin with the typed text first; some common ones before
 * anything is typed.
 */
export function zoneOffers(typed: string): { name: string; value: string }[] {
  const key = zoneKey(typed)
  // The start of its city, of any of its names, of a word in a name; then any piece of a word.
  const rank = ({ city, names }: { city: string; names: string[] }) => {
    if (city.startsWith(key)) return 0
    if (names.some(name => name.startsWith(key))) return 1
    if (names.some(name => name.includes(` ${key}`))) return 2
    return names.some(name => name.includes(key)) ? 3 : NO_MATCH
  }
  const matching = () =>
    knownZones()
      .map(known => ({ zone: known.zone, rank: rank(known) }))
      .filter(({ rank }) => rank < NO_MATCH)
      .sort((a, b) => a.rank - b.rank)
      .map(({ zone }) => zone)
  // A letter or two begins half of all countries.
  const inCountries = () => (key.length > 2 ? countriesFrom(key).flatMap(zonesOfCountry) : [])
  const offers =
    key === '' ? COMMON_ZONES.split(' ') : [...zonesNamed(typed), ...matching(), ...inCountries()]
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

/** The cities that zones are named after, to suggest to somebody who mistyped one. */
export const zoneCities = (): string[] => [...new Set(knownZones().map(({ zone }) => cityOf(zone)))]
